"""Double opt-in in the ledger: nobody joins but by their own mailbox, and every step is proved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from scheduler.domain.consent.optout import by_bad_address, by_email_link
from scheduler.domain.consent.subscriptions import EVERY, MOST, VALID, Subscription, Unconfirmed
from scheduler.domain.people.addresses import normalise_email
from scheduler.store.people.subscriptions import SubscriptionLedger
from scheduler.store.schema.record_tables import subscription_request
from scheduler.store.schema.tables import address, consent, contact
from tests.samples.ledger import MADE, PATIENTS, STAFF, Book, person

SECOND = timedelta(seconds=1)
ANA = Subscription(
    audience="patients",
    email=normalise_email("Ana@example.org"),
    variant="fr-falc",
    wording="J’accepte.",
    version="web-1-fr",
)


def subscriptions(book: Book) -> SubscriptionLedger:
    return SubscriptionLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)


async def ask(book: Book, wish: Subscription = ANA) -> int:
    """The request's number."""
    assert await subscriptions(book).ask(wish, PATIENTS, MADE)
    return int((await book.rows(subscription_request))[-1].id)


async def members(book: Book) -> list[Any]:
    return [row for row in await book.rows(contact) if row.audience == "patients"]


async def test_a_request_makes_no_contact(book: Book) -> None:
    number = await ask(book)

    assert await members(book) == []
    assert await subscriptions(book).unconfirmed(MADE, 10) == [
        Unconfirmed(
            request=number,
            address=(await book.rows(address))[0].id,
            to="Ana@example.org",
            variant="fr-falc",
        )
    ]


async def test_an_address_is_written_to_once_a_day_and_not_for_ever(book: Book) -> None:
    ledger = subscriptions(book)
    taken = [await ledger.ask(ANA, PATIENTS, MADE + half * EVERY / 2) for half in range(14)]

    assert taken.count(True) == MOST
    assert taken[:6] == [True, False, True, False, True, False]


async def test_a_confirmation_is_taken_once(book: Book) -> None:
    number = await ask(book)
    ledger = subscriptions(book)

    taken = [await ledger.take(number, MADE) for _ in range(2)]
    waiting = await ledger.unconfirmed(MADE, 10)
    await ledger.give_back(number)

    assert taken == [True, False]
    assert waiting == []
    assert len(await ledger.unconfirmed(MADE, 10)) == 1
    assert await ledger.unconfirmed(MADE + EVERY, 10) == []


async def test_confirming_makes_the_contact_with_both_proofs(book: Book) -> None:
    number = await ask(book)
    later = MADE + SECOND

    assert await subscriptions(book).confirm(number, PATIENTS, later)

    (member,) = await members(book)
    assert (member.language, member.easy_to_read, member.active) == ("fr", True, True)
    assert (member.chosen_at, member.imported_at, member.import_id) == (later, later, None)
    (card,) = await book.people.find("ana@example.org", None)
    assert (card.email, card.zone) == ("Ana@example.org", PATIENTS.zone)
    assert [
        (row.act, row.wording, row.version, row.how, row.at) for row in await book.rows(consent)
    ] == [
        ("given", "J’accepte.", "web-1-fr", "web form", MADE),
        ("confirmed", "J’accepte.", "web-1-fr", "web form", later),
    ]


async def test_who_subscribed_is_planned_for(book: Book) -> None:
    number = await ask(book)
    await subscriptions(book).confirm(number, PATIENTS, MADE)

    await book.plan(audience=PATIENTS)

    assert await book.states() == {"waiting": 1}


async def test_confirming_again_adds_nothing_and_takes_back_no_later_opt_out(book: Book) -> None:
    number = await ask(book)
    ledger = subscriptions(book)
    await ledger.confirm(number, PATIENTS, MADE)
    (member,) = await members(book)
    await book.people.opt_out(member.email_id, by_email_link(MADE + SECOND, one_click=True))

    assert await ledger.confirm(number, PATIENTS, MADE + 2 * SECOND)

    assert len(await book.rows(consent)) == 2
    assert len(await book.people.opt_outs()) == 1


