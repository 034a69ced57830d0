"""E-mail by the organisation's relay (RFC 5321, RFC 4954, RFC 3207).

One transaction a message, one recipient a transaction, over connections that are kept. A loss has a
side where it can have one: before the final dot the message is tried again (Temporary), after it
nobody knows (Uncertain). The codes of this module's own errors,
where no relay spoke: ``connect``, ``timeout``, ``lost``, ``protocol``, ``tls``, ``certificate``,
``auth``, ``size``, ``address``, ``sender``, ``message``.
"""

from collections.abc import Sequence
from datetime import datetime

from scheduler.channels.smtp.dkim import Signer
from scheduler.channels.smtp.envelope import check_size, pack
from scheduler.channels.smtp.options import Options, read_options
from scheduler.channels.smtp.pool import Pool
from scheduler.channels.smtp.transaction import Carrier
from scheduler.domain.channels import EMAIL
from scheduler.domain.delivery import Receipt
from scheduler.domain.errors import HandOverError, Temporary, Uncertain, Withheld
from scheduler.domain.message import Message
from scheduler.domain.provider import Answered, Begin, HandingOver, Stock, unasked
from scheduler.domain.provider import Provider as Port

__all__ = ["CHANNEL", "PROVIDER", "Options", "Provider", "read_options"]

CHANNEL = EMAIL
PROVIDER = "smtp"
#: Codes of a connection that ended with a message on it.
LOST = frozenset({"lost", "timeout", "protocol"})


class Provider(Port):
    """Over SMTP. A cancelled ``send`` closes its connection."""

    #: Whether made-up telephone numbers may be handed over: this reaches the real world.
    carries_fiction = False

    def __init__(self, options: Options) -> None:
        self._pool = Pool(options)
        self._signer = Signer(options.signing_keys) if options.signing_keys else None

    @property
    def concurrency(self) -> int:  # type: ignore[override]  # it changes by itself
        """Falls when the relay asks for fewer connections, and grows back."""
        return self._pool.allowed

    @property
    def certificate_ends(self) -> datetime | None:
        """When the relay's certificate ends, as the last connection showed it (UTC)."""
        return self._pool.certificate_ends

    async def close(self) -> None:
        await self._pool.close()

    async def prepare(self, messages: Sequence[Message]) -> Sequence[Message]:
        """Signed, where this program signs."""
        return messages if self._signer is None else await self._signer.all_signed(messages)

    async def send(
        self, message: Message, handing_over: HandingOver, begin: Begin = unasked
    ) -> Receipt:
        """One message, by the same way as many."""
        stock = _One(message)
        await self.carry(stock, handing_over, stock.answered, begin)
        if isinstance(stock.answer, Receipt):
            return stock.answer
        raise stock.answer or Temporary("fault", "no answer")

    async def carry(
        self, stock: Stock, handing_over: HandingOver, answered: Answered, begin: Begin = unasked
    ) -> None:
        def note(message: Message, answer: Receipt | HandOverError | Withheld) -> None:
            if isinstance(answer, Receipt):
                self._pool.note_accepted()
            elif isinstance(answer, Temporary | Uncertain) and answer.code in LOST:
                self._pool.note_lost()
            answered(message, answer)

        while (message := stock.take()) is not None:
            try:
                await self._carry(message, stock, handing_over, note, begin)
            except HandOverError as unfit:
                note(message, unfit)
            if self._pool.is_crowded:
                return

    async def _carry(
        self,
        message: Message,
        stock: Stock,
        handing_over: HandingOver,
        answered: Answered,
        begin: Begin,
    ) -> None:
        """This message, and what the stock has after it, over one line. Raises HandOverError while
        nothing was said of it."""
        parcel = pack(message, {}, self._signer)
        line = await self._pool.take(message.destination)
        try:
            check_size(parcel, line.extensions)
            carrier = Carrier(
                line,
                stock,
                handing_over,
                answered,
                begin,
                trusted=lambda: self._pool.is_trusted,
                enough=lambda: self._pool.is_crowded,
                signer=self._signer,
            )
            await carrier.run(parcel)
        finally:
            self._pool.give_back(line)

    async def enter(self, destination: str) -> None:
        await self._pool.enter(destination)

    async def leave(self, destination: str) -> None:
        await self._pool.leave(destination)


class _One(Stock):
    """A stock of one message, and its answer."""

    def __init__(self, message: Message) -> None:
        self._message: Message | None = message
        self.answer: Receipt | HandOverError | Withheld | None = None

    def take(self) -> Message | None:
        message, self._message = self._message, None
        return message

    def answered(self, message: Message, answer: Receipt | HandOverError | Withheld) -> None:
        self.answer = answer
