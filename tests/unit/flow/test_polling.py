"""The loop that looks for answers, beside the calendar."""

import asyncio
from datetime import UTC, datetime, timedelta

from scheduler.daemon.polling import keep_polling
from scheduler.flow.answers.polling import Poll

NOW = datetime(2026, 10, 5, 8, tzinfo=UTC)


class Alarms:
    """Nobody is called."""

    async def raise_alarm(self, kind: str, subject: str, detail: str, now: datetime) -> bool:
        return True

    async def clear_alarm(self, kind: str, subject: str, now: datetime) -> bool:
        return False


class Source:
    """Counts its looks, and stops the daemon in one of them."""

    def __init__(self, stop: asyncio.Event, last: int, *, hangs: bool = False) -> None:
        self.looks = 0
        self._stop = stop
        self._last = last
        self._hangs = hangs

    async def read(self, now: datetime) -> None:
        self.looks += 1
        if self.looks == self._last:
            self._stop.set()
            if self._hangs:
                await asyncio.Event().wait()
        if self.looks == 1:
            raise RuntimeError("the ledger is away")


def poll_of(source: Source, every: timedelta = timedelta()) -> Poll:
    return Poll(alarm="a", subject="s", every=every, read=source.read, alarms=Alarms())


async def test_it_looks_again_and_again_whatever_a_look_met() -> None:
    stop = asyncio.Event()
    source = Source(stop, last=3)

    await keep_polling(poll_of(source), lambda: NOW, stop)

    assert source.looks == 3


async def test_a_stop_ends_a_look_that_hangs_and_the_wait_for_the_next() -> None:
    stop = asyncio.Event()
    hanging = Source(stop, last=2, hangs=True)
    await keep_polling(poll_of(hanging), lambda: NOW, stop)
    assert hanging.looks == 2

    stop = asyncio.Event()
    await keep_polling(poll_of(Source(stop, last=1), timedelta(hours=1)), lambda: NOW, stop)
