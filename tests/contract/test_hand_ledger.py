"""What people do by hand, twice or at once: it is done once, and stands once in the audit log."""

from datetime import timedelta

from scheduler.domain.calendar.approval import Approval
from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.delivery import DeliveryState, OccurrenceState
from scheduler.domain.message import AddressKind
from scheduler.domain.sending import TrialRecord
from scheduler.domain.trials import WITHIN
from tests.samples.ledger import DUE, STAFF, Book, person

LATER = DUE + timedelta(minutes=5)


async def acts(book: Book) -> list[tuple[str, str]]:
    return [(entry.act.actor, entry.act.act) for entry in await book.hand.audit_entries(10)]


async def test_cancelled_by_two_people_at_once_it_is_cancelled_by_the_first(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await book.plan()
    row = await book.occurrence()

    assert await book.hand.cancel(row, "Camille", DUE) == 1
    assert await book.hand.cancel(row, "Sacha", DUE) == 0

    assert await acts(book) == [("Camille", "cancel")]


async def test_one_that_ended_meanwhile_stays_finished(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await book.plan()
    row = await book.occurrence()
    await book.ledger.set_state(row.occurrence_id, OccurrenceState.FINISHED)

    await book.hand.cancel(row, "Camille", DUE)

    assert (await book.occurrence()).state is OccurrenceState.FINISHED
    assert await acts(book) == []


def asked(season: str, by: str) -> Approval:
    one = Occurrence(campaign="fuite", episode="avis", season=season, date=DUE.date())
    return Approval(
        message="fuite",
        occurrence=one,
        fingerprint="f" * 64,
        audiences=("staff",),
        asked_by=by,
        asked_at=DUE if season == "un" else LATER,
    )


async def test_what_waits_for_a_second_person_is_told_oldest_first_until_it_is_allowed(
    book: Book,
) -> None:
    first, second = asked("un", "Camille"), asked("deux", "Sacha")
    for one in (second, first):
        await book.hand.ask_approval(one)

    assert await book.hand.waiting_approvals() == [first, second]
    assert await book.hand.allow(first, "Dominique", LATER) is not None
    assert await book.hand.allow(first, "Ana", LATER) is None
    assert await book.hand.waiting_approvals() == [second]


def tried(message: str) -> TrialRecord:
    return TrialRecord(
        message=message,
        channel="email",
        audience="staff",
        variant="fr",
        fingerprint="f" * 64,
        kind=AddressKind.EMAIL,
        identity="camille@example.org",
        state=DeliveryState.SENT,
        reason="",
        by="Camille",
    )


async def test_trials_are_counted_since_a_moment_and_told_by_message_the_latest_first(
    book: Book,
) -> None:
    for message, at in (("un", DUE), ("deux", DUE), ("un", LATER)):
        await book.hand.note_trial(tried(message), at)

    assert [await book.hand.trials_of_late(at + WITHIN) for at in (DUE, LATER)] == [3, 1]
    assert [one.at for one in await book.hand.latest_trials("un", 5)] == [LATER, DUE]
    assert [one.at for one in await book.hand.latest_trials("un", 1)] == [LATER]
