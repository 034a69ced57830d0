"""What comes back by mail, in the ledger, on each of the two databases."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, update

from scheduler.domain.answers.bounces import (
    BounceKind,
    BouncePolicy,
    Changes,
    Finding,
    Proven,
    Report,
)
from scheduler.domain.answers.decisions import ReportDecision
from scheduler.domain.answers.replies import Letter
from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.consent.subscriptions import Subscription, message_of
from scheduler.domain.delivery import DeliveryState, OccurrenceState
from scheduler.domain.ids import DeliveryId
from scheduler.domain.people.addresses import normalise_email
from scheduler.flow.answers.bounces import BounceStep
from scheduler.inbox.reports.reading import read_report
from scheduler.store.answers.bounce_ledger import MOST_OPEN, BounceLedger
from scheduler.store.people.subscriptions import SubscriptionLedger
from scheduler.store.schema.record_tables import audit, reply
from scheduler.store.schema.tables import delivery, event, occurrence
from tests.samples.ledger import DUE, STAFF, Book, person
from tests.samples.report import automatic, dsn, feedback

POLICY = BouncePolicy(soft_limit=2, soft_days=30, policy_limit=1)
NOW = DUE + timedelta(hours=2)
SECOND_SUNDAY = Occurrence(
    campaign="cybermois", episode="2-cle", season="2026-2", date=date(2026, 10, 11)
)
FULL = "smtp; 552 5.2.2 Mailbox full"
OURS = "smtp; 550 5.7.26 Unauthenticated mail is not accepted"


@pytest.fixture
def bounces(book: Book) -> BounceLedger:
    return BounceLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)


async def sent(book: Book, people: int = 1) -> list[int]:
    """Everybody got the e-mail of the first Sunday; their deliveries."""
    await book.take_in(STAFF, *[person(number) for number in range(1, people + 1)])
    await book.plan()
    await written(book, update(delivery).values(state=DeliveryState.SENT, at=DUE))
    await written(book, update(occurrence).values(state=OccurrenceState.RUNNING))
    return [row.id for row in await book.rows(delivery)]


async def written(book: Book, statement: Any) -> None:
    await book.ledger.database.write(lambda connection: connection.execute(statement))


def step(book: Book, bounces: BounceLedger, policy: BouncePolicy = POLICY) -> BounceStep:
    return BounceStep(tokens=book.ledger.tokens, ledger=bounces, policy=policy)


def letters(*raws: bytes) -> list[Letter]:
    return [
        Letter(number=number, tokens=(), report=read_report(raw))
        for number, raw in enumerate(raws, 1)
    ]


def sender_of(book: Book, delivery_id: int) -> str:
    return f"b+{book.ledger.tokens.bounce(delivery_id)}@retour.example.org"


async def opt_outs(book: Book) -> list[tuple[str, str, str, str]]:
    return [(row.address, row.scope, row.reason, row.route) for row in await book.people.opt_outs()]


async def state(book: Book) -> str:
    (row,) = await book.rows(occurrence)
    return str(row.state)


async def asked_for(book: Book) -> tuple[SubscriptionLedger, int]:
    """Somebody's request, and the number of the message that was sent to confirm it."""
    source = SubscriptionLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)
    wish = Subscription(
        audience=STAFF.name,
        email=normalise_email("nouveau@example.org"),
        variant="fr",
        wording="J’accepte.",
        version="1",
    )
    assert await source.ask(wish, STAFF, NOW)
    (one,) = await source.unconfirmed(NOW, 10)
    assert await source.take(one.request, NOW)
    return source, one.request


