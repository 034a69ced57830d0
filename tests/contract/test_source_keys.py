"""A source's keys as people mean them, on both databases: one person once, two people two."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from scheduler.domain.addressees import Sought
from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.message import AddressKind
from scheduler.domain.people.contacts import Row, Told
from scheduler.domain.people.imports import ImportStart, Settled
from scheduler.flow.people.import_report import ImportReport
from scheduler.flow.people.importing import import_contacts
from scheduler.store.keys.sealing import open_fields, seal_fields
from scheduler.store.notes import KEYS_FOLDED, forget_note
from scheduler.store.people.folding_keys import fold_keys
from scheduler.store.people.people_ledger import PeopleLedger
from scheduler.store.planning.lists import resolve
from scheduler.store.schema.tables import contact, suppression
from tests.samples.ledger import STAFF, Book, person

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)


class Rows:
    digest = "d" * 64

    def __init__(self, *rows: Row) -> None:
        self.rows = list(rows)

    def __iter__(self) -> Iterator[list[Row]]:
        return iter([self.rows])


async def take(
    book: Book, *rows: Row, mode: str = "add", settled: Settled | None = None
) -> ImportReport:
    start = ImportStart(
        audience=STAFF,
        file_hash="d" * 64,
        origin="un essai",
        basis="contract",
        mode=mode,
        settled=settled or Settled(),
    )
    numbered = [replace(row, number=number) for number, row in enumerate(rows, 2)]
    return await import_contacts(
        Rows(*numbered), book.contact_files, start, lambda: NOW, by="an operator", confirmed=True
    )


def named(number: int, key: str, name: str, email: str | None = "") -> Row:
    return person(number, key=key, fields={"prenom": name}, email=email)


async def members(book: Book) -> list[tuple[str, str]]:
    return [(card.key, card.fields["prenom"]) async for card in book.people.contacts("staff")]


async def write(book: Book, statement: Any) -> None:
    await book.ledger.database.write(lambda one: one.execute(statement))


async def stored_as_typed(book: Book, *typed: str) -> None:
    """As 0.1.0 stored them: by the digest of what was typed."""
    keys = book.ledger.keys
    by_key = {one.key: one.contact async for one in book.people.contacts("staff")}
    for key in typed:
        (row,) = await book.rows(select(contact).where(contact.c.id == by_key[key]))
        fields = open_fields(keys, "staff", bytes(row.sealed), bytes(row.source_key))
        digest = keys.digest("source", key)
        blob = seal_fields(keys, "staff", fields, digest)
        change = update(contact).where(contact.c.id == row.id)
        await write(book, change.values(source_key=digest, sealed=blob))
    await book.ledger.database.write(forget_note, KEYS_FOLDED)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("00123", "123"),
        ("ab-7", "AB-7"),
        ("ab-7", "AB‑7"),
        ("12 345", "12\u202f345"),
        ("K9", "K\u200b9"),
        ("e.martin@EXAMPLE.org", "E.Martin@example.org"),
    ],
)
async def test_what_a_spreadsheet_made_of_a_key_is_the_same_person(
    book: Book, first: str, second: str
) -> None:
    await take(book, named(1, first, "Marie"))
    (row,) = await book.rows(contact)

    report = await take(book, named(1, second, "Marie", "elsewhere@example.org"), mode="replace")

    assert (report.added, report.renewed, report.ended) == (0, 1, 0)
    (today,) = await book.rows(contact)
    assert (today.id, today.token, today.active) == (row.id, row.token, True)
    assert await members(book) == [(second, "Marie")]
    for typed in (first, second):
        assert [card.contact for card in await book.people.find(typed, None)] == [row.id]


async def test_an_opt_out_and_a_consent_follow_the_person(book: Book) -> None:
    await take(book, named(1, "00123", "Marie"))
    (row,) = await book.rows(contact)
    await book.people.opt_out(row.email_id, by_email_link(NOW, one_click=True, person=row.id))

    report = await take(book, named(1, "123", "Marie", "new@example.org"))

    assert report.refusing == 1
    assert await book.people.has_opted_out(AddressKind.EMAIL, "new@example.org", "email")
    # At the number they still have; none passes to a new address.
    assert set((await book.people.proofs([row.id]))[row.id]) == {"sms"}


async def test_two_people_of_one_file_are_shown_and_never_merged(book: Book) -> None:
    file = (named(1, "00123", "Marie"), named(2, "123", "Paul"), named(3, "0123", "Zoé"))

    report = await take(book, *file)

    assert (report.added, report.repeated, report.strangers) == (3, 0, 0)
    assert report.notes.counts[Told.KEY_APART] == 2
    before = await book.rows(contact)
    # In another order, and without the first: everybody stays who they were.
    again = await take(book, file[1], file[2], mode="replace")
    assert (again.added, again.renewed, again.ended) == (0, 2, 1)
    whole = await take(book, file[2], file[1], file[0], mode="replace")
    assert (whole.renewed, whole.strangers) == (2, 0)
    assert [row.token for row in await book.rows(contact)] == [row.token for row in before]
    assert sorted(await members(book)) == [("00123", "Marie"), ("0123", "Zoé"), ("123", "Paul")]
    assert [one.fields["prenom"] for one in await book.people.find("123", None)] == ["Paul"]


async def test_whom_the_ledger_knows_keeps_the_key(book: Book) -> None:
    await take(book, named(1, "123", "Marie"))
    (marie,) = await book.rows(contact)

    report = await take(book, named(2, "123", "Paul"), named(1, "00123", "Marie"))

    assert (report.added, report.renewed, report.strangers) == (1, 1, 0)
    assert report.notes.rows[Told.KEY_APART] == [2]
    (card,) = await book.people.find("00123", None)
    assert (card.contact, card.fields["prenom"]) == (marie.id, "Marie")


async def test_one_person_twice_in_a_file_is_one(book: Book) -> None:
    report = await take(book, named(1, "00123", "Marie"), named(1, "123", "MARIE"))

    assert (report.added, report.repeated) == (1, 1)
    assert len(await book.rows(contact)) == 1


async def test_somebody_elses_key_given_again_is_told_under_any_spelling(book: Book) -> None:
    await take(book, named(1, "00123", "Marie"))

    report = await take(book, named(2, "123", "Paul"))
    assert (report.strangers, await members(book)) == (1, [("00123", "Marie")])

    settled = Settled(other=frozenset({"0123"}))
    assert (await take(book, named(2, "123", "Paul"), settled=settled)).settled == 1
    assert await members(book) == [("123", "Paul")]


async def test_keys_of_0_1_0_stay_found(book: Book) -> None:
    await take(book, named(1, "00123", "Marie"), named(2, "AB-7", "Paul"))
    await stored_as_typed(book, "00123", "AB-7")
    ids = [row.id for row in await book.rows(contact)]

    await fold_keys(book.ledger.database, book.ledger.keys)
    await fold_keys(book.ledger.database, book.ledger.keys)

    report = await take(book, named(1, "123", "Marie"), named(2, "ab-7", "Paul"), mode="replace")
    assert (report.added, report.renewed, report.ended) == (0, 2, 0)
    assert [row.id for row in await book.rows(contact)] == ids


async def test_two_people_of_0_1_0_stay_two(book: Book) -> None:
    await take(book, named(1, "00123", "Marie"), named(2, "other", "Paul"))
    await stored_as_typed(book, "00123")
    (paul,) = await book.people.find("other", None)
    row = next(one for one in await book.rows(contact) if one.id == paul.contact)
    keys, digest = book.ledger.keys, book.ledger.keys.digest("source", "123")
    blob = seal_fields(keys, "staff", {"": "123", "prenom": "Paul"}, digest)
    change = update(contact).where(contact.c.id == row.id)
    await write(book, change.values(source_key=digest, sealed=blob))

    await fold_keys(book.ledger.database, keys)

    file = (named(2, "123", "Paul"), named(1, "00123", "Marie"))
    report = await take(book, *file, mode="replace")
    assert (report.added, report.renewed, report.ended, report.strangers) == (0, 2, 0, 0)
    assert sorted(await members(book)) == [("00123", "Marie"), ("123", "Paul")]


@pytest.mark.parametrize("typed", ["00123", "0123", "123"])
async def test_what_was_kept_of_a_forgotten_person_meets_them(book: Book, typed: str) -> None:
    """As 0.1.0 kept it: the digest of the key as it was typed then."""
    people = PeopleLedger(
        book.ledger.database, book.ledger.keys, book.ledger.optouts, keep_source_key=True
    )
    await take(book, named(1, "00123", "Marie"))
    (card,) = await people.find("123", None)
    await people.erase(card, "DPO", NOW)
    digest = book.ledger.keys.digest("source", "00123")
    kept = update(suppression).where(suppression.c.source_key.is_not(None))
    await write(book, kept.values(source_key=digest))

    await take(book, named(2, typed, "Marie"))

    row = (await book.rows(contact))[-1]
    assert (row.email_id, row.sealed) == (None, None)


async def test_a_list_finds_people_under_any_spelling(book: Book) -> None:
    await take(book, named(1, "00123", "Marie"), named(2, "123", "Paul"), named(3, "x9", "Zoé"))
    ids = {card.fields["prenom"]: card.contact async for card in book.people.contacts("staff")}

    async def found(text: str) -> list[int]:
        sought = [Sought(row=1, text=text)]
        answer = await book.ledger.database.read(resolve, book.ledger.keys, ["staff"], sought)
        return list(answer.people)

    assert await found("X9") == [ids["Zoé"]]
    assert await found("123") == [ids["Paul"]]
    assert await found("0000123") == [ids["Marie"]]
