"""Newcomers in the ledger, on both databases: who waits, who enters once for good, and to whom a
step goes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.calendar.campaigns import Occurrence, People
from scheduler.domain.calendar.leaving import Season
from scheduler.domain.calendar.newcomers import Entry, Newcomer, Standing, held_print
from scheduler.domain.errors import Overtaken
from scheduler.domain.message import AddressKind
from scheduler.domain.names.renames import Named, Renaming
from scheduler.domain.people.contacts import Row
from scheduler.domain.people.imports import ImportStart
from scheduler.domain.people.retention import Kept
from scheduler.store.people.retention import RetentionLedger
from scheduler.store.schema.list_tables import recipient_list
from scheduler.store.schema.newcomer_tables import entered, newcomer
from scheduler.store.schema.tables import contact, delivery
from tests.samples.ledger import MADE, PATIENTS, STAFF, Book, person

NOW = MADE + timedelta(hours=1)
AGENTS = replace(STAFF, people=People.STAFF)
STEP: Season = ("accueil", "1-porte", "2026-w36")
NEXT: Season = ("accueil", "2-cles", "2026-w36")
DAY = date(2026, 8, 31)


def came(number: int, day: date | None = DAY, **more: object) -> Row:
    return replace(person(number, agreed=()), entered=day, **more)  # type: ignore[arg-type]


async def waiting(book: Book, now: datetime = NOW) -> list[Newcomer]:
    return list((await book.ledger.newcomers([AGENTS], now)).newcomers)


async def let_in(book: Book, *steps: Season, now: datetime = NOW) -> int:
    """Everybody who waits."""
    found = await waiting(book, now)
    return await book.ledger.let_in({one.contact: steps or (STEP,) for one in found}, now)


async def keys_of(book: Book, contacts: Sequence[int]) -> list[str]:
    return sorted(card.key for card in await book.people.cards(contacts))


async def listed(book: Book, season: Season = STEP) -> list[str]:
    kept = await book.ledger.list_of(*season)
    return await keys_of(book, await book.hand.listed(kept)) if kept else []


async def planned(book: Book, season: Season = STEP) -> list[str]:
    """To whom the step's rows are."""
    one = Occurrence(campaign=season[0], episode=season[1], season=season[2], date=date(2026, 9, 7))
    kept = await book.ledger.list_of(*season)
    due = datetime(2026, 9, 7, 8, tzinfo=MADE.tzinfo)
    plan = await book.slot_plan(audience=AGENTS, one=one, due_at=due, list=kept.row if kept else 0)
    await book.ledger.plan(plan, due)
    return await keys_of(book, [row.contact_id for row in await book.rows(delivery)])


async def test_only_a_young_day_is_kept_and_only_of_a_file_taken_in_whole(book: Book) -> None:
    await book.take_in(AGENTS, came(1), came(2, date(2026, 8, 2)), came(3, None), came(4))
    await book.take_in(AGENTS, came(5, date(2026, 9, 20)))
    start = ImportStart(
        audience=AGENTS, file_hash="1" * 64, origin="RH", basis="consent", mode="add"
    )
    cut_short = await book.contact_files.begin_import(start, MADE)
    await book.contact_files.take_in(AGENTS, [came(6)], cut_short, MADE)

    found = await book.ledger.newcomers([AGENTS], NOW)

    assert [(one.contact, one.entered, one.state) for one in found.newcomers] == [
        (1, DAY, Entry.NEW),
        (4, DAY, Entry.NEW),
        (5, date(2026, 9, 20), Entry.NEW),
    ]
    assert found.people == {"staff": 6}
    assert len({one.file for one in found.newcomers}) == 2


async def test_who_enters_is_listed_and_the_step_goes_to_them_alone(book: Book) -> None:
    await book.take_in(AGENTS, *(person(number) for number in range(1, 5)))
    await book.take_in(AGENTS, came(3), came(5))

    assert await let_in(book, STEP, NEXT) == 2
    assert await let_in(book, STEP, NEXT) == 0

    assert await listed(book) == await listed(book, NEXT) == ["K3", "K5"]
    assert await book.ledger.entered_seasons(["accueil"]) == {STEP, NEXT}
    assert await book.ledger.entered_seasons(["autre"]) == frozenset()
    assert {row.people for row in await book.rows(recipient_list)} == {2}
    assert await planned(book) == ["K3", "K5"]
    assert await book.ledger.newcomers_standing() == Standing(
        held=0, shown="", to_come=0, entered=2, refused=0
    )


