"""An objection is a person's and an address's: whom it bars, whom not, and who reopens it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import insert, select

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.consent.optout import (
    by_bad_address,
    by_email_link,
    by_operator,
    by_short_link,
    by_sms,
)
from scheduler.domain.consent.preferences import stopped, undone
from scheduler.domain.message import AddressKind
from scheduler.domain.people.person import ContactCard
from scheduler.store.people.preferences import PreferenceLedger
from scheduler.store.schema.tables import consent, contact, delivery, suppression
from tests.samples.ledger import DUE, MADE, PATIENTS, STAFF, Book, person

HOUR = timedelta(hours=1)
NOON = MADE + HOUR
SHARED = "+33639989000"
#: Nobody is asked for consent: opt-outs alone decide.
OPEN = replace(
    PATIENTS,
    channels={name: replace(one, basis="public-task") for name, one in STAFF.channels.items()},
)


async def card_of(book: Book, key: str) -> ContactCard:
    (card,) = await book.people.find(key, None)
    return card


async def fates(
    book: Book, channel: str = "email", audience: Audience = STAFF
) -> Mapping[str, str]:
    """What becomes of each contact of an audience in an occurrence, by their file's key."""
    await book.plan(channel, audience)
    statement = select(delivery, contact.c.id.label("person")).join(
        contact, contact.c.id == delivery.c.contact_id
    )
    named = {card.contact: card.key async for card in book.people.contacts(audience.source)}
    return {
        named.get(row.person, str(row.person)): row.reason or row.state
        for row in await book.rows(statement.where(delivery.c.channel == channel))
    }


async def click(book: Book, card: ContactCard, at: datetime = NOON) -> None:
    """The link of a message that was made for somebody."""
    assert card.email_id is not None
    act = by_email_link(at, one_click=True, person=card.contact)
    await book.people.opt_out(card.email_id, act)


async def agree(book: Book, card: ContactCard, at: datetime, *, channel: str = "email") -> None:
    """A proof of their own for the address they have."""
    address_id = card.email_id if channel == "email" else card.phone_id
    proof = {
        "contact_id": card.contact,
        "address_id": address_id,
        "channel": channel,
        "act": "given",
        "wording": "J’accepte.",
        "how": "papier",
        "at": at,
        "recorded_at": at,
    }
    await book.ledger.database.write(lambda one: one.execute(insert(consent).values(proof)))


async def test_it_follows_a_person_to_a_new_address(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2))
    await click(book, await card_of(book, "K1"))

    await book.take_in(
        STAFF, person(1, email="new1@example.org"), person(2, email="new2@example.org")
    )

    assert await fates(book) == {"K1": "opted-out", "K2": "waiting"}


