"""A second code and the address of an agenda, on each of the two databases."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from scheduler.domain.roles import Role
from scheduler.domain.second_code import STEP, code_at, step_of
from scheduler.store.accounts.accounts import AccountLedger
from scheduler.store.accounts.own_account import OwnAccountLedger
from scheduler.store.accounts.sessions import SessionLedger
from scheduler.store.keys.sealing import make_keys
from scheduler.store.schema.desk_tables import account
from tests.samples.ledger import DUE, Book

READER = frozenset({Role.READ})


def own_of(book: Book) -> OwnAccountLedger:
    return OwnAccountLedger(book.ledger.database, book.ledger.keys)


async def account_of(book: Book, name: str = "Camille Moreau") -> int:
    accounts = AccountLedger(book.ledger.database, book.ledger.keys)
    link = await accounts.add(name, READER, "Ana", DUE)
    number = await accounts.set_password(link, "hash", DUE)
    assert number is not None
    return number


async def with_code(book: Book, number: int) -> bytes:
    own = own_of(book)
    await own.begin_code(number)
    mine = await own.of(number)
    assert mine is not None
    assert mine.begun is not None
    assert await own.prove_code(number, code_at(mine.begun, step_of(DUE)), DUE)
    return mine.begun


async def test_a_code_is_asked_for_once_it_is_proven(book: Book) -> None:
    own, number = own_of(book), await account_of(book)
    await own.begin_code(number)
    mine = await own.of(number)
    assert mine is not None
    assert mine.begun is not None
    wrong = await own.prove_code(number, "000000", DUE)
    before = await own.asks_for_code(number), await own.passes(number, "", DUE)
    proven = await own.prove_code(number, code_at(mine.begun, step_of(DUE)), DUE)
    after = await own.of(number)
    assert after is not None

    assert (wrong, before, proven) == (False, (False, True), True)
    assert (after.has_code, after.begun) == (True, None)
    assert await own.asks_for_code(number)
    assert not await own.passes(number, "", DUE)


async def test_the_account_s_other_sessions_end_with_a_proof(book: Book) -> None:
    own, number, other = own_of(book), await account_of(book), await account_of(book, "Sacha Petit")
    sessions = SessionLedger(book.ledger.database, book.ledger.keys)
    values = [await sessions.sign_in(one, "", DUE) for one in (number, number, other)]
    found = [await sessions.find(one or "", DUE, in_use=False) for one in values]
    assert found[0] is not None
    await own.begin_code(number)
    mine = await own.of(number)
    assert mine is not None
    assert mine.begun is not None
    wrong = await own.prove_code(number, "000000", DUE, found[0].id)
    before = len(await sessions.every(DUE))
    proven = await own.prove_code(number, code_at(mine.begun, step_of(DUE)), DUE, found[0].id)
    still = [await sessions.find(one or "", DUE, in_use=False) is not None for one in values]

    assert (wrong, before, proven) == (False, 3, True)
    assert still == [True, False, True]


async def test_of_two_at_once_with_one_code_one_is_let_in(book: Book) -> None:
    own, number = own_of(book), await account_of(book)
    secret = await with_code(book, number)
    later = DUE + STEP
    code = code_at(secret, step_of(later))
    both = await asyncio.gather(*(own.passes(number, code, later) for _ in range(4)))

    assert sorted(both) == [False, False, False, True]
    assert not await own.passes(number, code, later)
    # The one that proved it is used as well.
    assert not await own.passes(number, code_at(secret, step_of(DUE)), DUE)


async def test_a_proven_code_is_not_begun_anew_nor_proven_by_another(book: Book) -> None:
    own, number = own_of(book), await account_of(book)
    secret = await with_code(book, number)
    await own.begin_code(number)
    later = DUE + STEP

    assert not await own.prove_code(number, code_at(secret, step_of(later)), later)
    assert await own.passes(number, code_at(secret, step_of(later)), later)


async def test_its_holder_removes_it_with_a_code_and_an_operator_by_a_new_link(book: Book) -> None:
    own, number = own_of(book), await account_of(book)
    accounts = AccountLedger(book.ledger.database, book.ledger.keys)
    secret = await with_code(book, number)
    later = DUE + STEP
    without = await own.remove_code(number, "000000", later)
    removed = await own.remove_code(number, code_at(secret, step_of(later)), later)
    again = await with_code(book, number)
    await accounts.renew_link("Camille Moreau", "Ana", DUE)

    assert (without, removed, await own.asks_for_code(number)) == (False, True, False)
    assert again != secret
    with_row = await own.of(number)
    assert with_row is not None
    assert with_row.begun is None


async def test_the_secret_is_sealed_and_bound_to_its_account(book: Book) -> None:
    own, number = own_of(book), await account_of(book)
    secret = await with_code(book, number)
    other = await account_of(book, "Sacha Petit")
    keys = select(account.c.code_key).where(account.c.id == number)
    sealed = await book.ledger.database.read(lambda c: c.execute(keys).scalar_one())
    assert sealed is not None

    def lend(connection: object) -> None:
        connection.execute(  # type: ignore[attr-defined]
            account.update().where(account.c.id == other).values(code_key=sealed, code_since=DUE)
        )

    await book.ledger.database.write(lend)
    later = DUE + STEP
    strange = OwnAccountLedger(book.ledger.database, make_keys())

    assert secret not in sealed
    assert not await own.passes(other, code_at(secret, step_of(later)), later)
    # Without its keys nobody gets in, and nothing breaks.
    assert not await strange.passes(number, code_at(secret, step_of(later)), later)


async def test_an_address_of_the_agenda_is_renewed_and_ended(book: Book) -> None:
    own, number = own_of(book), await account_of(book)
    accounts = AccountLedger(book.ledger.database, book.ledger.keys)
    first = await own.make_agenda(number, DUE)
    second = await own.make_agenda(number, DUE)
    assert first
    assert second
    opened = [await own.opens_agenda(one) for one in (first, second, "", "x")]
    await own.end_agenda(number, "Ana", DUE)
    ended = await own.opens_agenda(second)
    third = await own.make_agenda(number, DUE)
    assert third
    await accounts.remove("Camille Moreau", "Ana", DUE + timedelta(minutes=1))

    assert opened == [False, True, False, False]
    assert not ended
    assert not await own.opens_agenda(third)
    assert await own.make_agenda(number, DUE) is None
    assert not await own.opens_agenda("")
