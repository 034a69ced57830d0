"""E-mail by the organisation's relay (RFC 5321, RFC 4954, RFC 3207).

One transaction a message, one recipient a transaction, over connections that are kept. The body
goes out first and the final dot alone, so that a loss has a side: before the dot the message is
tried again (Temporary), after it nobody knows (Uncertain). The codes of this module's own errors,
where no relay spoke: ``connect``, ``timeout``, ``lost``, ``protocol``, ``tls``, ``certificate``,
``auth``, ``size``, ``address``, ``sender``, ``message``.
"""

from datetime import datetime

from scheduler.channels.smtp.options import Options, read_options
from scheduler.channels.smtp.pool import Pool
from scheduler.channels.smtp.wire import check_envelope, wire_form
from scheduler.domain.channels import EMAIL
from scheduler.domain.delivery import Receipt
from scheduler.domain.message import Message
from scheduler.domain.provider import Begin, HandingOver, unasked
from scheduler.domain.provider import Provider as Port

__all__ = ["CHANNEL", "PROVIDER", "Options", "Provider", "read_options"]

CHANNEL = EMAIL
PROVIDER = "smtp"


class Provider(Port):
    """Over SMTP. A cancelled ``send`` closes its connection."""

    #: Whether made-up telephone numbers may be handed over: this reaches the real world.
    carries_fiction = False

    def __init__(self, options: Options) -> None:
        self._pool = Pool(options)
        #: Falls when the relay asks for fewer connections, and grows back.
        self.concurrency = self._pool.allowed

    @property
    def certificate_ends(self) -> datetime | None:
        """When the relay's certificate ends, as the last connection showed it (UTC)."""
        return self._pool.certificate_ends

    async def close(self) -> None:
        await self._pool.close()

    async def send(
        self, message: Message, handing_over: HandingOver, begin: Begin = unasked
    ) -> Receipt:
        check_envelope(message.sender, message.to)
        body = wire_form(message.body)
        try:
            session = await self._pool.take(message.destination)
            try:
                receipt = await session.deliver(message, body, handing_over, begin)
            finally:
                self._pool.give_back(session)
            self._pool.note_accepted()
        finally:
            self.concurrency = self._pool.allowed
        return receipt

    async def enter(self, destination: str) -> None:
        await self._pool.enter(destination)

    async def leave(self, destination: str) -> None:
        await self._pool.leave(destination)