async def test_a_step_without_a_list_goes_to_nobody(book: Book) -> None:
    await book.take_in(AGENTS, came(1))

    assert await planned(book) == []


async def test_who_has_entered_never_does_again_by_key_or_address(book: Book) -> None:
    await book.take_in(AGENTS, came(1))
    await let_in(book)

    # The same again; another key; another address; both other.
    await book.take_in(AGENTS, came(1), at=NOW)
    await book.take_in(AGENTS, came(2, key="K9", email=person(1).email, phone=None), at=NOW)
    await book.take_in(AGENTS, came(3, key="K8", phone=person(1).phone, email=None), at=NOW)
    await book.take_in(AGENTS, came(4), at=NOW)

    assert await keys_of(book, [one.contact for one in await waiting(book)]) == ["K4"]


async def test_one_person_twice_in_a_file_enters_once(book: Book) -> None:
    await book.take_in(AGENTS, came(1), came(2, email=person(1).email))

    assert await let_in(book) == 1
    assert await listed(book) == ["K1"]


async def test_that_one_has_entered_outlives_leaving_and_erasure(book: Book) -> None:
    await book.take_in(AGENTS, came(1), came(2))
    await let_in(book)
    for number in (1, 2):
        (card,) = await book.people.find(f"p{number}@example.org", AddressKind.EMAIL)
        await book.people.erase(card, "Camille", NOW)

    assert await book.rows(newcomer) == []
    assert await book.ledger.newcomers_standing() == Standing(
        held=0, shown="", to_come=0, entered=0, refused=0
    )
    # By the key alone, and by the address alone: nobody greets them.
    await book.take_in(AGENTS, came(1, email=None, phone="+33639980091"), at=NOW)
    await book.take_in(AGENTS, came(2, key="K7", phone=None), at=NOW)

    assert await waiting(book) == []


async def test_a_key_that_was_given_to_somebody_else_bars_nobody(book: Book) -> None:
    await book.take_in(AGENTS, came(1))
    await let_in(book)
    start = ImportStart(
        audience=AGENTS, file_hash="1" * 64, origin="RH", basis="consent", mode="add"
    )
    number = await book.contact_files.begin_import(start, NOW)
    fresh = came(1, email=person(8).email, phone=None)
    await book.contact_files.take_in(AGENTS, [fresh], number, NOW, None, {fresh.key})
    await book.contact_files.finish_import(number, {}, NOW)

    assert [one.entered for one in await waiting(book)] == [DAY]


async def test_nobody_enters_who_left_or_is_of_another_audience(book: Book) -> None:
    await book.take_in(AGENTS, came(1), came(2))
    await book.take_in(PATIENTS, person(3))
    await book.contact_files.end_named(AGENTS, ["K1"], NOW)

    assert [one.contact for one in await waiting(book)] == [2]


async def test_who_has_left_is_counted_no_more(book: Book) -> None:
    await book.take_in(AGENTS, came(1), came(2), came(3), came(4))
    await book.ledger.put_newcomers([1, 2], Entry.HELD, NOW)
    await book.ledger.let_in({3: (STEP,), 4: (STEP,)}, NOW)
    await book.contact_files.end_named(AGENTS, ["K1", "K3", "K4"], NOW)

    assert await book.ledger.newcomers_standing() == Standing(
        held=1, shown=held_print([2]), to_come=0, entered=0, refused=0
    )


async def test_who_is_held_waits_for_a_person_and_keeps_their_answer(book: Book) -> None:
    await book.take_in(AGENTS, came(1), came(2))
    await book.ledger.raise_alarm(AlarmKind.NEWCOMERS_HELD, "staff", "2 sur 2", NOW)
    await book.ledger.put_newcomers([1, 2], Entry.HELD, NOW)

    await book.take_in(AGENTS, came(1), came(2), at=NOW)

    assert await waiting(book) == []
    assert await book.ledger.let_in({1: [STEP]}, NOW) == 0
    assert (await book.ledger.newcomers_standing()).held == 2
    shown = held_print([1, 2])
    assert (await book.ledger.newcomers_standing()).shown == shown
    assert await book.ledger.answer_newcomers(True, shown, "Camille", NOW) == 2
    assert await book.ledger.answer_newcomers(False, shown, "Camille", NOW) == 0
    assert [one.state for one in await waiting(book)] == [Entry.ALLOWED, Entry.ALLOWED]
    assert await book.ledger.open_alarms() == []
    assert [one.act.act for one in await book.hand.audit_entries(5)] == ["allow-newcomers"]


