"""newcomers: an answer is about those whom the command showed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scheduler.bootstrap import open_app
from scheduler.cli.context import run
from scheduler.config.loading import load
from scheduler.domain.calendar.campaigns import People
from scheduler.domain.calendar.newcomers import Entry, held_print
from tests.commands import reflexe
from tests.new_ledger import with_ledger
from tests.parts.daemon import FOUND
from tests.samples.ledger import STAFF, Book, person
from tests.worlds import write_config


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return with_ledger(write_config(tmp_path))


def held(config: Path, *numbers: int) -> None:
    async def step() -> None:
        app = await open_app(load(config, FOUND))
        try:
            book = Book(ledger=app.ledger, people=app.people)
            agents = replace(STAFF, people=People.STAFF)
            came = [replace(person(n, agreed=()), entered=date(2026, 8, 31)) for n in numbers]
            await book.take_in(agents, *came)
            await app.ledger.put_newcomers(numbers, Entry.HELD, app.clock())
        finally:
            await app.close()

    run(step())


def test_it_says_of_whom_and_takes_no_answer_about_others(config: Path) -> None:
    held(config, 1, 2)
    told = reflexe(config, "newcomers").out
    shown = reflexe(config, "newcomers", "--json").json["shown"]
    nobody_named = reflexe(config, "newcomers", "--allow")
    others = reflexe(config, "newcomers", "--allow", "--shown", held_print([1]))
    still = reflexe(config, "newcomers", "--json").json["held"]
    done = reflexe(config, "newcomers", "--allow", "--shown", shown, "--by", "Ana")

    assert f"--shown {shown}" in told
    assert (nobody_named.code, others.code, still, done.code) == (2, 2, 2, 0)
    assert f"--shown {shown} (2 are held)" in nobody_named.err
    assert "others are held since" in others.err
    assert "2 newcomer(s) let go" in done.out
