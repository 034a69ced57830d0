"""Taking contact files in: nothing is lost in silence, and nothing comes twice."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.errors import ImportRefused
from scheduler.domain.message import AddressKind
from scheduler.domain.people.contacts import BadRow, Noted, Row
from scheduler.domain.people.imports import ImportStart, Settled
from scheduler.flow.people.import_report import ImportReport
from scheduler.flow.people.importing import GROUP, import_contacts
from scheduler.store.schema.tables import address, consent, contact, import_
from tests.flow_world import EVENT as CAMPAIGN
from tests.flow_world import World, open_world
from tests.samples.ledger import MADE, STAFF, person


class Rows:
    """A contact file as its reader gives it, in batches."""

    digest = "d" * 64

    def __init__(self, *rows: Row | BadRow | Noted, batch: int = 400) -> None:
        self.batches = [list(rows[first : first + batch]) for first in range(0, len(rows), batch)]

    def __iter__(self) -> Iterator[list[Row | BadRow | Noted]]:
        return iter(self.batches)


async def take(
    world: World,
    *rows: Row | BadRow | Noted,
    mode: str = "add",
    dry_run: bool = False,
    confirmed: bool = False,
    settled: Settled | None = None,
) -> ImportReport:
    start = ImportStart(
        audience=STAFF,
        file_hash="d" * 64,
        origin="un essai",
        basis="contract",
        mode=mode,
        settled=settled or Settled(),
    )
    return await import_contacts(
        Rows(*rows),
        world.app.contact_files,
        start,
        world.clock,
        dry_run=dry_run,
        confirmed=confirmed,
    )


async def keys(world: World) -> list[str]:
    return [card.key async for card in world.app.people.contacts("staff")]


async def test_a_file_taken_in_twice_is_taken_in_once(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        rows = [person(number) for number in range(3)]

        first = await take(world, *rows)
        before = await world.book.rows(contact)
        world.clock.step(timedelta(days=1))
        second = await take(world, *rows)

        assert (first.rows, first.added, first.renewed) == (3, 3, 0)
        assert (second.rows, second.added, second.renewed) == (3, 0, 3)
        after = await world.book.rows(contact)
        assert [(row.token, row.imported_at) for row in after] == [
            (row.token, row.imported_at) for row in before
        ]
        assert len(await world.book.rows(address)) == 6
        assert len(await world.book.rows(consent)) == 6
        assert [row.finished_at is not None for row in await world.book.rows(import_)] == [
            True,
            True,
        ]


async def test_a_renewed_contact_has_what_the_last_file_says(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        await take(world, person(1))

        await take(world, person(1, email="new@example.org", language="en", fields={"prenom": "B"}))

        (card,) = [card async for card in world.app.people.contacts("staff")]
        assert (card.email, card.language, card.fields) == (
            "new@example.org",
            "en",
            {"prenom": "B"},
        )


async def test_bad_rows_are_told_and_counted(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        lost = BadRow(number=3, column="", reason="no key", kept=False)
        cell = BadRow(number=4, column="email", reason="no @", kept=True)

        report = await take(world, person(1), lost, cell, person(4, email=None))

        assert (report.rows, report.refused, report.left_aside) == (2, 1, 1)
        assert report.bad_rows == [lost, cell]


async def test_a_row_with_two_faults_is_one_row_refused(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        two = [BadRow(number=3, column="email", reason=why, kept=False) for why in ("a", "b")]
        next_row = BadRow(number=4, column="email", reason="a", kept=False)

        report = await take(world, person(1), *two, next_row)

        assert (report.rows, report.refused, report.faults) == (1, 2, 3)
        assert report.bad_rows == [*two, next_row]


async def test_a_file_of_which_nothing_can_be_used_changes_nothing(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        bad = BadRow(number=2, column="", reason="no key", kept=False)

        with pytest.raises(ImportRefused, match="row 2: no key"):
            await take(world, bad)

        assert await world.book.rows(import_) == []


async def test_of_a_key_that_comes_twice_the_last_row_counts(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        near = [person(1), person(2, key="K1", email="last@example.org")]

        report = await take(world, *near)

        assert (report.rows, report.repeated, report.added) == (2, 1, 1)
        (card,) = [card async for card in world.app.people.contacts("staff")]
        assert card.email == "last@example.org"


async def test_a_rehearsed_import_writes_nothing_and_says_the_same(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        await take(world, person(1))
        rows = [person(1), person(2, agreed=["email"])]

        foretold = await take(world, *rows, dry_run=True)

        assert await keys(world) == ["K1"]
        assert await take(world, *rows) == foretold
        assert foretold.without_proof == {"sms": 1}


async def test_who_left_the_file_is_no_member_any_more_and_keeps_the_opt_out(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        await take(world, *(person(number) for number in range(1, 6)))
        act = by_email_link(MADE, one_click=True)
        await world.app.people.opt_out_identity(AddressKind.EMAIL, "p5@example.org", act)

        report = await take(world, *(person(number) for number in range(1, 4)), mode="replace")

        assert report.ended == 2
        assert await keys(world) == ["K1", "K2", "K3"]
        back = await take(world, person(5))
        assert (back.added, back.opted_out) == (1, 1)
        await world.book.plan("email", STAFF)
        assert (await world.states())["left-out opted-out"] == 1


async def test_to_end_more_than_half_must_be_confirmed(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        await take(world, *(person(number) for number in range(5)))

        with pytest.raises(ImportRefused, match=r"3 of 5 people.*--yes"):
            await take(world, person(0), person(1), mode="replace")
        assert len(await keys(world)) == 5
        await take(world, person(0), person(1), mode="replace", confirmed=True)

        assert await keys(world) == ["K0", "K1"]


async def test_an_erased_person_who_comes_back_stays_opted_out(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        await take(world, person(1))
        await take(world, person(1, email="moved@example.org"))
        (card,) = [card async for card in world.app.people.contacts("staff")]

        await world.app.people.erase(card, "Camille", MADE)

        sealed = {row.kind: row.sealed for row in await world.book.rows(address)}
        assert sealed["phone"] is None
        assert await keys(world) == []
        report = await take(world, person(1, email="moved@example.org"))
        assert report.opted_out == 2
        await world.book.plan("email", STAFF)
        assert await world.states() == {"left-out opted-out": 1}


async def test_erasing_empties_a_former_address_that_was_written_to(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        await take(world, person(1), person(2))
        await world.book.plan("email", STAFF)
        await take(world, person(1, email="moved@example.org"))
        (card,) = await world.app.people.find("moved@example.org", AddressKind.EMAIL)

        await world.app.people.erase(card, "Camille", MADE)

        opened = [row for row in await world.book.rows(address) if row.sealed is not None]
        assert len(opened) == 2
        assert await world.states() == {"left-out opted-out": 1, "waiting": 1}


async def test_an_address_two_people_share_is_kept_for_the_other(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        await take(world, person(1), person(2, email="p1@example.org"))
        card = (await world.app.people.find("p1@example.org", AddressKind.EMAIL))[0]

        await world.app.people.erase(card, "Camille", MADE)

        (other,) = [card async for card in world.app.people.contacts("staff")]
        assert other.email == "p1@example.org"


async def test_a_large_file_goes_by_groups(tmp_path: Path) -> None:
    """Sending goes on between two groups: no transaction holds a whole file."""
    async with open_world(tmp_path, CAMPAIGN) as world:
        at_each: list[datetime] = []

        def ticking() -> datetime:
            at_each.append(MADE + timedelta(seconds=len(at_each)))
            return at_each[-1]

        start = ImportStart(
            audience=STAFF, file_hash="d" * 64, origin="x", basis="contract", mode="add"
        )
        rows = Rows(*(person(number) for number in range(GROUP + 1)))
        await import_contacts(rows, world.app.contact_files, start, ticking)

        times = Counter(row.imported_at for row in await world.book.rows(contact))
        assert sorted(times.values()) == [1, GROUP]


ANNE = {"prenom": "Anne"}
PAUL = {"prenom": "Paul"}


def named(number: int, fields: Mapping[str, str], key: str = "K1", **more: Any) -> Row:
    return person(number, key=key, fields=fields, **more)


async def cards(world: World) -> list[tuple[str, str, str]]:
    found = [card async for card in world.app.people.contacts("staff")]
    return [(card.key, card.fields["prenom"], card.email) for card in found]


@pytest.mark.parametrize("mode", ["add", "replace"])
async def test_a_key_that_is_somebody_elses_is_shown_and_changes_nothing(
    tmp_path: Path, mode: str
) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        await take(world, named(1, ANNE), named(3, PAUL, key="K3"))
        before = await world.book.rows(contact)
        rows = [named(2, PAUL), named(3, PAUL, key="K3")]

        foretold = await take(world, *rows, mode=mode, dry_run=True)
        report = await take(world, *rows, mode=mode)

        assert foretold == report
        assert (report.strangers, report.rows, report.ended, report.refused) == (1, 1, 0, 0)
        (told,) = report.bad_rows
        assert (told.number, told.kept, told.key) == (2, False, "K1")
        assert "--same-person" in told.reason
        assert "Paul" not in told.reason
        assert await cards(world) == [
            ("K1", "Anne", "p1@example.org"),
            ("K3", "Paul", "p3@example.org"),
        ]
        after = await world.book.rows(contact)
        assert [(row.token, row.sealed) for row in after[:1]] == [
            (row.token, row.sealed) for row in before[:1]
        ]


async def test_a_person_says_that_both_were_changed(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        await take(world, named(1, ANNE))
        (before,) = await world.book.rows(contact)

        report = await take(
            world, named(2, PAUL, agreed=[]), settled=Settled(same=frozenset({"K1"}))
        )

        assert (report.strangers, report.settled, report.renewed) == (0, 1, 1)
        assert report.without_proof == {"sms": 1}, "the proof was given with another number"
        (after,) = await world.book.rows(contact)
        assert (after.id, after.token) == (before.id, before.token)
        assert await cards(world) == [("K1", "Paul", "p2@example.org")]


async def test_a_person_says_that_a_key_was_given_to_somebody_new(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        await take(world, named(1, ANNE))
        settled = Settled(other=frozenset({"K1"}))

        report = await take(world, named(2, PAUL, agreed=[]), settled=settled)
        again = await take(world, named(2, PAUL, agreed=[]), settled=settled)

        assert (report.settled, report.added, report.renewed) == (1, 1, 0)
        assert (again.settled, again.added, again.renewed) == (0, 0, 1)
        assert report.without_proof == {"sms": 1}
        anne, paul = await world.book.rows(contact)
        assert (anne.active, paul.active) == (False, True)
        assert anne.token != paul.token
        assert [row.contact_id for row in await world.book.rows(consent)] == [anne.id, anne.id]
        assert await cards(world) == [("K1", "Paul", "p2@example.org")]
        (old,) = await world.app.people.find(f"#{anne.id}", None)
        assert (old.key, old.fields, old.email) == ("K1", ANNE, "p1@example.org")


async def test_a_key_that_two_people_of_one_file_have_is_the_firsts(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        rows = [named(1, ANNE), named(2, PAUL), named(3, ANNE, email="anne@example.org")]

        report = await take(world, *rows)

        assert (report.strangers, report.rows, report.repeated, report.added) == (1, 2, 1, 1)
        assert await cards(world) == [("K1", "Anne", "anne@example.org")]


async def test_who_left_and_whose_key_was_given_again_is_not_merged_either(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        await take(world, named(1, ANNE), named(3, PAUL, key="K3"), named(4, PAUL, key="K4"))
        await take(world, named(3, PAUL, key="K3"), named(4, PAUL, key="K4"), mode="replace")

        report = await take(world, named(2, PAUL))

        assert report.strangers == 1
        assert ("K1", "Paul", "p2@example.org") not in await cards(world)


async def test_a_new_domain_for_everybody_is_a_change_of_address(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        people = [person(number, phone=None, agreed=[]) for number in range(1, 30)]
        await take(world, *people)

        moved = [
            person(number, email=f"p{number}@ght.example", phone=None, agreed=[])
            for number in range(1, 30)
        ]
        report = await take(world, *moved)

        assert (report.strangers, report.renewed) == (0, 29)


async def test_lacking_proofs_are_those_of_todays_address(tmp_path: Path) -> None:
    async with open_world(tmp_path, CAMPAIGN) as world:
        await take(world, person(1), person(2), person(3))

        rows = [
            person(1, agreed=[]),
            person(2, phone="+33639980099", agreed=[]),
            person(3, phone="+33639980098"),
        ]
        report = await take(world, *rows, dry_run=True)

        assert report.without_proof == {"sms": 2}, "the first has one already"