async def test_it_is_the_one_holder_s_when_only_the_address_is_told(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    act = by_operator("email", NOON)
    await book.people.opt_out_identity(AddressKind.EMAIL, "p1@example.org", act)

    await book.take_in(STAFF, person(1, email="new1@example.org"))

    assert await fates(book) == {"K1": "opted-out"}


async def test_it_bars_the_address_to_whoever_has_it_next(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await click(book, await card_of(book, "K1"))

    await book.take_in(
        STAFF, person(1, email="new1@example.org"), person(2, email="p1@example.org")
    )

    assert await fates(book) == {"K1": "opted-out", "K2": "opted-out"}


async def test_it_never_passes_to_a_new_address_s_other_readers(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2))
    await click(book, await card_of(book, "K1"))

    await book.take_in(STAFF, person(1, email="p2@example.org"))

    assert await fates(book) == {"K1": "opted-out", "K2": "waiting"}


async def test_it_never_passes_from_a_shared_number_to_the_sharers_own_addresses(
    book: Book,
) -> None:
    await book.take_in(OPEN, person(1, phone=SHARED), person(2, phone=SHARED))
    await book.people.opt_out_identity(AddressKind.PHONE, SHARED, by_operator("all", NOON))

    assert await fates(book, "email", OPEN) == {"K1": "waiting", "K2": "waiting"}
    assert await fates(book, "sms", OPEN) == {"K1": "opted-out", "K2": "opted-out"}
    await book.take_in(OPEN, person(1, phone="+33639989001"))
    assert [row.contact_id for row in await book.rows(suppression)] == [None]


async def test_by_a_link_on_a_shared_number_it_is_that_person_s(book: Book) -> None:
    await book.take_in(OPEN, person(1, phone=SHARED), person(2, phone=SHARED))
    first = await card_of(book, "K1")
    assert first.phone_id is not None
    await book.people.opt_out(first.phone_id, by_short_link(NOON, first.contact))

    await book.take_in(OPEN, person(1, phone="+33639989001"), person(2, phone="+33639989002"))

    assert await fates(book, "sms", OPEN) == {"K1": "opted-out", "K2": "waiting"}


async def test_one_person_in_two_audiences_is_one_person(book: Book) -> None:
    name = {"prenom": "Zoé", "nom": "Le Goff"}
    anne = person(1, fields=name)
    await book.take_in(STAFF, anne)
    await book.take_in(OPEN, replace(anne, key="R1", fields={"prenom": "ZOE"}))
    act = by_operator("email", NOON)
    await book.people.opt_out_identity(AddressKind.EMAIL, "p1@example.org", act)

    await book.take_in(STAFF, person(1, email="a@example.org", fields=name))
    await book.take_in(OPEN, person(1, key="R1", email="b@example.org", fields=name))

    assert await fates(book, "email", STAFF) == {"K1": "opted-out"}
    assert (await fates(book, "email", OPEN))["R1"] == "opted-out"


async def test_a_bounce_is_the_address_s_and_goes_with_nobody(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    card = await card_of(book, "K1")
    assert card.email_id is not None
    await book.people.opt_out(card.email_id, by_bad_address("email", NOON))

    await book.take_in(STAFF, person(1, email="new1@example.org"))

    assert await fates(book) == {"K1": "waiting"}


async def test_a_later_proof_of_one_s_own_reopens_the_address_for_that_person_alone(
    book: Book,
) -> None:
    home = "maison@example.org"
    await book.take_in(OPEN, person(1, email=home), person(2, email=home), person(3, email=home))
    await click(book, await card_of(book, "K1"))
    await agree(book, await card_of(book, "K2"), NOON + HOUR)
    await agree(book, await card_of(book, "K3"), NOON - HOUR)

    assert await fates(book, "email", OPEN) == {
        "K1": "opted-out",
        "K2": "waiting",
        "K3": "opted-out",
    }


async def test_a_proof_for_another_address_reopens_nothing(book: Book) -> None:
    await book.take_in(OPEN, person(1))
    await click(book, await card_of(book, "K1"))
    await agree(book, await card_of(book, "K1"), NOON + HOUR)

    await book.take_in(OPEN, person(1, email="new1@example.org"))

    assert await fates(book, "email", OPEN) == {"K1": "opted-out"}


async def test_a_withdrawn_proof_reopens_nothing(book: Book) -> None:
    await book.take_in(OPEN, person(1))
    card = await card_of(book, "K1")
    await click(book, card)
    await agree(book, card, NOON + HOUR)
    withdrawn = {
        "contact_id": card.contact,
        "channel": "email",
        "act": "withdrawn",
        "how": "papier",
        "wording": "",
        "at": NOON + 2 * HOUR,
        "recorded_at": NOON,
    }
    await book.ledger.database.write(lambda one: one.execute(insert(consent).values(withdrawn)))

    assert await fates(book, "email", OPEN) == {"K1": "opted-out"}


async def test_who_reopened_may_say_no_again(book: Book) -> None:
    await book.take_in(OPEN, person(1))
    card = await card_of(book, "K1")
    await click(book, card)
    await agree(book, card, NOON + HOUR)

    await click(book, card, NOON + 2 * HOUR)
    await click(book, card, NOON + 3 * HOUR)

    assert await fates(book, "email", OPEN) == {"K1": "opted-out"}
    assert len(await book.rows(suppression)) == 2


async def test_at_the_intent_it_is_asked_again_of_the_person(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2))
    await book.plan("email", STAFF)
    claim = await book.claim()
    old = await card_of(book, "K1")
    await book.take_in(STAFF, person(1, email="new1@example.org"))
    # Through a message of last month, to the address of last month.
    await click(book, await card_of(book, "K1"))

    ids = [row.id for row in await book.rows(delivery)]
    taken = await book.ledger.take_intents(claim, ids, DUE)

    assert len(taken) == 1
    rows = await book.rows(delivery)
    assert {row.reason for row in rows if row.contact_id == old.contact} == {"opted-out"}


async def test_somebody_else_at_the_address_isn_t_kept_from_it_as_a_duplicate(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2))
    await click(book, await card_of(book, "K1"))
    await book.take_in(STAFF, person(1, email="p2@example.org"))

    assert (await fates(book))["K2"] == "waiting"