async def test_an_answer_is_about_those_alone_who_were_shown(book: Book) -> None:
    await book.take_in(AGENTS, came(1), came(2), came(3))
    await book.ledger.raise_alarm(AlarmKind.NEWCOMERS_HELD, "staff", "2 of 3", NOW)
    await book.ledger.put_newcomers([1, 2], Entry.HELD, NOW)
    shown = (await book.ledger.newcomers_standing()).shown
    await book.ledger.put_newcomers([3], Entry.HELD, NOW)

    for word in (shown, "", "0" * 12):
        with pytest.raises(Overtaken):
            await book.ledger.answer_newcomers(True, word, "Camille", NOW)

    assert (await book.ledger.newcomers_standing()).held == 3
    assert len(await book.ledger.open_alarms()) == 1
    assert await book.hand.audit_entries(5) == []


@pytest.mark.parametrize(("allow", "later"), [(True, Entry.NEW), (False, Entry.REFUSED)])
async def test_who_has_left_while_held_is_greeted_by_no_answer_of_others(
    book: Book, allow: bool, later: Entry
) -> None:
    await book.take_in(AGENTS, came(1), came(2))
    await book.ledger.put_newcomers([1, 2], Entry.HELD, NOW)
    await book.contact_files.end_named(AGENTS, ["K2"], NOW)
    shown = (await book.ledger.newcomers_standing()).shown

    assert await book.ledger.answer_newcomers(allow, shown, "Camille", NOW) == 1

    states = {row.contact_id: row.state for row in await book.rows(newcomer)}
    assert states == {1: Entry.ALLOWED if allow else Entry.REFUSED, 2: later}


async def test_who_is_refused_stays_so_whatever_a_file_says(book: Book) -> None:
    await book.take_in(AGENTS, came(1))
    await book.ledger.put_newcomers([1], Entry.HELD, NOW)
    await book.ledger.answer_newcomers(False, held_print([1]), "Camille", NOW)

    await book.take_in(AGENTS, came(1, date(2026, 9, 1)), at=NOW)

    assert await waiting(book) == []
    assert (await book.ledger.newcomers_standing()).refused == 1


async def test_a_day_is_forgotten_two_months_later_and_the_entry_isnt(book: Book) -> None:
    await book.take_in(AGENTS, came(1), came(2, date(2026, 12, 1)))
    await let_in(book)
    retention = RetentionLedger(book.ledger.database, [])
    late = datetime(2026, 11, 2, tzinfo=MADE.tzinfo)
    limit = late - timedelta(days=60)

    assert await retention.count(Kept.ENTRIES, limit) == 1
    assert (await retention.forget_some(Kept.ENTRIES, limit, 0, late))[0] == 1
    assert [row.contact_id for row in await book.rows(newcomer)] == [2]
    assert len(await book.rows(entered)) == 6


async def test_a_persons_export_has_their_day(book: Book) -> None:
    await book.take_in(AGENTS, came(1))
    (card,) = await book.people.find("p1@example.org", AddressKind.EMAIL)

    found = await book.people.dossier(card, "Camille", NOW)

    assert [(one["entered_on"], one["state"]) for one in found["entry"]] == [("2026-08-31", "new")]


async def test_a_new_name_keeps_its_people(book: Book) -> None:
    """Without its list, a sending would go to everybody."""
    await book.take_in(AGENTS, came(1), person(2))
    await let_in(book)
    one = Occurrence(campaign=STEP[0], episode=STEP[1], season=STEP[2], date=date(2026, 9, 7))
    await book.ledger.sync([one], one.date)

    campaign = Renaming(kind=Named.CAMPAIGN, campaign="", name="arrivee", was="accueil")
    episode = Renaming(kind=Named.EPISODE, campaign="arrivee", name="porte", was="1-porte")
    await book.ledger.follow([campaign], NOW)
    await book.ledger.follow([episode], NOW)

    assert await book.ledger.entered_seasons(["arrivee"]) == {("arrivee", "porte", "2026-w36")}
    assert await listed(book, ("arrivee", "porte", "2026-w36")) == ["K1"]
    assert await listed(book) == []


async def test_digests_alone_say_who_has_entered(book: Book) -> None:
    await book.take_in(AGENTS, came(1))
    await let_in(book)

    marks = await book.rows(entered)
    (mine,) = await book.rows(select(contact.c.source_key).where(contact.c.id == 1))

    assert [row.kind for row in marks] == ["email", "phone", "source staff"]
    assert bytes(mine.source_key) in [bytes(row.digest) for row in marks]
