"""A text at fault holds its own readers: the others leave, and everybody ends with one row."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from scheduler.domain.delivery import OccurrenceState
from scheduler.flow.steering.by_hand import occurrence_to_send
from scheduler.flow.steering.send_now import bring_forward
from scheduler.flow.watching import ahead
from scheduler.store.schema.tables import content, delivery, held_text
from tests.flow_world import EVENT, MESSAGES, SERIES, World, edit, open_world, utc
from tests.samples.content import FOOTER
from tests.samples.ledger import REUNION, STAFF, person

MAIL_ONLY = SERIES.replace("kind:", "channels: [email]\n    kind:")
ENGLISH = MESSAGES["essai/email.fr.md"].replace("Bonjour", "Hello")
FAULTY = ENGLISH.replace("{{ prenom", "{{ surname")
FOOT = {"_snippets/pied.en.md": FOOTER}
BOTH = FOOT | {"essai/email.en.md": FAULTY}
SUNDAY, MONDAY = utc(4, 8), utc(5, 8)


async def two_readers(world: World) -> None:
    await world.book.take_in(STAFF, person(1, phone=None), person(2, phone=None, language="en"))


def mend(world: World, path: str = "essai/email.en.md", text: str = ENGLISH) -> None:
    (world.config.parent / "templates" / path).write_text(text, encoding="utf-8")
    world.read_again()


async def test_the_readers_of_a_faulty_text_wait_and_the_others_leave(tmp_path: Path) -> None:
    async with open_world(tmp_path, MAIL_ONLY, messages=BOTH) as world:
        await two_readers(world)

        await world.at(SUNDAY)
        await world.at(SUNDAY + timedelta(minutes=1))
        row = await world.occurrence()
        assert world.email.recipients == ["p1@example.org"]
        assert (row.state, "email.en.md" in row.reason) == (OccurrenceState.RUNNING, True)
        assert await world.alarms() == ["message-faulty cybermois/un/2026-10-04"]

        mend(world)
        await world.at(SUNDAY + timedelta(hours=3))
        await world.at(SUNDAY + timedelta(hours=4))

        assert world.email.recipients == ["p1@example.org", "p2@example.org"]
        assert b"Hello" in world.email.accepted[-1].body
        assert await world.alarms() == []
        row = await world.occurrence()
        assert (row.state, row.reason) == (OccurrenceState.FINISHED, "")
        assert await world.states() == {"sent": 2}


async def test_not_mended_in_time_they_are_left_out_with_that_reason(tmp_path: Path) -> None:
    async with open_world(tmp_path, MAIL_ONLY, messages=BOTH) as world:
        await two_readers(world)
        await world.at(SUNDAY)

        for hours in (23, 25, 26):
            await world.at(SUNDAY + timedelta(hours=hours))

        assert await world.states() == {"sent": 1, "left-out no-text": 1}
        assert (await world.occurrence()).state is OccurrenceState.FINISHED
        assert await world.alarms() == []
        mend(world)
        await world.at(SUNDAY + timedelta(hours=27))
        assert world.email.recipients == ["p1@example.org"]


async def test_a_restart_between_forgets_nobody(tmp_path: Path) -> None:
    async with open_world(tmp_path, MAIL_ONLY, messages=BOTH) as world:
        await two_readers(world)
        await world.at(SUNDAY)

        world.restart()
        mend(world)
        await world.at(SUNDAY + timedelta(hours=1))

        assert await world.states() == {"sent": 2}


async def test_a_later_zone_waits_for_the_same_text_and_never_gets_another(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, EVENT, messages=BOTH) as world:
        await world.book.take_in(
            STAFF,
            person(1, place=REUNION),
            person(2, place=REUNION, language="en"),
            person(3, language="en"),
            person(4),
        )
        await world.at(utc(22, 6, month=9))
        await world.at(utc(22, 8, month=9))
        assert world.email.recipients == ["p1@example.org", "p4@example.org"]

        mend(world)
        await world.at(utc(22, 9, month=9))
        await world.at(utc(22, 9, 1, month=9))

        assert world.email.recipients == [f"p{number}@example.org" for number in (1, 2, 3, 4)]
        hello = [one.to for one in world.email.accepted if b"Hello" in one.body]
        assert sorted(hello) == ["p2@example.org", "p3@example.org"]
        assert (await world.occurrence()).state is OccurrenceState.FINISHED


async def test_another_channels_fault_waits_for_its_own_hour(tmp_path: Path) -> None:
    faulty = {"essai/sms.fr.txt": "Bonjour {{ prenom }}."}
    async with open_world(tmp_path, messages=faulty) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(SUNDAY)
        assert world.email.recipients == ["p1@example.org"]
        await world.at(MONDAY)
        assert world.sms.recipients == []
        assert await world.alarms() == ["message-faulty cybermois/un/2026-10-04"]

        mend(world, "essai/sms.fr.txt", "Un essai.")
        await world.at(MONDAY + timedelta(hours=2))
        await world.at(MONDAY + timedelta(hours=3))

        assert world.sms.recipients == ["+33639980001"]
        assert await world.alarms() == []
        assert (await world.occurrence()).state is OccurrenceState.FINISHED


async def test_a_reader_without_any_text_waits_alone(tmp_path: Path) -> None:
    only = FOOT | {
        "essai/email.fr.md": "",
        "essai/email.staff.en.md": ENGLISH,
        "essai/email.patients.fr.md": MESSAGES["essai/email.fr.md"],
    }
    async with open_world(tmp_path, MAIL_ONLY, messages=only) as world:
        await two_readers(world)
        await world.at(SUNDAY)
        assert world.email.recipients == ["p2@example.org"]
        assert "aucun texte email" in (await world.occurrence()).reason

        mend(world, "essai/email.staff.fr.md", MESSAGES["essai/email.fr.md"])
        await world.at(SUNDAY + timedelta(hours=1))

        assert await world.states() == {"sent": 2}
        rows = await world.book.rows(
            select(delivery.c.contact_id, content.c.variant).join(
                content, content.c.id == delivery.c.content_id
            )
        )
        assert sorted(row.variant for row in rows) == ["en", "fr"]


async def test_who_has_the_address_of_somebody_held_gets_it_and_nobody_twice(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, MAIL_ONLY, messages=BOTH) as world:
        await world.book.take_in(
            STAFF,
            person(1, phone=None, language="en", email="foyer@example.org"),
            person(2, phone=None, email="foyer@example.org"),
        )
        await world.at(SUNDAY)
        await world.at(SUNDAY + timedelta(minutes=1))
        assert world.email.recipients == ["foyer@example.org"]

        mend(world)
        await world.at(SUNDAY + timedelta(hours=1))
        await world.at(SUNDAY + timedelta(hours=2))

        assert world.email.recipients == ["foyer@example.org"]
        assert await world.states() == {"sent": 1, "left-out duplicate": 1}


async def test_a_faulty_text_that_nobody_reads_holds_nothing(tmp_path: Path) -> None:
    async with open_world(tmp_path, MAIL_ONLY, messages=BOTH) as world:
        await world.book.take_in(STAFF, person(1, phone=None))

        await world.at(SUNDAY)
        await world.at(SUNDAY + timedelta(minutes=1))

        assert await world.states() == {"sent": 1}
        assert (await world.occurrence()).state is OccurrenceState.FINISHED
        assert await world.alarms() == []
        assert {row.variant for row in await world.book.rows(held_text)} == {"en"}


async def test_a_message_broken_later_holds_only_those_who_wait(tmp_path: Path) -> None:
    async with open_world(tmp_path, MAIL_ONLY, messages=BOTH) as world:
        await two_readers(world)
        await world.at(SUNDAY)
        edit(tmp_path / "templates/essai/message.yaml", "class:", "classe:")
        world.read_again()
        await world.at(SUNDAY + timedelta(hours=1))
        assert world.email.recipients == ["p1@example.org"]

        edit(tmp_path / "templates/essai/message.yaml", "classe:", "class:")
        mend(world)
        await world.at(SUNDAY + timedelta(hours=2))

        assert await world.states() == {"sent": 2}


@pytest.mark.parametrize(("day", "told"), [(19, False), (20, True)])
async def test_what_would_hold_is_told_fourteen_days_before(
    tmp_path: Path, day: int, told: bool
) -> None:
    async with open_world(tmp_path, MAIL_ONLY, messages=BOTH) as world:
        now = utc(day, 8, month=9)
        await world.look(now)

        for _ in range(2):
            await ahead.look(world.app.agenda, world.app.ledger, now)

        expected = ["would-be-held cybermois/un/2026-10-04"] if told else []
        assert await world.alarms() == expected
        if told:
            (alarm,) = await world.app.ledger.open_alarms()
            assert "email.en.md" in alarm.detail
        mend(world)
        await ahead.look(world.app.agenda, world.app.ledger, now)
        assert await world.alarms() == []


async def test_what_is_due_is_no_longer_told_as_coming(tmp_path: Path) -> None:
    async with open_world(tmp_path, MAIL_ONLY, messages=BOTH) as world:
        await two_readers(world)
        await ahead.look(world.app.agenda, world.app.ledger, utc(1, 8))
        await world.at(SUNDAY)
        await ahead.look(world.app.agenda, world.app.ledger, SUNDAY)

        assert await world.alarms() == ["message-faulty cybermois/un/2026-10-04"]


async def sent_again(world: World, now: datetime) -> None:
    """``reflexe send-now``, and the look that follows."""
    app = world.app
    one = occurrence_to_send(app.agenda, "cybermois", "un", "", now.date())
    await bring_forward(app.agenda, app.ledger, app.hand, one, ["staff"], "Camille", now)
    await world.at(now)


async def left_without_text(world: World) -> None:
    await two_readers(world)
    await world.at(SUNDAY)
    for hours in (23, 25, 26):
        await world.at(SUNDAY + timedelta(hours=hours))
    assert await world.states() == {"sent": 1, "left-out no-text": 1}


async def test_once_mended_who_was_left_out_is_served_by_hand_and_nobody_twice(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, MAIL_ONLY, messages=BOTH) as world:
        await left_without_text(world)
        mend(world)

        for minutes in (0, 10, 20):
            await sent_again(world, SUNDAY + timedelta(hours=27, minutes=minutes))

        assert world.email.recipients == ["p1@example.org", "p2@example.org"]
        assert b"Hello" in world.email.accepted[-1].body
        assert await world.states() == {"sent": 2}
        assert (await world.occurrence()).state is OccurrenceState.FINISHED
        assert await world.alarms() == []


async def test_sent_by_hand_with_its_text_still_at_fault_they_end_with_one_row(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, MAIL_ONLY, messages=BOTH) as world:
        await left_without_text(world)

        await sent_again(world, SUNDAY + timedelta(hours=27))
        assert await world.alarms() == ["message-faulty cybermois/un/2026-10-04"]
        for hours in (50, 60, 80):
            await world.at(SUNDAY + timedelta(hours=hours))

        assert await world.states() == {"sent": 1, "left-out no-text": 1}
        assert (await world.occurrence()).state is OccurrenceState.FINISHED


async def test_mended_after_it_was_sent_by_hand_it_leaves_by_itself(tmp_path: Path) -> None:
    async with open_world(tmp_path, MAIL_ONLY, messages=BOTH) as world:
        await left_without_text(world)
        await sent_again(world, SUNDAY + timedelta(hours=27))
        mend(world)

        await world.at(SUNDAY + timedelta(hours=28))
        await world.at(SUNDAY + timedelta(hours=29))

        assert world.email.recipients == ["p1@example.org", "p2@example.org"]
        assert await world.states() == {"sent": 2}
