"""A FAKE relay that misbehaves by name, on aiosmtpd; what it accepted is its own ledger."""

import asyncio
import contextlib
import socket
import ssl
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from typing import Any, Literal, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.parts.certificates import Certificates

#: Where a relay misbehaves. ``body``: some lines into the message; ``dot``: after the final dot,
#: without keeping the message; ``kept``: after it, with the message kept.
Moment = Literal["connect", "ehlo", "auth", "mail", "rcpt", "data", "body", "dot", "kept", "rset"]


#: What the kernel takes in of a message that is dropped in its midst (octets; it doubles them).
SMALL_BUFFER = 2048


@dataclass(kw_only=True, slots=True)
class Fault:
    """One misbehaviour: made by the named functions below."""

    at: Moment
    #: A reply's text, or one of the conducts ``drop``, ``silence``, ``drip``, ``flood``, ``line``.
    does: str
    #: How many times it still misbehaves; -1: always.
    times: int = -1
    #: The one recipient it concerns, at RCPT and later; empty: all.
    to: str = ""


def answers(at: Moment, reply: str, times: int = -1, to: str = "") -> Fault:
    """Says ``reply`` instead of what it would say; 421 also closes the connection."""
    return Fault(at=at, does=reply, times=times, to=to)


def drops(at: Moment, times: int = -1, to: str = "") -> Fault:
    """Closes the connection without a word."""
    return Fault(at=at, does="drop", times=times, to=to)


def goes_silent(at: Moment, times: int = -1, to: str = "") -> Fault:
    """Says nothing and keeps the connection."""
    return Fault(at=at, does="silence", times=times, to=to)


def drips(at: Moment) -> Fault:
    """A tarpit: one octet of its reply every ten seconds."""
    return Fault(at=at, does="drip")


def floods(at: Moment) -> Fault:
    """A reply of endless lines."""
    return Fault(at=at, does="flood")


def sends_a_huge_line(at: Moment) -> Fault:
    """A reply of 100 MB without a line's end."""
    return Fault(at=at, does="line")


@dataclass(frozen=True, kw_only=True, slots=True)
class Accepted:
    """A message the relay answers for."""

    sender: str
    recipient: str
    content: bytes
    #: The number of its connection, from 1.
    connection: int
    #: Messages that the relay was taking at that moment, this one included.
    at_once: int

    @property
    def message_id(self) -> str:
        return str(BytesHeaderParser().parsebytes(self.content)["Message-ID"])


class FakeRelay:
    """An SMTP server on a free port, with the faults a test names. ``async with`` starts it."""

    def __init__(
        self,
        *faults: Fault,
        host: str = "127.0.0.1",
        port: int = 0,
        certificates: Certificates | None = None,
        implicit_tls: bool = False,
        login: tuple[str, str] | None = None,
        login_method: str = "",
        size_limit: int | None = None,
        extensions: Sequence[str] = (),
        seconds_a_message: float = 0,
    ) -> None:
        self.host = host
        self.port = port
        self.faults = list(faults)
        self.login = login
        #: The only one announced; empty: PLAIN and LOGIN.
        self.login_method = login_method
        self.size_limit = size_limit
        #: Announced beside aiosmtpd's own (without PIPELINING and 8BITMIME unless named here).
        self.extensions = extensions
        #: How long it takes over each message: half before it keeps it, half before it says so.
        self.seconds_a_message = seconds_a_message
        self.accepted: list[Accepted] = []
        #: What it saw to the final dot and didn't keep.
        self.refused: list[Accepted] = []
        self.connections = 0
        #: Recipient's domain -> open connections that have carried mail to it, and the most there
        #: ever were.
        self.carrying: defaultdict[str, set[int]] = defaultdict(set)
        self.most_carrying: Counter[str] = Counter()
        #: Messages that it has to the dot, and hasn't answered.
        self.taking = 0
        #: How many passwords were tried.
        self.logins = 0
        self.quits = 0
        #: The moments that came, in order, and one to wait for each.
        self.verbs: list[Moment] = []
        self.reached: dict[Moment, asyncio.Event] = defaultdict(asyncio.Event)
        self.implicit_tls = implicit_tls
        self.context = server_context(certificates) if certificates else None
        self._open: set[_FaultySMTP] = set()

    @property
    def recipients(self) -> list[str]:
        return [message.recipient for message in self.accepted]

    async def __aenter__(self) -> Self:
        #: For whoever lives in another thread.
        self.loop = asyncio.get_running_loop()
        self._server = await self.loop.create_server(
            self._connection,
            self.host,
            self.port,
            ssl=self.context if self.implicit_tls else None,
        )
        if any(fault.at == "body" for fault in self.faults):
            # Else the kernel takes the whole message in, its dot too, before it is dropped.
            for one in self._server.sockets:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        self.hang_up()
        for _turn in range(3):
            await asyncio.sleep(0)

    def hang_up(self) -> None:
        """Close every open connection, as a relay that restarts does."""
        for connection in self._open:
            connection.drop()
        self._open.clear()

    def fault(self, at: Moment, recipient: str = "") -> Fault | None:
        """The misbehaviour due now, counted."""
        for fault in self.faults:
            if fault.at == at and fault.times and fault.to in ("", recipient):
                fault.times -= 1
                return fault
        return None

    def note_carried(self, domain: str, connection: int) -> None:
        self.carrying[domain].add(connection)
        self.most_carrying[domain] = max(self.most_carrying[domain], len(self.carrying[domain]))

    def check_login(self, *arguments: Any) -> AuthResult:
        self.logins += 1
        given = arguments[-1]
        expected = self.login or ("", "")
        success = given == LoginPassword(expected[0].encode(), expected[1].encode())
        return AuthResult(success=success, handled=False)

    def _connection(self) -> "_FaultySMTP":
        self.connections += 1
        connection = _FaultySMTP(self)
        self._open.add(connection)
        return connection


