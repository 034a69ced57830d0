"""A merger gives new keys and new addresses at once: whoever objected is told by their name."""

from dataclasses import replace
from pathlib import Path

from scheduler.domain.calendar.campaigns import Audience, AudienceField
from scheduler.domain.consent.optout import by_bounce, by_email_link
from scheduler.domain.people.contacts import Row, Told
from scheduler.domain.people.imports import ImportStart
from scheduler.flow.people.import_report import ImportReport
from scheduler.flow.people.importing import import_contacts
from tests.flow_world import EVENT, World, open_world
from tests.samples.ledger import MADE, STAFF, person
from tests.unit.flow.test_importing import Rows

NAMED = replace(STAFF, fields=(*STAFF.fields, AudienceField(name="nom", label="Nom")))


def one(number: int, first: str, last: str, *, key: str = "", email: str = "") -> Row:
    fields = {"prenom": first, "nom": last} if last else {"prenom": first}
    return person(number, key=key, email=email, phone=None, fields=fields)


async def take(world: World, *rows: Row, audience: Audience = NAMED) -> ImportReport:
    start = ImportStart(
        audience=audience, file_hash="d" * 64, origin="essai", basis="contract", mode="add"
    )
    return await import_contacts(Rows(*rows), world.app.contact_files, start, world.clock)


async def object_to_all(world: World, key: str) -> None:
    (card,) = await world.app.people.find(key, None)
    assert card.email_id is not None
    act = by_email_link(MADE, one_click=True, person=card.contact)
    await world.app.people.opt_out(card.email_id, act)


async def test_who_objected_is_told_by_name_after_a_merger(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await take(world, one(1, "Zoé", "Le Goff"), one(2, "Léa", "Petit"), one(3, "Luc", "Roy"))
        await object_to_all(world, "K1")
        merged = [
            one(11, "ZOE", "LE-GOFF", key="AB-1", email="zoe.legoff@ab.example"),
            one(12, "Léa", "Petit", key="AB-2", email="lea.petit@ab.example"),
            one(13, "Zoé", "Roy", key="AB-3", email="zoe.roy@ab.example"),
        ]

        first = await take(world, *merged)
        again = await take(world, *merged)

        assert (first.added, first.notes.counts) == (3, {Told.NAMESAKE: 1})
        assert first.notes.rows == {Told.NAMESAKE: [11]}
        assert again.notes.counts == {}, "looked at when they came"


async def test_whom_the_objection_follows_is_no_namesake(tmp_path: Path) -> None:
    """The same key at a new address, the same address under a new key."""
    async with open_world(tmp_path, EVENT) as world:
        await take(world, one(1, "Zoé", "Petit"))
        await object_to_all(world, "K1")

        report = await take(
            world,
            one(1, "Zoé", "Petit", email="zoe.petit@ab.example"),
            one(2, "Zoé", "Petit", key="AB-1", email="p1@example.org"),
        )

        assert report.notes.counts == {}
        assert (report.refusing, report.opted_out) == (1, 1)


async def test_a_first_name_is_nobodys_and_a_bounce_no_objection(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await take(world, one(1, "Zoé", ""), one(2, "Luc", "Roy"))
        await object_to_all(world, "K1")
        (card,) = await world.app.people.find("K2", None)
        assert card.email_id is not None
        await world.app.people.opt_out(card.email_id, by_bounce(MADE))

        report = await take(
            world,
            one(11, "Zoé", "", key="AB-1", email="zoe@ab.example"),
            one(12, "Luc", "Roy", key="AB-2", email="luc@ab.example"),
        )

        assert report.notes.counts == {}
        two = one(13, "Marie Claire", "", key="AB-3", email="mc@ab.example")
        await take(world, one(3, "Marie Claire", "", email="m@a.example"), audience=STAFF)
        await object_to_all(world, "K3")
        assert (await take(world, two, audience=STAFF)).notes.counts == {}


async def test_where_nobody_is_asked_no_agreement_is_lacking(tmp_path: Path) -> None:
    unasked = replace(NAMED, channels={"email": NAMED.channels["email"]})
    async with open_world(tmp_path, EVENT) as world:
        row = replace(one(1, "Zoé", "Le Goff"), proofs={})

        assert (await take(world, row, audience=unasked)).without_proof == {}
        assert (await take(world, row)).without_proof == {"sms": 1}
