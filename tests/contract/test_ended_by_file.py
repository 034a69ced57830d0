"""Who leaves an audience because a file says so, and addresses that a death closed."""

from datetime import timedelta

from scheduler.domain.consent.optout import Reason, by_death
from scheduler.domain.message import AddressKind
from tests.samples.ledger import MADE, PATIENTS, STAFF, Book, person


async def test_those_named_leave_and_nobody_else_does(book: Book) -> None:
    await book.take_in(STAFF, *(person(one) for one in range(1, 4)))
    await book.take_in(PATIENTS, person(1))
    files = book.contact_files

    ended = await files.end_named(STAFF, [person(1).key, person(2).key, "nobody"], MADE)
    again = await files.end_named(STAFF, [person(1).key], MADE)

    assert (ended, again) == (2, 0)
    assert await files.end_named(STAFF, [], MADE) == 0
    assert await files.count_active(STAFF) == 1
    assert await files.count_active(PATIENTS) == 1


async def test_a_death_closes_an_address_once_and_no_way_back_of_one_s_own_lifts_it(
    book: Book,
) -> None:
    identity = "veuf@example.org"
    people = book.people

    first = await people.opt_out_identity(AddressKind.EMAIL, identity, by_death(MADE))
    second = await people.opt_out_identity(AddressKind.EMAIL, identity, by_death(MADE))
    lifted = await people.lift(AddressKind.EMAIL, identity, "all", MADE + timedelta(days=1))

    assert (first, second, lifted) == (True, False, 0)
    assert [one.reason for one in await people.opt_outs()] == [Reason.DECEASED]
    assert await people.has_opted_out(AddressKind.EMAIL, identity, "sms")
