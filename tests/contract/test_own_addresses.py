"""Where people of the desk get trials, on each of the two databases."""

from sqlalchemy import update

from scheduler.domain.message import AddressKind
from scheduler.domain.roles import Role
from scheduler.store.accounts.accounts import AccountLedger
from scheduler.store.accounts.outside_accounts import OutsideLedger
from scheduler.store.accounts.own_addresses import OwnAddressLedger
from scheduler.store.keys.sealing import make_keys
from scheduler.store.schema.desk_tables import own_address
from tests.samples.ledger import DUE, Book

ME, NUMBER = "camille@example.org", "+33639980000"
READER = frozenset({Role.READ})


def addresses_of(book: Book) -> OwnAddressLedger:
    return OwnAddressLedger(book.ledger.database, book.ledger.keys)


async def acts(book: Book) -> list[tuple[str, str, str, object]]:
    entries = [one.act for one in await book.hand.audit_entries(9)]
    return [(one.actor, one.act, one.subject, one.detail) for one in reversed(entries)]


async def test_one_of_each_kind_is_kept_sealed_and_noted_without_itself(book: Book) -> None:
    mine = addresses_of(book)
    await mine.put("Camille Moreau", AddressKind.EMAIL, "avant@example.org", "Ana", DUE)
    for _ in range(2):
        await mine.put("Camille Moreau", AddressKind.EMAIL, ME, "Ana", DUE)
    await mine.put("Camille Moreau", AddressKind.PHONE, NUMBER, "Ana", DUE)

    assert await mine.of("camille  MOREAU") == {AddressKind.EMAIL: ME, AddressKind.PHONE: NUMBER}
    assert await mine.of("Luc") == await mine.of("") == {}
    assert await mine.noted() == {"camillemoreau"}
    rows = await book.rows(own_address)
    assert len(rows) == 2
    assert not any(b"camille@" in row.sealed for row in rows)
    told = await acts(book)
    assert [one[1] for one in told] == ["set-own-address"] * 3
    assert "example.org" not in repr(told)
    assert told[0][3] == {"kind": "email", "there": "yes"}


async def test_it_is_taken_away_by_hand_and_with_its_account(book: Book) -> None:
    mine = addresses_of(book)
    accounts = AccountLedger(book.ledger.database, book.ledger.keys)
    await accounts.add("Camille", READER, "Ana", DUE)
    await mine.put("Camille", AddressKind.EMAIL, ME, "Ana", DUE)
    await mine.put("Camille", AddressKind.EMAIL, "", "Ana", DUE)
    assert await mine.of("Camille") == {}

    await mine.put("Camille", AddressKind.EMAIL, ME, "Ana", DUE)
    await accounts.remove("Camille", "Ana", DUE)

    assert await book.rows(own_address) == []


async def test_a_row_that_was_moved_to_another_name_or_keys_opens_nothing(book: Book) -> None:
    mine = addresses_of(book)
    await mine.put("Camille", AddressKind.EMAIL, ME, "Ana", DUE)

    other = OwnAddressLedger(book.ledger.database, make_keys())
    assert await other.of("Camille") == {}
    await book.ledger.database.write(
        lambda connection: connection.execute(update(own_address).values(folded="luc"))
    )
    assert await mine.of("Luc") == {}


async def test_a_provider_that_has_proven_it_says_it_at_each_sign_in(book: Book) -> None:
    outside = OutsideLedger(book.ledger.database, book.ledger.keys)
    await outside.enter("issuer 1", "Camille", READER, "", "", DUE, ME)
    await outside.enter("issuer 1", "Un autre nom", READER, "", "", DUE, "")

    assert await addresses_of(book).of("Camille") == {AddressKind.EMAIL: ME}
    assert await addresses_of(book).of("Un autre nom") == {}
