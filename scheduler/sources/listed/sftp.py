"""People from the newest file in a folder of an SFTP server, by asyncssh 2.24
(https://asyncssh.readthedocs.io), the extra ``sftp``.

The server is who ``host_key`` says, or nothing is told it; of this machine neither an agent, nor
keys, nor a configuration of SSH is used. A file is copied into memory once two looks at it, some
seconds apart, found it alike, and left aside if it changed meanwhile. Nothing is written, moved or
deleted there.
"""

import asyncio
import hashlib
import os
import posixpath
import stat
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import field
from fnmatch import fnmatch
from typing import Any

from scheduler.domain.errors import SourceAway
from scheduler.domain.people.sourced import Cause
from scheduler.domain.values import frozen
from scheduler.sources.listed.seam import UNDER_WAY, Known, Memory, Table

#: Octets that every server gives at once (draft-ietf-secsh-filexfer-02, 3).
_CHUNK = 1 << 15
#: Seconds for a connection, and for signing in.
CONNECT, LOGIN = 10, 30
#: Names of one folder that are looked at.
_MOST_FILES = 10_000


@frozen
class Options:
    host: str
    port: int = 22
    #: Public keys, one of which the server must have: « ssh-ed25519 AAAA… ».
    host_keys: Sequence[str]
    username: str
    password: str = field(default="", repr=False)
    #: In its place: the text of an OpenSSH private key, and what opens it.
    private_key: str = field(default="", repr=False)
    passphrase: str = field(default="", repr=False)
    #: The folder; « . »: where the account begins.
    path: str = "."
    files: str = "*"
    #: Seconds between two looks that find a file alike, before it is taken to be whole.
    quiet: float = 30
    #: Octets, and seconds for the whole.
    largest: int = 50_000_000
    seconds: float = 300
    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""


@frozen
class _Found:
    name: str
    size: int
    #: By the server's clock, in seconds.
    written: int

    @property
    def mark(self) -> str:
        return hashlib.sha256(f"{self.name}/{self.size}/{self.written}".encode()).hexdigest()


class Source:
    kind = "sftp"
    light = False

    def __init__(self, options: Options) -> None:
        self._options = options

    def fetch(self, known: Known, last: str) -> Table | None:
        return asyncio.run(self._fetched(known))

    def taken(self, table: Table) -> str:
        return ""

    async def _fetched(self, known: Known) -> Table | None:
        library, of = _library(), self._options
        try:
            async with asyncio.timeout(of.seconds) as limit, _opened(library, of) as session:
                return await self._taken_in(library, session, known)
        except (library.Error, OSError) as failed:
            # Also what a connection that is cut off at the limit raises on its way out.
            if limit.expired():
                said = f"no whole file came within {of.seconds:g} seconds"
                raise SourceAway(Cause.UNREACHABLE, said) from failed
            raise _away(library, failed, of) from failed

    async def _taken_in(self, library: Any, session: Any, known: Known) -> Table | None:
        """None: the newest was taken in or refused before, or there is none."""
        before: _Found | None = None
        while (found := await self._newest(session)) is not None and not known(found.mark):
            if found == before or not self._options.quiet:
                memory = await self._copied(library, session, found)
                if memory is not None:
                    return Table(
                        memory=memory,
                        name=found.name,
                        mark=found.mark,
                        chosen=self._options.columns,
                        sheet=self._options.sheet,
                    )
            before = found
            await asyncio.sleep(self._options.quiet or 1)
        return None

    async def _newest(self, session: Any) -> _Found | None:
        """The one that was written last."""
        newest: _Found | None = None
        count = 0
        async for entry in session.scandir(self._options.path):
            count += 1
            if count > _MOST_FILES:
                said = f"the folder has more than {_MOST_FILES} files: give it one of its own"
                raise SourceAway(Cause.TOO_LARGE, said)
            found = self._as_found(entry)
            if found and (newest is None or _age(found) > _age(newest)):
                newest = found
        return newest

    def _as_found(self, entry: Any) -> _Found | None:
        name, attributes = str(entry.filename), entry.attrs
        if not fnmatch(name, self._options.files) or any(fnmatch(name, one) for one in UNDER_WAY):
            return None
        # A link leads anywhere; what has no length can't be known to be whole.
        if not name.isprintable() or "/" in name or not stat.S_ISREG(attributes.permissions or 0):
            return None
        if attributes.size is None or attributes.mtime is None:
            return None
        return _Found(name=name, size=attributes.size, written=int(attributes.mtime))

    async def _copied(self, library: Any, session: Any, found: _Found) -> Memory | None:
        """In memory; None for one that isn't as it was, or isn't there any more."""
        memory, size, largest = Memory(), 0, self._options.largest
        if found.size > largest:
            # It says so itself, and would be read up to there at each look.
            raise self._too_large(found)
        try:
            path = posixpath.join(self._options.path, found.name)
            async with session.open(path, "rb", block_size=0) as file:
                with os.fdopen(os.dup(memory.number), "wb") as copy:
                    while size <= largest and (chunk := await file.read(_CHUNK)):
                        size += len(chunk)
                        copy.write(chunk)
                now = await file.stat()
        except library.SFTPNoSuchFile:
            return None
        if size > largest:
            raise self._too_large(found)
        as_it_was = (now.size, now.mtime) == (found.size, found.written)
        return memory if as_it_was and size == found.size else None

    def _too_large(self, found: _Found) -> SourceAway:
        largest = self._options.largest // 1_000_000
        return SourceAway(Cause.TOO_LARGE, f"`{found.name}` is larger than {largest} MB")


