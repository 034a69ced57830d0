"""A domain that refuses many of its people at once ends none of them, on each of two databases."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from scheduler.domain.answers.bounces import BouncePolicy
from scheduler.domain.answers.bursts import BurstLimits, Refusal
from scheduler.domain.answers.replies import Letter
from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.consent.optout import Reason, Route, by_email_link
from scheduler.domain.delivery import DeliveryState, OccurrenceState, Outcome
from scheduler.domain.ids import DeliveryId
from scheduler.domain.measure.destinations import Destinations
from scheduler.domain.message import AddressKind
from scheduler.flow.answers.bounces import BounceStep
from scheduler.inbox.reports.reading import read_report
from scheduler.store.answers.bounce_ledger import BounceLedger
from scheduler.store.notes import forget_note
from scheduler.store.people.destinations import Regrouping
from scheduler.store.schema.burst_tables import refusal
from scheduler.store.schema.record_tables import audit
from scheduler.store.schema.tables import address, batch, delivery, occurrence
from tests.samples.ledger import DUE, STAFF, Book, person
from tests.samples.report import dsn

HOSPITAL = "ch.example"
WEEK = timedelta(days=7)
SECOND = DUE + WEEK
HOUR = timedelta(hours=1)
SECOND_SUNDAY = Occurrence(
    campaign="cybermois", episode="2-cle", season="2026-2", date=date(2026, 10, 11)
)
THIRD_SUNDAY = Occurrence(
    campaign="cybermois", episode="3-porte", season="2026-3", date=date(2026, 10, 18)
)
POLICY = BouncePolicy(soft_limit=3, soft_days=30, policy_limit=1)


@pytest.fixture
def bounces(book: Book) -> BounceLedger:
    return BounceLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)


async def a_sunday(book: Book, people: int, domain: str = HOSPITAL) -> None:
    """Everybody took the message of the first one; that of the second is planned."""
    await book.take_in(STAFF, *(person(n, email=f"p{n}@{domain}") for n in range(1, people + 1)))
    await book.plan()
    await all_sent(book, DUE)
    await book.plan(one=SECOND_SUNDAY, due_at=SECOND)


async def all_sent(book: Book, at: datetime) -> None:
    values = update(delivery).where(delivery.c.state == DeliveryState.WAITING)
    await written(book, values.values(state=DeliveryState.SENT, at=at))
    await written(book, update(batch).values(state="done"))


async def written(book: Book, statement: object) -> None:
    await book.ledger.database.write(lambda connection: connection.execute(statement))  # type: ignore[call-overload]  # any statement


async def tried(book: Book, at: datetime, most: int = 500) -> list[int]:
    """The deliveries whose intent may be taken now, of those that are due."""
    claim = await book.claim(at)
    due = await book.ledger.due(claim, at, most)
    taken = await book.ledger.take_intents(claim, [one.delivery_id for one in due], at)
    await book.ledger.release(claim)
    return sorted(taken)


async def refuse(
    book: Book, deliveries: Sequence[int], at: datetime, code: str = "550 5.1.1"
) -> None:
    """Their domain says that it doesn't know them."""
    rows = {row.id: row for row in await book.rows(delivery)}
    await book.ledger.record(
        [
            Outcome(delivery_id=DeliveryId(one), state=DeliveryState.FAILED, at=at, reason=code)
            for one in deliveries
        ],
        refusals=[
            Refusal(
                address_id=rows[one].address_id,
                delivery_id=DeliveryId(one),
                route=Route.PROVIDER,
                blames_address=not code.endswith("5.4.1"),
                at=at,
                said=f"{code} User unknown",
            )
            for one in deliveries
        ],
    )


async def accept(book: Book, deliveries: Sequence[int], at: datetime) -> None:
    await book.ledger.record(
        [
            Outcome(delivery_id=DeliveryId(one), state=DeliveryState.SENT, at=at)
            for one in deliveries
        ]
    )


async def closed(book: Book) -> int:
    return sum(row.reason == Reason.BOUNCED for row in await book.people.opt_outs())


async def alarms(book: Book) -> list[tuple[str, str]]:
    return [(one.kind, one.subject) for one in await book.ledger.open_alarms()]


async def acts(book: Book) -> list[tuple[str, str, str]]:
    return [(row.actor, row.act, row.subject) for row in await book.rows(audit)]


