"""Keys of a file as people mean them: one person once, two people two, or as somebody settles."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.domain.errors import ImportUnconfirmed
from scheduler.domain.people.contacts import BadRow, Noted, Row, Told
from scheduler.domain.people.imports import ImportStart, Settled
from scheduler.domain.processes.leases import RENEW
from scheduler.flow.people.import_report import ImportReport
from scheduler.flow.people.importing import import_contacts
from tests.flow_world import World, open_world
from tests.samples.ledger import STAFF, person
from tests.unit.flow.test_importing import Rows, take


def named(number: int, key: str, name: str, email: str | None = "") -> Row:
    return person(number, key=key, fields={"prenom": name}, email=email)


async def names(world: World) -> list[tuple[str, str]]:
    people = world.app.people
    return sorted([(card.key, card.fields["prenom"]) async for card in people.contacts("staff")])


async def test_two_people_whose_keys_a_spreadsheet_would_make_one_stay_two(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        file = (named(2, "00123", "Marie"), named(3, "123", "Paul"), named(4, "0123", "Zoé"))

        report = await take(world, *file)
        # In another order, and without the first: everybody stays who they were.
        again = await take(world, replace(file[2], number=2), replace(file[1], number=3))

        assert (report.added, report.strangers) == (3, 0)
        assert report.notes.counts[Told.KEY_APART] == 2
        assert (again.added, again.renewed) == (0, 2)
        assert await names(world) == [("00123", "Marie"), ("0123", "Zoé"), ("123", "Paul")]


async def test_one_person_under_two_spellings_is_one(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        report = await take(
            world,
            named(2, "00123", "Marie", "m@example.org"),
            named(3, "123", "Marie", "m@example.org"),
            named(4, "7", "Zoé"),
        )

        assert (report.added, report.repeated) == (2, 1)
        assert Told.KEY_APART not in report.notes.counts


async def test_a_person_says_that_two_spellings_are_one(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        file = (named(2, "00123", "Marie"), named(3, "123", "Paul"))

        report = await take(world, *file, settled=Settled(same=frozenset({"123"})))

        assert report.added == 1


async def test_the_dead_are_known_by_any_spelling_of_their_key(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await take(world, *(named(number, f"A{number}", "Ana") for number in range(2, 12)))
        gone = Noted(number=3, what=Told.DECEASED, person=replace(named(3, "a3", "Ana"), number=3))

        report = await take(world, named(2, "A2", "Ana"), gone, confirmed=True)

        assert report.notes.counts == {Told.DECEASED: 1}
        assert len(await names(world)) == 9


async def test_a_file_by_which_most_would_be_dead_waits_for_a_word(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await take(world, *(named(number, f"A{number}", "Ana") for number in range(2, 12)))
        dead = [
            Noted(number=number, what=Told.DECEASED, person=named(number, f"A{number}", "Ana"))
            for number in range(3, 12)
        ]

        with pytest.raises(ImportUnconfirmed, match="9 of 10 people"):
            await take(world, named(2, "A2", "Ana"), *dead)
        assert len(await names(world)) == 10
        # One of them alone is believed.
        await take(world, named(2, "A2", "Ana"), dead[0])
        assert len(await names(world)) == 9


async def test_rows_that_cannot_be_read_replace_nobody_unasked(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await take(world, named(2, "A2", "Ana"), named(3, "A3", "Zoé"))
        bad = BadRow(number=3, column="", reason="no key", kept=False)

        with pytest.raises(ImportUnconfirmed, match="1 rows can't be read"):
            await take(world, named(2, "A2", "Ana"), bad, mode="replace")
        report = await take(world, named(2, "A2", "Ana"), bad, mode="replace", confirmed=True)

        assert (report.refused, report.ended) == (1, 1)


def test_faults_are_counted_beyond_those_that_are_told() -> None:
    report = ImportReport(told=2)

    report.note_bad(
        BadRow(number=number, column="email", reason="no @", kept=True) for number in range(5)
    )

    assert (report.faults, len(report.bad_rows)) == (5, 2)


async def test_a_file_that_is_long_to_read_keeps_other_imports_out(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        held_until: list[str] = []

        class Slow(Rows):
            """Each batch takes its time, and looks who holds the import then."""

            def __iter__(self) -> Iterator[list[Row | BadRow | Noted]]:
                for batch in self.batches:
                    ledger = sqlite3.connect(tmp_path / "var" / "reflexe.db")
                    held_until.extend(*ledger.execute("SELECT until FROM lease"))
                    ledger.close()
                    yield batch
                    world.clock.now += RENEW

        start = ImportStart(
            audience=STAFF, file_hash="d" * 64, origin="essai", basis="contract", mode="add"
        )
        rows = [named(number, f"A{number}", "Ana") for number in range(2, 7)]
        report = await import_contacts(
            Slow(*rows, batch=1), world.app.contact_files, start, world.clock
        )

        assert report.added == 5
        # Gone through once to be judged and once to be written: each time it is held on to.
        first = held_until[:5]
        assert first[-1] > first[0]
        assert sorted(first) == first
