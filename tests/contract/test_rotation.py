"""A new key: everything is found and opened as before, and nobody's opt-out is lost."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.engine import make_url

from scheduler.domain.answers.replies import Reply
from scheduler.domain.calendar.campaigns import People
from scheduler.domain.calendar.newcomers import Entry
from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.hearing.kinds import Hearing, ReplyKind
from scheduler.domain.ids import AddressId, ContactId
from scheduler.domain.message import AddressKind
from scheduler.domain.names.tokens import OptOutToken
from scheduler.domain.people.imports import ImportStart
from scheduler.domain.people.person import ContactCard
from scheduler.store.answers.replies import ReplyLedger
from scheduler.store.keys.sealing import Keys, read_keys, replace_keys, with_new_key
from scheduler.store.ledger import Ledger
from scheduler.store.optouts.journal import OptOutJournal
from scheduler.store.optouts.replaying import replay
from scheduler.store.people.people_ledger import PeopleLedger
from scheduler.store.rules import refused
from scheduler.store.schema.record_tables import reply
from scheduler.store.schema.tables import address, contact, suppression, way_back
from scheduler.store.setup import open_ledger
from scheduler.store.upkeep import rotation
from scheduler.store.upkeep.rotation import Rotation
from tests.samples.ledger import MADE, PATIENTS, STAFF, Book, person

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)

Reopen = Callable[[], Awaitable[Book]]


@pytest.fixture
async def reopen(ledger_url: str, keys_file: Path, tmp_path: Path) -> AsyncIterator[Reopen]:
    """Closes the book that is open, and opens the ledger with the keys that are there now."""
    opened: list[Book] = []

    async def again() -> Book:
        while opened:
            await opened.pop().ledger.close()
        found = await open_ledger(ledger_url, keys_file, MADE)
        journal = OptOutJournal(tmp_path / "optouts", found.keys.check_value)
        ledger = Ledger(found.database, found.keys, found.made_at, journal)
        people = PeopleLedger(found.database, found.keys, ledger.optouts)
        opened.append(Book(ledger=ledger, people=people))
        return opened[-1]

    yield again
    while opened:
        await opened.pop().ledger.close()


async def card_of(book: Book, who: str) -> ContactCard:
    (card,) = await book.people.find(who, None)
    return card


async def stop(book: Book, who: str, at: datetime = NOW) -> ContactCard:
    card = await card_of(book, who)
    assert card.email_id is not None
    await book.people.opt_out(card.email_id, by_email_link(at, one_click=True))
    return card


def rotated(book: Book) -> Rotation:
    return Rotation(book.ledger.database, book.ledger.keys, book.ledger.journal)


def add_key(keys_file: Path) -> Keys:
    ring = with_new_key(read_keys(keys_file))
    replace_keys(ring, keys_file)
    return ring


async def peopled(reopen: Reopen) -> Book:
    """Three staff: the first opted out, the second was erased; and a patient who wrote to us."""
    book = await reopen()
    await book.take_in(STAFF, person(1), person(2), person(3))
    await book.take_in(PATIENTS, person(4))
    await stop(book, "K1")
    await book.people.erase(await card_of(book, "K2"), "Camille", NOW)
    replies = ReplyLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)
    heard = Reply(channel="sms", provider_id="SM1", sender="+33639980004", text="Bonjour")
    await replies.take(heard, Hearing(kind=ReplyKind.OTHER), NOW, answerable=False)
    return book


async def check_people(book: Book) -> None:
    """What must hold at any moment of a rotation."""
    assert [card.email async for card in book.people.contacts("staff")] == [
        "p1@example.org",
        "p3@example.org",
    ]
    for number in (1, 3):
        by_mail = await book.people.find(f"p{number}@example.org", AddressKind.EMAIL)
        by_phone = await book.people.find(f"+3363998000{number}", AddressKind.PHONE)
        by_key = await book.people.find(f"K{number}", None)
        assert [one.key for one in (*by_mail, *by_phone, *by_key)] == [f"K{number}"] * 3
    assert await book.people.has_opted_out(AddressKind.EMAIL, "p1@example.org", "email")
    assert await book.people.has_opted_out(AddressKind.EMAIL, "p2@example.org", "email")
    assert not await book.people.has_opted_out(AddressKind.EMAIL, "p3@example.org", "email")
    assert await book.contact_files.count_opted_out([person(1), person(2), person(3)]) == 3
    replies = ReplyLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)
    assert [one.text for one in await replies.open_replies()] == ["Bonjour"]


async def test_with_a_new_key_in_front_everybody_is_found_as_before(
    reopen: Reopen, keys_file: Path
) -> None:
    await peopled(reopen)
    add_key(keys_file)
    book = await reopen()

    await check_people(book)
    await book.take_in(STAFF, person(1), person(2), person(3))

    await check_people(book)
    assert await book.contact_files.count_known(STAFF, ["K1", "K3"]) == 2
    assert len(await book.rows(address)) == 8
    assert len(await book.rows(suppression)) == 3


async def test_who_was_given_a_key_is_no_greeted_newcomer_after_a_rotation_either(
    reopen: Reopen, keys_file: Path
) -> None:
    agents = replace(STAFF, people=People.STAFF)
    came = replace(person(1), entered=NOW.date())
    book = await reopen()
    await book.take_in(agents, came)
    (one,) = (await book.ledger.newcomers([agents], NOW)).newcomers
    await book.ledger.let_in({one.contact: [("accueil", "1-porte", "2026-w36")]}, NOW)
    add_key(keys_file)
    book = await reopen()
    await rotated(book).run("Camille", NOW)

    other = replace(person(9, key="K1"), entered=NOW.date())
    start = ImportStart(
        audience=agents, file_hash="1" * 64, origin="RH", basis="consent", mode="add"
    )
    number = await book.contact_files.begin_import(start, NOW)
    await book.contact_files.take_in(agents, [other], number, NOW, given_away={"K1"})
    await book.contact_files.finish_import(number, {}, NOW)

    waiting = (await book.ledger.newcomers([agents], NOW)).newcomers
    assert [one.state for one in waiting] == [Entry.NEW]


async def test_a_rotation_leaves_the_tombstones_and_brings_all_else_to_the_new_key(
    reopen: Reopen, keys_file: Path
) -> None:
    await peopled(reopen)
    ring = add_key(keys_file)
    book = await reopen()
    assert await rotated(book).left() == {"address": 6, "contact": 3, "reply": 1}

    done = await rotated(book).run("Camille", NOW)

    assert done == {"address": 6, "contact": 3, "reply": 1}
    assert set((await rotated(book).left()).values()) == {0}
    assert await rotated(book).keys_in_use() == [(ring.current.id, 6, 0), (ring.oldest.id, 0, 2)]
    for table in (address, contact, reply):
        rows = await book.rows(select(table.c.sealed).where(table.c.sealed.is_not(None)))
        assert {bytes(row.sealed)[:1].decode() for row in rows} == {ring.current.id}
    await check_people(book)
    await book.take_in(STAFF, person(1), person(2), person(3))
    await check_people(book)
    assert len(await book.rows(suppression)) == 3
    assert (await book.hand.audit_entries(1))[0].act.act == "rotate-keys"


async def test_a_rotation_that_was_cut_short_goes_on(
    reopen: Reopen, keys_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await peopled(reopen)
    add_key(keys_file)
    book = await reopen()
    monkeypatch.setattr(rotation, "SOME", 2)
    work = rotated(book)
    await book.ledger.database.write(work._addresses, 0)
    await book.ledger.database.write(work._contacts, 0)

    await check_people(book)
    await book.take_in(STAFF, person(1), person(2), person(3))
    await check_people(book)
    await work.run("Camille", NOW)

    assert set((await work.left()).values()) == {0}
    await check_people(book)


async def test_old_links_still_opt_out_and_back(reopen: Reopen, keys_file: Path) -> None:
    book = await peopled(reopen)
    card = await card_of(book, "K3")
    assert card.email_id is not None
    link = book.ledger.tokens.optout(
        OptOutToken(address_id=AddressId(card.email_id), contact_id=ContactId(card.contact))
    )
    add_key(keys_file)
    book = await reopen()
    await rotated(book).run("Camille", NOW)

    found = book.ledger.tokens.open_optout(link)

    assert found == OptOutToken(
        address_id=AddressId(card.email_id), contact_id=ContactId(card.contact)
    )
    await book.people.opt_out(found.address_id, by_email_link(NOW, one_click=True))
    assert await book.people.has_opted_out(AddressKind.EMAIL, "p3@example.org", "email")
    assert await book.people.lift(AddressKind.EMAIL, "p3@example.org", "email", NOW) == 1


async def test_the_journal_knows_the_new_digests_and_makes_nothing_twice(
    reopen: Reopen, keys_file: Path
) -> None:
    await peopled(reopen)
    add_key(keys_file)
    book = await reopen()
    await rotated(book).run("Camille", NOW)
    await book.people.lift(AddressKind.EMAIL, "p1@example.org", "email", NOW + timedelta(days=1))
    rows = len(await book.rows(address))
    assert book.ledger.journal is not None

    told = await replay(book.ledger.database, book.ledger.journal, NOW)

    assert (told.added, told.lifted) == (0, 0)
    assert len(await book.rows(address)) == rows
    assert not await book.people.has_opted_out(AddressKind.EMAIL, "p1@example.org", "email")


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
async def test_a_backup_of_before_the_rotation_gets_what_was_refused_since(
    reopen: Reopen, keys_file: Path, ledger_url: str, tmp_path: Path
) -> None:
    file = Path(make_url(ledger_url).database or "")
    book = await peopled(reopen)
    await book.ledger.database.scrub([])
    shutil.copy(file, tmp_path / "backup.db")
    add_key(keys_file)
    book = await reopen()
    await rotated(book).run("Camille", NOW)
    await stop(book, "K3", NOW + timedelta(days=1))
    await book.ledger.close()
    for ending in ("-wal", "-shm"):
        file.with_name(f"{file.name}{ending}").unlink(missing_ok=True)
    shutil.copy(tmp_path / "backup.db", file)

    book = await reopen()
    assert book.ledger.journal is not None
    told = await replay(book.ledger.database, book.ledger.journal, NOW)
    await rotated(book).finish(NOW)

    assert told.added > 0
    card = await card_of(book, "K3")
    assert card.email_id is not None
    assert await book.people.is_suppressed(card.email_id, "email")
    assert await book.people.has_opted_out(AddressKind.EMAIL, "p1@example.org", "email")
    digests = await book.rows(select(func.count()).select_from(address))
    assert digests[0][0] == 8


async def test_what_its_digest_does_not_fit_is_left_as_it_is(
    reopen: Reopen, keys_file: Path
) -> None:
    """A rule of writing addresses that has changed since must not close a way to somebody."""
    book = await reopen()
    await book.take_in(STAFF, person(1, phone=None))
    keys = book.ledger.keys
    odd = keys.digest("email", "P1@example.org")
    values = {"digest": odd, "sealed": keys.seal("address", b"p1@example.org", odd)}
    await book.ledger.database.write(
        lambda connection: connection.execute(update(address).values(values))
    )
    add_key(keys_file)
    book = await reopen()

    done = await rotated(book).run("Camille", NOW)

    assert done["address"] == 0
    assert (await card_of(book, "K1")).email == "p1@example.org"


async def test_who_was_erased_before_and_comes_after_stays_out(
    reopen: Reopen, keys_file: Path
) -> None:
    await peopled(reopen)
    add_key(keys_file)
    book = await reopen()
    await rotated(book).run("Camille", NOW)
    moved = replace(person(2), phone="+33639989999")

    await book.take_in(STAFF, moved)
    await book.plan("email", STAFF)

    assert (await book.states())["left-out opted-out"] == 2
    assert (await card_of(book, "K2")).email == ""


async def test_at_a_start_nothing_is_done_without_need(reopen: Reopen, keys_file: Path) -> None:
    book = await peopled(reopen)
    await rotated(book).finish(NOW)
    add_key(keys_file)
    book = await reopen()

    for _start in range(2):
        await rotated(book).finish(NOW)

    acts = [one.act.act for one in await book.hand.audit_entries(10)]
    assert acts.count("rotate-keys") == 1
    assert set((await rotated(book).left()).values()) == {0}


async def test_who_came_back_to_a_shared_address_stays_back(
    reopen: Reopen, keys_file: Path
) -> None:
    home = "maison@example.org"
    book = await reopen()
    await book.take_in(STAFF, person(1, email=home), person(2, email=home))
    first, second = await card_of(book, "K1"), await card_of(book, "K2")
    assert first.email_id is not None
    no = by_email_link(NOW, one_click=True, person=first.contact)
    await book.people.opt_out(first.email_id, no)
    back = NOW + timedelta(hours=1)
    assert await book.people.lift(AddressKind.EMAIL, home, "email", back, second.contact) == 1
    (before,) = await book.rows(way_back)

    for _ in range(2):
        add_key(keys_file)
        book = await reopen()
        await rotated(book).run("Camille", back)

    (row,) = await book.rows(way_back)
    assert tuple(row) == tuple(before)
    assert await barred(book) == {first.contact}
    assert book.ledger.journal is not None
    await replay(book.ledger.database, book.ledger.journal, back)
    assert await barred(book) == {first.contact}


async def barred(book: Book) -> set[int]:
    rule = refused(contact.c.id, contact.c.email_id, "email", "october")
    return {row.id for row in await book.rows(select(contact.c.id).where(rule))}