async def test_the_latest_act_of_somebody_opted_out_counts(book: Book) -> None:
    await book.take_in(PATIENTS, person(1, email="ana@example.org", agreed=()))
    (card,) = await book.people.find("K1", None)
    assert card.email_id is not None
    await book.people.opt_out(card.email_id, by_email_link(MADE, one_click=True))

    number = await ask(book)
    await subscriptions(book).confirm(number, PATIENTS, MADE)

    assert await book.people.opt_outs() == []
    (member,) = await members(book)
    assert member.id == card.contact
    (found,) = await book.people.find("K1", None)
    assert found.fields == card.fields
    assert [row.contact_id for row in await book.rows(consent)] == [card.contact] * 2


async def test_somebody_of_another_audience_joins_this_one_too(book: Book) -> None:
    await book.take_in(STAFF, person(1, email="ana@example.org"))

    number = await ask(book)
    await subscriptions(book).confirm(number, PATIENTS, MADE)

    assert sorted(row.audience for row in await book.rows(contact)) == ["patients", "staff"]


async def test_no_file_ends_the_membership_of_who_came_by_themselves(book: Book) -> None:
    number = await ask(book)
    await subscriptions(book).confirm(number, PATIENTS, MADE)
    await book.take_in(PATIENTS, person(1))
    rows = await book.rows(contact)

    ended = await book.contact_files.end_absent(PATIENTS, 999)

    assert ended == 1
    assert {row.import_id is None: row.active for row in await book.rows(contact)} == {
        True: True,
        False: False,
    }
    assert len(rows) == 2


async def erase(book: Book) -> None:
    await book.take_in(PATIENTS, person(1, email="ana@example.org"))
    (card,) = await book.people.find("K1", None)
    await book.people.erase(card, "Camille", MADE)


async def bounce(book: Book) -> None:
    await book.take_in(PATIENTS, person(1, email="ana@example.org"))
    (card,) = await book.people.find("K1", None)
    assert card.email_id is not None
    await book.people.opt_out(card.email_id, by_bad_address("email", MADE))


@pytest.mark.parametrize("before", [erase, bounce])
async def test_an_address_closed_for_good_is_never_written_to(
    book: Book, before: Callable[[Book], Any]
) -> None:
    await before(book)

    number = await ask(book)

    assert await subscriptions(book).unconfirmed(MADE, 10) == []
    await subscriptions(book).confirm(number, PATIENTS, MADE)
    assert len(await book.people.opt_outs()) == 1 or before is erase
    assert {row.reason for row in await book.people.opt_outs()} <= {"erased", "bounced"}


async def test_a_request_is_valid_for_a_week_for_its_own_audience(book: Book) -> None:
    number = await ask(book)
    ledger = subscriptions(book)
    last = MADE + VALID - SECOND

    assert await ledger.pending(number, last) == "fr-falc"
    assert await ledger.pending(number, MADE + VALID) is None
    assert await ledger.pending(number + 1, MADE) is None
    assert not await ledger.confirm(number, PATIENTS, MADE + VALID)
    assert not await ledger.confirm(number, replace(PATIENTS, name="others"), last)
    assert await members(book) == []
    assert await ledger.confirm(number, PATIENTS, last)


async def test_what_nobody_confirmed_is_forgotten_with_its_address(book: Book) -> None:
    number = await ask(book)
    await book.take_in(STAFF, person(1))
    ledger = subscriptions(book)
    kept = await ask(book, replace(ANA, email=normalise_email("p1@example.org")))
    await ledger.confirm(kept, PATIENTS, MADE)

    early, late = await ledger.forget(MADE + VALID - SECOND), await ledger.forget(MADE + VALID)

    assert (early, late) == (0, 1)
    assert [row.id for row in await book.rows(subscription_request)] == [kept]
    assert await ledger.pending(number, MADE) is None
    sealed = {bytes(row.digest): row.sealed for row in await book.rows(address)}
    assert sealed[book.ledger.keys.digest("email", "ana@example.org")] is None
    assert sum(value is None for value in sealed.values()) == 1
