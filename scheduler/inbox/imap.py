"""A mailbox read over IMAP (RFC 9051, spoken as RFC 3501), by the standard library in a thread.

Of a message the header is fetched, of some the beginning, and no more of it than a limit. Nothing
the server says can hold a look longer than its deadline: its connection is then cut.
"""

import asyncio
import imaplib
import re
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import field
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

from scheduler.domain.errors import InboxAway
from scheduler.domain.masking import one_line
from scheduler.domain.values import frozen
from scheduler.inbox import remedies
from scheduler.inbox.imap_client import Client, SecureClient, Where

#: Octets of a header that are fetched: the fields of delivery stand at its top.
LARGEST_HEADER = 256 << 10
#: Messages looked at before what they ask is written down.
GROUP = 50
#: Seconds that a thread gets to see that its connection is cut.
CUT_SECONDS = 5.0

T = TypeVar("T")


@frozen
class Options:
    """The account and how to reach it."""

    host: str
    port: int
    #: ``none`` is for a server on this machine.
    security: Literal["tls", "starttls", "none"]
    username: str
    #: Empty where tokens are used instead.
    password: str = field(default="", repr=False)
    #: PEM file of a private certificate authority.
    ca_file: Path | None = None
    folder: str = "INBOX"
    #: Nothing in the folder may be flagged, moved or deleted (EXAMINE).
    read_only: bool = False
    #: Where a treated message is moved to; empty: it is marked as read.
    processed: str = ""
    #: Seconds for one answer of the server, and for a group of them.
    timeout: float = 30.0
    deadline: float = 120.0


class LoginRefused(InboxAway):
    """The server takes no such password or token."""


class AccessTokens(Protocol):
    """What opens a mailbox in place of a password."""

    async def current(self) -> str:
        """One that can be used now. Raises InboxAway."""

    def forget(self) -> None:
        """It was refused: give another one next."""


class Mailbox:
    """One mailbox; each ``opened`` is a connection of its own."""

    def __init__(self, options: Options, tokens: AccessTokens | None = None) -> None:
        self._options = options
        self._tokens = tokens
        #: Validity of the folder's numbers, and the last one looked at: what was left unread for
        #: others isn't fetched again at every look.
        self._validity = b""
        self._last = 0

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["OpenMailbox"]:
        """Raises InboxAway, here and in every use."""
        line = _Line(self._options)
        try:
            validity = await self._log_in(line)
            if validity != self._validity:
                self._validity, self._last = validity, 0
            yield OpenMailbox(line, self)
        finally:
            await line.hang_up()

    async def _log_in(self, line: "_Line") -> bytes:
        """A token may end before its time: one that is refused is replaced, once."""
        if self._tokens is None:
            return await line.call(line.connect, "")
        try:
            return await line.call(line.connect, await self._tokens.current())
        except LoginRefused:
            self._tokens.forget()
            return await line.call(line.connect, await self._tokens.current())

    @property
    def last(self) -> int:
        return self._last

    @property
    def validity(self) -> str:
        """Of the folder's numbers, as it was opened last."""
        return self._validity.decode("latin-1")

    def looked_at(self, uids: Sequence[int]) -> None:
        self._last = max(self._last, *uids)


class OpenMailbox:
    """A connection; used by one task."""

    def __init__(self, line: "_Line", mailbox: Mailbox) -> None:
        self._line = line
        self._mailbox = mailbox

    async def unread(self) -> list[tuple[int, bytes]]:
        """Number and header of the next group of unread messages that no look has met yet; empty
        after the last."""
        return await self._line.call(self._line.unread, self._mailbox.last)

    async def beginning(self, uid: int, octets: int) -> bytes:
        """The first octets of a message; fewer where it is shorter."""
        return await self._line.call(self._line.part, uid, f"(BODY.PEEK[]<0.{octets}>)")

    async def settle(self, uids: Sequence[int], treated: Sequence[int]) -> None:
        """``uids`` were looked at; those ``treated`` are moved, or marked as read."""
        if treated:
            await self._line.call(self._line.put_away, ",".join(map(str, treated)))
        self._mailbox.looked_at(uids)

    async def ask(self, work: Callable[[Any, Options], T]) -> T:
        """Something else of the library's client, in its thread."""
        return await self._line.call(self._line.ask, work)


