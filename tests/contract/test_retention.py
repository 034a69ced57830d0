"""What is old is forgotten in time, the rest is kept, and the audit log proves it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from scheduler.domain.answers.replies import Reply
from scheduler.domain.audit import PROGRAM, AuditAct
from scheduler.domain.consent.optout import by_bad_address, by_email_link
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.errors import LedgerError
from scheduler.domain.hearing.kinds import Hearing, ReplyKind
from scheduler.domain.message import AddressKind
from scheduler.domain.people.contacts import Proof
from scheduler.domain.people.imports import ImportStart
from scheduler.domain.people.retention import Kept, RetentionRules, months_before
from scheduler.domain.writing.edits import Publication
from scheduler.flow.people.retention import Retention
from scheduler.store.answers.replies import ReplyLedger
from scheduler.store.people import retention as statements
from scheduler.store.people.retention import RetentionLedger
from scheduler.store.schema.record_tables import audit, reply, trial
from scheduler.store.schema.tables import address, consent, contact, delivery, event
from scheduler.store.writing.drafts import DraftLedger
from scheduler.store.writing.edits import EditLedger
from tests.samples.ledger import AGREED, DUE, FIRST_SUNDAY, MADE, PATIENTS, STAFF, Book, person

RULES = RetentionRules(
    contacts_years=3,
    leavers_days=30,
    proofs_years=5,
    deliveries_months=12,
    replies_months=6,
    rehearsal_days=7,
)
#: Three years and a day after the ledger was made.
THREE_YEARS = datetime(2029, 9, 2, 8, tzinfo=UTC)
YEAR = timedelta(days=366)


@dataclass(kw_only=True, slots=True)
class Rehearsed:
    """A rehearsal, as the step sees it."""

    at: datetime | None = None
    removed: list[bool] = field(default_factory=list)

    def made_at(self) -> datetime | None:
        return self.at

    def remove(self) -> None:
        self.removed.append(True)


def retention(book: Book, rehearsal: Rehearsed | None = None) -> Retention:
    ledger = RetentionLedger(book.ledger.database, {"patients"})
    return Retention(rules=RULES, ledger=ledger, rehearsal=rehearsal or Rehearsed())


async def forget(book: Book, now: datetime) -> Mapping[Kept, int]:
    """What a run forgot; a survey said so before, and would find nothing after."""
    step = retention(book)
    foretold = await step.survey(now)
    counts = await step.run(now, "Camille")
    assert {one: foretold[one] for one in Kept} == {one: counts[one] for one in Kept}
    assert not any((await step.survey(now)).values())
    return {one: count for one, count in counts.items() if count}


async def living(book: Book) -> list[str]:
    return [card.key async for card in book.people.contacts()]


async def replace_with(book: Book, *numbers: int, at: datetime) -> None:
    """A complete file of the staff."""
    start = ImportStart(
        audience=STAFF, file_hash="0" * 64, origin="un essai", basis="consent", mode="replace"
    )
    number = await book.contact_files.begin_import(start, at)
    await book.contact_files.take_in(STAFF, [person(one) for one in numbers], number, at)
    await book.contact_files.end_absent(STAFF, number)
    await book.contact_files.finish_import(number, {}, at)


async def test_who_did_nothing_for_three_years_is_emptied_and_may_come_back(book: Book) -> None:
    await book.take_in(PATIENTS, person(1, agreed=()), person(2, agreed=()))
    (card,) = await book.people.find("K1", None)
    assert card.email_id is not None
    await book.people.opt_out(card.email_id, by_email_link(MADE + YEAR, one_click=True))

    assert await forget(book, THREE_YEARS - timedelta(days=2)) == {}
    assert await forget(book, THREE_YEARS) == {Kept.CONTACTS: 1}

    assert await living(book) == ["K1"]
    assert sum(row.sealed is not None for row in await book.rows(address)) == 2
    await book.take_in(PATIENTS, person(2), at=THREE_YEARS)
    assert await living(book) == ["K1", "K2"]
    assert len(await book.people.opt_outs()) == 1


@pytest.mark.parametrize("act", ["opt-out", "lift", "choice", "reply", "consent"])
async def test_each_act_of_one_s_own_counts(book: Book, act: str) -> None:
    await book.take_in(PATIENTS, person(1, agreed=()))
    (card,) = await book.people.find("K1", None)
    assert card.email_id is not None
    now = MADE + YEAR
    match act:
        case "opt-out":
            await book.people.opt_out(card.email_id, by_email_link(now, one_click=True))
        case "lift":
            await book.people.opt_out(card.email_id, by_email_link(MADE, one_click=True))
            await book.people.lift(AddressKind.EMAIL, "p1@example.org", "email", now)
        case "choice":
            await book.ledger.database.write(
                lambda connection: connection.execute(update(contact).values(chosen_at=now))
            )
        case "reply":
            replies = ReplyLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)
            heard = Reply(channel="sms", provider_id="SM1", sender=card.phone, text="Bonjour")
            await replies.take(heard, Hearing(kind=ReplyKind.HELP), now, answerable=False)
        case "consent":
            proof = replace(AGREED, date=now.date())
            row = replace(person(1), proofs={"email": proof})
            await book.take_in(PATIENTS, row, at=MADE)

    assert (await forget(book, THREE_YEARS)).get(Kept.CONTACTS) is None
    assert (await forget(book, THREE_YEARS + YEAR))[Kept.CONTACTS] == 1


async def test_a_refused_address_is_no_act_of_its_holder(book: Book) -> None:
    await book.take_in(PATIENTS, person(1, agreed=()))
    (card,) = await book.people.find("K1", None)
    assert card.email_id is not None
    await book.people.opt_out(card.email_id, by_bad_address("email", MADE + YEAR))

    assert (await forget(book, THREE_YEARS))[Kept.CONTACTS] == 1
    assert len(await book.people.opt_outs()) == 1


async def test_consent_counts_where_there_is_no_act_and_not_that_a_file_goes_on(
    book: Book,
) -> None:
    old = replace(AGREED, date=date(2025, 1, 15))
    await book.take_in(PATIENTS, replace(person(1), proofs={"email": old}))
    await book.take_in(PATIENTS, replace(person(1), proofs={"email": old}), at=MADE + YEAR)

    assert await forget(book, datetime(2028, 1, 14, tzinfo=UTC)) == {}
    assert await forget(book, datetime(2028, 1, 16, tzinfo=UTC)) == {Kept.CONTACTS: 1}


async def test_staff_stay_while_their_file_names_them_and_go_when_it_does_not(book: Book) -> None:
    await book.take_in(STAFF, person(1, agreed=()), person(2, agreed=()))
    await replace_with(book, 1, at=MADE + 2 * YEAR)

    left = MADE + 2 * YEAR
    assert await forget(book, left + timedelta(days=29)) == {}
    assert await forget(book, left + timedelta(days=31)) == {Kept.LEAVERS: 1}
    assert await forget(book, THREE_YEARS) == {}
    assert await living(book) == ["K1"]


async def test_who_waits_for_a_message_is_left_for_the_next_run(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2))
    await book.plan("email", STAFF)
    await replace_with(book, 1, at=DUE)
    later = DUE + timedelta(days=31)

    assert await forget(book, later) == {}
    await book.ledger.expire(later)
    assert await forget(book, later) == {Kept.LEAVERS: 1}


async def test_old_deliveries_lose_their_person_and_the_figures_stay(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2))
    await book.plan("email", STAFF)
    await book.ledger.expire(DUE + timedelta(days=3))
    await replace_with(book, 1, 2, at=DUE + YEAR)
    before = await book.ledger.counts()

    counts = await forget(book, DUE + YEAR + timedelta(days=4))

    assert counts == {Kept.DELIVERIES: 2}
    assert await book.ledger.counts() == before
    rows = await book.rows(delivery)
    assert {(row.contact_id, row.address_id, row.consent_id) for row in rows} == {(None,) * 3}
    (card,) = await book.people.find("K1", None)
    assert (await book.people.dossier(card, "Camille", DUE))["messages"] == []
    with pytest.raises(LedgerError, match="nobody may get it twice"):
        await book.hand.bring_forward(FIRST_SUNDAY, ["staff"], "Camille", DUE + 2 * YEAR)


async def test_what_still_waits_keeps_its_person_however_old(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await book.plan("email", STAFF)
    await replace_with(book, 1, at=DUE + 2 * YEAR)

    assert await forget(book, DUE + 2 * YEAR) == {}
    assert await book.states() == {DeliveryState.WAITING.value: 1}


async def test_a_replaced_proof_goes_and_the_one_that_holds_stays(book: Book) -> None:
    for year in (2018, 2020, 2026):
        proof = Proof(date=date(year, 1, 15), how="papier", wording=f"Oui {year}.")
        await book.take_in(PATIENTS, replace(person(1), proofs={"email": proof}))

    assert await forget(book, MADE) == {Kept.PROOFS: 1}

    assert [row.wording for row in await book.rows(consent)] == ["Oui 2020.", "Oui 2026."]


async def test_a_withdrawal_stays_when_what_it_withdrew_goes(book: Book) -> None:
    await book.take_in(STAFF, person(1, agreed=("sms",)))
    withdrawn = {
        "contact_id": 1,
        "channel": "sms",
        "act": "withdrawn",
        "wording": "",
        "how": "papier",
        "at": MADE,
        "recorded_at": MADE,
    }
    await book.ledger.database.write(
        lambda connection: connection.execute(insert(consent).values(withdrawn))
    )
    await replace_with(book, 1, at=MADE + 5 * YEAR)

    assert await forget(book, MADE + 5 * YEAR) == {Kept.PROOFS: 1}

    rows = await book.rows(select(consent).where(consent.c.channel == "sms"))
    assert [row.act for row in rows] == ["withdrawn"]


async def test_words_trials_and_former_addresses_go(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await book.take_in(STAFF, person(1, email="moved@example.org"))
    replies = ReplyLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)
    heard = Reply(channel="sms", provider_id="SM1", sender="+33639980001", text="Bonjour")
    await replies.take(heard, Hearing(kind=ReplyKind.OTHER), MADE, answerable=False)
    sent = {
        "at": MADE,
        "message": "cybermois/annonce",
        "channel": "email",
        "audience": "staff",
        "variant": "fr",
        "fingerprint": "f1",
        "recipient": b"digest",
        "state": "sent",
    }
    await book.ledger.database.write(
        lambda connection: connection.execute(insert(trial).values(sent))
    )

    assert await forget(book, MADE) == {Kept.ADDRESSES: 1}
    assert await forget(book, MADE + timedelta(days=200)) == {Kept.REPLIES: 1}
    assert await forget(book, MADE + YEAR) == {Kept.TRIALS: 1}

    assert [(row.kind, row.sealed) for row in await book.rows(reply)] == [("other", None)]
    assert await book.people.find("moved@example.org", AddressKind.EMAIL)


async def test_a_draft_that_nobody_saved_for_a_year_goes_and_what_was_published_stays(
    book: Book,
) -> None:
    drafts, edits = DraftLedger(book.ledger.database), EditLedger(book.ledger.database)
    for path, at in (("a/message.yaml", MADE), ("b/message.yaml", MADE + timedelta(days=30))):
        await drafts.save(path, "Marie", "Texte", over=0, seen="", version=0, now=at)
    asked = Publication(
        path="a/message.yaml",
        content="Publié",
        base=None,
        over=0,
        written_by="Marie",
        published_by="Ana",
    )
    await edits.publish(asked, AuditAct.PUBLISH_TEXT, MADE)

    assert await forget(book, MADE + YEAR) == {Kept.DRAFTS: 1}

    assert [one.path for one in await drafts.every()] == ["b/message.yaml"]
    assert len(await edits.history("a/message.yaml")) == 1


async def test_many_are_forgotten_some_at_a_time(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "SOME", 7)
    await book.take_in(PATIENTS, *(person(number, agreed=()) for number in range(40)))

    assert await forget(book, THREE_YEARS) == {Kept.CONTACTS: 40}

    assert await living(book) == []
    assert {row.sealed for row in await book.rows(address)} == {None}


async def test_a_run_a_day_proves_what_it_did(book: Book) -> None:
    await book.take_in(PATIENTS, person(1, agreed=()))
    step = retention(book)

    for hours in range(0, 48, 12):
        await step.look(datetime(2029, 9, 2, tzinfo=UTC) + timedelta(hours=hours))

    entries = await book.rows(audit)
    assert [(row.actor, row.act, row.detail["contacts"]) for row in entries] == [
        (PROGRAM, "retain", 1),
        (PROGRAM, "retain", 0),
    ]
    assert set(entries[0].detail) == {one.value for one in Kept}
    assert (await book.hand.verify_audit()).broken_at is None


@pytest.mark.parametrize(("made_at", "goes"), [(None, 0), (MADE, 0), (MADE - timedelta(days=8), 1)])
async def test_an_old_rehearsal_is_removed(book: Book, made_at: datetime | None, goes: int) -> None:
    rehearsal = Rehearsed(at=made_at)

    counts = await retention(book, rehearsal).run(MADE, "Camille")

    assert (counts[Kept.REHEARSALS], len(rehearsal.removed)) == (goes, goes)


async def test_a_rehearsal_that_shows_somebody_erased_since_is_removed(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    (card,) = await book.people.find("K1", None)
    await book.people.erase(card, "Camille", MADE)
    before, after = Rehearsed(at=MADE - timedelta(hours=1)), Rehearsed(at=MADE + timedelta(hours=1))

    for one in (before, after):
        await retention(book, one).run(MADE + timedelta(hours=2), "Camille")

    assert (len(before.removed), len(after.removed)) == (1, 0)


async def test_events_say_no_more_in_words(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await book.plan("email", STAFF)
    await book.ledger.expire(DUE + timedelta(days=3))
    learnt = {"delivery_id": 1, "kind": "failed", "code": "30003", "detail": "p1", "at": DUE}
    await book.ledger.database.write(
        lambda connection: connection.execute(insert(event).values(learnt))
    )
    await replace_with(book, 1, at=DUE + YEAR)

    await forget(book, DUE + YEAR + timedelta(days=4))

    assert [(row.kind, row.code, row.detail) for row in await book.rows(event)] == [
        ("failed", "30003", "")
    ]


@pytest.mark.parametrize(
    ("instant", "months", "expected"),
    [
        (datetime(2026, 3, 31, 10, tzinfo=UTC), 1, datetime(2026, 2, 28, 10, tzinfo=UTC)),
        (datetime(2028, 2, 29, 10, tzinfo=UTC), 12, datetime(2027, 2, 28, 10, tzinfo=UTC)),
        (datetime(2026, 1, 15, tzinfo=UTC), 2, datetime(2025, 11, 15, tzinfo=UTC)),
        (datetime(2026, 12, 31, tzinfo=UTC), 36, datetime(2023, 12, 31, tzinfo=UTC)),
    ],
)
def test_months_are_those_of_the_calendar(
    instant: datetime, months: int, expected: datetime
) -> None:
    assert months_before(instant, months) == expected
