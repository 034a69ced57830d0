"""Accounts of the desk and their sessions, on each of the two databases."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduler.domain.accounts import LINK_LASTS, SESSION_IDLE, SESSION_LASTS
from scheduler.domain.errors import AccountRefused, NotFound
from scheduler.domain.roles import Role
from scheduler.store.accounts.accounts import AccountLedger
from scheduler.store.accounts.sessions import SessionLedger
from scheduler.store.keys.sealing import with_new_key
from scheduler.store.schema.desk_tables import account, session
from tests.samples.ledger import DUE, Book

READER = frozenset({Role.READ})
MINUTE = timedelta(minutes=1)


def accounts_of(book: Book) -> AccountLedger:
    return AccountLedger(book.ledger.database, book.ledger.keys)


def sessions_of(book: Book) -> SessionLedger:
    return SessionLedger(book.ledger.database, book.ledger.keys)


async def signed_in(book: Book, name: str = "Camille Moreau") -> str:
    accounts = accounts_of(book)
    link = await accounts.add(name, READER, "Ana", DUE)
    number = await accounts.set_password(link, "hash", DUE)
    assert number is not None
    value = await sessions_of(book).sign_in(number, "", DUE)
    assert value is not None
    return value


async def test_a_link_sets_a_password_once_and_in_time(book: Book) -> None:
    accounts = accounts_of(book)
    link = await accounts.add("Camille Moreau", READER, "Ana", DUE)

    assert not await accounts.anybody()
    assert await accounts.set_password("another", "hash", DUE) is None
    assert await accounts.set_password(link, "hash", DUE + LINK_LASTS) is None
    both = await asyncio.gather(*(accounts.set_password(link, "hash", DUE) for _ in range(2)))
    assert sorted(one is None for one in both) == [False, True]
    assert await accounts.linked(link, DUE) is None
    assert await accounts.anybody()


async def test_two_spellings_of_a_name_are_one_account(book: Book) -> None:
    accounts = accounts_of(book)
    await accounts.add("Camille Moreau", READER, "Ana", DUE)

    with pytest.raises(AccountRefused):
        await accounts.add("camille  MOREAU", READER, "Ana", DUE)
    with pytest.raises(NotFound):
        await accounts.give_roles("Sacha", READER, "Ana", DUE)


async def test_a_session_ends_unused_and_after_twelve_hours(book: Book) -> None:
    sessions = sessions_of(book)
    value = await signed_in(book)

    assert await sessions.find(value, DUE + SESSION_IDLE - MINUTE, in_use=False)
    assert await sessions.find(value, DUE + SESSION_IDLE, in_use=True) is None
    now = DUE
    while now < DUE + SESSION_LASTS - timedelta(minutes=20):
        now += timedelta(minutes=20)
        assert (await sessions.find(value, now, in_use=True)) is not None or (
            now == DUE + SESSION_LASTS
        )
    assert await sessions.find(value, DUE + SESSION_LASTS, in_use=True) is None


async def test_signing_in_again_ends_the_session_before_and_forgets_what_is_over(
    book: Book,
) -> None:
    accounts, sessions = accounts_of(book), sessions_of(book)
    first = await signed_in(book)
    await signed_in(book, "Sacha Petit")
    number = next(one.id for one in await accounts.every() if one.name == "Camille Moreau")
    second = await sessions.sign_in(number, first, DUE + MINUTE)

    assert second is not None
    assert await sessions.find(first, DUE + MINUTE, in_use=True) is None
    later = DUE + SESSION_IDLE + MINUTE
    await sessions.sign_in(number, "", later)
    rows = await book.ledger.database.read(lambda c: c.execute(select(session)).all())
    assert len(rows) == 1


async def test_the_ledger_has_no_value_of_a_link_or_a_session(book: Book) -> None:
    accounts = accounts_of(book)
    link = await accounts.add("Sacha Petit", READER, "Ana", DUE)
    value = await signed_in(book)

    rows = await book.ledger.database.read(
        lambda c: [*c.execute(select(session)), *c.execute(select(account))]
    )
    assert value not in repr(rows)
    assert link not in repr(rows)


async def test_roles_hold_at_once_and_an_account_goes_with_its_sessions(book: Book) -> None:
    accounts, sessions = accounts_of(book), sessions_of(book)
    value = await signed_in(book)
    await accounts.give_roles("Camille Moreau", frozenset({Role.WRITE}), "Ana", DUE)
    found = await sessions.find(value, DUE, in_use=True)
    await accounts.remove("camille moreau", "Ana", DUE)

    assert found is not None
    assert found.account.roles == {Role.WRITE}
    assert await sessions.find(value, DUE, in_use=True) is None
    assert [one.act.act for one in await book.hand.audit_entries(9)] == [
        "remove-account",
        "give-roles",
        "set-password",
        "add-account",
    ]


async def test_another_link_ends_the_password_and_the_sessions(book: Book) -> None:
    accounts, sessions = accounts_of(book), sessions_of(book)
    value = await signed_in(book)
    await accounts.renew_link("Camille Moreau", "Ana", DUE)

    assert await sessions.find(value, DUE, in_use=True) is None
    assert await accounts.password_of("Camille Moreau") is None


async def test_a_session_is_ended_by_its_owner_and_not_by_another(book: Book) -> None:
    sessions = sessions_of(book)
    value = await signed_in(book)
    (mine,) = await sessions.every(DUE)

    await sessions.end(mine.id, "Sacha", DUE, account_id=mine.account.id + 1)
    assert await sessions.find(value, DUE, in_use=True)
    await sessions.end(mine.id, "Camille", DUE, account_id=mine.account.id)
    assert await sessions.find(value, DUE, in_use=True) is None


async def test_a_change_of_key_ends_every_session(book: Book) -> None:
    value = await signed_in(book)
    renewed = SessionLedger(book.ledger.database, with_new_key(book.ledger.keys))

    assert await renewed.find(value, DUE, in_use=True) is None