class _Line:
    """One connection. Every method but ``call`` and ``hang_up`` blocks: ``call`` runs it."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._client: Any = None

    async def call(self, work: Callable[..., T], *arguments: Any) -> T:
        """Raises InboxAway for whatever goes wrong out there."""
        running = asyncio.get_running_loop().run_in_executor(None, work, *arguments)
        try:
            async with asyncio.timeout(self._options.deadline):
                return await asyncio.shield(running)
        except BaseException as fault:
            await self._cut(running)
            if not isinstance(fault, Exception):
                raise
            raise fault if isinstance(fault, InboxAway) else self._away(fault) from None

    def _away(self, fault: Exception) -> InboxAway:
        remedy = remedies.of_fault(fault, self._options.security, self._options.port)
        return InboxAway(remedies.with_remedy(_words(fault), remedy))

    async def hang_up(self) -> None:
        """Politely, where the line still stands."""
        if self._client is not None:
            with suppress(InboxAway):
                await self.call(self._client.logout)
        self._client = None

    async def _cut(self, running: asyncio.Future[Any]) -> None:
        """End the thread's wait, then let go of the connection; what it still meets is no news."""
        client, self._client = self._client, None
        if client is None:
            return
        with suppress(OSError):
            client.sock.shutdown(socket.SHUT_RDWR)
        await asyncio.wait((running,), timeout=CUT_SECONDS)
        running.add_done_callback(lambda done: done.cancelled() or done.exception())
        with suppress(OSError):
            client.shutdown()

    def connect(self, token: str) -> bytes:
        """Log in and open the folder; the validity of its numbers. Raises LoginRefused."""
        options = self._options
        where = Where(host=options.host, port=options.port, timeout=options.timeout)
        if options.security == "tls":
            client: Any = SecureClient(self._take, where, _trust(options))
        else:
            client = Client(self._take, where)
            if options.security == "starttls":
                client.starttls(_trust(options))
        try:
            _authenticate(client, options, token)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as fault:
            remedy = remedies.TOKENS if token else remedies.CREDENTIALS
            raise LoginRefused(remedies.with_remedy(_words(fault), remedy)) from None
        missing = f"no folder {options.folder}"
        opened = client.select(quoted(options.folder), readonly=options.read_only)
        _expect(opened, missing, remedies.FOLDER)
        _, (validity,) = client.response("UIDVALIDITY")
        return validity or b""

    def unread(self, after: int) -> list[tuple[int, bytes]]:
        found = _expect(self._client.uid("SEARCH", "UID", f"{after + 1}:*", "UNSEEN"), "no search")
        # "n:*" holds the last message even where its number is lower.
        uids = sorted({int(uid) for uid in (found[0] or b"").split()})
        part = f"(BODY.PEEK[HEADER]<0.{LARGEST_HEADER}>)"
        return [(uid, self.part(uid, part)) for uid in [uid for uid in uids if uid > after][:GROUP]]

    def put_away(self, uids: str) -> None:
        target = self._options.processed
        if not target:
            _expect(self._client.uid("STORE", uids, "+FLAGS.SILENT", r"(\Seen)"), "no flags")
            return
        if not self._moved(uids, target):
            self._client.create(quoted(target))
            if not self._moved(uids, target):
                missing = f"no folder {target} to move messages to"
                raise InboxAway(remedies.with_remedy(missing, remedies.PROCESSED))

    def _moved(self, uids: str, target: str) -> bool:
        if "MOVE" in self._client.capabilities:
            return bool(self._client.uid("MOVE", uids, quoted(target))[0] == "OK")
        if self._client.uid("COPY", uids, quoted(target))[0] != "OK":
            return False
        _expect(self._client.uid("STORE", uids, "+FLAGS.SILENT", r"(\Seen \Deleted)"), "no flags")
        if "UIDPLUS" in self._client.capabilities:
            self._client.uid("EXPUNGE", uids)
        return True

    def part(self, uid: int, part: str) -> bytes:
        found = _expect(self._client.uid("FETCH", str(uid), part), "no message")
        return next((one[1] for one in found if isinstance(one, tuple)), b"")

    def ask(self, work: Callable[[Any, Options], T]) -> T:
        return work(self._client, self._options)

    def _take(self, client: imaplib.IMAP4) -> None:
        self._client = client


def _authenticate(client: Any, options: Options, token: str) -> None:
    name, password = options.username, options.password
    if token:
        answer = f"user={name}\x01auth=Bearer {token}\x01\x01".encode()
        # Refused, the server says why and waits for an empty line before its NO.
        client.authenticate("XOAUTH2", lambda challenge: b"" if challenge else answer)
    elif password.isascii():
        client.login(name, password)
    else:
        client.authenticate("PLAIN", lambda _: f"\0{name}\0{password}".encode())


def _trust(options: Options) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=options.ca_file)


def _expect(answer: tuple[str, list[Any]], otherwise: str, remedy: str = "") -> list[Any]:
    status, data = answer
    if status != "OK":
        raise InboxAway(remedies.with_remedy(f"{otherwise}: {_text(data)}", remedy))
    return data


def quoted(folder: str) -> str:
    """As a command takes it."""
    return '"' + re.sub(r'(["\\])', r"\\\1", folder) + '"'


def _text(data: list[Any]) -> str:
    return one_line(b" ".join(one for one in data if isinstance(one, bytes)).decode("latin-1"))


def _words(fault: Exception) -> str:
    if isinstance(fault, TimeoutError):
        return "no answer in time"
    if isinstance(fault, OSError):
        return one_line(fault.strerror or type(fault).__name__)
    return one_line(f"{type(fault).__name__}: {fault}")
