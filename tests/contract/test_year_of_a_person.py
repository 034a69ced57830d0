"""A year on the calendar as people edit it, on both databases: what each person has after each
step is what they should have, once."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from scheduler.domain.errors import NotFound
from scheduler.flow.steering.by_hand import occurrence_to_send
from scheduler.flow.steering.send_now import bring_forward
from scheduler.store.schema.tables import contact, delivery
from tests.flow_world import MESSAGES, World, edit, open_world, utc
from tests.samples.ledger import STAFF, person

CALENDAR = """
  cybermois:
    kind: series
    topic: october
    channels: [email]
    episodes:
      un: {message: un, when: sunday-1}
      deux: {message: deux, when: sunday-2}
      trois: {message: trois, when: sunday-3}
      quatre: {message: quatre, when: sunday-4}
  atelier:
    kind: event
    topic: events
    channels: [email]
    starts: 2025-11-24T14:30
    episodes:
      invitation: {message: invitation, when: invitation}
      deplacement: {message: deplacement, when: by-hand}
"""
NAMES = ("un", "deux", "trois", "quatre", "invitation", "deplacement")
TEXTS = {
    path.replace("essai/", f"{name}/"): text.replace("title: Essai", f"title: Le {name}")
    for name in NAMES
    for path, text in MESSAGES.items()
    if path.startswith("essai/")
}
ANA, PAUL, ZOE = "p1@example.org", "p2@example.org", "p3@example.org"
#: The four Sundays, the event's invitation and what moves it.
SUNDAYS = [utc(day, 8) for day in (4, 11, 18)] + [utc(25, 9)]
HOUR = timedelta(hours=1)


async def has(world: World, **counts: int) -> None:
    """Mails of each, and as many rows: one an occurrence, with a reason where it didn't leave."""
    got = Counter(message.to for message in world.email.accepted)
    names = {"ana": ANA, "paul": PAUL, "zoe": ZOE}
    assert {name: got[names[name]] for name in counts} == counts
    rows = await world.book.rows(
        select(delivery.c.contact_id, delivery.c.occurrence_id, delivery.c.state)
    )
    assert len({(row.contact_id, row.occurrence_id) for row in rows}) == len(rows)
    sent = Counter(row.contact_id for row in rows if row.state == "sent")
    people = await world.book.rows(select(contact.c.id).order_by(contact.c.id))
    by_id = dict(zip([row.id for row in people], names, strict=False))
    assert {by_id[one]: number for one, number in sent.items()} == {
        name: number for name, number in counts.items() if number
    }


async def edited(world: World, old: str, new: str, now: datetime) -> None:
    edit(world.config, old, new)
    world.read_again()
    await world.at(now)
    await world.at(now + timedelta(minutes=5))


async def by_hand(world: World, episode: str, now: datetime) -> None:
    app = world.app
    one = occurrence_to_send(app.agenda, "atelier", episode, "", now.date())
    await bring_forward(app.agenda, app.ledger, app.hand, one, ["staff"], "Camille", now)
    await world.at(now)


