"""Objections outlive backups, upgrades, erasures, rotations and moves, each with its person."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from zlib import crc32

import pytest
from sqlalchemy import Connection, create_engine, delete, select, text, update
from sqlalchemy.engine import make_url

from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.message import AddressKind
from scheduler.domain.people.contacts import Row
from scheduler.domain.people.person import ContactCard
from scheduler.store.ledger import Ledger
from scheduler.store.optouts.journal import OptOutJournal
from scheduler.store.optouts.kept import kept_records
from scheduler.store.optouts.replaying import replay
from scheduler.store.people.erasure import forget
from scheduler.store.people.people_ledger import PeopleLedger
from scheduler.store.rules import refused
from scheduler.store.schema.tables import address, consent, contact, suppression, way_back
from scheduler.store.setup import MIGRATIONS, migrate, open_ledger, writer_engine
from scheduler.store.upkeep.copying import copy_people
from tests.parts.postgres import empty_database
from tests.samples.ledger import DUE, MADE, PATIENTS, STAFF, Book, person

HOUR = timedelta(hours=1)
HOME = "maison@example.org"


@pytest.fixture
async def kept(ledger_url: str, keys_file: Path, tmp_path: Path) -> AsyncIterator[Book]:
    """A ledger with its journal."""
    opened = await open_ledger(ledger_url, keys_file, MADE)
    journal = OptOutJournal(tmp_path / "optouts", opened.keys.check_value)
    ledger = Ledger(opened.database, opened.keys, opened.made_at, journal)
    yield Book(ledger=ledger, people=PeopleLedger(opened.database, opened.keys, ledger.optouts))
    await ledger.close()


async def card_of(book: Book, key: str) -> ContactCard:
    (card,) = await book.people.find(key, None)
    return card


async def click(book: Book, key: str) -> None:
    card = await card_of(book, key)
    assert card.email_id is not None
    act = by_email_link(DUE, one_click=True, person=card.contact)
    await book.people.opt_out(card.email_id, act)


async def barred(book: Book) -> set[str]:
    rule = refused(contact.c.id, contact.c.email_id, "email", "october")
    ids = {row.id for row in await book.rows(select(contact.c.id).where(rule))}
    cards = [card async for card in book.people.contacts("staff")]
    return {card.key for card in cards if card.contact in ids}


async def forget_acts(book: Book) -> None:
    """As a backup has it that was made before."""

    def older(connection: Connection) -> None:
        connection.execute(delete(way_back))
        connection.execute(delete(suppression))

    await book.ledger.database.write(older)


async def replayed(book: Book) -> None:
    assert book.ledger.journal is not None
    await replay(book.ledger.database, book.ledger.journal, DUE + 5 * HOUR)


# A ledger put back


async def test_what_is_replayed_follows_the_person(kept: Book) -> None:
    await kept.take_in(STAFF, person(1))
    await click(kept, "K1")
    await forget_acts(kept)

    await replayed(kept)
    await replayed(kept)
    await kept.take_in(STAFF, person(1, email="new1@example.org"))

    assert await barred(kept) == {"K1"}
    assert len(await kept.rows(suppression)) == 1


async def test_a_number_that_means_another_in_the_ledger_put_back_bars_nobody_else(
    kept: Book,
) -> None:
    await kept.take_in(STAFF, person(1), person(2))
    await click(kept, "K1")
    await forget_acts(kept)
    (card,) = await kept.people.find("K1", None)
    another = update(contact).where(contact.c.id == card.contact).values(token="ANOTHER2")
    await kept.ledger.database.write(lambda connection: connection.execute(another))

    await replayed(kept)
    await kept.take_in(STAFF, person(1, email="new1@example.org"))

    assert await barred(kept) == set()
    assert await kept.people.has_opted_out(AddressKind.EMAIL, "p1@example.org", "email")


async def test_ways_back_are_replayed_for_those_who_came_back(kept: Book) -> None:
    await kept.take_in(STAFF, person(1, email=HOME), person(2, email=HOME))
    await click(kept, "K1")
    await click(kept, "K2")
    second = await card_of(kept, "K2")
    await kept.people.lift(AddressKind.EMAIL, HOME, "email", DUE + HOUR, second.contact)
    before = await barred(kept)
    await forget_acts(kept)

    await replayed(kept)

    assert before == await barred(kept) == {"K1"}


def _line(body: bytes) -> bytes:
    return b"%08x %b\n" % (crc32(body), body)


def _without_persons(path: Path) -> None:
    """The journal as the version before wrote it."""
    lines = []
    for line in path.read_bytes().splitlines():
        fields = json.loads(line.partition(b" ")[2])
        fields.pop("person", None)
        lines.append(_line(json.dumps(fields, separators=(",", ":")).encode()))
    path.write_bytes(b"".join(lines))


async def test_an_older_journal_still_replays_once(kept: Book) -> None:
    await kept.take_in(STAFF, person(1), person(2))
    await click(kept, "K1")
    await click(kept, "K2")
    await kept.people.lift(AddressKind.EMAIL, "p2@example.org", "email", DUE + HOUR)
    assert kept.ledger.journal is not None
    _without_persons(kept.ledger.journal.path)

    await replayed(kept)
    assert len(await kept.rows(suppression)) == 2, "it is there under a person's name"
    await forget_acts(kept)
    await replayed(kept)

    assert await barred(kept) == {"K1"}


async def test_an_older_way_back_ends_what_the_upgrade_gave_a_name(kept: Book) -> None:
    await kept.take_in(STAFF, person(1))
    await click(kept, "K1")
    await kept.people.lift(AddressKind.EMAIL, "p1@example.org", "email", DUE + HOUR)
    assert kept.ledger.journal is not None
    _without_persons(kept.ledger.journal.path)
    holds_again = suppression.update().values(lifted_at=None)
    await kept.ledger.database.write(lambda connection: connection.execute(holds_again))

    await replayed(kept)

    assert await barred(kept) == set()


# Forgotten, and named again


def deciding(book: Book, *, keep: bool) -> PeopleLedger:
    return PeopleLedger(
        book.ledger.database, book.ledger.keys, book.ledger.optouts, keep_source_key=keep
    )


async def again(book: Book, *rows: Row) -> None:
    await book.take_in(STAFF, *rows, at=DUE + HOUR)


async def test_after_an_erasure_only_the_addresses_are_known(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await click(book, "K1")
    await deciding(book, keep=False).erase(await card_of(book, "K1"), "Camille", DUE)

    await again(book, person(1, email="new1@example.org"), person(2, email="p1@example.org"))

    assert await barred(book) == {"K2"}, "nobody knows K1 again, and the address stays closed"
    assert await book.people.has_opted_out(AddressKind.EMAIL, "p1@example.org", "email")
    assert {row.source_key for row in await book.rows(suppression)} == {None}


async def test_a_kept_key_knows_an_erased_person_at_another_address(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await deciding(book, keep=True).erase(await card_of(book, "K1"), "Camille", DUE)
    moved = person(1, email="new1@example.org", phone="+33639989999")

    for _ in range(2):
        await book.take_in(STAFF, moved)

    (shell,) = await book.rows(select(contact).where(contact.c.active == 1))
    assert (shell.email_id, shell.phone_id, shell.sealed, shell.segment) == (None, None, None, {})
    living = await book.rows(select(address).where(address.c.sealed.is_not(None)))
    assert living == []
    await book.plan("email", STAFF)
    assert await book.states() == {"left-out opted-out": 1}
    assert await book.contact_files.count_refusing(STAFF, ["K1"]) == 1


async def test_who_was_emptied_by_retention_is_barred_at_the_last_address_that_was_theirs(
    book: Book,
) -> None:
    await book.take_in(STAFF, person(1), person(2), person(3, email=HOME))
    await click(book, "K1")
    await click(book, "K2")
    await book.take_in(
        STAFF, person(1, email="new1@example.org"), person(2, email=HOME), person(3, email=HOME)
    )
    ids = [(await card_of(book, key)).contact for key in ("K1", "K2")]
    await book.ledger.database.write(forget, ids, DUE)
    await again(book, person(1, email="new1@example.org"), person(2, email=HOME))

    assert await barred(book) == {"K1"}, "a shared address stays its other reader's"


async def test_a_kept_key_gives_a_forgotten_persons_objection_back(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await click(book, "K1")
    card = await card_of(book, "K1")
    await book.ledger.database.write(forget, [card.contact], DUE, keep_source_key=True)
    await again(book, person(1, email="new1@example.org"))

    assert await barred(book) == {"K1"}
    (named,) = [row for row in await book.rows(suppression) if row.contact_id is not None]
    assert named.contact_id == (await card_of(book, "K1")).contact


# Forgotten, and the journal


async def test_a_kept_key_is_given_back_by_the_journal(kept: Book) -> None:
    """To a ledger from before the import that first named them."""
    await kept.take_in(STAFF, person(1))
    await click(kept, "K1")
    card = await card_of(kept, "K1")
    await deciding(kept, keep=True).erase(card, "Camille", DUE)
    before = [(row.reason, row.source, row.source_key) for row in await kept.rows(suppression)]
    await forget_everybody(kept)

    await replayed(kept)
    await replayed(kept)

    after = [(row.reason, row.source, row.source_key) for row in await kept.rows(suppression)]
    assert sorted(map(str, after)) == sorted(map(str, before))
    await again(kept, person(1, email="new1@example.org"))
    assert await kept.contact_files.count_refusing(STAFF, ["K1"]) == 1
    assert (await kept.rows(select(contact).where(contact.c.active == 1)))[0].sealed is None


async def test_what_retention_kept_is_given_back_too(kept: Book) -> None:
    await kept.take_in(STAFF, person(1), person(2))
    await click(kept, "K1")
    cards = [await card_of(kept, "K1"), await card_of(kept, "K2")]
    records = await kept.ledger.database.write(
        forget, [card.contact for card in cards], DUE, keep_source_key=True
    )
    await kept.ledger.database.write(kept.ledger.optouts.keep, records)
    await forget_everybody(kept)

    await replayed(kept)
    await again(kept, person(1, email="new1@example.org"), person(2, email="new2@example.org"))

    assert await barred(kept) == {"K1"}


async def test_the_journal_gives_no_key_where_none_is_kept(kept: Book) -> None:
    await kept.take_in(STAFF, person(1))
    await click(kept, "K1")
    await deciding(kept, keep=False).erase(await card_of(kept, "K1"), "Camille", DUE)
    assert kept.ledger.journal is not None

    assert b"source_key" not in kept.ledger.journal.path.read_bytes()
    await forget_everybody(kept)
    await replayed(kept)
    assert {row.source_key for row in await kept.rows(suppression)} == {None}


async def test_whom_the_ledger_put_back_still_knows_is_barred_by_name_and_by_key(
    kept: Book,
) -> None:
    await kept.take_in(STAFF, person(1))
    await click(kept, "K1")
    card = await card_of(kept, "K1")
    records = await kept.ledger.database.read(kept_records, [card.contact])
    await kept.ledger.database.write(kept.ledger.optouts.keep, records)
    await forget_acts(kept)

    await replayed(kept)
    await replayed(kept)

    (row,) = await kept.rows(suppression)
    assert (row.contact_id, row.source) == (card.contact, "staff")
    await kept.take_in(STAFF, person(1, email="new1@example.org"))
    assert await barred(kept) == {"K1"}


async def test_whom_a_file_named_before_the_replay_is_barred_at_once(kept: Book) -> None:
    await kept.take_in(STAFF, person(1))
    await click(kept, "K1")
    card = await card_of(kept, "K1")
    records = await kept.ledger.database.write(forget, [card.contact], DUE, keep_source_key=True)
    await kept.ledger.database.write(kept.ledger.optouts.keep, records)
    await forget_everybody(kept)
    await again(kept, person(1, email="new1@example.org"))

    await replayed(kept)

    assert await barred(kept) == {"K1"}


async def test_keys_that_only_the_ledger_kept_are_told_to_the_journal(kept: Book) -> None:
    """As a version left them that told the journal nothing."""
    await kept.take_in(STAFF, person(1))
    await click(kept, "K1")
    card = await card_of(kept, "K1")
    await kept.ledger.database.write(forget, [card.contact], DUE, keep_source_key=True)
    assert kept.ledger.journal is not None

    await replayed(kept)
    told = kept.ledger.journal.path.read_bytes()
    await replayed(kept)
    assert kept.ledger.journal.path.read_bytes() == told, "once"

    await forget_everybody(kept)
    await replayed(kept)
    (row,) = await kept.rows(suppression)
    assert (row.source, row.source_key is not None) == ("staff", True)


async def test_a_version_that_knows_no_keys_reads_the_opt_out_all_the_same(kept: Book) -> None:
    await kept.take_in(STAFF, person(1))
    await click(kept, "K1")
    await deciding(kept, keep=True).erase(await card_of(kept, "K1"), "Camille", DUE)
    assert kept.ledger.journal is not None
    lines = kept.ledger.journal.path.read_bytes().splitlines()

    keyed = [json.loads(line.partition(b" ")[2]) for line in lines if b"source_key" in line]

    assert {one["act"] for one in keyed} == {"opt-out"}
    assert {one["reason"] for one in keyed} == {"opted-out", "erased"}
    for one in keyed:
        assert {"kind", "digest", "key", "channel", "scope", "reason", "route", "at"} <= set(one)


async def forget_everybody(book: Book) -> None:
    """A ledger that nobody was ever taken into."""

    def older(connection: Connection) -> None:
        connection.execute(update(suppression).values(contact_id=None))
        for table in (way_back, suppression, consent, contact, address):
            connection.execute(delete(table))

    await book.ledger.database.write(older)


# Copies


async def test_a_rehearsal_has_them_with_their_persons(book: Book, tmp_path: Path) -> None:
    await book.take_in(STAFF, person(1, email=HOME), person(2, email=HOME))
    await click(book, "K1")
    second = await card_of(book, "K2")
    await book.people.lift(AddressKind.EMAIL, HOME, "email", DUE + HOUR, second.contact)

    copy = await copy_people(book.ledger, tmp_path / "rehearsal.db", MADE)
    there = Book(ledger=copy, people=PeopleLedger(copy.database, copy.keys))

    assert await barred(there) == {"K1"}
    await copy.close()


# The upgrade


def _at_0008(url: str) -> None:
    """A ledger of the version before: two share an address, one has their own, one is gone."""
    from alembic import command
    from alembic.config import Config

    engine = writer_engine(make_url(url))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0008")
        for number in (1, 2, 3, 4):
            made = "INSERT INTO address (id, kind, digest, key_id) VALUES (:n, 'email', :d, 'a')"
            connection.execute(text(made), {"n": number, "d": bytes([number])})
        for number, email in enumerate((1, 1, 2, 3), 1):
            connection.execute(
                text(
                    "INSERT INTO contact (id, audience, source_key, email_id, token, language, "
                    "zone, territory, segment, imported_at, sealed) VALUES (:n, 'staff', :d, "
                    ":email, :token, 'fr', 'Europe/Paris', 'FR', '{}', 0, :d)"
                ),
                {"n": number, "d": bytes([number]), "email": email, "token": f"t{number}"},
            )
        acts: list[tuple[int, str, int | None]] = [
            (1, "opted-out", None),
            (2, "complained", None),
            (3, "bounced", None),
        ]
        acts += [(4, "opted-out", None), (3, "opted-out", 5)]
        for address_id, reason, lifted in acts:
            connection.execute(
                text(
                    "INSERT INTO suppression (address_id, channel, scope, reason, route, at, "
                    "lifted_at) VALUES (:a, 'email', 'topics', :reason, 'page', 1, :lifted)"
                ),
                {"a": address_id, "reason": reason, "lifted": lifted},
            )
    engine.dispose()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_an_upgrade_notes_each_for_whoever_has_the_address_and_says_so(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if kind == "sqlite":
        _upgrade_and_look(f"sqlite:///{tmp_path / 'old.db'}")
        return
    with empty_database(request.getfixturevalue("postgres")) as url:
        _upgrade_and_look(url)


def _upgrade_and_look(url: str) -> None:
    _at_0008(url)
    told: list[str] = []

    migrate(url, told.append)
    migrate(url, told.append)

    assert [line for line in told if line.startswith(("Opt-outs", "1 opt-outs"))] == [
        "Opt-outs are noted for the 3 people who have the address today, too.",
        "1 opt-outs are known by the address alone: nobody has it today.",
    ]
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(select(suppression.c.address_id, suppression.c.contact_id))
        assert sorted(map(tuple, rows), key=str) == [
            *((1, 1), (1, 2), (2, 3), (3, None), (3, None), (4, None)),
        ]
    engine.dispose()


async def test_the_names_of_who_objects_are_told_while_they_are_known(book: Book) -> None:
    await book.take_in(STAFF, *(person(number) for number in (1, 2, 3)))
    assert await book.contact_files.refusing_names(STAFF) == []
    await click(book, "K1")
    await click(book, "K2")

    names = await book.contact_files.refusing_names(STAFF)

    assert sorted(map(list, names)) == [["Prénom 1"], ["Prénom 2"]]
    await deciding(book, keep=True).erase(await card_of(book, "K2"), "Camille", DUE)
    assert await book.contact_files.refusing_names(STAFF) == [["Prénom 1"]]
    assert await book.contact_files.refusing_names(PATIENTS) == []
