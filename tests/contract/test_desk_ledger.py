"""What the desk reads, on each of the two databases."""

from datetime import timedelta

from scheduler.domain.answers.arrivals import Arrival
from scheduler.domain.consent.optout import OptOut
from scheduler.domain.delivery import DeliveryState, Outcome
from scheduler.domain.message import AddressKind
from scheduler.domain.planning import ContentText
from scheduler.domain.sending import Lane
from scheduler.domain.showing.desk import Tally
from scheduler.domain.showing.objections_counted import ANSWERS
from scheduler.store.ledger import Ledger
from scheduler.store.reading.desk_ledger import DeskLedger
from scheduler.store.schema.tables import delivery as deliveries
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
    person,
)

KINDS = {"email": AddressKind.EMAIL, "sms": AddressKind.PHONE}
TEXT = ContentText(
    variant="fr", fingerprint="f1", source='{"title": "Fermer sa porte"}', readers=[("fr", False)]
)


def desk_of(book: Book) -> DeskLedger:
    return DeskLedger(book.ledger.database, book.ledger.keys)


async def announce(book: Book) -> None:
    """Two of the staff, of whom one has no address; the other's message is in the outbox."""
    await book.take_in(STAFF, person(1, fields={"prenom": "Zoë"}), person(2, email=None))
    await book.plan(contents=(TEXT,))
    waiting = [row.id for row in await book.rows(deliveries) if row.state == "waiting"]
    await book.ledger.take_intents(await book.claim(), waiting[:1], DUE)
    sent = Outcome(
        delivery_id=waiting[0], state=DeliveryState.SENT, at=DUE, provider_id="ab/abc.eml"
    )
    await book.ledger.record([sent])


async def test_reach_counts_by_place_those_who_agreed_and_have_an_address(book: Book) -> None:
    await book.take_in(
        PATIENTS,
        person(1),
        person(2, agreed=["email"]),
        person(3, email=None),
        person(4, place=REUNION, phone=None),
    )

    paris, reunion = await desk_of(book).reach(PATIENTS, KINDS)

    assert (paris.place, paris.members, paris.reachable) == (PARIS, 3, {"email": 2, "sms": 2})
    assert (reunion.place, reunion.members, reunion.reachable) == (
        REUNION,
        1,
        {"email": 1, "sms": 0},
    )


async def test_reach_leaves_out_those_who_object_to_every_topic_and_follows_the_rule(
    book: Book,
) -> None:
    manager = {"service": "Direction"}
    await book.take_in(STAFF, person(1, fields=manager), person(2, fields=manager), person(3))
    act = OptOut(channel="email", scope="topics", reason="opted-out", route="page", at=MADE)
    await book.people.opt_out_identity(AddressKind.EMAIL, "p1@example.org", act)

    (reach,) = await desk_of(book).reach(MANAGERS, KINDS)

    assert (reach.members, reach.reachable) == (2, {"email": 1, "sms": 2})


async def test_slots_and_tallies_tell_what_became_of_an_occurrence(book: Book) -> None:
    await announce(book)
    desk = desk_of(book)
    (row,) = await desk.occurrences()

    (slot,) = await desk.slots([row.occurrence_id])
    tallies = await desk.tallies([row.occurrence_id])

    assert (slot.key.channel, slot.key.place, slot.due_at) == ("email", PARIS, DUE)
    assert sorted(tallies, key=lambda one: one.state) == [
        Tally(slot=slot.slot_id, state=DeliveryState.LEFT_OUT, reason="no-address", rows=1),
        Tally(
            slot=slot.slot_id,
            state=DeliveryState.SENT,
            reason="",
            rows=1,
            arrival=Arrival.UNKNOWN,
        ),
    ]
    assert await desk.totals() == [
        ("email", DeliveryState.LEFT_OUT, 1),
        ("email", DeliveryState.SENT, 1),
    ]


