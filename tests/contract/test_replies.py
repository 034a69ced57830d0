"""What comes in by SMS, in the ledger, on each of the two databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from scheduler.domain.answers.replies import OpenReply, Reply, TakenReply
from scheduler.domain.consent.optout import by_email_link, by_operator, by_short_link
from scheduler.domain.hearing.kinds import Hearing, ReplyKind
from scheduler.domain.message import AddressKind
from scheduler.store.answers.replies import ReplyLedger
from scheduler.store.reading.gauges import GaugeLedger
from scheduler.store.schema.record_tables import audit, reply
from scheduler.store.schema.tables import address, consent
from tests.samples.ledger import STAFF, Book, person

NOW = datetime(2026, 10, 6, 9, tzinfo=UTC)
ANA = "+33639980001"
STRANGER = "+33639987777"


@pytest.fixture
def replies(book: Book) -> ReplyLedger:
    return ReplyLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)


def text(words: str, number: int = 1, sender: str = ANA) -> Reply:
    return Reply(channel="sms", provider_id=f"SM{number}", sender=sender, text=words)


async def take(
    replies: ReplyLedger,
    kind: ReplyKind,
    heard: Reply,
    now: datetime = NOW,
    *,
    answerable: bool = True,
    expects: bool = False,
) -> TakenReply | None:
    hearing = Hearing(kind=kind, expects=expects)
    return await replies.take(heard, hearing, now, answerable=answerable)


async def test_stop_is_everything_by_sms_on_that_number(book: Book, replies: ReplyLedger) -> None:
    await book.take_in(STAFF, person(1, language="en"))

    taken = await take(replies, ReplyKind.OPT_OUT, text("STOP"))

    assert taken == TakenReply(changed=True, answer=True, language="en")
    (row,) = await book.people.opt_outs()
    assert (row.address, row.channel, row.scope, row.route) == (ANA, "sms", "everything", "sms")


async def test_stop_from_an_unknown_number_is_kept_without_the_number(
    book: Book, replies: ReplyLedger
) -> None:
    await take(replies, ReplyKind.OPT_OUT, text("STOP", sender=STRANGER))

    assert await book.people.has_opted_out(AddressKind.PHONE, STRANGER, "sms")
    (row,) = await book.rows(address)
    assert row.sealed is None


async def test_the_same_message_is_taken_once(book: Book, replies: ReplyLedger) -> None:
    assert await take(replies, ReplyKind.OPT_OUT, text("STOP")) is not None
    assert await take(replies, ReplyKind.HELP, text("STOP")) is None

    (row,) = await book.rows(reply)
    assert (row.kind, row.sealed) == ("opt-out", None)


async def test_a_number_is_answered_once_a_day(book: Book, replies: ReplyLedger) -> None:
    answers = []
    for number, hours in enumerate((0, 1, 23, 24, 25)):
        at = NOW + timedelta(hours=hours)
        taken = await take(replies, ReplyKind.HELP, text("AIDE", number), at)
        assert taken is not None
        answers.append(taken.answer)

    assert answers == [True, False, False, True, False]


@pytest.mark.parametrize("kind", [ReplyKind.OTHER, ReplyKind.AUTO_REPLY, ReplyKind.OPT_IN])
async def test_what_asks_nothing_is_not_answered(replies: ReplyLedger, kind: ReplyKind) -> None:
    taken = await take(replies, kind, text("…"))

    assert taken is not None
    assert not taken.answer


async def test_start_lifts_stop_where_the_person_had_agreed(
    book: Book, replies: ReplyLedger
) -> None:
    await book.take_in(STAFF, person(1))
    await take(replies, ReplyKind.OPT_OUT, text("STOP", 1))
    by_link = by_short_link(NOW)
    await book.people.opt_out_identity(AddressKind.PHONE, "+33639980002", by_link)

    later = NOW + timedelta(days=2)
    taken = await take(replies, ReplyKind.OPT_IN, text("START", 2), later)

    assert taken == TakenReply(changed=True, answer=True, language="fr")
    assert [row.address for row in await book.people.opt_outs()] == [""]


async def test_start_from_somebody_who_never_agreed_is_for_a_person(
    book: Book, replies: ReplyLedger
) -> None:
    await book.take_in(STAFF, person(1, agreed=()))
    await take(replies, ReplyKind.OPT_OUT, text("STOP", 1))

    taken = await take(replies, ReplyKind.OPT_IN, text("OUI", 2))

    assert taken == TakenReply(changed=False, answer=False, language="fr")
    assert len(await book.people.opt_outs()) == 1
    assert [one.text for one in await replies.open_replies()] == ["OUI"]


async def test_start_gives_back_sms_and_nothing_else(book: Book, replies: ReplyLedger) -> None:
    await book.take_in(STAFF, person(1))
    (card,) = await book.people.find("K1", None)
    assert card.email_id is not None
    await book.people.opt_out(card.email_id, by_email_link(NOW, one_click=True))
    await book.people.opt_out_identity(AddressKind.PHONE, ANA, by_operator("all", NOW))

    await take(replies, ReplyKind.OPT_IN, text("START"))

    assert [row.channel for row in await book.people.opt_outs()] == ["email", "all"]


async def test_a_longer_text_waits_sealed_for_a_person(book: Book, replies: ReplyLedger) -> None:
    words = "Je travaille non stop, écrivez-moi le soir"
    await take(replies, ReplyKind.OTHER, text(words))

    (row,) = await book.rows(reply)
    assert b"travaille" not in row.sealed
    (waiting,) = await replies.open_replies()
    assert waiting == OpenReply(
        id=row.id, channel="sms", kind="other", sender=ANA, text=words, at=NOW
    )


async def test_closing_a_reply_says_who_and_can_opt_out(book: Book, replies: ReplyLedger) -> None:
    await take(replies, ReplyKind.OTHER, text("Merci de ne plus m’écrire du tout", 1))
    await take(replies, ReplyKind.OTHER, text("Bonjour", 2, sender="36180"))
    first, second = await replies.open_replies()

    assert await replies.close_reply(first.id, "opt-out", "Nadia", NOW)
    assert await replies.close_reply(second.id, "noted", "Nadia", NOW)

    assert not await replies.close_reply(first.id, "noted", "Paul", NOW)
    assert await replies.open_replies() == []
    assert await book.people.has_opted_out(AddressKind.PHONE, ANA, "sms")
    entries = await book.rows(select(audit.c.actor, audit.c.subject, audit.c.detail, audit.c.id))
    assert [(entry.actor, entry.detail["decision"]) for entry in entries] == [
        ("Nadia", "opt-out"),
        ("Nadia", "noted"),
    ]


async def test_words_are_forgotten_with_the_person(book: Book, replies: ReplyLedger) -> None:
    await book.take_in(STAFF, person(1), person(2))
    for number in (1, 2):
        heard = text("Bonjour docteur", number, sender=f"+3363998000{number}")
        await take(replies, ReplyKind.OTHER, heard, NOW + timedelta(days=number))
    (card,) = await book.people.find("K1", None)

    await book.people.erase(card, "Camille", NOW)
    assert [one.text for one in await replies.open_replies()] == ["", "Bonjour docteur"]


async def held(book: Book) -> list[tuple[str, str, str]]:
    return [(row.channel, row.scope, row.reason) for row in await book.people.opt_outs()]


async def test_a_doubt_holds_the_series_and_waits_for_a_person(
    book: Book, replies: ReplyLedger
) -> None:
    await book.take_in(STAFF, person(1))

    taken = await take(replies, ReplyKind.DOUBT, text("J’en ai marre"))

    assert taken == TakenReply(changed=True, answer=False, language="fr")
    assert await held(book) == [("sms", "topics", "doubt")]
    (waiting,) = await replies.open_replies()
    assert (waiting.kind, waiting.text) == ("doubt", "J’en ai marre")


@pytest.mark.parametrize(
    ("decision", "left"),
    [
        ("noted", []),
        ("opt-out", [("sms", "everything", "opted-out")]),
        ("wrong-person", [("sms", "everything", "wrong-person")]),
        ("deceased", [("sms", "everything", "deceased")]),
    ],
)
async def test_a_decision_ends_a_doubt(
    book: Book, replies: ReplyLedger, decision: str, left: list[tuple[str, str, str]]
) -> None:
    await book.take_in(STAFF, person(1))
    await take(replies, ReplyKind.DOUBT, text("J’en ai marre"))
    (waiting,) = await replies.open_replies()

    assert await replies.close_reply(waiting.id, decision, "Nadia", NOW)

    assert await held(book) == left
    assert await replies.open_replies() == []


async def test_a_hold_ends_with_the_last_doubt_of_its_number(
    book: Book, replies: ReplyLedger
) -> None:
    await take(replies, ReplyKind.DOUBT, text("Encore vous", 1))
    await take(replies, ReplyKind.DOUBT, text("Trop", 2))
    first, second = await replies.open_replies()

    await replies.close_reply(first.id, "noted", "Nadia", NOW)
    assert len(await held(book)) == 1

    await replies.close_reply(second.id, "noted", "Nadia", NOW)
    assert await held(book) == []


async def test_their_own_start_ends_a_hold(book: Book, replies: ReplyLedger) -> None:
    await book.take_in(STAFF, person(1))
    await take(replies, ReplyKind.DOUBT, text("Trop", 1))

    taken = await take(replies, ReplyKind.OPT_IN, text("START", 2))

    assert taken is not None
    assert taken.changed
    assert await held(book) == []


@pytest.mark.parametrize(
    ("kind", "reason"),
    [(ReplyKind.WRONG_PERSON, "wrong-person"), (ReplyKind.DECEASED, "deceased")],
)
async def test_a_stranger_closes_the_number_and_ends_its_proofs_in_silence(
    book: Book, replies: ReplyLedger, kind: ReplyKind, reason: str
) -> None:
    await book.take_in(STAFF, person(1))

    taken = await take(replies, kind, text("Mauvais numéro"))

    assert taken == TakenReply(changed=True, answer=False, language="fr")
    assert await held(book) == [("sms", "everything", reason)]
    ended = select(consent.c.channel, consent.c.how, consent.c.id).where(
        consent.c.act == "withdrawn"
    )
    assert [(row.channel, row.how) for row in await book.rows(ended)] == [("sms", reason)]
    # Nor does their START reopen it.
    again = await take(replies, ReplyKind.OPT_IN, text("START", 2))
    assert again is not None
    assert not again.changed


async def test_a_person_may_reopen_a_number_closed_by_mistake(
    book: Book, replies: ReplyLedger
) -> None:
    await take(replies, ReplyKind.WRONG_PERSON, text("Erreur de numéro"))
    (waiting,) = await replies.open_replies()

    assert not await replies.close_reply(waiting.id, "opt-out", "Nadia", NOW)
    assert await replies.close_reply(waiting.id, "reopen", "Nadia", NOW)

    assert await held(book) == []


async def test_whoever_expects_somebody_is_answered_once_a_day(replies: ReplyLedger) -> None:
    answers = []
    for number, hours in enumerate((0, 1, 25)):
        heard, at = text("Je suis en retard", number), NOW + timedelta(hours=hours)
        taken = await take(replies, ReplyKind.OTHER, heard, at, expects=True)
        assert taken is not None
        answers.append(taken.answer)

    assert answers == [True, False, True]


async def test_thanks_may_wait_for_ever_and_a_doubt_may_not(
    book: Book, replies: ReplyLedger
) -> None:
    gauges = GaugeLedger(book.ledger.database)
    await take(replies, ReplyKind.COURTESY, text("Merci", 1))
    assert await gauges.oldest_reply() is None

    await take(replies, ReplyKind.DOUBT, text("Trop", 2), NOW + timedelta(days=1))
    assert await gauges.oldest_reply() == NOW + timedelta(days=1)


async def leave_series(replies: ReplyLedger, number: int = 1) -> TakenReply | None:
    return await take(replies, ReplyKind.LEAVES_SERIES, text("J’en ai marre", number))


async def test_own_words_end_the_series_alone_are_answered_and_shown(
    book: Book, replies: ReplyLedger
) -> None:
    await book.take_in(STAFF, person(1))

    taken = await leave_series(replies)
    again = await leave_series(replies, 2)

    assert taken == TakenReply(changed=True, answer=True, language="fr")
    assert again == TakenReply(changed=False, answer=False, language="fr")
    assert await held(book) == [("sms", "topics", "left-series")]
    assert [one.kind for one in await replies.open_replies()] == ["leaves-series"] * 2
    assert await GaugeLedger(book.ledger.database).oldest_reply() == NOW


async def test_own_words_that_may_be_a_strangers_are_not_answered(replies: ReplyLedger) -> None:
    hearing = Hearing(kind=ReplyKind.LEAVES_SERIES, silent=True)

    taken = await replies.take(text("Qui êtes-vous"), hearing, NOW, answerable=True)

    assert taken is not None
    assert not taken.answer


@pytest.mark.parametrize(
    ("decision", "left"),
    [
        ("noted", [("topics", "left-series")]),
        ("reopen", []),
        ("opt-out", [("topics", "left-series"), ("everything", "opted-out")]),
        ("wrong-person", [("topics", "left-series"), ("everything", "wrong-person")]),
        ("deceased", [("topics", "left-series"), ("everything", "deceased")]),
    ],
)
async def test_a_person_decides_what_own_words_meant(
    book: Book, replies: ReplyLedger, decision: str, left: list[tuple[str, str]]
) -> None:
    await book.take_in(STAFF, person(1))
    await leave_series(replies)
    (waiting,) = await replies.open_replies()

    assert await replies.close_reply(waiting.id, decision, "Nadia", NOW)

    assert [one[1:] for one in await held(book)] == left
    assert await replies.open_replies() == []


async def test_the_series_goes_on_with_the_last_that_seemed_to_leave_it(
    book: Book, replies: ReplyLedger
) -> None:
    await book.take_in(STAFF, person(1))
    await leave_series(replies, 1)
    await leave_series(replies, 2)
    first, second = await replies.open_replies()

    await replies.close_reply(first.id, "reopen", "Nadia", NOW)
    assert len(await held(book)) == 1

    await replies.close_reply(second.id, "reopen", "Nadia", NOW)
    assert await held(book) == []


async def test_reopening_the_series_lifts_no_stop_of_theirs(
    book: Book, replies: ReplyLedger
) -> None:
    await book.take_in(STAFF, person(1))
    await take(replies, ReplyKind.OPT_OUT, text("STOP", 1))
    await leave_series(replies, 2)
    (waiting,) = await replies.open_replies()

    await replies.close_reply(waiting.id, "reopen", "Nadia", NOW)

    assert await held(book) == [("sms", "everything", "opted-out")]


async def test_their_own_start_brings_the_series_back(book: Book, replies: ReplyLedger) -> None:
    await book.take_in(STAFF, person(1))
    await leave_series(replies, 1)

    taken = await take(replies, ReplyKind.OPT_IN, text("START", 2), NOW + timedelta(days=2))

    assert taken == TakenReply(changed=True, answer=True, language="fr")
    assert await held(book) == []
