"""A real SFTP server: asyncssh's own, in a thread, on a free port of 127.0.0.1.

It gives one folder, to one account. What it does wrong a test asks for by name; what it was told it
keeps, so that a test can see that a password wasn't.
"""

import asyncio
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, cast

#: An extra: types are checked alike where it isn't installed.
asyncssh: Any = import_module("asyncssh")

USER, PASSWORD = "rh", "correct-horse"


@dataclass(kw_only=True, slots=True)
class Drop:
    """A running one."""

    folder: Path
    port: int = 0
    host_key: Any = None
    #: A public key that signs the account in, beside its password.
    own_key: Any = None
    #: Asked before each read, with the offset; may raise, wait or change the folder.
    on_read: Callable[["Session", int], Any] = lambda session, offset: None
    #: Account and password, as they came.
    told: list[tuple[str, str]] = field(default_factory=list)
    #: Calls that would have changed something.
    changed: list[str] = field(default_factory=list)
    reads: int = 0
    connections: list[Any] = field(default_factory=list)
    opened: list[Any] = field(default_factory=list)

    @property
    def public(self) -> str:
        """As ssh-keyscan shows it."""
        return str(self.host_key.export_public_key("openssh").decode().strip())

    def put(self, name: str, text: str, at: float | None = None) -> Path:
        file = self.folder / name
        file.write_text(text, encoding="utf-8")
        if at is not None:
            os.utime(file, (at, at))
        return file


class Session(asyncssh.SFTPServer):  # type: ignore[misc]
    """What one client is given."""

    drop: Drop

    def __init__(self, channel: Any) -> None:
        super().__init__(channel, chroot=str(self.drop.folder).encode())
        self._channel = channel

    def open(self, path: bytes, pflags: int, attrs: Any) -> Any:
        self.drop.opened.append(super().open(path, pflags, attrs))
        return self.drop.opened[-1]

    def cut(self) -> None:
        """The server dies, as seen from the other side."""
        self._channel.get_connection().abort()

    async def read(self, file_obj: object, offset: int, size: int) -> bytes:
        self.drop.reads += 1
        waits = self.drop.on_read(self, offset)
        if asyncio.iscoroutine(waits):
            await waits
        return cast(bytes, super().read(file_obj, offset, size))

    def write(self, file_obj: object, offset: int, data: bytes) -> int:
        self.drop.changed.append("write")
        return cast(int, super().write(file_obj, offset, data))

    def remove(self, path: bytes) -> None:
        self.drop.changed.append("remove")
        super().remove(path)

    def rename(self, oldpath: bytes, newpath: bytes) -> None:
        self.drop.changed.append("rename")
        super().rename(oldpath, newpath)


@contextmanager
def sftp_drop(folder: Path) -> Iterator[Drop]:
    """It ends with its block, whoever is connected."""
    drop = Drop(folder=folder, host_key=asyncssh.generate_private_key("ssh-ed25519"))
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="sftp")
    thread.start()
    try:
        server = asyncio.run_coroutine_threadsafe(_listening(drop), loop).result(30)
        drop.port = server.get_port()
        yield drop
    finally:
        asyncio.run_coroutine_threadsafe(_ended(server, drop), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _listening(drop: Drop) -> Any:
    class Door(asyncssh.SSHServer):  # type: ignore[misc]
        def connection_made(self, connection: Any) -> None:
            drop.connections.append(connection)

        def begin_auth(self, username: str) -> bool:
            return True

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            drop.told.append((username, password))
            return (username, password) == (USER, PASSWORD)

        def public_key_auth_supported(self) -> bool:
            return drop.own_key is not None

        def validate_public_key(self, username: str, key: Any) -> bool:
            return username == USER and key == drop.own_key

    session = type("Given", (Session,), {"drop": drop})
    return await asyncssh.listen(
        "127.0.0.1", 0, server_factory=Door, server_host_keys=[drop.host_key], sftp_factory=session
    )


async def _ended(server: Any, drop: Drop) -> None:
    server.close()
    for one in drop.connections:
        one.abort()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for one in others:
        one.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    # What a client that went away left open.
    for file in drop.opened:
        file.close()
