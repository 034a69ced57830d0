"""Who carries messages: the whole seam between the program and a file of ``scheduler/channels``.

A provider subclasses ``Provider`` and writes ``send``; whatever else it can do it overrides.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol, runtime_checkable

from scheduler.domain.answers.events import Consequence
from scheduler.domain.answers.replies import Reply
from scheduler.domain.delivery import Receipt
from scheduler.domain.errors import HandOverError, Withheld
from scheduler.domain.message import Message
from scheduler.domain.values import frozen


@frozen
class Callback:
    """What a provider said later of one message, by an HTTP request to /receipts/{provider}."""

    #: The reference the message was handed over with; empty when only the provider's id is known.
    reference: str
    provider_id: str
    #: The provider's own word, as received.
    status: str
    code: str = ""
    #: What the code asks of us, where the message didn't arrive.
    consequence: Consequence = Consequence.NOTHING
    #: The message's own text, where a list of messages gives it.
    text: str = ""


@frozen
class CallbackRequest:
    """An HTTP request as a plain value; HTTP itself stays in ``web``."""

    #: The configured public address of this path, never made from a Host header.
    url: str
    headers: Mapping[str, str]
    #: Form fields in the order received, values untouched.
    form: Sequence[tuple[str, str]]
    body: bytes


@frozen
class Given:
    """What the configuration says to a provider's ``read_options``. Secrets are opened."""

    #: The keys of its own section (``channels.email.smtp``, ``outbox``); without one, the texts of
    #: ``channels.<channel>.options``.
    section: Mapping[str, Any]
    #: The other keys of its channel.
    channel: Mapping[str, Any]
    #: Where its callbacks arrive.
    callback_url: str


#: Asked for a delivery just before the first octet of its text is written. Raises Withheld when it
#: may not leave any more.
Begin = Callable[[int], Awaitable[None]]


class _AtOnce:
    """Has nothing to wait for."""

    def __await__(self) -> Generator[None, None, None]:
        return
        yield


#: What ``begin`` gives where nobody had to be asked: to be awaited like any other answer, or seen
#: to be this very one, and then the text may be written in the same breath.
AT_ONCE: Awaitable[None] = _AtOnce()


async def unasked(delivery: int) -> None:
    """For what no list and no opt-out is asked for: a trial, an alarm."""


#: Just before the bytes after which a message may have been accepted: the delivery's number.
HandingOver = Callable[[int], None]
#: What became of a message: the provider's receipt, or why there is none; withheld, nothing of it
#: has left.
Answered = Callable[[Message, Receipt | HandOverError | Withheld], None]


class Stock(Protocol):
    """Messages whose intent is taken, ready to leave."""

    def take(self) -> Message | None:
        """The next one, which nobody else gets; None when there is none left."""


@runtime_checkable
class Provider(Protocol):
    """Carries messages of one channel."""

    #: Takes numbers reserved for fiction: it reaches nobody (an outbox, a look-alike).
    carries_fiction: bool = False
    #: How many messages may usefully be handed over at once; may change while it works.
    concurrency: int = 1
    #: The provider's words for what becomes of a message -> ``domain.answers.events.EventKind``.
    events: Mapping[str, str] = {}

    async def send(
        self, message: Message, handing_over: HandingOver, begin: Begin = unasked
    ) -> Receipt:
        """Hand one message over and wait for the answer.

        Awaits ``begin(message.delivery)`` just before the first octet of the text is written, and
        writes none when it raises: a connection that was told the envelope is closed.

        Calls ``handing_over(message.delivery)`` once, just before the bytes after which the
        message may have been accepted (SMTP: the final dot; HTTP: the request). Cancelled before
        that call, the message was certainly not accepted; cancelled after it, nobody knows.

        Raises Temporary, Permanent, Uncertain, CountryStopped, CampaignStopped or ChannelStopped,
        and nothing else but what ``begin`` raises.
        """
        ...

    async def open(self) -> None:
        """Get ready to send. Connects nothing that can be connected later. May be called once."""
        return None

    async def close(self) -> None:
        """Let go of every connection. May be called twice. Called by whoever called ``open``."""
        return None

    async def prepare(self, messages: Sequence[Message]) -> Sequence[Message]:
        """Do what takes a while (signing) to messages that are to leave soon, one group ahead;
        in the same order. What was not prepared leaves all the same."""
        return messages

    async def carry(
        self, stock: Stock, handing_over: HandingOver, answered: Answered, begin: Begin = unasked
    ) -> None:
        """Hand over what the stock has, one after another, until it is empty, and tell each answer
        as it comes. ``concurrency`` of these may run side by side on one stock, so that a slow
        answer keeps its own line waiting and no other.

        Cancelled, it ends as ``send`` does. What else is raised ends it.
        """
        while (message := stock.take()) is not None:
            try:
                answered(message, await self.send(message, handing_over, begin))
            except (HandOverError, Withheld) as refused:
                answered(message, refused)

    async def enter(self, destination: str) -> None:
        """Have a connection for one group of servers' messages alone, waiting for it where all are
        in use; ``leave`` it after. Empty: any other's, which share what there is."""
        return None

    async def leave(self, destination: str) -> None:
        """Close it."""
        return None

    def parse(self, request: CallbackRequest) -> Callback | Reply | None:
        """Check who sent the request, then read it; None when it is not the provider's."""
        return None

    def in_answer(self, text: str) -> tuple[str, str]:
        """Media type and body of the HTTP answer to a reply, with words for its sender or none.
        A provider whose API takes no words there says nothing."""
        return "text/plain", ""

    def listed(
        self, since: date, *, to: str = "", sender: str = ""
    ) -> AsyncIterator[Callback | Reply]:
        """Messages since a day (UTC), newest first: what came in, and where what left stands.
        Raises HandOverError, as ``send`` does; a provider without a list gives none."""
        return _nothing()

    @property
    def certificate_ends(self) -> datetime | None:
        """When the other end's certificate ends, as the last connection showed it (UTC)."""
        return None


async def _nothing() -> AsyncIterator[Callback | Reply]:
    """A list that has nothing."""
    for one in tuple[Callback, ...]():  # untaken: it makes a generator, and has nothing
        yield one