async def test_each_person_has_what_they_should_after_each_edit(
    ledger_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "house"
    folder.mkdir()
    async with open_world(folder, CALENDAR, messages=TEXTS, url=ledger_url) as world:
        await world.book.take_in(STAFF, person(1, phone=None), person(2, phone=None))
        templates = folder / "templates"

        # An event dated in the past by mistake: nothing leaves, by hand neither.
        await world.at(utc(1, 8))
        with pytest.raises(NotFound, match="its event was on"):
            await by_hand(world, "invitation", utc(1, 9))
        await has(world, ana=0, paul=0)

        await world.at(SUNDAYS[0])
        await has(world, ana=1, paul=1)

        # Another name, without a word and with one.
        await edited(world, "      un: {", "      porte: {", SUNDAYS[0] + HOUR)
        await has(world, ana=1, paul=1)
        await edited(world, "porte: {", "porte: {was: un, ", SUNDAYS[0] + 3 * HOUR)
        await has(world, ana=1, paul=1)
        assert await world.alarms() == []

        # What is no text lies in the folder.
        for name in ("Thumbs.db", "email.fr.md~", "Copie de email.fr.md"):
            (templates / "deux" / name).write_bytes(b"\0")
        world.read_again()
        await world.at(SUNDAYS[1])
        await has(world, ana=2, paul=2)

        # Sent already, it is given another name and another Sunday.
        await edited(
            world, "deux: {message: deux, when: sunday-2}", "cle: {message: deux, when: sunday-3}",
            SUNDAYS[1] + HOUR,
        )  # fmt: skip
        await has(world, ana=2, paul=2)
        await edited(
            world, "cle: {message: deux, when: sunday-3}", "deux: {message: deux, when: sunday-2}",
            SUNDAYS[1] + 3 * HOUR,
        )  # fmt: skip

        # A text broken on the day, and mended.
        text = templates / "trois/email.fr.md"
        whole = text.read_text(encoding="utf-8")
        text.write_text(whole.replace("{{ prenom", "{{ surname"), encoding="utf-8")
        world.read_again()
        await world.at(SUNDAYS[2])
        await has(world, ana=2, paul=2)
        text.write_text(whole, encoding="utf-8")
        world.read_again()
        await world.at(SUNDAYS[2] + 2 * HOUR)
        await world.at(SUNDAYS[2] + 3 * HOUR)
        await has(world, ana=3, paul=3)

        # One leaves the audience, and one comes.
        await world.book.contact_files.end_named(STAFF, ["K2"], SUNDAYS[2] + 4 * HOUR)
        await world.book.take_in(STAFF, person(3, phone=None), at=SUNDAYS[2] + 4 * HOUR)
        await world.at(SUNDAYS[3])
        await has(world, ana=4, paul=3, zoe=1)

        # The date mended, the invitation leaves on its day.
        await edited(world, "2025-11-24", "2026-11-24", utc(27, 9))
        await has(world, ana=4, paul=3, zoe=1)
        await world.at(utc(3, 9, month=11))
        await has(world, ana=5, paul=3, zoe=2)

        # Moved: those who were invited hear of it, once; who comes back meanwhile wasn't.
        await world.book.take_in(STAFF, person(2, phone=None), at=utc(5, 9, month=11))
        await edited(world, "2026-11-24", "2026-12-08", utc(10, 9, month=11))
        await by_hand(world, "deplacement", utc(10, 10, month=11))
        await by_hand(world, "deplacement", utc(10, 11, month=11))
        await has(world, ana=6, paul=3, zoe=3)

        # Under another name and date at once, nobody is invited again.
        await edited(world, "  atelier:\n", "  atelier-noel:\n", utc(11, 9, month=11))
        await edited(world, "2026-12-08", "2026-12-15", utc(12, 9, month=11))
        for day in (17, 24):
            await world.at(utc(day, 9, month=11))
        await has(world, ana=6, paul=3, zoe=3)
        assert await world.alarms() == ["renamed atelier-noel/invitation/2026-11-24"]


async def test_an_hour_or_a_date_moved_to_and_fro_sends_once(
    ledger_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "house"
    folder.mkdir()
    async with open_world(folder, CALENDAR, messages=TEXTS, url=ledger_url) as world:
        await world.book.take_in(STAFF, person(1, phone=None), person(2, phone=None))
        sunday = SUNDAYS[0]

        # Later on the day itself, then earlier again once it has left, and off and on.
        await edited(world, "when: sunday-1", 'when: sunday-1, at: "15:00"', sunday - HOUR)
        await world.at(sunday + HOUR)
        await has(world, ana=0, paul=0)
        await world.at(utc(4, 13))
        await has(world, ana=1, paul=1)
        await edited(world, 'at: "15:00"', 'at: "09:30"', utc(4, 13, 30))
        await edited(world, 'at: "09:30"', 'at: "17:00"', utc(4, 14))
        await world.at(utc(4, 15, 1))
        await has(world, ana=1, paul=1)
        series, off = "    kind: series\n", "    kind: series\n    enabled: false\n"
        await edited(world, series, off, utc(4, 15, 30))
        await edited(world, off, series, utc(4, 15, 40))
        await has(world, ana=1, paul=1)

        # The event: a date to come, to the past before anything left, and back.
        await edited(world, "2025-11-24", "2026-11-24", utc(5, 9))
        await edited(world, "2026-11-24", "2025-11-24", utc(6, 9))
        await edited(world, "2025-11-24", "2026-11-24", utc(7, 9))
        await world.at(utc(3, 9, month=11))
        # To the past once it has left, and back: what each was sent, they were sent.
        await edited(world, "2026-11-24", "2025-11-24", utc(4, 9, month=11))
        await edited(world, "2025-11-24", "2026-11-24", utc(5, 9, month=11))
        await world.at(utc(10, 9, month=11))
        await world.at(utc(17, 9, month=11))
        await has(world, ana=2, paul=2)
