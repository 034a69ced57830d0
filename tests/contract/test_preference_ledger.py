"""Preferences in the ledger: one transaction, the person's latest act, nothing of anybody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.domain.consent.optout import by_bad_address, by_email_link
from scheduler.domain.consent.preferences import Choices, Holder, Standing, stopped, undone
from scheduler.domain.delivery import LeftOut
from scheduler.domain.ids import AddressId, ContactId
from scheduler.store.people.preferences import PreferenceLedger
from scheduler.store.schema.tables import contact
from tests.samples.ledger import DUE, MADE, STAFF, Book, person

LATER = MADE + timedelta(hours=1)


def preferences(book: Book) -> PreferenceLedger:
    return PreferenceLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)


async def holder(book: Book, key: str = "K1", channel: str = "email") -> Holder:
    (card,) = await book.people.find(key, None)
    ledger = preferences(book)
    if channel == "sms":
        found = await ledger.holder_by_short_token(card.token)
    else:
        assert card.email_id is not None
        found = await ledger.holder_by_email(card.email_id, card.contact)
    assert found is not None
    return found


def without(*topics: str) -> Standing:
    return Standing(off=frozenset(topics))


async def leave(book: Book, one: Holder, channel: str, now_is: Standing) -> None:
    def decide(choices: Choices) -> Choices:
        return replace(choices, channels={**choices.channels, channel: now_is})

    await preferences(book).change(one, decide, LATER)


async def held(book: Book) -> list[tuple[str, str, str]]:
    return sorted((row.channel, row.scope, row.route) for row in await book.people.opt_outs())


async def test_a_holder_sees_both_channels_and_one_masked_address(book: Book) -> None:
    await book.take_in(STAFF, person(1, language="en", easy_to_read=True))

    by_email, by_sms = await holder(book), await holder(book, channel="sms")

    assert set(by_email.addresses) == set(by_sms.addresses) == {"email", "sms"}
    assert by_email.masked == "p***@e***.org"
    assert by_sms.masked == "+33***01"
    assert await preferences(book).choices(by_email) == Choices(
        channels={"email": Standing(), "sms": Standing()}, language="en", easy_to_read=True
    )


async def test_a_topic_left_stops_its_slots_and_no_other(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2))
    await leave(book, await holder(book), "email", without("october"))
    await leave(book, await holder(book, "K2"), "email", without("events"))

    await book.plan()

    assert await book.states() == {f"left-out {LeftOut.OPTED_OUT}": 1, "waiting": 1}
    assert await held(book) == [
        ("email", "events", "preferences"),
        ("email", "october", "preferences"),
    ]


async def test_the_latest_act_counts(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    one = await holder(book)
    await book.people.opt_out(one.addresses["email"], by_email_link(MADE, one_click=True))
    assert (await preferences(book).choices(one)).channels["email"].left

    await leave(book, one, "email", without("events"))
    after = await preferences(book).choices(one)
    await book.plan(due_at=DUE)

    assert after.channels["email"] == without("events")
    assert await held(book) == [("email", "events", "preferences")]
    assert await book.states() == {"waiting": 1}


async def test_everything_and_back(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    one = await holder(book)
    await leave(book, one, "email", without("events"))

    await preferences(book).change(one, stopped, LATER)
    everything = await held(book)
    await preferences(book).change(one, lambda choices: undone(choices, "email"), LATER)

    assert everything == [
        ("email", "events", "preferences"),
        ("email", "topics", "preferences"),
        ("sms", "everything", "preferences"),
    ]
    assert await held(book) == [
        ("email", "events", "preferences"),
        ("sms", "everything", "preferences"),
    ]


async def test_nothing_is_written_when_nothing_changes(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    one = await holder(book)
    await book.people.opt_out(one.addresses["email"], by_email_link(MADE, one_click=True))

    await preferences(book).change(one, lambda choices: choices, LATER)

    assert await held(book) == [("email", "topics", "one-click")]
    assert [row.chosen_at for row in await book.rows(contact)] == [None]


async def test_an_address_that_bounced_is_not_the_holders_to_mend(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    one = await holder(book)
    await book.people.opt_out(one.addresses["email"], by_bad_address("email", MADE))

    await preferences(book).change(one, stopped, LATER)
    await preferences(book).change(one, lambda choices: undone(choices, "email"), LATER)

    assert ("email", "everything", "provider") in await held(book)


async def test_a_language_once_chosen_stands_against_imports(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2))
    one = await holder(book)

    def in_english(choices: Choices) -> Choices:
        return replace(choices, language="en", easy_to_read=True)

    await preferences(book).change(one, in_english, LATER)
    await book.take_in(STAFF, person(1), person(2, language="en"))

    rows = await book.rows(contact)
    assert [(row.language, row.easy_to_read, row.chosen_at) for row in rows] == [
        ("en", True, LATER),
        ("en", False, None),
    ]


async def test_an_erased_person_leaves_no_choice_behind(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    one = await holder(book)
    await preferences(book).change(one, lambda choices: replace(choices, language="en"), LATER)
    (card,) = await book.people.find("K1", None)

    await book.people.erase(card, "Camille", LATER)

    assert one.contact is not None
    ledger = preferences(book)
    assert await ledger.holder_by_email(one.addresses["email"], one.contact) is None
    assert await ledger.holder_by_short_token(card.token) is None
    assert [row.chosen_at for row in await book.rows(contact)] == [None]


async def test_the_holder_of_a_former_address_decides_about_it_alone(book: Book) -> None:
    await book.take_in(STAFF, person(1, language="en"))
    (card,) = await book.people.find("K1", None)
    await book.take_in(STAFF, person(1, email="new@example.org", language="en"))
    assert card.email_id is not None

    found = await preferences(book).holder_by_email(card.email_id, card.contact)

    assert found == Holder(
        channel="email",
        addresses={"email": card.email_id},
        person=card.contact,
        masked="p***@e***.org",
    )
    assert (await preferences(book).choices(found)).language == "fr"
    await preferences(book).change(found, lambda one: replace(one, language="xx"), LATER)
    assert [row.language for row in await book.rows(contact)] == ["en"]


async def test_a_contact_without_a_number_has_no_short_link(book: Book) -> None:
    await book.take_in(STAFF, person(1, phone=None))
    (card,) = await book.people.find("K1", None)

    assert await preferences(book).holder_by_short_token(card.token) is None
    assert set((await holder(book)).addresses) == {"email"}


async def test_an_address_the_ledger_never_had_is_nobodys(book: Book) -> None:
    assert await preferences(book).holder_by_email(AddressId(987_654), ContactId(1)) is None


async def test_what_fails_half_way_changes_nothing(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    one = await holder(book)

    def broken(choices: Choices) -> Choices:
        return replace(stopped(choices), channels={"email": Standing(left=True), "fax": Standing()})

    with pytest.raises(KeyError):
        await preferences(book).change(one, broken, LATER)

    assert await held(book) == []
