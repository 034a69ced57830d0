"""Which servers an address is delivered by, from its import to its erasure, on both databases."""

from dataclasses import replace

from sqlalchemy import Connection, update

from scheduler.domain.consent.subscriptions import Subscription
from scheduler.domain.measure.destinations import DEFAULT_GROUPS, Destinations
from scheduler.domain.message import AddressKind
from scheduler.domain.people.addresses import normalise_email
from scheduler.store.notes import forget_note
from scheduler.store.optouts.rows import address_row
from scheduler.store.people.destinations import SOME, Regrouping
from scheduler.store.people.subscriptions import SubscriptionLedger
from scheduler.store.schema.tables import address
from tests.samples.ledger import DUE, MADE, PATIENTS, STAFF, Book, person


async def groups(book: Book) -> list[str]:
    """Of the e-mail addresses, in the order they came."""
    return [row.destination for row in await book.rows(address) if row.kind == "email"]


def walk(book: Book, destinations: Destinations | None = None) -> Regrouping:
    return Regrouping(book.ledger.database, book.ledger.keys, destinations or Destinations())


async def test_an_import_says_of_each_address_where_it_goes(book: Book) -> None:
    await book.take_in(
        STAFF,
        person(1, email="anne@wanadoo.fr"),
        person(2, email="Paul@Gmail.com"),
        person(3),
        person(4, email=None),
    )

    assert await groups(book) == ["orange", "gmail", ""]
    phones = [row.destination for row in await book.rows(address) if row.kind == "phone"]
    assert set(phones) == {""}


async def test_an_address_known_from_an_opt_out_gets_its_group_when_it_is_imported(
    book: Book,
) -> None:
    write = book.ledger.database.write
    await write(address_row, book.ledger.keys, AddressKind.EMAIL, "anne@orange.fr")
    assert await groups(book) == [""]

    await book.take_in(STAFF, person(1, email="anne@orange.fr"))

    assert await groups(book) == ["orange"]


async def test_whoever_subscribes_has_a_group_too(book: Book) -> None:
    requests = SubscriptionLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)
    wish = Subscription(
        audience="patients",
        email=normalise_email("ana@laposte.net"),
        variant="fr",
        wording="J’accepte.",
        version="web-1-fr",
    )

    await requests.ask(wish, PATIENTS, MADE)

    assert await groups(book) == ["laposte"]


async def test_an_access_export_tells_it(book: Book) -> None:
    await book.take_in(STAFF, person(1, email="anne@orange.fr"), person(2, email=None))
    told = [
        (await book.people.dossier(card, "Camille", DUE))["destination_group"]
        for key in ("K1", "K2")
        for card in await book.people.find(key, None)
    ]

    assert told == ["orange", ""]


async def test_of_somebody_erased_not_even_the_servers_are_known(book: Book) -> None:
    await book.take_in(STAFF, person(1, email="anne@orange.fr"))
    (card,) = await book.people.find("K1", None)

    await book.people.erase(card, "Camille", DUE)
    assert await groups(book) == [""]

    await book.take_in(STAFF, person(1, email="anne@orange.fr"))
    await walk(book).finish()
    assert await groups(book) == [""]


async def test_groups_that_changed_reach_the_addresses_that_are_there(book: Book) -> None:
    await book.take_in(
        STAFF, person(1, email="anne@orange.fr"), person(2, email="paul@gmail.com"), person(3)
    )
    mine = replace(DEFAULT_GROUPS[0], name="ours", domains=("example.org",))
    changed = Destinations([mine, DEFAULT_GROUPS[4]])

    assert await walk(book, changed).finish() == 2
    assert await groups(book) == ["", "gmail", "ours"]
    assert await walk(book, changed).finish() == 0
    assert await walk(book).finish() == 2
    assert await groups(book) == ["orange", "gmail", ""]


async def test_a_walk_that_was_cut_short_goes_on_where_it_was(book: Book) -> None:
    people = [person(number, email=f"p{number}@free.fr") for number in range(SOME + 10)]
    await book.take_in(STAFF, *people)
    await book.ledger.database.write(forget)
    cut = walk(book)

    await cut.portion()
    assert (await groups(book)).count("free") == SOME

    assert await walk(book).finish() == 10
    assert set(await groups(book)) == {"free"}


async def test_an_import_into_a_new_ledger_leaves_nothing_to_walk(book: Book) -> None:
    await book.take_in(STAFF, person(1, email="anne@orange.fr"))

    assert await walk(book).portion() is None


async def test_a_walk_beside_another_does_not_put_it_back(book: Book) -> None:
    people = [person(number, email=f"p{number}@free.fr") for number in range(2 * SOME + 10)]
    await book.take_in(STAFF, *people)
    await book.ledger.database.write(forget)
    behind = walk(book)
    found = await book.ledger.database.read(behind._next)
    await walk(book).finish()
    assert found is not None

    await book.ledger.database.write(behind._keep, found)

    assert await walk(book).portion() is None


def forget(connection: Connection) -> None:
    """As a release that knew no groups left it."""
    connection.execute(update(address).values(destination=""))
    forget_note(connection, "destinations")
