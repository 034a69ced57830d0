"""One connection to the relay: one transaction after the other, each phase known.

aiosmtplib connects, upgrades to TLS and logs in (``connect``); then this takes the transport over,
for two things the library doesn't tell: whether a lost connection was lost before or after the
final dot, and the moment between the body and that dot.
"""

import asyncio
import contextlib
import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from scheduler.channels.smtp.conversation import Conversation, Lost
from scheduler.channels.smtp.options import Options
from scheduler.channels.smtp.replies import Phase, Reply, refusal
from scheduler.domain.delivery import Receipt
from scheduler.domain.errors import Permanent, Temporary, Uncertain
from scheduler.domain.message import Message
from scheduler.domain.provider import Begin

#: Seconds a connection may rest before it is asked whether it still lives.
_REST = 10.0
#: Seconds to listen between the body and the dot, and how often: a relay near by that hung up in
#: the middle of the body is heard here, and the message is tried again instead of being in doubt.
#: Several short times, so that a stall of our own process doesn't use it all up.
_LISTEN = 0.001
_LISTENS = 5
_QUIT_TIMEOUT = 5.0


class Session:
    """A greeted and authenticated connection. Not for two transactions at once."""

    def __init__(
        self, transport: asyncio.WriteTransport, extensions: Mapping[str, str], options: Options
    ) -> None:
        self._talk = Conversation(transport)
        self._extensions = extensions
        self._options = options
        self._carried = 0
        #: The destination group whose mail alone it carries; empty: any other's.
        self.destination = ""
        self._rested_since = asyncio.get_running_loop().time()
        #: A refused transaction is still open at the relay.
        self._unfinished = False
        #: The last command got its whole reply, so the next reply will be the next command's.
        self.in_step = True
        #: The relay said 421: it closes this connection and wants fewer.
        self.dismissed = False
        #: When the relay's certificate ends (UTC); None without TLS.
        self.certificate_ends = _certificate_end(transport)

    async def deliver(
        self, message: Message, body: bytes, handing_over: Callable[[int], None], begin: Begin
    ) -> Receipt:
        """One transaction for one recipient; ``body`` is in its wire form.

        Raises Temporary, Permanent, ChannelStopped; Uncertain only after ``handing_over``; what
        ``begin`` raises, and the connection is then closed: after a 354 there is no other way back.
        """
        self._check_size(body)
        self._carried += 1
        try:
            await self._offer(message, body, begin)
        except Lost as lost:
            detail = f"before the final dot: {lost.detail}"
            raise Temporary(lost.code, detail, of_channel=True) from None
        handing_over(message.delivery)
        try:
            reply = await self._finish()
        except Lost as lost:
            raise Uncertain(lost.code, f"after the final dot: {lost.detail}") from None
        if reply.accepted:
            return Receipt(provider_id=reply.queue_id, code=reply.label, detail=reply.text)
        if reply.code < 400:
            raise Uncertain("protocol", f"out of step: {reply.label} {reply.text}")
        raise refusal(Phase.DOT, reply)

    async def is_fit(self) -> bool:
        """Whether it can carry one more message; when not, it is closed."""
        rest = asyncio.get_running_loop().time() - self._rested_since
        usual = self._options.messages_per_connection
        if self._carried >= self._options.messages_by_destination.get(self.destination, usual):
            await self.quit()
        elif await self._talk.overhear(0) is not None:
            # Closed, or told 421 while nobody listened.
            self.abort()
        elif self._unfinished or rest > _REST:
            await self._reset()
        return not self._talk.is_closing

    async def quit(self) -> None:
        """Take leave in the proper way, within seconds. Raises nothing."""
        try:
            with contextlib.suppress(Lost):
                await self._command("QUIT", _QUIT_TIMEOUT)
        finally:
            self.abort()

    def abort(self) -> None:
        """Close at once; what the relay was being told is then unfinished."""
        self.in_step = False
        self._talk.abort()

    def _check_size(self, body: bytes) -> None:
        limit = self._extensions.get("size", "")
        if limit.isdecimal() and 0 < int(limit) < len(body):
            raise Permanent("size", f"{len(body)} octets; the relay takes {limit} (RFC 1870)")

    async def _offer(self, message: Message, body: bytes, begin: Begin) -> None:
        """All that comes before the final dot."""
        size = f" SIZE={len(body)}" if "size" in self._extensions else ""
        self._unfinished = True
        await self._step(Phase.MAIL, f"MAIL FROM:<{message.sender}>{size}")
        await self._step(Phase.RCPT, f"RCPT TO:<{message.to}>")
        await self._step(Phase.DATA, "DATA")
        # From here to the answer to the dot it is whole or closed: no body after a change of mind,
        # and no lone dot, which would send an empty message.
        self.in_step = False
        await begin(message.delivery)
        await self._talk.write(body, self._options.body_timeout)
        for _time in range(_LISTENS):
            early = await self._talk.overhear(_LISTEN)
            if early is not None:
                reply = self._heard(await self._talk.reply(self._options.command_timeout, early))
                self.abort()
                raise refusal(Phase.DATA, reply)

    async def _step(self, phase: Phase, command: str) -> None:
        reply = await self._command(command, self._options.command_timeout)
        if phase is Phase.DATA and reply.code == 354:
            return
        if phase is not Phase.DATA and reply.accepted:
            return
        error = refusal(phase, reply)
        if error.code == "protocol":
            self.abort()
        raise error

    async def _finish(self) -> Reply:
        await self._talk.write(b".\r\n", self._options.body_timeout)
        reply = self._heard(await self._talk.reply(self._options.final_timeout))
        self._unfinished = False
        self.in_step = not self.dismissed and (reply.accepted or reply.code >= 400)
        return reply

    async def _reset(self) -> None:
        try:
            reply = await self._command("RSET", self._options.command_timeout)
        except Lost:
            self.abort()
            return
        self._unfinished = False
        if not reply.accepted:
            self.abort()

    async def _command(self, command: str, seconds: float) -> Reply:
        self.in_step = False
        await self._talk.write(f"{command}\r\n".encode("ascii"), seconds)
        reply = self._heard(await self._talk.reply(seconds))
        self.in_step = not self.dismissed
        return reply

    def _heard(self, reply: Reply) -> Reply:
        self._rested_since = asyncio.get_running_loop().time()
        self.dismissed = self.dismissed or reply.code == 421
        return reply


def _certificate_end(transport: asyncio.WriteTransport) -> datetime | None:
    certificate = transport.get_extra_info("peercert") or {}
    if "notAfter" not in certificate:
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(certificate["notAfter"]), UTC)