@pytest.mark.parametrize(
    ("came", "ended"),
    [
        (dsn, [("nouveau@example.org", "everything", "bounced", "bounce")]),
        (partial(feedback, "abuse"), [("nouveau@example.org", "topics", "complained", "report")]),
        (partial(dsn, status="5.2.2", said=FULL), []),
    ],
    ids=["dead", "complaint", "full"],
)
async def test_what_comes_back_of_a_confirmation_message_concerns_its_address(
    book: Book, bounces: BounceLedger, came: Callable[..., bytes], ended: list[tuple[str, ...]]
) -> None:
    _, request = await asked_for(book)
    sender = sender_of(book, message_of(request))

    for _ in range(3):
        assert await step(book, bounces).take(letters(came(sender=sender)), NOW)

    assert await opt_outs(book) == ended
    assert await bounces.open_reports() == []


async def test_a_late_bounce_does_not_undo_a_confirmation(
    book: Book, bounces: BounceLedger
) -> None:
    source, request = await asked_for(book)
    assert await source.confirm(request, STAFF, NOW)

    await step(book, bounces).take(letters(dsn(sender=sender_of(book, message_of(request)))), NOW)

    assert await opt_outs(book) == []


async def test_a_refusal_of_us_met_by_a_confirmation_message_calls_a_person(
    book: Book, bounces: BounceLedger
) -> None:
    _, request = await asked_for(book)
    came = dsn(sender=sender_of(book, message_of(request)), status="5.7.26", said=OURS)

    await step(book, bounces).take(letters(came), NOW)

    (alarm,) = await book.ledger.open_alarms()
    assert (alarm.kind, alarm.subject) == ("mail-refused", "confirmation")
    assert await opt_outs(book) == []
    await bounces.calm(NOW + timedelta(days=2))
    assert await book.ledger.open_alarms() == []


async def test_a_dead_address_is_not_written_to_again(book: Book, bounces: BounceLedger) -> None:
    (one,) = await sent(book)
    # Mail servers may change the case of a local part.
    came = letters(dsn(sender=sender_of(book, one).upper()))

    treated = await step(book, bounces).take(came, NOW)
    again = await step(book, bounces).take(came, NOW + timedelta(hours=1))

    assert treated == again == came
    assert await opt_outs(book) == [("p1@example.org", "everything", "bounced", "bounce")]
    (learnt,) = await book.rows(event)
    assert (learnt.delivery_id, learnt.kind, learnt.code) == (one, "bounced", "5.1.1")
    assert learnt.detail == "hard user-unknown"
    assert await book.ledger.open_alarms() == []


@pytest.mark.parametrize(
    ("status", "said", "reasons"), [("5.2.2", FULL, ["bounced"]), ("5.7.1", OURS, [])]
)
async def test_a_full_mailbox_ends_the_address_the_second_time_and_our_own_fault_never(
    book: Book, bounces: BounceLedger, status: str, said: str, reasons: list[str]
) -> None:
    (first,) = await sent(book)
    taking = step(book, bounces)
    await taking.take(letters(dsn(sender=sender_of(book, first), status=status, said=said)), NOW)
    assert await opt_outs(book) == []

    # A week later the next message to the same person comes back too.
    later = DUE + timedelta(days=7)
    await book.plan(one=SECOND_SUNDAY, due_at=later)
    await written(book, update(delivery).values(state=DeliveryState.SENT))
    _, second = await book.rows(delivery)
    again = letters(dsn(sender=sender_of(book, second.id), status="5.2.2", said=FULL))
    await taking.take(again, later + timedelta(hours=1))

    assert [row[2] for row in await opt_outs(book)] == reasons


async def test_a_complaint_opts_out_of_every_topic(book: Book, bounces: BounceLedger) -> None:
    one, two = await sent(book, 2)
    came = letters(
        feedback("abuse", sender_of(book, one)), feedback("auth-failure", sender_of(book, two))
    )

    assert await step(book, bounces).take(came, NOW) == came

    assert await opt_outs(book) == [("p1@example.org", "topics", "complained", "report")]