class _Handler:
    """aiosmtpd's hooks."""

    def __init__(self, relay: FakeRelay) -> None:
        self._relay = relay

    async def handle_EHLO(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        session.host_name = hostname
        kept = [line for line in responses if "8BITMIME" not in line]
        if self._relay.login_method:
            kept = [
                line if "AUTH" not in line else f"250-AUTH {self._relay.login_method}"
                for line in kept
            ]
        return [kept[0], *(f"250-{name}" for name in self._relay.extensions), *kept[1:]]

    async def handle_DATA(self, server: "_FaultySMTP", session: Session, envelope: Envelope) -> str:
        self._relay.taking += 1
        try:
            return await self._take(server, envelope)
        finally:
            self._relay.taking -= 1

    async def _take(self, server: "_FaultySMTP", envelope: Envelope) -> str:
        recipient = ",".join(envelope.rcpt_tos)
        self._relay.note_carried(recipient.rpartition("@")[2], server.number)
        assert isinstance(envelope.content, bytes)
        message = Accepted(
            sender=envelope.mail_from or "",
            recipient=recipient,
            content=envelope.content,
            connection=server.number,
            at_once=self._relay.taking,
        )
        if fault := self._relay.fault("dot", recipient):
            self._relay.refused.append(message)
            return await server.misbehave(fault)
        await asyncio.sleep(self._relay.seconds_a_message / 2)
        self._relay.accepted.append(message)
        number = len(self._relay.accepted)
        await asyncio.sleep(self._relay.seconds_a_message / 2)
        if fault := self._relay.fault("kept", recipient):
            return await server.misbehave(fault)
        return f"250 2.0.0 Ok: queued as Q{number}"


class _Session(Session):
    #: aiosmtpd sets its own, and warns that it is deprecated.
    login_data: Any = None


class _FaultySMTP(SMTP):
    def __init__(self, relay: FakeRelay) -> None:
        super().__init__(
            _Handler(relay),
            hostname="relay.example.org",
            data_size_limit=relay.size_limit,
            tls_context=relay.context,
            authenticator=relay.check_login,
            auth_required=relay.login is not None,
            loop=asyncio.get_running_loop(),
        )
        # aiosmtpd knows TLS only by its own STARTTLS, and warns of AUTH without it.
        self._auth_require_tls = not relay.implicit_tls
        self._relay = relay
        self.number = relay.connections
        self._greeted = False

    def _create_session(self) -> _Session:
        return _Session(self.loop)

    def connection_lost(self, error: Exception | None) -> None:
        for connections in self._relay.carrying.values():
            connections.discard(self.number)
        super().connection_lost(error)

    def drop(self) -> None:
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.abort()

    async def misbehave(self, fault: Fault) -> str:
        """Do what the fault says; the reply to send, if it is one."""
        if fault.does == "drop":
            self.drop()
        elif fault.does == "silence":
            await asyncio.Event().wait()
        elif fault.does == "drip":
            await self._write_for_ever(b"2", 10)
        elif fault.does == "flood":
            await self._write_for_ever(b"250-and so on\r\n" * 100, 0)
        elif fault.does == "line":
            await self._write_for_ever(b"2" * 1_000_000, 0, times=100)
        else:
            return fault.does
        return "421 gone"

    async def push(self, status: Any) -> None:
        fault = None if self._greeted else self._relay.fault("connect")
        self._greeted = True
        if fault is not None:
            status = await self.misbehave(fault)
        with contextlib.suppress(ConnectionError):
            await super().push(status)
        if str(status).startswith("421") and self.transport is not None:
            self.transport.close()

    async def smtp_EHLO(self, hostname: str) -> None:
        if not await self._at("ehlo"):
            await super().smtp_EHLO(hostname)

    async def smtp_AUTH(self, arg: str) -> None:
        if not await self._at("auth"):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg: str | None) -> None:
        if not await self._at("mail"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:
        recipient = (arg or "").partition("<")[2].partition(">")[0]
        if not await self._at("rcpt", recipient):
            await super().smtp_RCPT(arg)

    async def smtp_RSET(self, arg: str) -> None:
        if not await self._at("rset"):
            await super().smtp_RSET(arg)

    async def smtp_QUIT(self, arg: str) -> None:
        self._relay.quits += 1
        await super().smtp_QUIT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        recipient = ",".join(self.envelope.rcpt_tos) if self.envelope else ""
        if await self._at("data", recipient):
            return
        if fault := self._relay.fault("body", recipient):
            await self.push("354 go on")
            await self._reader.readuntil(b"\r\n")
            await self.push(await self.misbehave(fault))
            return
        await super().smtp_DATA(arg)

    async def _at(self, moment: Moment, recipient: str = "") -> bool:
        self._relay.verbs.append(moment)
        self._relay.reached[moment].set()
        fault = self._relay.fault(moment, recipient)
        if fault is None:
            return False
        await self.push(await self.misbehave(fault))
        return True

    async def _write_for_ever(self, octets: bytes, pause: float, times: int = 1_000_000) -> None:
        with contextlib.suppress(ConnectionError):
            for _time in range(times):
                self._writer.write(octets)
                await self._writer.drain()
                await asyncio.sleep(pause)


def server_context(certificates: Certificates) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates.certificate, certificates.key)
    return context
