"""The ledger follows new names, each in one transaction that may be said twice; on both
databases."""

from datetime import date, timedelta

from sqlalchemy import insert, select, update

from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.measure.typed import FigureKind, TypedFigure
from scheduler.domain.names.renames import Named, Ran, Renaming
from scheduler.store.schema.record_tables import agenda_entry, approval
from scheduler.store.schema.running_tables import halt
from scheduler.store.schema.tables import campaign, content, occurrence, slot
from scheduler.store.typed_figures import TypedFigureLedger
from tests.samples.ledger import DUE, MADE, PATIENTS, STAFF, Book, person

LATER = DUE + timedelta(hours=1)


def episode(name: str, was: str, *, once: bool = False) -> Renaming:
    return Renaming(kind=Named.EPISODE, campaign="cybermois", name=name, was=was, once=once)


def one(name: str, day: int, campaign_name: str = "cybermois") -> Occurrence:
    return Occurrence(campaign=campaign_name, episode=name, season="2026", date=date(2026, 10, day))


async def names(book: Book) -> dict[str, str]:
    return {
        f"{row.campaign}/{row.episode}": row.state.value for row in await book.ledger.occurrences()
    }


async def planned(book: Book, what: Occurrence) -> None:
    await book.ledger.plan(await book.slot_plan(one=what), DUE)


async def make(book: Book, *wanted: Occurrence) -> None:
    await book.ledger.sync(wanted, date(2026, 9, 1))