async def test_a_refusal_of_us_suppresses_nobody_pauses_and_calls(
    book: Book, bounces: BounceLedger
) -> None:
    one, two = await sent(book, 2)
    taking = step(book, bounces)
    refusal = letters(dsn(sender=sender_of(book, one), status="5.7.26", said=OURS))

    await taking.take(refusal, NOW)

    assert await opt_outs(book) == []
    assert await state(book) == OccurrenceState.PAUSED
    (alarm,) = await book.ledger.open_alarms()
    assert (alarm.kind, alarm.subject) == ("mail-refused", "cybermois/1-porte/2026-10-04")
    assert "example.org" not in alarm.detail
    (act,) = await book.rows(audit)
    assert (act.actor, act.act) == ("reflexe", "pause")

    # A person let it go on: what left before stops it no more, and the alarm ends by itself.
    await written(book, update(occurrence).values(state=OccurrenceState.RUNNING))
    late = letters(dsn(sender=sender_of(book, two), status="5.7.26", said=OURS))
    await taking.take(late, NOW + timedelta(hours=1))
    assert await state(book) == OccurrenceState.RUNNING
    await taking.calm(NOW + timedelta(hours=23))
    assert len(await book.ledger.open_alarms()) == 1
    await taking.calm(NOW + timedelta(hours=25))
    assert await book.ledger.open_alarms() == []


async def test_fewer_refusals_than_the_limit_only_call(book: Book, bounces: BounceLedger) -> None:
    one, two = await sent(book, 2)
    patient = BouncePolicy(soft_limit=3, soft_days=30, policy_limit=2)
    taking = step(book, bounces, patient)

    await taking.take(letters(dsn(sender=sender_of(book, one), status="5.7.1", said=OURS)), NOW)
    assert await state(book) == OccurrenceState.RUNNING
    assert len(await book.ledger.open_alarms()) == 1

    await taking.take(letters(dsn(sender=sender_of(book, two), status="5.7.1", said=OURS)), NOW)
    assert await state(book) == OccurrenceState.PAUSED


async def test_a_message_id_that_is_returned_is_proof_too(
    book: Book, bounces: BounceLedger
) -> None:
    (one,) = await sent(book)
    reference = book.ledger.tokens.delivery(one).encode()
    raw = feedback("abuse", "redacted@example.org").replace(b"<original@", b"<" + reference + b"@")

    await step(book, bounces).take(letters(raw), NOW)

    assert [row[2] for row in await opt_outs(book)] == ["complained"]


async def test_what_nothing_proves_changes_nothing_and_waits_for_a_person(
    book: Book, bounces: BounceLedger
) -> None:
    (one,) = await sent(book)
    good = sender_of(book, one)
    forged = good[:-22] + ("a" if good[-22] != "a" else "b") + good[-21:]
    came = letters(dsn(sender=forged, recipient="P1@example.org", text="<b>x</b> p1@example.org"))

    assert await step(book, bounces).take(came, NOW) == []
    assert await step(book, bounces).take(came, NOW) == []

    assert await opt_outs(book) == []
    assert await book.rows(event) == []
    (waiting,) = await bounces.open_reports()
    assert (waiting.recipient, waiting.kind, waiting.known) == ("P1@example.org", "hard", True)
    assert "@" not in waiting.words


async def test_a_person_decides_once(book: Book, bounces: BounceLedger) -> None:
    await sent(book)
    await bounces.take_unproven([read_report(dsn(recipient="p1@example.org"))], NOW)
    (waiting,) = await bounces.open_reports()

    assert await bounces.close_report(waiting.id, ReportDecision.BOUNCED, "Ana", NOW)
    assert not await bounces.close_report(waiting.id, ReportDecision.NOTED, "Luc", NOW)

    assert [row[2] for row in await opt_outs(book)] == ["bounced"]
    assert await bounces.open_reports() == []
    (act,) = await book.rows(audit)
    assert (act.actor, act.act, act.detail) == ("Ana", "close-report", {"decision": "bounced"})


