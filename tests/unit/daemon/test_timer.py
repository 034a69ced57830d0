"""The timer looks again and again, and ends without leaving a look half done."""

import asyncio
import logging
from datetime import UTC, datetime

import pytest

from scheduler.daemon.timer import Timer


class Looking:
    """A look that waits until the test lets it end."""

    def __init__(self) -> None:
        self.began = asyncio.Event()
        self.may_end = asyncio.Event()
        self.ended = 0

    async def __call__(self) -> None:
        self.began.set()
        await self.may_end.wait()
        self.ended += 1


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]


async def test_a_stop_during_a_look_lets_it_end(caplog: pytest.LogCaptureFixture) -> None:
    look = Looking()
    timer = Timer(look)
    timer.start()
    await look.began.wait()

    stopping = asyncio.create_task(timer.stop(5))
    await asyncio.sleep(0)
    look.may_end.set()
    await stopping
    await asyncio.sleep(0.05)

    assert look.ended == 1
    assert errors(caplog) == []


async def test_a_look_that_outlasts_the_grace_is_cut_short_without_an_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    look = Looking()
    timer = Timer(look)
    timer.start()
    await look.began.wait()

    await timer.stop(0.05)
    await asyncio.sleep(0.05)

    assert look.ended == 0
    assert errors(caplog) == []


async def test_a_stop_between_two_looks_ends_at_once() -> None:
    look = Looking()
    look.may_end.set()
    timer = Timer(look)
    timer.start()
    await look.began.wait()
    await asyncio.sleep(0.01)

    await asyncio.wait_for(timer.stop(5), 1)

    assert look.ended == 1


async def test_a_look_that_is_still_running_when_the_next_is_due_is_no_warning(
    caplog: pytest.LogCaptureFixture,
) -> None:
    look = Looking()
    timer = Timer(look)
    caplog.set_level(logging.DEBUG)
    timer.start()
    await look.began.wait()

    timer._job.modify(next_run_time=datetime.now(UTC))
    timer._process_jobs()
    look.may_end.set()
    await timer.stop(5)

    told = [one for one in caplog.records if "maximum number" in one.getMessage()]
    assert [one.levelno for one in told] == [logging.DEBUG]