async def test_an_episode_that_ran_keeps_its_row_and_what_waits_makes_way(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await planned(book, one("1-porte", 4))
    before = {row.occurrence_id for row in await book.ledger.occurrences()}
    await make(book, one("porte", 4))

    moved = [await book.ledger.follow([episode("porte", "1-porte")], LATER) for _ in range(2)]

    assert moved == [1, 0]
    assert await names(book) == {"cybermois/porte": "running"}
    assert {row.occurrence_id for row in await book.ledger.occurrences()} == before
    assert [act.act.act for act in await book.hand.audit_entries(5)] == ["rename"]


async def test_a_swap_is_done_once(book: Book) -> None:
    await make(book, one("a", 4), one("b", 11))
    first, second = await book.ledger.occurrences()
    swap = [episode("a", "b", once=True), episode("b", "a", once=True)]

    for _ in range(3):
        await book.ledger.follow(swap, LATER)

    rows = {row.occurrence_id: row.episode for row in await book.ledger.occurrences()}
    assert rows == {first.occurrence_id: "b", second.occurrence_id: "a"}


async def test_where_both_names_ran_each_keeps_its_own(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await make(book, one("a", 4), one("b", 11))
    for row in await book.ledger.occurrences():
        await book.ledger.set_state(row.occurrence_id, OccurrenceState.CANCELLED)

    assert await book.ledger.follow([episode("b", "a")], LATER) == 0

    assert await names(book) == {"cybermois/a": "cancelled", "cybermois/b": "cancelled"}


async def test_a_campaign_takes_its_past_along(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await planned(book, one("a", 4))
    await book.ledger.note_campaigns(["cybermois"], MADE)
    await book.ledger.agenda_entry("cybermois", {"place": "A"}, MADE)
    await book.ledger.agenda_entry("cybermois", {"place": "B"}, LATER)
    await book.ledger.raise_halt("cybermois", "sms", "30007", LATER)
    await book.ledger.raise_alarm("slot-missed", "cybermois/a/2026-10-04", "", LATER)
    # The daemon has read the new name before anybody said what it was.
    await book.ledger.note_campaigns(["octobre"], LATER)
    await make(book, one("a", 4, "octobre"))

    wanted = Renaming(kind=Named.CAMPAIGN, campaign="", name="octobre", was="cybermois")
    for _ in range(2):
        await book.ledger.follow([wanted], LATER)

    assert await names(book) == {"octobre/a": "running"}
    assert await book.ledger.note_campaigns(["octobre"], LATER) == {"octobre": DUE}
    assert [(row.campaign, row.sequence) for row in await book.rows(agenda_entry)] == [
        ("octobre", 1)
    ]
    assert [row.campaign for row in await book.rows(halt)] == ["octobre"]
    assert [row.name for row in await book.rows(campaign)] == ["octobre"]
    alarms = [one.subject for one in await book.ledger.open_alarms()]
    assert alarms == ["octobre/sms", "octobre/a/2026-10-04"]


async def test_typed_figures_go_with_their_campaign_also_where_two_swap_names(book: Book) -> None:
    ledger = TypedFigureLedger(book.ledger.database)

    def figure(of: str, amount: int, source: str) -> TypedFigure:
        return TypedFigure(
            campaign=of,
            season="2026",
            kind=FigureKind.PRINTED,
            amount=amount,
            source=source,
            day=DUE.date(),
        )

    def renamed(name: str, was: str, *, once: bool = False) -> Renaming:
        return Renaming(kind=Named.CAMPAIGN, campaign="", name=name, was=was, once=once)

    for one_ in (figure("a", 10, "hall"), figure("a", 20, "bloc"), figure("b", 30, "hall")):
        await ledger.add(one_, "Ana", DUE)
    swap = [renamed("a", "b", once=True), renamed("b", "a", once=True)]
    for _ in range(2):
        await book.ledger.follow(swap, LATER)
    swapped = {(at.figure.campaign, at.figure.amount) for at in await ledger.every()}
    # « hall » was read under both names: what the new one has stays.
    await book.ledger.follow([renamed("b", "a")], LATER)
    merged = {(at.figure.campaign, at.figure.amount) for at in await ledger.every()}
    await book.ledger.follow([renamed("c", "b")], LATER)
    after = {(at.figure.campaign, at.figure.amount) for at in await ledger.every()}

    assert swapped == {("b", 10), ("b", 20), ("a", 30)}
    assert merged == {("b", 10), ("b", 20), ("a", 30)}
    assert after == {("c", 10), ("c", 20), ("a", 30)}


async def test_an_approval_goes_with_its_episode(book: Book) -> None:
    values = {
        "message": "fuite/un", "campaign": "cybermois", "episode": "a", "season": "2027-t1",
        "local_date": "2026-10-04", "fingerprint": "f", "audiences": ["staff"],
        "asked_by": "Camille", "asked_at": MADE,
    }  # fmt: skip
    await book.ledger.database.write(
        lambda connection: connection.execute(insert(approval).values(values))
    )

    await book.ledger.follow([episode("b", "a")], LATER)
    await book.ledger.follow(
        [Renaming(kind=Named.AUDIENCE, campaign="", name="agents", was="staff")], LATER
    )

    found = await book.ledger.approval("cybermois", "b", " 2027 T1")
    assert found is not None
    assert (found.occurrence.season, found.audiences) == ("2027-t1", ("agents",))


async def test_an_audience_takes_what_was_planned_and_leaves_the_contacts(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await planned(book, one("a", 4))
    await book.ledger.database.write(
        lambda connection: connection.execute(update(occurrence).values(forced={"staff": 1}))
    )
    wanted = Renaming(kind=Named.AUDIENCE, campaign="", name="agents", was="staff")

    for _ in range(2):
        await book.ledger.follow([wanted], LATER)

    assert [row.audience for row in await book.rows(slot)] == ["agents"]
    assert [row.audience for row in await book.rows(content)] == ["agents"]
    assert [row.forced for row in await book.rows(occurrence)] == [{"agents": 1}]
    assert await book.ledger.people() == {"staff": 1}


async def test_what_ran_is_told_with_its_message(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await planned(book, one("a", 4))
    await make(book, one("a", 4), one("b", 11))
    await book.ledger.database.write(
        lambda connection: connection.execute(update(content).values(source='{"message":"m/a"}'))
    )

    ran = await book.ledger.ran(date(2026, 9, 1))

    assert ran == [
        Ran(campaign="cybermois", episode="a", season="2026", date=date(2026, 10, 4), message="m/a")
    ]
    assert await book.ledger.ran(date(2026, 10, 5)) == []


async def test_a_key_kept_as_it_was_typed_is_found_by_another_spelling(book: Book) -> None:
    old = Occurrence(campaign="avis", episode="e", season="2027-T1", date=date(2026, 10, 4))
    await make(book, old)

    again = Occurrence(campaign="avis", episode="e", season="2027-t1", date=date(2026, 10, 5))
    row = await book.hand.bring_forward(again, ["staff"], "Camille", LATER)

    assert (row.season, row.date) == ("2027-T1", date(2026, 10, 4))
    statement = select(occurrence.c.id)
    rows = await book.ledger.database.read(lambda connection: connection.execute(statement).all())
    assert len(rows) == 1


async def test_audiences_are_known_by_their_files_and_once_noted(book: Book) -> None:
    """Before any is noted, whoever has people is known; afterwards a file or a note says so."""
    await book.take_in(STAFF, person(1))
    by_itself: int = None  # type: ignore[assignment]
    await book.contact_files.take_in(PATIENTS, [person(2)], by_itself, MADE)
    assert await book.ledger.known_audiences() == {"staff", "patients"}

    for _ in range(2):
        await book.ledger.note_audiences({"agents"})
    await book.ledger.note_audiences({"visitors"})

    assert await book.ledger.known_audiences() == {"staff", "agents", "visitors"}