async def test_a_stranger_s_address_is_not_made_known(book: Book, bounces: BounceLedger) -> None:
    await bounces.take_unproven([read_report(dsn(recipient="inconnu@example.org"))], NOW)
    (waiting,) = await bounces.open_reports()

    assert not waiting.known
    assert await bounces.close_report(waiting.id, ReportDecision.BOUNCED, "Ana", NOW)
    assert await opt_outs(book) == []


async def test_forged_reports_fill_only_so_much(book: Book, bounces: BounceLedger) -> None:
    many = [
        Report(findings=(Finding(recipient="", kind=BounceKind.HARD),), id=f"{number}")
        for number in range(MOST_OPEN + 20)
    ]

    assert await bounces.take_unproven(many, NOW) == MOST_OPEN
    assert await bounces.take_unproven(many[MOST_OPEN:], NOW) == 0


async def test_a_robot_a_delay_and_a_person_change_nothing(
    book: Book, bounces: BounceLedger
) -> None:
    (one,) = await sent(book)
    ours = sender_of(book, one).encode()
    robot, person_s = (
        automatic(subject=subject).replace(b"b+jeton@retour.example.org", ours)
        for subject in ("Absence du bureau", "Re: Essai")
    )
    came = letters(robot, dsn(sender=ours.decode(), action="delayed"), person_s)

    # The robot's answer and the delay are done with; a person's mail is left for a person.
    assert await step(book, bounces).take(came, NOW) == came[:2]

    assert (await opt_outs(book), await book.rows(event), await book.rows(reply)) == ([], [], [])


async def test_filters_that_want_a_proof_are_counted_and_call_a_person(
    book: Book, bounces: BounceLedger
) -> None:
    one, two = await sent(book, 2)
    taking = step(book, bounces)
    asks = [
        automatic(
            subject="Votre message attend votre validation : https://filtre.example/x",
            Return_Path="<>",
        ).replace(b"b+jeton@retour.example.org", sender_of(book, number).encode())
        for number in (one, two, two)
    ]

    for came in asks:
        assert await taking.take(letters(came), NOW)

    assert await opt_outs(book) == []
    assert {(row.delivery_id, row.kind) for row in await book.rows(event)} == {
        (one, "challenged"),
        (two, "challenged"),
    }
    (alarm,) = await book.ledger.open_alarms()
    assert (alarm.kind, alarm.detail) == (
        "sender-challenged",
        "2 wait for their sender to be confirmed",
    )
    await taking.calm(NOW + timedelta(hours=25))
    assert await book.ledger.open_alarms() == []


async def test_a_token_of_no_delivery_is_ours_and_changes_nothing(
    book: Book, bounces: BounceLedger
) -> None:
    await sent(book)
    for number in (10**6, 2**63 + 5):
        found = Proven(
            delivery=DeliveryId(number), finding=Finding(recipient="", kind=BounceKind.HARD)
        )
        assert await bounces.take_proven([found], POLICY, NOW) == Changes()

    assert await opt_outs(book) == []


async def test_a_report_settles_what_was_in_doubt(book: Book, bounces: BounceLedger) -> None:
    (one,) = await sent(book)
    await written(book, update(delivery).values(state=DeliveryState.UNCERTAIN))

    await step(book, bounces).take(letters(dsn(sender=sender_of(book, one))), NOW)

    (row,) = await book.rows(select(delivery.c.state))
    assert row.state == DeliveryState.SENT


async def test_two_hundred_at_once_are_one_transaction_each_counted(
    book: Book, bounces: BounceLedger
) -> None:
    numbers = await sent(book, 200)
    came = letters(*[dsn(sender=sender_of(book, number)) for number in numbers])
    found = [
        Proven(delivery=DeliveryId(number), finding=one.report.weightiest)
        for number, one in zip(numbers, came, strict=True)
        if one.report is not None
    ]

    changes = await bounces.take_proven(found, POLICY, datetime.now(NOW.tzinfo))

    assert changes == Changes(bounced=200)