async def test_an_outage_closes_nobody_and_everybody_waits(
    book: Book, bounces: BounceLedger
) -> None:
    await a_sunday(book, 60)
    taken = await tried(book, SECOND)

    for number in range(0, 60, 10):
        await refuse(book, taken[number : number + 10], SECOND + timedelta(seconds=number))

    assert await closed(book) == 0
    assert await book.states() == {"sent": 60, "waiting": 60}
    assert await alarms(book) == [("domain-refuses", HOSPITAL)]
    assert await acts(book) == [("reflexe", "hold-domain", HOSPITAL)]
    (held,) = await bounces.bursts()
    assert (held.domain, held.pending, held.accepted) == (HOSPITAL, 60, 60)
    assert "550 5.1.1" in held.said


async def test_one_message_an_hour_tries_and_the_first_acceptance_frees_all(book: Book) -> None:
    await a_sunday(book, 40)
    await refuse(book, (await tried(book, SECOND))[:30], SECOND)
    # Those whose intent was taken already come back as they may.
    rest = [row.id for row in await book.rows(delivery) if row.state == DeliveryState.SENDING]
    await refuse(book, rest, SECOND + timedelta(minutes=1))

    with pytest.raises(AssertionError):
        await tried(book, SECOND + timedelta(minutes=50))
    (first,) = await tried(book, SECOND + 1.1 * HOUR)
    await refuse(book, [first], SECOND + 1.1 * HOUR)
    (second,) = await tried(book, SECOND + 2.3 * HOUR)
    assert second != first
    await accept(book, [second], SECOND + 2.3 * HOUR)

    assert await alarms(book) == []
    assert len(await tried(book, SECOND + 2.4 * HOUR)) == 39
    assert await closed(book) == 0
    assert [act for _, act, _ in await acts(book)] == ["hold-domain", "release-domain"]


@pytest.mark.parametrize(("people", "refused"), [(60, 19), (200, 39)])
async def test_fewer_are_dead_and_hold_nobody(book: Book, people: int, refused: int) -> None:
    await a_sunday(book, people)
    taken = await tried(book, SECOND)

    await refuse(book, taken[:refused], SECOND)

    assert await closed(book) == refused
    assert await alarms(book) == []


async def test_so_are_as_many_over_several_hours(book: Book) -> None:
    await a_sunday(book, 60)
    taken = await tried(book, SECOND)

    for number in range(4):
        await refuse(book, taken[number * 10 : number * 10 + 10], SECOND + number * 1.1 * HOUR)

    assert await closed(book) == 40


@pytest.mark.parametrize("domain", ["gmail.com", "orange.fr", "laposte.net", "hotmail.fr"])
async def test_an_old_file_costs_no_public_provider_its_sunday(book: Book, domain: str) -> None:
    await a_sunday(book, 60, domain)
    some = [row.id for row in await book.rows(delivery) if row.state == DeliveryState.WAITING][:30]
    sending = update(delivery).where(delivery.c.id.in_(some))
    await written(book, sending.values(state=DeliveryState.SENDING))

    await refuse(book, some, SECOND)

    assert await closed(book) == 30
    assert await alarms(book) == []


async def test_a_domain_that_never_took_anything_is_believed(book: Book) -> None:
    await book.take_in(STAFF, *(person(n, email=f"p{n}@{HOSPITAL}") for n in range(1, 41)))
    await book.plan()

    await refuse(book, await tried(book, DUE), DUE)

    assert await closed(book) == 40


async def test_what_servers_say_of_themselves_ends_nobody(book: Book) -> None:
    await a_sunday(book, 60)
    taken = await tried(book, SECOND)

    await refuse(book, taken[:5], SECOND, "550 5.4.1")
    assert await closed(book) == 0
    assert await alarms(book) == []

    await refuse(book, taken[5:25], SECOND, "550 5.4.1")
    assert await closed(book) == 0
    assert await alarms(book) == [("domain-refuses", HOSPITAL)]
    assert (await book.states())["waiting"] == 25


async def test_what_still_waits_at_the_end_of_its_slot_says_why(book: Book) -> None:
    await a_sunday(book, 30)
    taken = await tried(book, SECOND)
    await refuse(book, taken, SECOND)

    await book.ledger.expire(SECOND + timedelta(hours=49))

    assert await book.states() == {"sent": 30, "left-out bounce-pending": 30}
    assert await closed(book) == 0


