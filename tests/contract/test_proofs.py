"""A proof of consent speaks for the address it was given with, on SQLite and on PostgreSQL."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from scheduler.domain.answers.replies import Reply
from scheduler.domain.consent.subscriptions import Subscription
from scheduler.domain.hearing.kinds import Hearing, ReplyKind
from scheduler.domain.ids import ContactId
from scheduler.domain.people.addresses import normalise_email
from scheduler.domain.people.contacts import Proof, Row
from scheduler.domain.people.retention import Kept
from scheduler.store.answers.replies import ReplyLedger
from scheduler.store.optouts.writer import OptOutWriter
from scheduler.store.people.dossier import dossier
from scheduler.store.people.erasure import erase
from scheduler.store.people.retention import RetentionLedger
from scheduler.store.people.subscriptions import SubscriptionLedger
from scheduler.store.schema.tables import address, consent
from scheduler.store.setup import MIGRATIONS, migrate, writer_engine
from tests.parts.postgres import empty_database
from tests.samples.ledger import AGREED, DUE, MADE, PATIENTS, Book, person

FIRST, SECOND = ContactId(1), ContactId(2)

LATER = Proof(date=date(2026, 8, 20), how="papier", wording="J’accepte.")
OTHERWISE = replace(AGREED, how="formulaire")


def moved(
    to: str = "autre@example.org", proof: Proof | None = None, *, phone: str | None = ""
) -> Row:
    """The same key with another address, with a proof or without."""
    proofs = {"email": proof} if proof else {}
    return replace(person(1, email=to, phone=phone), proofs=proofs)


async def reasons(book: Book, channel: str = "email") -> list[str]:
    """Why each of the patients is left out; empty: is written to."""
    await book.plan(channel, PATIENTS)
    statement = text("SELECT reason FROM delivery ORDER BY contact_id")
    rows = await book.ledger.database.read(lambda connection: connection.execute(statement).all())
    return [row.reason for row in rows]


@pytest.mark.parametrize(
    ("arrivals", "expected"),
    [
        ([moved()], ["no-consent"]),
        ([moved(proof=AGREED)], ["no-consent"]),
        ([moved(proof=LATER)], [""]),
        ([moved(proof=OTHERWISE)], [""]),
        ([moved(), moved("p1@example.org")], [""]),
        ([moved(proof=LATER), moved("p1@example.org")], [""]),
        ([moved(proof=LATER), moved("third@example.org")], ["no-consent"]),
    ],
    ids=["none", "the first one again", "later", "otherwise", "back", "both", "a third address"],
)
async def test_a_key_that_comes_with_another_address(
    book: Book, arrivals: Sequence[Row], expected: list[str]
) -> None:
    await book.take_in(PATIENTS, person(1))

    for row in arrivals:
        await book.take_in(PATIENTS, row)

    assert await reasons(book) == expected


async def test_a_number_that_changed_has_no_proof(book: Book) -> None:
    await book.take_in(PATIENTS, person(1), person(2))

    await book.take_in(PATIENTS, person(1, phone="+33639980099", agreed=[]))

    assert await reasons(book, "sms") == ["no-consent", ""]


async def test_a_proof_beside_a_cell_that_could_not_be_read_waits_for_its_address(
    book: Book,
) -> None:
    await book.take_in(PATIENTS, person(1, email=None), person(2, email=None))

    await book.take_in(PATIENTS, moved(proof=AGREED), person(2, agreed=[]))

    assert await reasons(book) == ["", "no-consent"]
    assert len(await book.rows(consent)) == 4


async def test_a_file_taken_in_twice_gives_each_proof_once(book: Book) -> None:
    for _ in range(2):
        await book.take_in(PATIENTS, person(1))
        await book.take_in(PATIENTS, moved(proof=OTHERWISE))

    of_email = [row for row in await book.rows(consent) if row.channel == "email"]
    assert [row.how for row in of_email] == ["papier", "formulaire"]
    assert {row.at.date() for row in of_email} == {AGREED.date}


async def test_an_earlier_contact_without_a_proof_for_the_address_keeps_nobody_from_it(
    book: Book,
) -> None:
    await book.take_in(PATIENTS, person(1), person(2))

    await book.take_in(PATIENTS, moved("p2@example.org"))

    assert await reasons(book) == ["no-consent", ""]


async def test_what_is_given_out_is_the_proof_of_todays_address(book: Book) -> None:
    await book.take_in(PATIENTS, person(1), person(2))
    await book.take_in(PATIENTS, moved(), replace(person(2), proofs={"email": LATER}))

    found = await book.people.proofs([FIRST, SECOND])

    assert {of: sorted(proofs) for of, proofs in found.items()} == {1: ["sms"], 2: ["email", "sms"]}
    assert found[SECOND]["email"] == LATER


async def test_start_brings_back_the_number_that_agreed_and_no_other(book: Book) -> None:
    await book.take_in(PATIENTS, person(1), person(2))
    await book.take_in(PATIENTS, person(1, phone="+33639980099", agreed=[]))
    replies = ReplyLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)
    answers: dict[tuple[str, ReplyKind], bool] = {}
    for number in ("+33639980099", "+33639980001", "+33639980002"):
        for kind in (ReplyKind.OPT_OUT, ReplyKind.OPT_IN):
            heard = Reply(channel="sms", provider_id=f"{number} {kind}", sender=number, text="")
            taken = await replies.take(heard, Hearing(kind=kind), MADE, answerable=False)
            assert taken is not None
            answers[number, kind] = taken.changed

    brought_back = [number for (number, kind), done in answers.items() if done and kind == "opt-in"]
    assert brought_back == ["+33639980002"]


async def test_a_subscription_speaks_for_the_mailbox_that_confirmed_it(book: Book) -> None:
    writer = OptOutWriter(book.ledger.database)
    ledger = SubscriptionLedger(book.ledger.database, book.ledger.keys, writer)
    wish = Subscription(
        email=normalise_email("autre@example.org"),
        audience="patients",
        variant="fr",
        wording="Oui",
        version="1",
    )
    assert await ledger.ask(wish, PATIENTS, MADE)
    assert await ledger.confirm(1, PATIENTS, MADE)
    held = await book.people.proofs([FIRST])

    await book.take_in(PATIENTS, person(1, key="autre@example.org", agreed=[], phone=None))

    assert list(held[FIRST]) == ["email"]
    assert {row.address_id for row in await book.rows(consent)} == {1}
    assert await book.people.proofs([FIRST]) == {1: {}}
    assert await reasons(book) == ["no-consent"]


async def test_a_person_is_shown_which_address_each_proof_was_given_with(book: Book) -> None:
    await book.take_in(PATIENTS, person(1, agreed=["email"]))
    await book.take_in(PATIENTS, moved(proof=LATER))
    (card,) = [card async for card in book.people.contacts("patients")]

    found = await book.ledger.database.read(dossier, book.ledger.keys, card)

    assert [(one["address"], one["at"][:10]) for one in found["consents"]] == [
        ("p1@example.org", "2026-01-15"),
        ("autre@example.org", "2026-08-20"),
    ]


async def test_who_is_erased_leaves_no_address_that_only_a_proof_knew(book: Book) -> None:
    await book.take_in(PATIENTS, person(1))
    await book.take_in(PATIENTS, moved())
    (card,) = [card async for card in book.people.contacts("patients")]

    await book.ledger.database.write(erase, card, MADE)

    assert [row.sealed for row in await book.rows(address)] == [None, None, None]
    assert await book.rows(consent) == []


async def test_another_addresss_proof_replaces_none_that_speaks(book: Book) -> None:
    await book.take_in(PATIENTS, person(1, agreed=["email"]), person(2, agreed=["email"]))
    await book.take_in(PATIENTS, moved(proof=LATER), replace(person(2), proofs={"email": LATER}))
    await book.take_in(PATIENTS, moved("p1@example.org"))
    ledger = RetentionLedger(book.ledger.database, ["patients"])

    count, _ = await ledger.forget_some(Kept.PROOFS, datetime(2027, 1, 1, tzinfo=UTC), 0, DUE)

    assert count == 1
    kept = [(row.contact_id, row.at.date()) for row in await book.rows(consent)]
    assert kept == [(1, AGREED.date), (1, LATER.date), (2, LATER.date)]


def _at_0003(url: str) -> None:
    """A ledger of the version before, with three people: one has changed both addresses, one has
    none for a proof of theirs."""
    engine = writer_engine(make_url(url))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        connection.execute(
            text("INSERT INTO address (id, kind, digest, key_id) VALUES (1, 'email', :a, 'k')"),
            {"a": b"a"},
        )
        for number, email in ((1, 1), (2, None)):
            connection.execute(
                text(
                    "INSERT INTO contact (id, audience, source_key, email_id, token, language, "
                    "zone, territory, segment, imported_at) VALUES (:n, 'patients', :key, :email, "
                    ":token, 'fr', 'Europe/Paris', 'FR', '{}', 0)"
                ),
                {"n": number, "key": bytes([number]), "email": email, "token": f"t{number}"},
            )
            connection.execute(
                text(
                    "INSERT INTO consent (contact_id, channel, act, wording, how, at, recorded_at)"
                    " VALUES (:n, 'email', 'given', 'oui', 'papier', 0, 0)"
                ),
                {"n": number},
            )
    engine.dispose()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_an_upgrade_binds_each_proof_to_todays_address_and_says_so(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if kind == "sqlite":
        _upgrade_and_look(f"sqlite:///{tmp_path / 'old.db'}")
        return
    with empty_database(request.getfixturevalue("postgres")) as url:
        _upgrade_and_look(url)


def _upgrade_and_look(url: str) -> None:
    _at_0003(url)
    told: list[str] = []

    migrate(url, told.append)
    migrate(url, told.append)

    mine = [line for line in told if "proofs" in line or "hold for none" in line]
    assert mine == [
        "1 proofs of consent hold for the address their person has today.",
        "1 hold for none: their person has no address on that channel.",
    ]
    engine = create_engine(url)
    with engine.connect() as connection:
        bound = connection.execute(text("SELECT address_id FROM consent ORDER BY contact_id"))
        assert [row.address_id for row in bound] == [1, None]
    engine.dispose()
