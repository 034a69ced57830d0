"""What the public site may see of the ledger: texts whose sending has begun, and nothing else."""

from datetime import timedelta

from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.delivery import DeliveryState, OccurrenceState, Outcome
from scheduler.domain.planning import ContentText
from scheduler.store.reading.public import PublicLedger
from tests.samples.ledger import DUE, FIRST_SUNDAY, PATIENTS, REUNION, STAFF, Book, person

ID = "0123456789abcdef"
TEXT = ContentText(variant="fr", fingerprint=ID + "0" * 48, source="{}", readers=[("fr", False)])
SECOND = timedelta(seconds=1)


def public(book: Book) -> PublicLedger:
    return PublicLedger(book.ledger.database)


async def test_a_text_shows_once_its_slot_has_come_due(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await book.plan(contents=[TEXT])

    before = await public(book).published(ID, DUE - SECOND)
    found = await public(book).published(ID, DUE)

    assert before is None
    assert found is not None
    assert (found.web_id, found.channel, found.variant, found.since) == (ID, "email", "fr", DUE)
    assert await public(book).content(found.content_id) == "{}"


async def test_another_id_shows_nothing(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await book.plan(contents=[TEXT])

    for other in ("0123456789abcdee", "0123456789abcdf0", "f" * 16, "0" * 16):
        assert await public(book).published(other, DUE) is None


async def test_a_text_nobody_could_be_sent_does_not_show(book: Book) -> None:
    await book.take_in(STAFF, person(1, email=None))
    await book.plan(contents=[TEXT])

    assert await public(book).published(ID, DUE) is None


async def test_a_text_stopped_before_anything_left_does_not_show(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await book.plan(contents=[TEXT])
    occurrence = await book.occurrence()

    for state in (OccurrenceState.PAUSED, OccurrenceState.CANCELLED):
        await book.ledger.set_state(occurrence.occurrence_id, state)
        assert await public(book).published(ID, DUE) is None


async def test_what_was_sent_stays_even_when_the_rest_is_cancelled(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2))
    await book.plan(contents=[TEXT])
    claim = await book.claim()
    first, *_ = await book.ledger.due(claim, DUE, 10)
    await book.ledger.take_intents(claim, [first.delivery_id], DUE)
    await book.ledger.record(
        [Outcome(delivery_id=first.delivery_id, state=DeliveryState.SENT, at=DUE)]
    )

    await book.ledger.set_state((await book.occurrence()).occurrence_id, OccurrenceState.CANCELLED)

    assert await public(book).published(ID, DUE) is not None
    assert len(await public(book).published_since(DUE, DUE)) == 1


async def test_it_is_dated_by_its_first_slot(book: Book) -> None:
    early = DUE - timedelta(hours=2)
    await book.take_in(STAFF, person(1), person(2, place=REUNION))
    await book.plan(contents=[TEXT])
    await book.plan(contents=[TEXT], place=REUNION, due_at=early)

    (found,) = await public(book).published_since(early, DUE)

    assert found.since == early


async def test_the_list_has_every_audience_and_channel_newest_first(book: Book) -> None:
    later = Occurrence(
        campaign="cybermois",
        episode="1-porte",
        season="2027",
        date=FIRST_SUNDAY.date.replace(year=2027),
    )
    await book.take_in(STAFF, person(1))
    await book.take_in(PATIENTS, person(2))
    await book.plan(contents=[TEXT])
    await book.plan("sms", contents=[TEXT])
    await book.plan(audience=PATIENTS, contents=[TEXT])
    next_year = DUE + timedelta(days=364)
    await book.plan(one=later, due_at=next_year, contents=[TEXT])

    everything = await public(book).published_since(DUE, next_year)
    lately = await public(book).published_since(DUE + SECOND, next_year)

    assert [(one.channel, one.audience, one.since) for one in everything] == [
        ("email", "staff", next_year),
        ("email", "staff", DUE),
        ("sms", "staff", DUE),
        ("email", "patients", DUE),
    ]
    assert [one.since for one in lately] == [next_year]
