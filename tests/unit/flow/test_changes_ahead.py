"""What a change of the calendar would come to, told before anybody says yes; nothing is written."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from scheduler.bootstrap.writing.changing import count_ahead, look_ahead, standing_now
from scheduler.domain.calendar.changes import Change
from scheduler.flow.steering.change_forecast import ChangeForecast
from scheduler.store.schema.tables import occurrence
from tests.flow_world import MESSAGES, REMINDERS, SERIES, World, open_world, utc
from tests.samples.changes import at_hour, created, moved, on_day, skipped, switched
from tests.samples.ledger import REUNION, STAFF, person

EVENT = """
  webinaire:
    kind: event
    topic: events
    channels: [email]
    starts: 2026-11-10T14:30
    episodes:
      invitation: {message: essai, when: invitation}
      j-7: {message: essai, when: j-7}
      merci: {message: essai, when: thanks}
"""
OFF = REMINDERS.replace("    kind:", "    enabled: false\n    kind:")
SEPTEMBER = utc(10, 8, month=9)
UNINVITED = "à qui l'invitation ne sera pas parvenue"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, REMINDERS + EVENT) as opened:
        await opened.book.take_in(STAFF, person(1), person(2, place=REUNION))
        opened.clock.now = SEPTEMBER
        yield opened


async def ahead(world: World, change: Change) -> ChangeForecast:
    app, _, standing = await standing_now(world.app)
    return (await look_ahead(app, standing, change))[1]


async def told(world: World, change: Change) -> str:
    return "\n".join((await ahead(world, change)).conflicts)


async def test_a_date_too_near_for_its_invitation_says_who_gets_thanks_unasked(
    world: World,
) -> None:
    near = await told(world, moved("2026-09-22T14:30"))
    in_time = await told(world, moved("2026-11-12T14:30"))

    assert "« Essai » du mardi 1er septembre 2026 : ce jour est passé, ce message ne part" in near
    assert UNINVITED in near
    assert "passé" not in in_time
    assert UNINVITED not in in_time
    assert await world.book.rows(occurrence) == []


async def test_an_invitation_of_yesterday_leaves_at_once_and_one_of_this_morning_for_some(
    world: World,
) -> None:
    # Within a day of its hour, an e-mail is caught up with…
    world.clock.now = utc(10, 5, month=9)
    assert "ce message partirait tout de suite" in await told(world, moved("2026-09-30T14:30"))
    # …but of an event that is new nothing is caught up with: its hour is over.
    fresh = await told(world, created("atelier", "2026-09-30T14:30"))
    world.clock.now = utc(10, 7, month=9)
    half = await told(world, created("atelier", "2026-10-01T14:30"))

    assert "son heure est passée, ce message ne partirait pas" in fresh
    assert "son heure est passée là où vivent certains destinataires" in half


async def test_whom_the_ledger_invited_or_missed_is_known(world: World) -> None:
    await world.look(SEPTEMBER)
    # Three weeks before: its day and the time to catch up with it are over.
    await world.look(utc(22, 8))
    missed = await told(world, moved("2026-11-11T14:30"))

    assert UNINVITED in missed


async def test_whoever_was_invited_is_thanked_without_a_word(world: World) -> None:
    await world.look(SEPTEMBER)
    await world.at(utc(20, 8))
    found = await ahead(world, moved("2026-11-11T14:30"))

    assert UNINVITED not in "\n".join(found.conflicts)
    assert [row.episode for row in found.left] == ["invitation"]


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        ("2026-11-15T10:00", "", ["un dimanche : dimanche 15 novembre 2026"]),
        ("2026-11-11T10:00", "", ["un jour férié : mercredi 11 novembre 2026 (Armistice)"]),
        ("2026-11-10T10:00", "", []),
        # Each day of it.
        ("2026-11-14T10:00", "2026-11-15T18:00", ["un dimanche : dimanche 15 novembre 2026"]),
    ],
)
async def test_a_day_on_which_people_are_away_is_told(
    world: World, starts: str, ends: str, said: list[str]
) -> None:
    found = await ahead(world, moved(starts, ends))

    days = [one for one in found.conflicts if one.startswith("L'événement tombe")]
    assert [one.removeprefix("L'événement tombe ") for one in days] == said


async def test_another_day_of_one_reminder_is_that_ones_alone(world: World) -> None:
    found = await ahead(world, on_day("2026-09-29", "rappels", "mardi", "2026-10"))

    (one,) = found.coming
    assert (str(one.was), str(one.occurrence.date)) == ("2026-10-06", "2026-09-29")
    assert found.gone == []
    assert (
        found.print
        != (await ahead(world, on_day("2026-09-30", "rappels", "mardi", "2026-10"))).print
    )


async def test_what_is_skipped_is_gone_and_what_has_left_stays(world: World) -> None:
    before = await ahead(world, skipped("rappels", "mardi", "2026-10"))
    await world.look(SEPTEMBER)
    await world.at(utc(6, 9))
    after = await ahead(world, skipped("rappels", "mardi", "2026-10"))

    assert [str(one.date) for one in before.gone] == ["2026-10-06"]
    assert (after.gone, [row.episode for row in after.left]) == ([], ["mardi"])


async def test_people_are_counted_place_by_place_at_the_new_hour(world: World) -> None:
    app, _, standing = await standing_now(world.app)
    after, found = await look_ahead(app, standing, at_hour("11:15", "rappels", "mardi", "2026-10"))

    counted = await count_ahead(after, found)

    (one,) = counted.coming
    assert one.slots is not None
    assert sorted((slot.due_at.hour, slot.to_send) for slot in one.slots if slot.due_at) == [
        (7, 1),
        (9, 1),
    ]


async def test_another_message_moves_because_of_a_change(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT + REMINDERS) as world:
        await world.book.take_in(STAFF, person(1))
        world.clock.now = SEPTEMBER
        # The reminder of November, on the day of the invitation, is the stronger.
        said = await told(world, on_day("2026-10-20", "rappels", "mardi", "2026-11"))

    assert "« Essai » du mardi 20 octobre 2026, courriel : partirait le" in said


async def test_the_eve_of_an_event_cannot_move_and_would_leave_no_more(tmp_path: Path) -> None:
    eve = EVENT.replace("j-7", "j-1")
    async with open_world(tmp_path, eve + REMINDERS) as world:
        await world.book.take_in(STAFF, person(1))
        world.clock.now = SEPTEMBER
        said = await told(world, on_day("2026-11-09", "rappels", "mardi", "2026-12"))

    assert "« Essai » du lundi 9 novembre 2026, courriel : ne partirait plus" in said


LACKING = MESSAGES["essai/message.yaml"] + (
    "sourced: true\nplaceholders:\n  temoin: {label: Qui raconte, example: Ana}\n"
)


async def test_what_a_campaign_lacks_is_told_before_it_is_switched_on(tmp_path: Path) -> None:
    nowhere = OFF.replace("message: essai", "message: nulle-part").replace("rappels:", "vide:")
    messages = {
        "essai/message.yaml": LACKING.replace("[email, sms]", "[email]"),
        "essai/email.fr.md": "",
        "essai/email.patients.fr.md": "---\nsubject: \n---\n{{ rien }}",
    }
    async with open_world(tmp_path, OFF + nowhere, messages=messages) as world:
        world.clock.now = SEPTEMBER
        lacks = await told(world, switched("rappels", on=True))
        missing = await told(world, switched("vide", on=True))

    assert "des cases restent à remplir avant qu'il puisse partir (Qui raconte)" in lacks
    assert "« Essai » : ce qu'il raconte n'a pas" in lacks
    assert "un de ses textes a une faute et ne partira pas (essai/email.patients.fr.md)" in lacks
    assert "aucun texte pour « Personnel » (courriel)" in lacks
    assert "son message manque ou ne peut pas être lu : rien n'en partira" in missing


async def test_an_event_without_a_date_is_told_to_lack_it(tmp_path: Path) -> None:
    undated = EVENT.replace("    starts: 2026-11-10T14:30\n", "    enabled: false\n")
    async with open_world(tmp_path, undated) as world:
        world.clock.now = SEPTEMBER

        lacks = await told(world, switched("webinaire", on=True))

    assert set(lacks.splitlines()) == {"« Essai » : son événement n'a pas encore de date"}


async def test_a_campaign_that_lacks_nothing_is_switched_on_or_off_without_a_word(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, OFF + SERIES) as world:
        world.clock.now = SEPTEMBER
        on = await ahead(world, switched("rappels", on=True))
        off = await ahead(world, switched("cybermois", on=False))

    assert on.conflicts == []
    assert {one.occurrence.campaign for one in on.coming} == {"rappels"}
    assert {one.campaign for one in off.gone} == {"cybermois"}