# A way back


async def test_a_way_back_ends_one_s_own_and_not_another_s(book: Book) -> None:
    home = "maison@example.org"
    await book.take_in(STAFF, person(1, email=home), person(2, email=home))
    first, second = await card_of(book, "K1"), await card_of(book, "K2")
    await click(book, first)
    await click(book, second)

    ended = await book.people.lift(AddressKind.EMAIL, home, "email", NOON + HOUR, second.contact)

    assert ended == 2
    assert await fates(book) == {"K1": "opted-out", "K2": "waiting"}
    await click(book, second, NOON + 2 * HOUR)
    assert await book.people.has_opted_out(AddressKind.EMAIL, home, "email")


async def test_nobody_by_name_ends_nothing_of_a_person_s(book: Book) -> None:
    home = "maison@example.org"
    await book.take_in(STAFF, person(1, email=home), person(2, email=home))
    await click(book, await card_of(book, "K1"))

    assert await book.people.lift(AddressKind.EMAIL, home, "email", NOON + HOUR) == 0


async def test_a_way_back_at_the_new_address_is_a_way_back(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await click(book, await card_of(book, "K1"))
    await book.take_in(STAFF, person(1, email="new1@example.org"))

    ended = await book.people.lift(AddressKind.EMAIL, "new1@example.org", "email", NOON + HOUR)

    assert ended == 1
    assert await fates(book) == {"K1": "waiting"}


async def test_the_page_of_one_sharer_speaks_for_them_alone(book: Book) -> None:
    await book.take_in(OPEN, person(1, phone=SHARED), person(2, phone=SHARED))
    page = PreferenceLedger(book.ledger.database, book.ledger.keys, book.ledger.optouts)
    card = await card_of(book, "K1")
    assert card.email_id is not None
    holder = await page.holder_by_email(card.email_id, card.contact)
    assert holder is not None
    other = await page.holder_by_short_token((await card_of(book, "K2")).token)
    assert other is not None

    await page.change(holder, stopped, NOON)

    assert (await page.choices(holder)).channels["email"].left
    assert not (await page.choices(other)).channels["email"].left
    assert (await page.choices(other)).channels["sms"].left, "the number is closed to both"
    await page.change(other, lambda one: undone(one, "sms"), NOON + HOUR)
    assert not (await page.choices(other)).channels["sms"].left
    assert (await page.choices(holder)).channels["sms"].left
    assert await fates(book, "sms", OPEN) == {"K1": "opted-out", "K2": "waiting"}


# What people are told


async def test_the_second_sharer_s_dossier_doesn_t_say_that_they_asked(book: Book) -> None:
    await book.take_in(OPEN, person(1, phone=SHARED), person(2, phone=SHARED))
    first = await card_of(book, "K1")
    assert first.phone_id is not None
    await book.people.opt_out(first.phone_id, by_short_link(NOON, first.contact))
    await book.people.opt_out_identity(AddressKind.PHONE, SHARED, by_sms(NOON))

    said = {}
    for key in ("K1", "K2"):
        found = await book.people.dossier(await card_of(book, key), "Camille", NOON)
        said[key] = [(one["route"], one["by"]) for one in found["opt_outs"]]

    assert said["K1"] == [("short-link", "person"), ("sms", "address")]
    assert said["K2"] == [("short-link", "address"), ("sms", "address")]


async def test_an_import_can_tell_whose_opt_out_it_kept(book: Book) -> None:
    await book.take_in(STAFF, person(1), person(2))
    await click(book, await card_of(book, "K1"))
    moved = person(1, email="new1@example.org")

    assert await book.contact_files.count_opted_out([moved, person(2)]) == 0
    assert await book.contact_files.count_refusing(STAFF, ["K1", "K2", "K3"]) == 1
    assert await book.contact_files.count_refusing(OPEN, ["K1"]) == 0


async def test_a_trial_asks_the_person_too(book: Book) -> None:
    await book.take_in(STAFF, person(1))
    await click(book, await card_of(book, "K1"))
    await book.take_in(STAFF, person(1, email="new1@example.org"))

    assert await book.people.has_opted_out(AddressKind.EMAIL, "new1@example.org", "email")
    assert not await book.people.has_opted_out(AddressKind.PHONE, "+33639980001", "sms")