def _age(found: _Found) -> tuple[int, str]:
    return found.written, found.name


def _library() -> Any:
    """Only where a server is asked; the program does without the extra."""
    try:
        import asyncssh
    except ModuleNotFoundError as lacking:
        said = "SFTP needs a part that isn't installed: pip install 'reflexe[sftp]'"
        raise SourceAway(Cause.BADLY_ASKED, said) from lacking
    return asyncssh


@asynccontextmanager
async def _opened(library: Any, options: Options) -> AsyncIterator[Any]:
    """A session that ends with its block, whether or not the server answers."""
    trusted, own = _keys(library, options)
    shown: list[str] = []

    class Client(library.SSHClient):  # type: ignore[misc]  # it isn't there everywhere
        def validate_host_public_key(self, host: str, addr: str, port: int, key: Any) -> bool:
            """Asked of a key that isn't among the trusted."""
            shown.append(key.get_fingerprint())
            return False

    try:
        connection = await library.connect(
            options.host,
            options.port,
            config=None,
            client_factory=Client,
            known_hosts=(trusted, [], []),
            username=options.username,
            password=options.password or None,
            client_keys=own,
            agent_path=None,
            gss_auth=False,
            gss_kex=False,
            compression_algs=["none"],
            connect_timeout=CONNECT,
            login_timeout=LOGIN,
        )
    except library.HostKeyNotVerifiable as failed:
        raise _another(options, shown[0] if shown else "?") from failed
    except (library.KeyExchangeFailed, library.ConnectionLost) as failed:
        # A server without a key of that kind hangs up, mostly before it has said why.
        key = await _key_of(library, options)
        if key is None or key in trusted:
            raise
        raise _another(options, key.get_fingerprint()) from failed
    # Files and folders are closed on the way out, by a request that a frozen server answers never.
    last = asyncio.get_running_loop().call_later(options.seconds + 1, connection.abort)
    try:
        yield await connection.start_sftp_client(path_errors="surrogateescape")
    finally:
        last.cancel()
        connection.abort()


async def _key_of(library: Any, options: Options) -> Any | None:
    """The server's, which is told nothing; None where it doesn't show any."""
    asked = library.get_server_host_key(options.host, options.port, config=None)
    try:
        return await asyncio.wait_for(asked, CONNECT)
    except (library.Error, OSError):
        return None


def _another(options: Options, key: str) -> SourceAway:
    said = f"{options.host} isn't who host_key says: its key is {key}"
    return SourceAway(Cause.NOT_TRUSTED, said)


def _keys(library: Any, options: Options) -> tuple[list[Any], list[Any] | None]:
    """The server's, and ours. Raises SourceAway, without a sign of a key in it."""
    try:
        trusted = [library.import_public_key(one) for one in options.host_keys]
    except library.KeyImportError as failed:
        said = "host_key can't be read: write it as ssh-keyscan shows it"
        raise SourceAway(Cause.BADLY_ASKED, said) from failed
    if not options.private_key:
        # An empty list would be those of this user.
        return trusted, None
    try:
        text = options.private_key.strip() + "\n"
        return trusted, [library.import_private_key(text, options.passphrase or None)]
    except (library.KeyImportError, library.KeyEncryptionError) as failed:
        said = "the private key can't be read: see its passphrase, and OpenSSH's format"
        raise SourceAway(Cause.BADLY_ASKED, said) from failed


def _away(library: Any, failed: Exception, options: Options) -> SourceAway:
    """What it means for whoever runs this; a server's own words may name people."""
    host, kind = options.host, type(failed).__name__
    if isinstance(failed, library.PermissionDenied):
        return SourceAway(Cause.DENIED, f"{host} refuses username, or its password or key")
    if isinstance(failed, library.KeyExchangeFailed):
        said = f"{host} has no host key of the kind of host_key, or none of its ciphers is safe"
        return SourceAway(Cause.NOT_TRUSTED, said)
    if isinstance(failed, library.SFTPPermissionDenied):
        return SourceAway(Cause.DENIED, f"{host} doesn't let this account read the folder")
    if isinstance(failed, library.SFTPNoSuchFile):
        return SourceAway(Cause.BADLY_ASKED, f"{host} has no such folder: see path")
    return SourceAway(Cause.UNREACHABLE, f"{host} doesn't answer, or broke off ({kind})")