async def test_people_are_opened_page_by_page_those_with_a_kept_message_first(book: Book) -> None:
    await book.take_in(STAFF, *(person(number) for number in range(10, 110)))
    assert not await desk_of(book).any_delivery()
    await announce(book)

    total, first = await desk_of(book).people(1)
    _, second = await desk_of(book).people(2)

    (delivery,) = [row for row in await book.rows(deliveries) if row.state == "sent"]
    assert (total, len(first), len(second)) == (102, 100, 2)
    assert await desk_of(book).any_delivery()
    assert (first[0].contact, dict(first[0].sent)) == (delivery.contact_id, {"email": 1})
    assert not {one.contact for one in first} & {one.contact for one in second}


async def test_one_person_is_told_message_by_message_and_reason_by_reason(book: Book) -> None:
    await announce(book)
    desk = desk_of(book)
    zoe, nameless = await desk.person(1), await desk.person(2)

    (sent,), (left_out,) = await desk.deliveries(1), await desk.deliveries(2)

    assert zoe is not None
    assert nameless is not None
    assert (zoe.name, zoe.phone, nameless.email) == ("Zoë", "+33639980001", "")
    assert (sent.occurrence, sent.title) == (FIRST_SUNDAY.id, "Fermer sa porte")
    assert (sent.provider_id, sent.at) == ("ab/abc.eml", DUE)
    assert (left_out.state, left_out.reason) == (DeliveryState.LEFT_OUT, "no-address")
    assert left_out.provider_id == ""
    assert await desk.person(99) is None


async def test_those_who_left_are_shown_no_more(book: Book) -> None:
    await announce(book)
    (card,) = await book.people.find("K1", None)
    await book.people.erase(card, "Camille", DUE)

    total, people = await desk_of(book).people(1)

    assert (total, [one.contact for one in people]) == (1, [2])


async def test_what_rests_and_who_works_are_read(book: Book) -> None:
    await book.ledger.trip(Lane(channel="email", destination="orange"), "451", DUE)
    await book.ledger.enter("one", "un:1", DUE)
    await Ledger(book.ledger.database, book.ledger.keys, MADE).enter("two", "deux:2", DUE)
    desk = desk_of(book)

    (rest,) = await desk.rests()
    replicas = await desk.replicas(DUE)

    assert (rest.channel, rest.destination, rest.failures) == ("email", "orange", 1)
    # One process is all that SQLite can have.
    known = set() if book.ledger.database.is_sqlite else {"un:1", "deux:2"}
    assert {one.host for one in replicas} == known
    assert not any(one.silent for one in replicas)


async def test_alarms_are_the_open_ones(book: Book) -> None:
    await book.ledger.raise_alarm("slot-missed", "a", "b", MADE)
    await book.ledger.raise_alarm("channel-stopped", "sms", "20003", DUE)
    await book.ledger.clear_alarm("slot-missed", "a", DUE)

    (alarm,) = await desk_of(book).alarms()

    assert (alarm.kind, alarm.subject, alarm.detail) == ("channel-stopped", "sms", "20003")
    assert alarm.raised_at == DUE


async def test_who_opted_out_is_counted_with_the_last_message_on_that_channel(book: Book) -> None:
    await announce(book)
    soon, late = DUE + timedelta(hours=2), DUE + ANSWERS + timedelta(hours=1)
    by_mail = OptOut(channel="email", scope="topics", reason="opted-out", route="page", at=soon)
    by_phone = OptOut(channel="sms", scope="topics", reason="opted-out", route="sms", at=soon)
    bounce = OptOut(channel="email", scope="everything", reason="bounced", route="bounce", at=soon)
    much_later = OptOut(channel="all", scope="topics", reason="complained", route="page", at=late)
    for act in (by_mail, bounce, much_later):
        await book.people.opt_out_identity(AddressKind.EMAIL, "p1@example.org", act)
    phone = person(1).phone
    assert phone is not None
    await book.people.opt_out_identity(AddressKind.PHONE, phone, by_phone)

    found = await desk_of(book).objected(DUE)

    one = FIRST_SUNDAY
    occasion = (one.campaign, one.episode, one.season, one.date)
    assert [(act.at, act.after) for act in found] == [(soon, occasion), (late, None), (soon, None)]
    assert await desk_of(book).objected(late + timedelta(seconds=1)) == []