async def test_others_are_not_held(book: Book) -> None:
    await a_sunday(book, 40)
    others = [person(n, email=f"p{n}@autre.example") for n in range(100, 110)]
    await book.take_in(STAFF, *others)
    await refuse(book, (await tried(book, SECOND))[:30], SECOND)
    await book.plan(one=THIRD_SUNDAY, due_at=SECOND + HOUR / 2)

    taken = await tried(book, SECOND + HOUR / 2)

    assert len(taken) == 10


async def test_a_second_word_weeks_later_is_believed(book: Book) -> None:
    await a_sunday(book, 40)
    taken = await tried(book, SECOND)
    await refuse(book, taken[:30], SECOND)
    await accept(book, taken[30:], SECOND + HOUR)
    assert await alarms(book) == []
    await all_sent_but(book, taken[:25], SECOND + 2 * HOUR)
    await book.plan(one=THIRD_SUNDAY, due_at=SECOND + WEEK)
    again = await tried(book, SECOND + WEEK)

    # 25 never took anything since the outage; the others took the message after it.
    await refuse(book, again[:30], SECOND + WEEK)

    assert await closed(book) == 30
    assert await alarms(book) == []


async def all_sent_but(book: Book, deliveries: Sequence[int], at: datetime) -> None:
    await written(
        book,
        update(delivery)
        .where(delivery.c.state == DeliveryState.WAITING, delivery.c.id.not_in(deliveries))
        .values(state=DeliveryState.SENT, at=at),
    )
    await written(
        book,
        update(delivery)
        .where(delivery.c.id.in_(deliveries))
        .values(state=DeliveryState.FAILED, at=at),
    )
    await written(book, update(batch).values(state="done"))


async def test_two_at_once_begin_one_burst(book: Book) -> None:
    await a_sunday(book, 60)
    taken = await tried(book, SECOND)

    await asyncio.gather(*(refuse(book, taken[n : n + 15], SECOND) for n in range(0, 60, 15)))

    assert await acts(book) == [("reflexe", "hold-domain", HOSPITAL)]
    assert await closed(book) == 0
    assert (await book.states())["waiting"] == 60


def by_mail(book: Book, deliveries: Sequence[int], **said: str) -> list[Letter]:
    return [
        Letter(
            number=one,
            tokens=(),
            report=read_report(
                dsn(sender=f"b+{book.ledger.tokens.bounce(one)}@retour.example.org", **said)
            ),
        )
        for one in deliveries
    ]


async def test_an_outage_told_by_mail_is_over_when_the_last_message_stays(
    book: Book, bounces: BounceLedger
) -> None:
    await a_sunday(book, 60)
    step = BounceStep(tokens=book.ledger.tokens, ledger=bounces, policy=POLICY)
    taken = await tried(book, SECOND, 40)
    await accept(book, taken, SECOND)

    await step.take(by_mail(book, taken[:30]), SECOND + HOUR / 4)
    assert await closed(book) == 0
    assert await alarms(book) == [("domain-refuses", HOSPITAL)]

    # The relay takes what the domain will refuse: that is no acceptance.
    (probe,) = await tried(book, SECOND + 1.5 * HOUR)
    await accept(book, [probe], SECOND + 1.5 * HOUR)
    await step.take(by_mail(book, [probe]), SECOND + 1.6 * HOUR)
    await step.calm(SECOND + 2.6 * HOUR)
    assert await alarms(book) == [("domain-refuses", HOSPITAL)]

    (probe,) = await tried(book, SECOND + 2.7 * HOUR)
    await accept(book, [probe], SECOND + 2.7 * HOUR)
    await step.calm(SECOND + 3.8 * HOUR)
    assert await alarms(book) == []
    assert len(await tried(book, SECOND + 4 * HOUR)) == 18
    assert await closed(book) == 0


async def test_servers_at_fault_are_no_strike_by_mail(book: Book, bounces: BounceLedger) -> None:
    await a_sunday(book, 3)
    said = "smtp; 550 5.4.1 Recipient address rejected: Access denied"
    patient = BouncePolicy(soft_limit=1, soft_days=30, policy_limit=1)
    step = BounceStep(tokens=book.ledger.tokens, ledger=bounces, policy=patient)

    await step.take(by_mail(book, [1, 2, 3], status="5.4.1", said=said), SECOND)

    assert await closed(book) == 0
    assert [row.blames_address for row in await book.rows(refusal)] == [False] * 3


