"""The plan step: what comes due, what was missed, what concerns nobody, and what a person asks."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import NotFound
from scheduler.domain.showing.report import Standing
from scheduler.flow.steering.by_hand import occurrence_to_send
from scheduler.flow.steering.steer import How
from scheduler.store.planning.one_slot import EMAIL_FIRST
from scheduler.store.schema.tables import content, delivery, slot
from tests.flow_world import (
    EVENT,
    MESSAGES,
    ON_DEMAND,
    PATIENTS_FILE,
    SERIES,
    STAFF_FILE,
    World,
    edit,
    open_world,
    utc,
)
from tests.samples.content import FOOTER
from tests.samples.ledger import MADE, PATIENTS, REUNION, STAFF, person

EMAIL_ONLY = SERIES.replace("topic", "channels: [email]\n    topic")
SMS_ONLY = SERIES.replace("topic", "channels: [sms]\n    topic")
#: A text with a field that no audience declares.
FAULTY = MESSAGES["essai/email.fr.md"].replace("{{ prenom", "{{ nom")
SUNDAY = utc(4, 8)
MONDAY = utc(5, 8)
FINISHED, MISSED = OccurrenceState.FINISHED, OccurrenceState.MISSED


async def ask(world: World, what: str, *, key: str = "", audiences: tuple[str, ...] = ()) -> None:
    """``reflexe send-now``."""
    campaign, _, episode = what.partition("/")
    now = world.clock.now
    one = occurrence_to_send(world.app.agenda, campaign, episode, key, now.date())
    names = audiences or tuple(world.app.configuration.campaign(campaign).audiences)
    await world.app.hand.bring_forward(one, names, "Camille", now)


async def test_a_sunday_leaves_by_email_at_ten_and_by_sms_on_monday(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))

        await world.at(SUNDAY - timedelta(seconds=1))
        assert await world.states() == {}
        await world.at(SUNDAY)
        assert (world.email.recipients, world.sms.recipients) == (["p1@example.org"], [])
        assert (await world.occurrence()).state is OccurrenceState.RUNNING
        await world.at(MONDAY)

        assert world.sms.recipients == ["+33639980001"]
        assert (await world.occurrence()).state is FINISHED


async def test_each_place_has_its_own_hour_and_the_run_ends_with_the_last(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1), person(2, place=REUNION))

        await world.at(utc(22, 6, month=9))
        assert world.email.recipients == ["p2@example.org"]
        assert (await world.occurrence()).state is OccurrenceState.RUNNING
        await world.at(utc(22, 8, month=9))

        assert world.email.recipients == ["p1@example.org", "p2@example.org"]
        assert (await world.occurrence()).state is FINISHED


async def test_ten_minutes_down_at_the_due_time_and_it_runs_once_on_return(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1))

        for minutes in (10, 11, 12):
            await world.at(utc(22, 8, minutes, month=9))

        assert world.email.recipients == ["p1@example.org"]


async def test_an_email_is_caught_up_for_a_day_and_then_missed_with_an_alarm(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path / "a", EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(utc(23, 7, month=9))
        assert world.email.recipients == ["p1@example.org"]

    async with open_world(tmp_path / "b", EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(utc(23, 9, month=9))

        assert world.email.tries == []
        assert (await world.occurrence()).state is MISSED
        assert await world.alarms() == ["slot-missed webinaire/invitation/2026-09-22"]
        assert [one.state for one in await world.book.rows(slot)] == ["missed"]


@pytest.mark.parametrize(("now", "leaves"), [(utc(5, 17, 59), True), (utc(5, 18, 1), False)])
async def test_an_sms_is_caught_up_until_its_window_closes(
    tmp_path: Path, now: datetime, leaves: bool
) -> None:
    async with open_world(tmp_path, SMS_ONLY) as world:
        await world.book.take_in(STAFF, person(1))

        await world.at(now)

        assert bool(world.sms.recipients) is leaves
        missed = "slot-missed cybermois/un/2026-10-04" in await world.alarms()
        assert missed is not leaves


async def test_what_fell_due_before_the_ledger_was_made_is_neither_missed_nor_sent(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, EVENT, made=utc(22, 9, month=9)) as world:
        await world.book.take_in(STAFF, person(1), at=utc(1, 8, month=9))

        await world.at(utc(22, 10, month=9))
        await world.at(utc(24, 10, month=9))

        assert await world.states() == {}
        assert await world.book.rows(slot) == []
        assert await world.alarms() == []


async def test_what_fell_due_before_its_campaign_was_enabled_is_neither_missed_nor_sent(
    tmp_path: Path,
) -> None:
    off = EVENT.replace("kind: event", "kind: event\n    enabled: false")
    async with open_world(tmp_path, off) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(utc(22, 7, month=9))
        edit(world.config, "enabled: false", "enabled: true")
        world.read_again()

        await world.at(utc(22, 9, month=9))
        await world.at(utc(24, 9, month=9))

        assert await world.states() == {}
        assert await world.alarms() == []


async def test_what_fell_due_before_its_people_came_is_neither_missed_nor_sent(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.look(utc(22, 8, 30, month=9))
        await world.book.take_in(STAFF, person(1), at=utc(22, 9, month=9))

        await world.at(utc(22, 9, month=9))
        await world.at(utc(24, 9, month=9))

        assert await world.states() == {}
        assert await world.alarms() == []


async def test_a_new_place_is_found_after_an_import(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(utc(22, 5, month=9))
        await world.book.take_in(STAFF, person(2, place=REUNION), at=utc(22, 5, month=9))

        await world.at(utc(22, 6, month=9))

        assert world.email.recipients == ["p2@example.org"]


async def test_an_edited_date_moves_what_waits(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(utc(20, 8, month=9))
        edit(world.config, "2026-10-13T14:30", "2026-10-20T14:30")
        world.read_again()

        await world.at(utc(22, 8, month=9))
        assert world.email.tries == []
        await world.at(utc(29, 8, month=9))

        assert world.email.recipients == ["p1@example.org"]
        assert (await world.occurrence()).id == "webinaire/invitation/2026-09-29"


async def test_an_edited_date_never_sends_again(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(utc(22, 8, month=9))
        edit(world.config, "2026-10-13T14:30", "2026-10-20T14:30")
        world.read_again()

        await world.at(utc(29, 8, month=9))

        assert world.email.recipients == ["p1@example.org"]
        assert (await world.occurrence()).id == "webinaire/invitation/2026-09-22"


async def test_a_faulty_message_is_held_and_goes_once_it_is_mended(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT, messages={"essai/email.fr.md": FAULTY}) as world:
        await world.book.take_in(STAFF, person(1))

        await world.at(utc(22, 8, month=9))
        row = await world.occurrence()
        assert row.state is OccurrenceState.HELD
        assert "nom" in row.reason
        assert await world.alarms() == ["message-faulty webinaire/invitation/2026-09-22"]
        edit(tmp_path / "templates" / "essai" / "email.fr.md", "{{ nom", "{{ prenom")
        world.read_again()
        await world.at(utc(22, 9, month=9))

        assert world.email.recipients == ["p1@example.org"]
        assert (await world.occurrence()).state is FINISHED
        assert await world.alarms() == []


@pytest.mark.parametrize("lacking", ["essai/message.yaml", "essai/email.fr.md"])
async def test_a_message_that_is_not_there_is_held_not_forgotten(
    tmp_path: Path, lacking: str
) -> None:
    async with open_world(tmp_path, EVENT, messages={lacking: ""}) as world:
        await world.book.take_in(STAFF, person(1))

        await world.at(utc(22, 8, month=9))

        assert (await world.occurrence()).state is OccurrenceState.HELD
        assert await world.alarms() == ["message-faulty webinaire/invitation/2026-09-22"]


@pytest.mark.parametrize("name", ["Thumbs.db", "email.fr.md~", "email.fr.md.bak", "notes.fr.txt"])
async def test_a_stray_file_holds_nobody_up(tmp_path: Path, name: str) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))
        (tmp_path / "templates/essai" / name).write_bytes(b"\xff\x00")

        await world.at(SUNDAY)
        await world.at(MONDAY)

        assert (world.email.recipients, world.sms.recipients) == (
            ["p1@example.org"],
            ["+33639980001"],
        )
        assert await world.alarms() == []


async def test_one_faulty_channel_stops_only_itself_and_keeps_its_alarm(tmp_path: Path) -> None:
    async with open_world(tmp_path, messages={"essai/email.fr.md": FAULTY}) as world:
        await world.book.take_in(STAFF, person(1))

        await world.at(SUNDAY)
        await world.at(MONDAY)
        assert await world.alarms() == ["message-faulty cybermois/un/2026-10-04"]
        await world.at(MONDAY + EMAIL_FIRST)

        assert world.sms.recipients == ["+33639980001"]


async def test_an_edit_between_two_slots_does_not_change_the_later_one(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1), person(2, place=REUNION))
        await world.at(utc(22, 6, month=9))
        edit(tmp_path / "templates" / "essai" / "email.fr.md", "Un essai.\n", "Autre.\n")
        world.read_again()

        await world.at(utc(22, 8, month=9))

        kept = {(row.audience, row.revision) for row in await world.book.rows(content)}
        assert kept == {("staff", 0), ("patients", 0)}
        assert all(b"Autre." not in message.body for message in world.email.accepted)
        assert len(world.email.accepted) == 2


async def test_the_first_slot_settles_what_monday_says_too(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(SUNDAY)
        templates = tmp_path / "templates" / "essai"
        edit(templates / "sms.fr.txt", "Un essai.", "Autre.")
        edit(templates / "email.fr.md", "{{ prenom", "{{ nom")
        world.read_again()

        await world.at(MONDAY)

        assert [one.body.decode().startswith("Un essai.") for one in world.sms.accepted] == [True]


async def test_who_reads_another_language_since_gets_it_from_what_was_settled(
    tmp_path: Path,
) -> None:
    english = {"essai/email.en.md": MESSAGES["essai/email.fr.md"].replace("Un essai.", "A trial.")}
    english |= {"_snippets/pied.en.md": FOOTER}
    async with open_world(tmp_path, EVENT, messages=english) as world:
        await world.book.take_in(STAFF, person(1), person(2, place=REUNION))
        await world.at(utc(22, 6, month=9))
        (tmp_path / "templates" / "essai" / "email.en.md").unlink()
        world.read_again()
        await world.book.take_in(STAFF, person(3, language="en"), at=utc(22, 7, month=9))

        await world.at(utc(22, 8, month=9))

        said = {one.to: b"A trial." in one.body for one in world.email.accepted}
        assert said == {
            "p1@example.org": False,
            "p2@example.org": False,
            "p3@example.org": True,
        }


async def test_a_person_of_two_audiences_gets_the_first_ones_message(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(PATIENTS, person(1), person(2))
        await world.book.take_in(STAFF, person(9, email="p1@example.org"))

        await world.at(utc(22, 8, month=9))

        assert world.email.recipients == ["p1@example.org", "p2@example.org"]
        assert await world.states() == {"sent": 2, "left-out duplicate": 1}


async def test_an_audience_that_gets_no_such_message_takes_nobody_away(tmp_path: Path) -> None:
    no_sms = STAFF_FILE.replace(", sms: {basis: consent}", "")
    async with open_world(tmp_path, audiences={"staff": no_sms}) as world:
        await world.book.take_in(STAFF, person(1))
        await world.book.take_in(PATIENTS, person(2, phone="+33639980001"))

        await world.at(MONDAY)
        await world.at(MONDAY + EMAIL_FIRST)

        assert world.sms.recipients == ["+33639980001"]


async def test_without_an_allowed_moment_everyone_is_left_out_visibly(tmp_path: Path) -> None:
    eve = EVENT.replace("[email]", "[sms]").replace("2026-10-13", "2026-11-02")
    eve = eve.replace("invitation:", "veille:").replace("when: invitation", "when: j-1")
    shift = "shift: {sms: monday}\n"
    files = {"staff": STAFF_FILE + shift, "patients": PATIENTS_FILE + shift}
    async with open_world(tmp_path, eve, audiences=files) as world:
        await world.book.take_in(STAFF, person(1))

        await world.at(utc(1, 9, 30, month=11))

        assert await world.states() == {"left-out no-window": 1}
        assert (await world.occurrence()).state is MISSED
        assert await world.alarms() == ["slot-missed webinaire/veille/2026-11-01"]


async def test_paused_nothing_is_planned_and_resumed_it_goes_on(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1), person(2, place=REUNION))
        await world.at(utc(22, 6, month=9))

        said = await world.steer(How.PAUSED, world.clock.now)
        assert said == Standing(sent=1, waiting=0, in_flight=0)
        await world.at(utc(22, 8, month=9))
        assert len(world.email.accepted) == 1
        await world.steer(How.RESUMED, world.clock.now)
        await world.at(utc(22, 9, month=9))

        assert len(world.email.accepted) == 2
        assert (await world.occurrence()).state is FINISHED


async def test_cancelled_it_stays_so_and_can_be_said_of_nothing_that_ended(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(utc(22, 8, month=9))

        said = await world.steer(How.CANCELLED, SUNDAY)

        assert said == Standing(sent=0, waiting=0, in_flight=0, cancelled=1)
        await world.at(utc(22, 9, month=9))
        assert world.email.tries == []
        for how in How:
            with pytest.raises(NotFound, match="is cancelled"):
                await world.steer(how, SUNDAY)


async def test_sent_by_hand_twice_it_is_sent_once_and_not_again_on_its_day(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(utc(15, 8, month=9))

        await ask(world, "webinaire/invitation")
        await ask(world, "webinaire/invitation")
        await world.at(utc(15, 8, 1, month=9))
        await ask(world, "webinaire/invitation")
        await world.at(utc(15, 8, 2, month=9))
        await world.at(utc(22, 8, month=9))

        assert world.email.recipients == ["p1@example.org"]
        row = await world.occurrence()
        assert (row.id, row.state) == ("webinaire/invitation/2026-09-22", FINISHED)


async def test_sent_by_hand_it_waits_for_the_window(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.look(utc(15, 21, month=9))

        await ask(world, "webinaire/invitation")
        await world.at(utc(15, 21, 1, month=9))
        assert world.email.tries == []
        await world.at(utc(16, 5, month=9))

        assert world.email.recipients == ["p1@example.org"]


async def test_by_hand_to_one_audience_the_other_waits_for_its_day(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.book.take_in(PATIENTS, person(2))
        await world.look(utc(15, 8, month=9))

        await ask(world, "webinaire/invitation", audiences=("patients",))
        await world.at(utc(15, 8, 1, month=9))
        assert world.email.recipients == ["p2@example.org"]
        await world.at(utc(22, 8, month=9))

        assert world.email.recipients == ["p1@example.org", "p2@example.org"]


async def test_what_was_missed_goes_when_a_person_says_so(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(utc(24, 8, month=9))
        assert (await world.occurrence()).state is MISSED

        await ask(world, "webinaire/invitation")
        await world.at(utc(24, 8, 1, month=9))

        assert world.email.recipients == ["p1@example.org"]
        assert (await world.occurrence()).state is FINISHED


async def test_by_hand_after_the_end_serves_only_those_who_came_since(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(utc(22, 8, month=9))
        await world.book.take_in(STAFF, person(2), at=utc(23, 8, month=9))

        world.clock.now = utc(23, 8, month=9)
        await ask(world, "webinaire/invitation")
        await world.at(utc(23, 8, 1, month=9))

        assert world.email.tries == ["p1@example.org", "p2@example.org"]
        assert (await world.occurrence()).state is FINISHED


async def test_off_the_calendar_a_key_says_which_sending_is_meant(tmp_path: Path) -> None:
    async with open_world(tmp_path, ON_DEMAND) as world:
        await world.book.take_in(STAFF, person(1))
        world.clock.now = utc(15, 8, month=9)
        with pytest.raises(NotFound, match="--key"):
            await ask(world, "avis/essai")

        for key in ("a", "a", "b"):
            await ask(world, "avis/essai", key=key)
            await world.at(world.clock.now + timedelta(minutes=1))

        assert world.email.recipients == ["p1@example.org", "p1@example.org"]
        assert {row.season for row in await world.app.ledger.occurrences()} == {"a", "b"}


async def test_by_hand_only_what_the_configuration_knows(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        with pytest.raises(NotFound, match="it has invitation"):
            await ask(world, "webinaire/rappel")
        with pytest.raises(NotFound, match="webinaire"):
            await ask(world, "ailleurs/invitation")


async def test_by_hand_an_undated_event_asks_for_its_date(tmp_path: Path) -> None:
    undated = EVENT.replace("    starts: 2026-10-13T14:30\n", "")
    async with open_world(tmp_path, undated) as world:
        with pytest.raises(NotFound, match="has no date"):
            await ask(world, "webinaire/invitation")


async def test_another_years_occurrence_is_another_season(tmp_path: Path) -> None:
    async with open_world(
        tmp_path, SERIES.replace("topic", "channels: [email]\n    topic")
    ) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(SUNDAY)

        await world.at(SUNDAY.replace(year=2027, day=3))

        assert len(world.email.accepted) == 2
        ended = await world.app.ledger.occurrences([FINISHED])
        assert [row.id for row in ended] == ["cybermois/un/2026-10-04", "cybermois/un/2027-10-03"]


async def test_what_was_planned_adds_up_in_every_state(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1), person(2, email=None), person(3, agreed=[]))
        await world.book.take_in(PATIENTS, person(4, agreed=[]), person(5, email="p1@example.org"))

        await world.at(SUNDAY)
        await world.at(MONDAY)

        counts = await world.app.ledger.counts()
        assert sum(one.rows for one in counts) == len(await world.book.rows(delivery)) == 10
        assert MADE < SUNDAY
