"""Planning a slot, on SQLite and on PostgreSQL: who gets a row, who is left out, and only once."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from scheduler.domain.calendar.campaigns import Audience, ChannelTerms, Place
from scheduler.domain.consent.optout import (
    OptOut,
    Reason,
    by_bad_address,
    by_doubt,
    by_email_link,
    by_operator,
    by_own_words,
    by_stranger,
)
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.message import AddressKind
from scheduler.domain.planning import Awaited, ContentText
from scheduler.store.planning.batching import BATCH
from scheduler.store.schema.tables import batch, consent, content, delivery, slot
from tests.samples.ledger import (
    DUE,
    FIRST_SUNDAY,
    MADE,
    MANAGERS,
    PARIS,
    PATIENTS,
    REUNION,
    STAFF,
    Book,
    open_book,
    person,
)

OPTED_OUT = by_email_link(MADE, one_click=True)


async def to_come(
    book: Book, audience: Audience, place: Place = PARIS, *, channel: str = "email"
) -> Awaited:
    """A slot that is planned later, and whose text is settled."""
    row = await book.occurrence()
    values = {"channel": channel, "audience": audience.name, "variant": "fr", "source": "{}"}
    text = insert(content).values(occurrence_id=row.occurrence_id, fingerprint="f", **values)
    await book.ledger.database.write(lambda connection: connection.execute(text))
    return Awaited(audience=audience, places=(place,))


async def test_every_member_has_a_row_and_those_left_out_their_reason(book: Book) -> None:
    await book.take_in(
        PATIENTS,
        person(1),
        person(2, email=None),
        person(3),
        person(4),
        person(5, agreed=["sms"]),
        person(6, email="P1@example.org"),
    )
    await book.people.opt_out_identity(AddressKind.EMAIL, "p3@example.org", OPTED_OUT)
    bad = by_bad_address("email", MADE)
    await book.people.opt_out_identity(AddressKind.EMAIL, "p4@example.org", bad)

    count = await book.plan("email", PATIENTS)

    assert count is not None
    assert (count.waiting, count.left_out) == (1, 5)
    rows = await book.rows(select(delivery).order_by(delivery.c.contact_id))
    assert [(row.state, row.reason) for row in rows] == [
        ("waiting", ""),
        ("left-out", "no-address"),
        ("left-out", "opted-out"),
        ("left-out", "bounced"),
        ("left-out", "no-consent"),
        ("left-out", "duplicate"),
    ]


async def test_a_row_keeps_its_ground_its_proof_and_its_text(book: Book) -> None:
    await book.take_in(PATIENTS, person(1))

    await book.plan("email", PATIENTS)

    (row,) = await book.rows(delivery)
    (proof,) = [row for row in await book.rows(consent) if row.channel == "email"]
    (text,) = await book.rows(content)
    assert (row.basis, row.consent_id, row.content_id) == ("consent", proof.id, text.id)
    assert (row.attempts, row.at, row.provider_id, row.cost) == (0, DUE, "", 0)


async def test_without_consent_as_the_ground_no_proof_is_asked(book: Book) -> None:
    await book.take_in(STAFF, person(1, agreed=[]))

    await book.plan("email", STAFF)

    (row,) = await book.rows(delivery)
    assert (row.state, row.basis, row.consent_id) == ("waiting", "legitimate-interest", None)


async def test_numbers_kept_for_fiction_are_left_out_of_the_real_world(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2, phone="+33612345678"))

    await book.plan("sms", STAFF, real_world=True)

    assert await book.states() == {"left-out no-address": 1, "waiting": 1}


async def test_a_day_without_a_window_leaves_everyone_out_visibly(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2, email=None))

    await book.plan("email", STAFF, no_window=True, contents=[])

    assert await book.states() == {"left-out no-window": 1, "left-out no-address": 1}


async def test_a_person_in_two_audiences_is_served_by_the_first_wherever_they_live(
    book: Book,
) -> None:
    await book.take_in(STAFF, person(1, place=REUNION))
    await book.take_in(PATIENTS, person(2, email="p1@example.org"), person(3))

    await book.plan("email", PATIENTS, awaited=[await to_come(book, STAFF, REUNION)])
    await book.plan("email", STAFF, place=REUNION, due_at=DUE + timedelta(hours=1))

    rows = await book.rows(delivery)
    assert [(row.state, row.reason) for row in rows] == [
        ("left-out", "duplicate"),
        ("waiting", ""),
        ("waiting", ""),
    ]


async def test_the_second_audience_serves_whom_the_first_may_not_write_to(book: Book) -> None:
    await book.take_in(STAFF, person(1, agreed=[]))
    await book.take_in(PATIENTS, person(2, phone="+33639980001"))

    await book.plan("sms", PATIENTS, awaited=[await to_come(book, STAFF, channel="sms")])
    await book.plan("sms", STAFF)

    assert await book.states() == {"left-out no-consent": 1, "waiting": 1}


async def test_the_second_audience_serves_whom_the_first_got_to_know_too_late(book: Book) -> None:
    await book.take_in(PATIENTS, person(2, email="p1@example.org"))
    await book.take_in(STAFF, person(1), at=DUE + timedelta(minutes=1))

    await book.plan("email", STAFF)
    await book.plan("email", PATIENTS)

    assert await book.states() == {"waiting": 1}


async def test_a_legal_ground_of_one_audience_is_not_the_consent_of_another(book: Book) -> None:
    obliged = replace(STAFF, channels={"email": ChannelTerms(basis="legal-obligation")})
    await book.take_in(PATIENTS, person(1, agreed=[]))
    await book.take_in(STAFF, person(1))

    await book.plan("email", obliged, awaited=[await to_come(book, PATIENTS)])

    assert await book.states() == {"waiting": 1}


async def test_nobody_gives_way_to_an_audience_that_has_no_text(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await book.take_in(PATIENTS, person(2, email="p1@example.org"))

    await book.plan("email", PATIENTS, awaited=[Awaited(audience=STAFF, places=(PARIS,))])

    assert await book.states() == {"waiting": 1}


async def test_the_earlier_contact_of_one_address_is_served_in_another_zone(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2, email="P1@Example.org", place=REUNION))

    earlier = Awaited(audience=STAFF, places=(PARIS,), earlier=True)
    await book.plan("email", STAFF, place=REUNION, awaited=[earlier])
    await book.plan("email", STAFF, place=PARIS)

    rows = await book.rows(delivery)
    assert [(row.state, row.reason) for row in rows] == [
        ("left-out", "duplicate"),
        ("waiting", ""),
    ]


async def test_an_address_served_by_hand_is_not_served_again(book: Book) -> None:
    await book.take_in(PATIENTS, person(2, email="p1@example.org"))
    await book.plan("email", PATIENTS, forced=True)
    await book.take_in(STAFF, person(1))

    await book.plan("email", STAFF)

    assert await book.states() == {"waiting": 1, "left-out duplicate": 1}


async def test_one_address_has_one_delivery_an_occurrence_and_channel_whatever_is_tried(
    book: Book,
) -> None:
    await book.take_in(STAFF, person(1), person(2, email="p1@example.org"))
    await book.plan("email", STAFF)
    left_out, served = sorted(await book.rows(delivery), key=lambda row: row.state)
    copied = dict(served._mapping, channel="email")
    del copied["id"]

    with pytest.raises(IntegrityError):
        await book.ledger.database.write(
            lambda connection: connection.execute(
                delivery.update().where(delivery.c.id == left_out.id).values(state="waiting")
            )
        )
    with pytest.raises(IntegrityError):
        await book.ledger.database.write(
            lambda connection: connection.execute(insert(delivery).values(copied))
        )


async def test_planned_twice_is_planned_once(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2))

    first = await book.plan("email", STAFF)
    second = await book.plan("email", STAFF)

    assert first is not None
    assert second is None
    assert await book.states() == {"waiting": 2}


async def test_racing_planners_plan_once(book: Book, ledger_url: str, keys_file: Path) -> None:
    await book.take_in(STAFF, *(person(number) for number in range(200)))
    books = [await open_book(ledger_url, keys_file) for _ in range(3)]
    plan = await book.slot_plan("email", STAFF)

    counts = await asyncio.gather(*(one.ledger.plan(plan, DUE) for one in books))

    assert sorted(count.waiting for count in counts if count) == [200]
    assert await book.states() == {"waiting": 200}
    for one in books:
        await one.ledger.close()


async def test_racing_planners_of_two_audiences_that_share_people_serve_each_once(
    book: Book, elsewhere: Book
) -> None:
    everybody = [person(number) for number in range(100)]
    await book.take_in(STAFF, *everybody)
    staff = await book.slot_plan("email", STAFF, forced=True)
    managers = await book.slot_plan("email", replace(STAFF, name="managers"), forced=True)

    await asyncio.gather(book.ledger.plan(staff, DUE), elsewhere.ledger.plan(managers, DUE))

    assert await book.states() == {"waiting": 100}


async def test_a_contact_imported_after_the_due_time_is_not_planned(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await book.take_in(STAFF, person(2), at=DUE + timedelta(seconds=1))

    await book.plan("email", STAFF)

    assert len(await book.rows(delivery)) == 1


async def test_by_hand_a_second_time_serves_only_those_not_served(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await book.plan("email", STAFF)
    await book.take_in(STAFF, person(2), at=DUE + timedelta(hours=1))
    again = DUE + timedelta(hours=2)

    count = await book.plan("email", STAFF, forced=True, due_at=again)

    assert count is not None
    assert (count.waiting, count.left_out) == (1, 0)
    assert await book.states() == {"waiting": 2}
    (mark,) = await book.rows(slot)
    assert mark.due_at == again
    assert [one.number for one in await book.rows(batch)] == [1, 2]


async def test_a_rule_selects_on_segment_fields(book: Book) -> None:
    await book.take_in(
        STAFF,
        person(1, fields={"service": "Direction", "prenom": "Ana"}),
        person(2, fields={"service": "Urgences"}),
        person(3, fields={"service": "Cadres"}),
        person(4, fields={"prenom": "Léo"}),
    )

    count = await book.plan("email", MANAGERS)

    assert count is not None
    assert count.waiting == 2
    assert len(await book.rows(delivery)) == 2


async def test_a_text_is_kept_once_and_an_edit_does_not_change_the_later_slots(book: Book) -> None:
    await book.take_in(STAFF, person(1, place=REUNION), person(2))
    first = ContentText(variant="fr", fingerprint="a", source="avant", readers=[("fr", False)])
    edited = replace(first, fingerprint="b", source="après")

    await book.plan("email", STAFF, place=REUNION, contents=[first])
    await book.plan("email", STAFF, place=PARIS, contents=[edited])

    (kept,) = await book.rows(content)
    assert kept.source == "avant"
    assert [row.content_id for row in await book.rows(delivery)] == [kept.id, kept.id]


async def test_each_reader_gets_the_text_of_their_language_and_preference(book: Book) -> None:
    await book.take_in(
        STAFF,
        person(1),
        person(2, language="en"),
        person(3, easy_to_read=True),
    )
    texts = [
        ContentText(variant="fr", fingerprint="1", source="fr", readers=[("fr", False)]),
        ContentText(variant="en", fingerprint="2", source="en", readers=[("en", False)]),
        ContentText(variant="fr-falc", fingerprint="3", source="falc", readers=[("fr", True)]),
    ]

    await book.plan("email", STAFF, contents=texts)

    sources = {row.id: row.source for row in await book.rows(content)}
    got = [sources[row.content_id] for row in await book.rows(delivery)]
    assert got == ["fr", "en", "falc"]


async def test_batches_hold_a_thousand_and_only_what_waits(book: Book) -> None:
    rows = [person(number, email=None if number % 9 == 0 else "") for number in range(1200)]
    await book.take_in(STAFF, *rows)

    await book.plan("email", STAFF)

    waiting = [row for row in await book.rows(delivery) if row.state == "waiting"]
    sizes = [sum(1 for row in waiting if row.batch == number) for number in (1, 2)]
    assert sizes == [BATCH, len(waiting) - BATCH]
    assert [one.number for one in await book.rows(batch)] == [1, 2]
    assert all(row.batch is None for row in await book.rows(delivery) if row.state == "left-out")


async def test_an_opt_out_of_another_topic_or_channel_changes_nothing(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2))
    by_sms = by_operator("sms", MADE)
    await book.people.opt_out_identity(AddressKind.EMAIL, "p1@example.org", by_sms)
    events = replace(OPTED_OUT, scope="events")
    await book.people.opt_out_identity(AddressKind.EMAIL, "p2@example.org", events)

    await book.plan("email", STAFF)

    assert await book.states() == {"waiting": 2}


SMS_CLOSED = pytest.mark.parametrize(
    ("act", "series", "service"),
    [
        (by_doubt(MADE), "left-out in-doubt", "waiting"),
        (by_own_words(MADE), "left-out opted-out", "waiting"),
        (by_stranger(Reason.WRONG_PERSON, MADE), "left-out not-theirs", "left-out not-theirs"),
        (by_stranger(Reason.DECEASED, MADE), "left-out not-theirs", "left-out not-theirs"),
    ],
)


@SMS_CLOSED
@pytest.mark.parametrize("topic", ["october", ""])
async def test_what_a_reply_holds_or_closes_is_held_or_closed_at_planning(
    book: Book, act: OptOut, series: str, service: str, topic: str
) -> None:
    await book.take_in(STAFF, person(1))
    await book.people.opt_out_identity(AddressKind.PHONE, "+33639980001", act)
    plan = await book.slot_plan("sms", STAFF)

    await book.ledger.plan(replace(plan, topic=topic), DUE)

    assert await book.states() == {(series if topic else service): 1}


@SMS_CLOSED
@pytest.mark.parametrize("topic", ["october", ""])
async def test_it_is_so_at_the_intent_too(
    book: Book, act: OptOut, series: str, service: str, topic: str
) -> None:
    await book.take_in(STAFF, person(1))
    plan = await book.slot_plan("sms", STAFF)
    await book.ledger.plan(replace(plan, topic=topic), DUE)
    claim = await book.claim(channel="sms")
    await book.people.opt_out_identity(AddressKind.PHONE, "+33639980001", act)

    await book.ledger.take_intents(replace(claim, topic=topic), [1], DUE)

    after = series if topic else service
    assert await book.states() == {("sending" if after == "waiting" else after): 1}


async def test_a_service_message_reaches_those_who_left_the_topics(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2))
    await book.people.opt_out_identity(AddressKind.EMAIL, "p1@example.org", OPTED_OUT)
    everything = replace(OPTED_OUT, scope="everything")
    await book.people.opt_out_identity(AddressKind.EMAIL, "p2@example.org", everything)
    plan = await book.slot_plan("email", STAFF)

    await book.ledger.plan(replace(plan, topic=""), DUE)

    assert await book.states() == {"waiting": 1, "left-out opted-out": 1}


@pytest.mark.parametrize("state", [OccurrenceState.CANCELLED, OccurrenceState.PAUSED])
async def test_nothing_is_planned_of_what_was_stopped_a_moment_before(
    book: Book, state: OccurrenceState
) -> None:
    await book.take_in(STAFF, person(1))
    plan = await book.slot_plan("email", STAFF)
    await book.ledger.set_state(plan.occurrence.occurrence_id, state)

    assert await book.ledger.plan(plan, DUE) is None

    assert await book.rows(delivery) == []
    assert await book.rows(slot) == []
    assert (await book.ledger.occurrences())[0].state is state


async def test_a_missed_slot_has_its_mark_and_is_never_planned_by_itself(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    plan = await book.slot_plan("email", STAFF)

    assert await book.ledger.miss(plan, DUE)
    assert not await book.ledger.miss(plan, DUE)
    assert await book.ledger.plan(plan, DUE) is None

    assert [one.missed for one in await book.ledger.slots_of([plan.occurrence.occurrence_id])] == [
        True
    ]


async def test_an_occurrence_exists_once_a_season(book: Book) -> None:
    first = await book.occurrence(FIRST_SUNDAY)
    moved = replace(FIRST_SUNDAY, date=FIRST_SUNDAY.date + timedelta(days=7))
    await book.ledger.sync([moved], FIRST_SUNDAY.date)

    (row,) = await book.ledger.occurrences()
    assert (row.occurrence_id, row.date) == (first.occurrence_id, moved.date)


async def test_what_has_run_keeps_its_date(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await book.plan("email", STAFF)
    moved = replace(FIRST_SUNDAY, date=FIRST_SUNDAY.date + timedelta(days=7))

    await book.ledger.sync([moved], FIRST_SUNDAY.date)

    (row,) = await book.ledger.occurrences()
    assert (row.date, row.state) == (FIRST_SUNDAY.date, OccurrenceState.RUNNING)


async def test_what_the_calendar_has_no_more_is_forgotten_while_it_waits(book: Book) -> None:
    await book.occurrence(FIRST_SUNDAY)

    await book.ledger.sync([], FIRST_SUNDAY.date)

    assert await book.ledger.occurrences() == []


async def test_what_was_asked_for_by_hand_is_not_forgotten(book: Book) -> None:
    await book.hand.bring_forward(FIRST_SUNDAY, ["staff"], "Camille", DUE)
    await book.hand.bring_forward(FIRST_SUNDAY, ["patients"], "Camille", DUE)

    await book.ledger.sync([], FIRST_SUNDAY.date)

    (row,) = await book.ledger.occurrences()
    assert row.forced == {"staff": DUE, "patients": DUE}


async def test_the_counts_add_up_and_say_where(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2, email=None), person(3))
    await book.plan("email", STAFF)
    claim = await book.claim()
    await book.ledger.take_intents(claim, [1], DUE)

    counts = await book.ledger.counts()

    assert [(one.state, one.reason, one.rows) for one in counts] == [
        ("left-out", "no-address", 1),
        ("waiting", "", 2),
    ]
    assert {(one.audience, one.channel, one.territory) for one in counts} == {
        ("staff", "email", "FR")
    }
    assert {one.occurrence for one in counts} == {"cybermois/1-porte/2026-10-04"}


async def test_places_and_readers_are_those_of_the_members(book: Book) -> None:
    await book.take_in(STAFF, person(1, place=REUNION, language="en"))
    await book.take_in(
        STAFF, person(2, fields={"service": "Direction"}), at=MADE + timedelta(days=1)
    )

    places = await book.ledger.places(STAFF)
    managers = await book.ledger.places(MANAGERS)

    assert [(one.place, one.since, one.people) for one in places] == [
        (PARIS, MADE + timedelta(days=1), 1),
        (REUNION, MADE, 1),
    ]
    assert [one.place for one in managers] == [PARIS]
    assert await book.ledger.readers(STAFF) == [("en", False), ("fr", False)]
    assert await book.ledger.readers(MANAGERS) == [("fr", False)]


@pytest.mark.parametrize("ledger_url", ["postgres"], indirect=True)
async def test_postgresql_has_counted_those_it_is_to_compare(book: Book) -> None:
    """Else it compares everybody with everybody: minutes for ten thousand people."""
    await book.take_in(STAFF, *(person(number) for number in range(BATCH)))
    await book.plan("email", STAFF)

    counted = text("SELECT relname, reltuples FROM pg_class WHERE relkind = 'r'")
    rows = await book.ledger.database.read(lambda one: one.execute(counted).all())

    sizes = {row.relname: row.reltuples for row in rows}
    assert sizes["contact"] == sizes["delivery"] == BATCH
    assert sizes["address"] == sizes["consent"] == 2 * BATCH
