"""Whom an OpenID provider names, on each of the two databases."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduler.domain.accounts import ROLES_ASKED_EVERY, SIGN_IN_LASTS
from scheduler.domain.errors import AccountRefused
from scheduler.domain.roles import Role
from scheduler.store.accounts.accounts import AccountLedger
from scheduler.store.accounts.outside_accounts import OutsideLedger
from scheduler.store.accounts.sessions import SessionLedger
from scheduler.store.schema.desk_tables import session, spent_sign_in
from tests.samples.ledger import DUE, Book

READER, WRITER = frozenset({Role.READ}), frozenset({Role.WRITE})
HOUR = timedelta(hours=1)
NAME, SUBJECT = "Zoé Étienne", "https://sso.example.org u1"


def ledgers_of(book: Book) -> tuple[OutsideLedger, AccountLedger, SessionLedger]:
    database, keys = book.ledger.database, book.ledger.keys
    accounts, sessions = AccountLedger(database, keys), SessionLedger(database, keys)
    return OutsideLedger(database, keys), accounts, sessions


async def test_a_sign_in_is_answered_once_also_by_two_at_once(book: Book) -> None:
    outside, *_ = ledgers_of(book)
    both = await asyncio.gather(*(outside.spend("value", DUE) for _ in range(2)))
    other = await outside.spend("another", DUE)
    later = DUE + 2 * SIGN_IN_LASTS
    await outside.spend("third", later)
    digests = select(spent_sign_in.c.digest)
    kept = await book.ledger.database.read(lambda one: one.execute(digests).scalars().all())

    assert sorted(both) == [False, True]
    assert other
    assert len(kept) == 1
    assert "value" not in kept[0]


async def test_who_comes_again_keeps_their_account_and_their_name(book: Book) -> None:
    outside, accounts, sessions = ledgers_of(book)
    first = await outside.enter(SUBJECT, NAME, READER, "", "", DUE)
    second = await outside.enter(SUBJECT, "Sacha Petit", WRITER, "", first, DUE)
    found = await sessions.find(second, DUE, in_use=False)

    assert await sessions.find(first, DUE, in_use=False) is None
    assert found is not None
    assert (found.account.name, found.account.roles) == (NAME, WRITER)
    assert found.asked_at == DUE
    # Nobody has a password: the desk's other door stays as it is.
    assert not await accounts.anybody()


async def test_a_name_that_is_somebody_s_is_refused_whatever_its_spelling(book: Book) -> None:
    outside, accounts, sessions = ledgers_of(book)
    await accounts.add("Zoe ETIENNE", READER, "Ana", DUE)

    with pytest.raises(AccountRefused):
        await outside.enter(SUBJECT, NAME, READER, "", "", DUE)
    assert await sessions.every(DUE) == []


async def test_one_request_alone_asks_again_and_what_asks_is_sealed(book: Book) -> None:
    outside, _, sessions = ledgers_of(book)
    value = await outside.enter(SUBJECT, NAME, READER, "un-jeton", "", DUE)
    found = await sessions.find(value, DUE, in_use=False)
    assert found is not None
    asked = select(session.c.renewal)
    sealed = await book.ledger.database.read(lambda one: one.execute(asked).scalar_one())
    claimed = await asyncio.gather(
        *(outside.claim(found.id, DUE, DUE + timedelta(minutes=20)) for _ in range(2))
    )

    assert b"un-jeton" not in sealed
    assert sorted(claimed, key=str) == [None, "un-jeton"]


async def test_who_is_killed_while_asking_puts_it_off_by_a_minute(book: Book) -> None:
    outside, _, sessions = ledgers_of(book)
    value = await outside.enter(SUBJECT, NAME, READER, "un-jeton", "", DUE)
    found = await sessions.find(value, DUE, in_use=False)
    assert found is not None
    later = DUE + timedelta(minutes=20)
    await outside.claim(found.id, DUE, later)
    after = await sessions.of(found.id, later)

    assert after is not None
    assert after.asked_at == later + timedelta(minutes=1) - ROLES_ASKED_EVERY
    assert await outside.claim(found.id, after.asked_at, later) == "un-jeton"


async def test_what_was_answered_holds_for_the_account_and_nothing_for_a_session_that_is_gone(
    book: Book,
) -> None:
    outside, accounts, sessions = ledgers_of(book)
    value = await outside.enter(SUBJECT, NAME, READER, "un-jeton", "", DUE)
    found = await sessions.find(value, DUE, in_use=False)
    assert found is not None
    later = DUE + timedelta(minutes=20)
    await outside.renew(found.id, WRITER, "un-autre", later, later)
    after = await sessions.of(found.id, later)
    again = await outside.claim(found.id, later, later + timedelta(minutes=1))
    await sessions.leave(found.id)
    await outside.renew(found.id, READER, "x", later, later)

    assert after is not None
    assert (after.account.roles, after.asked_at, again) == (WRITER, later, "un-autre")
    assert await sessions.of(found.id, later) is None
    assert [one.roles for one in await accounts.every()] == [WRITER]


async def test_a_removed_account_may_come_again_as_a_new_one(book: Book) -> None:
    outside, accounts, sessions = ledgers_of(book)
    value = await outside.enter(SUBJECT, NAME, READER, "", "", DUE)
    await accounts.remove(NAME, "Ana", DUE)

    assert await sessions.find(value, DUE, in_use=False) is None
    await outside.enter(SUBJECT, NAME, WRITER, "", "", DUE)
    assert [one.roles for one in await accounts.every()] == [WRITER]


async def test_a_first_account_takes_nobody_s_place(book: Book) -> None:
    outside, accounts, _ = ledgers_of(book)
    await outside.enter(SUBJECT, NAME, READER, "", "", DUE)
    with pytest.raises(AccountRefused):
        await accounts.first(NAME, WRITER, "desk-token", DUE)
    lost = await accounts.first("Ana", READER, "desk-token", DUE)
    value = await accounts.first("Ana", WRITER, "desk-token", DUE)
    await accounts.set_password(value, "x", DUE)
    with pytest.raises(AccountRefused):
        await accounts.first("Ana", READER, "desk-token", DUE)

    assert await accounts.linked(lost, DUE) is None
    assert {one.name: one.roles for one in await accounts.every()} == {"Ana": WRITER, NAME: READER}
