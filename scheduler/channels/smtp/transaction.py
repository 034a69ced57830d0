"""One message after the other over one line: what is said, and what an answer means.

    … | body . MAIL RCPT DATA | body . MAIL RCPT DATA | …

Where the relay offers PIPELINING (RFC 2920) the next envelope rides with a body, so that a message
takes one round trip; where it doesn't, the same queue says one command at a time. A body begins
when its 354 has come and ``begin`` says so, never before; its envelope alone begins nothing.

What may happen to an envelope that rode ahead: its reader refuses, or the answer it rides behind is
slow. It is then left where it is and the connection is closed after that answer: after a 354 there
is a whole body or none, and never a lone dot, which would send an empty message.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from scheduler.channels.smtp.dkim import Signer
from scheduler.channels.smtp.envelope import Parcel, all_commands, commands_of, pack
from scheduler.channels.smtp.line import Line
from scheduler.channels.smtp.reading import Lost
from scheduler.channels.smtp.replies import Phase, Reply, refusal
from scheduler.domain.delivery import Receipt
from scheduler.domain.errors import HandOverError, Temporary, Uncertain, Withheld
from scheduler.domain.provider import AT_ONCE, Answered, Begin, HandingOver, Stock

#: Seconds after which an envelope that rode ahead is not waited for any more.
_RIDES = 1.0
#: An envelope rides where the answers before came within this (seconds).
_QUICK = 0.25
#: Seconds to listen between a body and its dot on a line that isn't trusted yet, and how often:
#: several short times, so that a stall of our own process doesn't use it all up.
_LISTEN = 0.001
_LISTENS = 5
_DOT = b".\r\n"
_RESET = b"RSET\r\n"
#: Answers to a command that came out of step: the rest of a body that was refused in the middle.
_OUT_OF_STEP = frozenset({500, 501, 502, 503, 504})


class Carrier:
    """Carries over one line what a stock has. Made for one ``run``."""

    def __init__(
        self,
        line: Line,
        stock: Stock,
        handing_over: HandingOver,
        answered: Answered,
        begin: Begin,
        *,
        trusted: Callable[[], bool],
        enough: Callable[[], bool],
        signer: Signer | None = None,
    ) -> None:
        """``trusted``: the relay takes body and dot in one write. ``enough``: there are too many
        lines; this one ends with what it has."""
        self._line = line
        self._stock = stock
        self._handing_over = handing_over
        self._answered = answered
        self._begin = begin
        self._trusted = trusted
        self._enough = enough
        self._signer = signer
        self._loop = asyncio.get_running_loop()
        self._ended: asyncio.Future[None] = self._loop.create_future()
        #: Its text is leaving, or has left.
        self._begun: Parcel | None = None
        #: Its envelope is under way.
        self._offered: Parcel | None = None
        self._rides = "pipelining" in line.extensions
        #: Of an envelope that is said at once.
        self._hears_all = (self._hear_mail, self._hear_rcpt, self._hear_data)
        #: One for all that ride: it looks again where another came meanwhile.
        self._ride_timer: asyncio.TimerHandle | None = None
        self._asking: asyncio.Task[None] | None = None
        self._quick = False
        #: The last answer to a dot refused it: what follows may be out of step.
        self._suspect = False
        self.accepted = 0

    async def run(self, first: Parcel) -> None:
        """Ends when the stock is empty or the line carries no more. Cancelled, the line closes."""
        self._line.on_lost = self._lost
        self._offer(first)
        try:
            await self._ended
        except asyncio.CancelledError:
            # Whoever cancelled knows what was handed over.
            self._begun = self._offered = None
            self._line.abort()
            raise
        finally:
            self._end()

    # Envelopes

    def _next(self) -> Parcel | None:
        """What the stock has next that can be offered; what can't is answered here."""
        if self._line.is_spent or self._line.dismissed or self._enough():
            return None
        while (message := self._stock.take()) is not None:
            try:
                return pack(message, self._line.extensions, self._signer)
            except HandOverError as unfit:
                self._answered(message, unfit)
        return None

    def _offer(self, parcel: Parcel | None) -> None:
        if parcel is None:
            self._end()
            return
        self._offered = parcel
        self._line.say(self._envelope(parcel), *self._hears(parcel))

    def _envelope(self, parcel: Parcel) -> bytes:
        """Its first words, or all of them where they may be said at once."""
        self._line.carried += 1
        parcel.since = self._loop.time()
        parcel.reset = self._line.unfinished
        self._line.unfinished = True
        if self._rides:
            said = all_commands(parcel, self._line.extensions)
            return _RESET + said if parcel.reset else said
        parcel.left = commands_of(parcel, self._line.extensions)
        return _RESET if parcel.reset else parcel.left.pop(0)[1]

    def _hears(self, parcel: Parcel) -> Sequence[Callable[[Reply], None]]:
        if self._rides:
            return (self._hear_reset, *self._hears_all) if parcel.reset else self._hears_all
        return [self._hear_reset if parcel.reset else self._hear_of(Phase.MAIL)]

    def _hear_of(self, phase: Phase) -> Callable[[Reply], None]:
        if phase is Phase.MAIL:
            return self._hear_mail
        return self._hear_rcpt if phase is Phase.RCPT else self._hear_data

    def _hear_reset(self, reply: Reply) -> None:
        parcel = self._offered
        if not reply.accepted or parcel is None:
            self._lost(Lost("protocol", f"out of step: {reply.label} {reply.text}"))
            return
        parcel.reset = False
        if parcel.left:
            self._say_next(parcel)

    def _say_next(self, parcel: Parcel) -> None:
        phase, octets = parcel.left.pop(0)
        self._line.say(octets, self._hear_of(phase))

    def _hear_mail(self, reply: Reply) -> None:
        self._hear_command(Phase.MAIL, reply)

    def _hear_rcpt(self, reply: Reply) -> None:
        self._hear_command(Phase.RCPT, reply)

    def _hear_command(self, phase: Phase, reply: Reply) -> None:
        parcel = self._offered
        if parcel is None:
            return
        if self._rides and reply.accepted and not self._line.dismissed:
            # All was said at once: the next reply is waited for already.
            self._suspect = False
            return
        if self._suspect and reply.code in _OUT_OF_STEP:
            self._lost(Lost("protocol", f"out of step: {reply.label} {reply.text}"))
            return
        self._suspect = False
        if not reply.accepted and parcel.error is None:
            parcel.error = refusal(phase, reply)
        if parcel.error is None and parcel.left:
            self._say_next(parcel)
        elif parcel.error is not None and not self._rides:
            self._refuse(parcel)
        elif self._line.dismissed:
            # It closes now: what else was said is not answered.
            self._refuse(parcel)

    def _hear_data(self, reply: Reply) -> None:
        parcel = self._offered
        if parcel is None or self._is_called_off:
            return
        self._quick = self._loop.time() - parcel.since < _QUICK
        if parcel.error is None and reply.code == 354:
            self._ask(parcel)
            return
        if parcel.error is None:
            parcel.error = refusal(Phase.DATA, reply)
        if reply.code == 354:
            # Nobody is to get it and a text is waited for: only closing says neither.
            self._line.abort()
        self._refuse(parcel)

    def _refuse(self, parcel: Parcel) -> None:
        """Its envelope was refused; the line goes on where the relay is in step."""
        self._offered = None
        error = parcel.error or Temporary("protocol", "no answer")
        if error.code == "protocol" or self._line.dismissed:
            self._line.abort()
        self._answered(parcel.message, error)
        self._go_on()

    def _go_on(self) -> None:
        if self._line.is_open and not self._line.dismissed:
            self._offer(self._next())
        else:
            self._line.abort()
            self._end()

    # Bodies

    def _ask(self, parcel: Parcel) -> None:
        """Its 354 has come: whether it may begin."""
        if parcel.rode and self._loop.time() - parcel.since > _RIDES:
            self._withhold(parcel)
            return
        self._line.on_word = self._interrupted
        try:
            answer = self._begin(parcel.message.delivery)
        except Withheld:
            self._withhold(parcel)
            return
        except Exception as wrong:
            self._fail(wrong)
            return
        if answer is AT_ONCE:
            self._write(parcel)
        else:
            self._asking = asyncio.ensure_future(self._wait_for(answer, parcel))

    async def _wait_for(self, answer: Awaitable[None], parcel: Parcel) -> None:
        try:
            await answer
        except Withheld:
            self._asking = None
            if self._offered is parcel:
                self._withhold(parcel)
            return
        except Exception as wrong:
            self._fail(wrong)
            return
        self._asking = None
        if self._offered is parcel and not self._is_called_off:
            self._write(parcel)

    def _withhold(self, parcel: Parcel) -> None:
        """Nothing of it begins: neither a text nor a dot follows its 354."""
        self._offered = None
        self._line.abort()
        self._answered(parcel.message, Withheld())
        self._end()

    def _write(self, parcel: Parcel) -> None:
        self._offered, self._begun = None, parcel
        parcel.since = self._loop.time()
        if self._trusted():
            self._let_go(parcel, *parcel.text)
        else:
            # It begins to leave: no message is in doubt before its dot.
            self._line.say(b"".join(parcel.text))
            self._listen(parcel, 0)

    def _listen(self, parcel: Parcel, times: int) -> None:
        """A relay near by that hangs up in the middle of the text is heard before the dot."""
        if self._begun is not parcel or parcel.is_out or self._is_called_off:
            return
        if times < _LISTENS:
            waits = self._line.unwritten > 0
            if waits and self._loop.time() - parcel.since > self._line.options.body_timeout:
                self._line.abort()
                self._lost(Lost("timeout", "the relay takes no more octets"))
                return
            self._loop.call_later(_LISTEN, self._listen, parcel, times + (not waits))
            return
        self._let_go(parcel)

    def _let_go(self, parcel: Parcel, *text: bytes) -> None:
        """The dot leaves, with the text before it and the next envelope behind it."""
        try:
            self._handing_over(parcel.message.delivery)
        except HandOverError as stale:
            self._begun = None
            self._line.abort()
            self._answered(parcel.message, stale)
            self._end()
            return
        except BaseException as wrong:
            self._fail(wrong)
            return
        self._line.on_word = None
        parcel.is_out = True
        given, left = self._line.given, parcel.size if text else 0
        parcel.dot_at = None if given is None else given + left + len(_DOT)
        parcel.since = self._loop.time()
        after = self._next() if self._rides and self._quick else None
        envelope = b""
        hears: Sequence[Callable[[Reply], None]] = ()
        if after is not None:
            after.rode = True
            self._line.unfinished = False
            self._offered = after
            envelope, hears = self._envelope(after), self._hears(after)
            self._look_after_ride(after)
        octets = b"".join((*text, _DOT, envelope))
        seconds = self._line.options.final_timeout
        self._line.say(octets, self._hear_dot, seconds=seconds, then=hears)

    def _look_after_ride(self, parcel: Parcel) -> None:
        """When it has ridden for so long; or when the timer of one before it ends, then again."""
        if self._ride_timer is None:
            when = parcel.since + _RIDES
            self._ride_timer = self._loop.call_at(when, self._give_up_ride)

    def _give_up_ride(self) -> None:
        """The answer before is slow: this one leaves by another line, or later."""
        self._ride_timer = None
        parcel = self._offered
        if parcel is None or self._begun is None:
            return
        if self._loop.time() < parcel.since + _RIDES:
            self._look_after_ride(parcel)
            return
        self._offered = None
        self._answered(parcel.message, Withheld())

    def _hear_dot(self, reply: Reply) -> None:
        parcel, self._begun = self._begun, None
        if parcel is None:
            return
        self._line.unfinished = self._offered is not None
        self._suspect = not reply.accepted
        self._quick = self._loop.time() - parcel.since < _QUICK
        if reply.accepted:
            self.accepted += 1
        self._answered(parcel.message, _meaning(reply))
        if self._line.dismissed or not (reply.accepted or reply.code >= 400):
            self._drop_ride()
            self._line.abort()
            self._end()
        elif self._offered is None and self._line.is_heard_out:
            self._offer(self._next())
        elif self._offered is None:
            # The envelope behind it was given up: its 354 is on its way, and gets nothing.
            self._line.abort()
            self._end()

    # Ends

    @property
    def _is_called_off(self) -> bool:
        """It has ended, or was cancelled and is told in the loop's next turn: what the relay said
        in the same octets lets nothing more leave."""
        return self._ended.done()

    def _interrupted(self, reply: Reply) -> None:
        """An answer before the dot is a refusal, and no dot follows."""
        parcel = self._begun or self._offered
        self._begun = self._offered = None
        self._line.abort()
        if parcel is not None:
            self._answered(parcel.message, refusal(Phase.DATA, reply))
        self._end()

    def _drop_ride(self) -> None:
        parcel, self._offered = self._offered, None
        if parcel is not None:
            self._answered(parcel.message, Withheld())

    def _lost(self, why: Lost) -> None:
        begun, self._begun = self._begun, None
        if begun is not None:
            self._drop_ride()
            self._answered(begun.message, self._side(begun, why))
        elif self._offered is not None and self._offered.reset:
            self._drop_ride()
        elif self._offered is not None:
            parcel, self._offered = self._offered, None
            self._answered(parcel.message, parcel.error or _before(why))
        self._line.abort()
        self._end()

    def _side(self, parcel: Parcel, why: Lost) -> HandOverError:
        """Of the dot, that the connection was lost on."""
        if not parcel.is_out or self._line.meter.ends_before(parcel.dot_at):
            return _before(why)
        return Uncertain(why.code, f"after the final dot: {why.detail}")

    def _fail(self, wrong: BaseException) -> None:
        """What isn't an answer ends it, and whoever runs it hears what it was."""
        self._begun = self._offered = None
        self._line.abort()
        if not self._ended.done():
            self._ended.set_exception(wrong)
        self._end()

    def _end(self) -> None:
        self._stop_timers()
        self._line.on_lost = None
        self._line.on_word = None
        if not self._ended.done():
            self._ended.set_result(None)

    def _stop_timers(self) -> None:
        if self._ride_timer is not None:
            self._ride_timer.cancel()
            self._ride_timer = None
        if self._asking is not None and self._asking is not asyncio.current_task():
            self._asking.cancel()
            self._asking = None


def _meaning(reply: Reply) -> Receipt | HandOverError:
    """Of the answer to the dot."""
    if reply.accepted:
        return Receipt(provider_id=reply.queue_id, code=reply.label, detail=reply.text)
    if reply.code < 400:
        return Uncertain("protocol", f"out of step: {reply.label} {reply.text}")
    return refusal(Phase.DOT, reply)


def _before(why: Lost) -> Temporary:
    return Temporary(why.code, f"before the final dot: {why.detail}", of_channel=True)