async def test_a_person_opens_one_address_with_a_reason(book: Book, bounces: BounceLedger) -> None:
    await a_sunday(book, 3)
    await refuse(book, await tried(book, SECOND), SECOND)
    assert await closed(book) == 3
    assert await bounces.closed_at(AddressKind.EMAIL, f"p1@{HOSPITAL}") == SECOND

    done = await bounces.reopen(
        AddressKind.EMAIL, f"p1@{HOSPITAL}", f"panne, dit p1@{HOSPITAL}", "Ana", SECOND + HOUR
    )

    assert done.addresses == 1
    assert await closed(book) == 2
    assert await bounces.closed_at(AddressKind.EMAIL, f"p1@{HOSPITAL}") is None
    again = await bounces.reopen(AddressKind.EMAIL, f"p1@{HOSPITAL}", "panne", "Ana", SECOND)
    assert again.addresses == 0
    (act,) = [row for row in await book.rows(audit) if row.act == "reopen"]
    assert (act.actor, act.subject.startswith("address ")) == ("Ana", True)
    assert "@" not in f"{act.subject} {act.detail}"


async def test_a_person_opens_a_domain_since_a_date_and_frees_it(
    book: Book, bounces: BounceLedger
) -> None:
    await a_sunday(book, 60)
    taken = await tried(book, SECOND)
    await refuse(book, taken[:2], SECOND - timedelta(days=3))
    await refuse(book, taken[2:5], SECOND - 2 * HOUR)
    await refuse(book, taken[5:30], SECOND)
    assert await closed(book) == 5
    objects = (await book.rows(delivery))[-1].address_id
    await book.ledger.optouts.opt_out(objects, by_email_link(SECOND, one_click=True))

    done = await bounces.reopen_domain(
        HOSPITAL, SECOND - timedelta(days=1), "annuaire en panne", "Ana", SECOND + HOUR / 2
    )

    assert (done.addresses, done.released, done.held) == (3, 25, True)
    # What was closed before that date, and what its holder said, stay.
    assert sorted(row.reason for row in await book.people.opt_outs()) == [
        *("bounced", "bounced"),
        "opted-out",
    ]
    assert await alarms(book) == []
    assert [act for _, act, _ in await acts(book)] == ["hold-domain", "release-domain", "reopen"]


async def test_an_import_opens_nothing(book: Book) -> None:
    await a_sunday(book, 3)
    await refuse(book, await tried(book, SECOND), SECOND)

    await book.take_in(
        STAFF, *(person(n, email=f"p{n}@{HOSPITAL}") for n in range(1, 4)), at=SECOND + HOUR
    )

    assert await closed(book) == 3


async def test_an_address_of_an_older_version_gets_its_domain(book: Book) -> None:
    await a_sunday(book, 25)
    known = [row.domain for row in await book.rows(address)]
    await written(book, update(address).values(domain=""))
    await book.ledger.database.write(forget_note, "destinations")

    await Regrouping(book.ledger.database, book.ledger.keys, Destinations()).finish()

    assert [row.domain for row in await book.rows(address)] == known
    assert HOSPITAL not in set(known)


async def test_other_limits_may_be_set(book: Book) -> None:
    book.ledger.burst_limits = BurstLimits(addresses=3, percent=50)
    await a_sunday(book, 8)
    taken = await tried(book, SECOND)

    await refuse(book, taken[:3], SECOND)
    assert await closed(book) == 3
    await refuse(book, taken[3:4], SECOND)

    assert await closed(book) == 0
    assert await alarms(book) == [("domain-refuses", HOSPITAL)]


async def test_a_cancelled_sending_gets_nothing_back(book: Book) -> None:
    await a_sunday(book, 30)
    taken = await tried(book, SECOND)
    await written(book, update(occurrence).values(state=OccurrenceState.CANCELLED))

    await refuse(book, taken, SECOND)

    assert await book.states() == {"sent": 30, "failed": 30}
    assert await closed(book) == 0


async def test_who_is_erased_leaves_no_refusal_and_no_domain(book: Book) -> None:
    await a_sunday(book, 30)
    await refuse(book, await tried(book, SECOND), SECOND)
    (card,) = await book.people.find(f"p1@{HOSPITAL}", AddressKind.EMAIL)
    told = (await book.people.dossier(card, "Camille", SECOND))["refusals"]
    assert [(one["route"], bool(one["waits"])) for one in told] == [("provider", True)]

    await book.people.erase(card, "Camille", SECOND + HOUR)

    gone = [row for row in await book.rows(address) if row.id == card.email_id]
    assert [(row.sealed, row.domain) for row in gone] == [(None, "")]
    assert card.email_id not in {row.address_id for row in await book.rows(refusal)}
