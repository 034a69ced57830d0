"""Names that people edit: the same Sunday under another name reaches nobody twice."""

from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.config.loading import load
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import ConfigError, NotFound
from scheduler.flow import rehearse
from scheduler.flow.steering import send_now
from scheduler.flow.steering.by_hand import occurrence_to_send
from scheduler.flow.writing import checking_names
from tests.flow_world import (
    EVENT,
    MESSAGES,
    ON_DEMAND,
    SERIES,
    STAFF_FILE,
    World,
    edit,
    open_world,
    utc,
    write_installation,
)
from tests.samples.ledger import STAFF, person

MAIL_ONLY = SERIES.replace("kind:", "channels: [email]\n    kind:")
#: Two episodes with a message each.
TWO = SERIES.replace(
    "un: {message: essai, when: sunday-1}",
    "un: {message: essai, when: sunday-1}\n      deux: {message: autre, when: sunday-2}",
)
OTHER = {
    f"autre{path.removeprefix('essai')}": text
    for path, text in MESSAGES.items()
    if path.startswith("essai/")
}
SUNDAY, MONDAY, NEXT_SUNDAY = utc(4, 8), utc(5, 8), utc(11, 8)
MAILS = ["p1@example.org", "p2@example.org"]


async def two_people(world: World) -> None:
    await world.book.take_in(STAFF, person(1, phone=None), person(2, phone=None))


async def rename(world: World, old: str, new: str) -> None:
    edit(world.config, old, new)
    world.read_again()


async def shown(world: World) -> dict[str, str]:
    return {row.id: row.state.value for row in await world.app.ledger.occurrences()}


@pytest.mark.parametrize("later", [timedelta(minutes=5), timedelta(hours=20), timedelta(days=2)])
async def test_an_episode_under_another_name_waits_for_a_word(
    tmp_path: Path, later: timedelta
) -> None:
    async with open_world(tmp_path, MAIL_ONLY) as world:
        await two_people(world)
        await world.at(SUNDAY)

        await rename(world, "un: {", "un-bis: {")
        await world.at(SUNDAY + later)
        await world.at(SUNDAY + later + timedelta(hours=1))

        assert sorted(world.email.recipients) == MAILS
        assert await world.alarms() == ["renamed cybermois/un-bis/2026-10-04"]
        row = next(one for one in await world.app.ledger.occurrences() if one.episode == "un-bis")
        assert row.state in (OccurrenceState.HELD, OccurrenceState.SCHEDULED)
        alarm = (await world.app.ledger.open_alarms())[0]
        assert "« was: un »" in alarm.detail

        await rename(world, "message: essai", "was: un, message: essai")
        await world.at(SUNDAY + later + timedelta(hours=2))

        assert sorted(world.email.recipients) == MAILS
        assert await world.alarms() == []
        assert list(await shown(world)) == [
            "cybermois/un-bis/2026-10-04",
            "cybermois/un-bis/2027-10-03",
        ]


async def test_a_rename_that_is_written_down_goes_on_in_mid_run(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(SUNDAY)

        await rename(world, "un: {message: essai", "un-bis: {was: [zero, un], message: essai")
        await world.at(SUNDAY + timedelta(hours=3))
        await world.at(MONDAY)

        assert world.email.recipients == ["p1@example.org"]
        assert world.sms.recipients == ["+33639980001"]
        assert await world.alarms() == []
        assert (await shown(world))["cybermois/un-bis/2026-10-04"] == "finished"


async def test_one_said_to_be_new_leaves(tmp_path: Path) -> None:
    async with open_world(tmp_path, MAIL_ONLY) as world:
        await two_people(world)
        await world.at(SUNDAY)

        await rename(world, "un: {message: essai", "neuf: {was: [], message: essai")
        await world.at(SUNDAY + timedelta(hours=1))

        assert world.email.recipients == sorted(MAILS * 2)
        assert await world.alarms() == []


async def test_before_anything_left_a_new_name_is_only_a_new_name(tmp_path: Path) -> None:
    async with open_world(tmp_path, MAIL_ONLY) as world:
        await two_people(world)
        await world.at(utc(1, 8))

        await rename(world, "un: {", "un-bis: {")
        await world.at(SUNDAY)

        assert sorted(world.email.recipients) == MAILS
        assert await world.alarms() == []
        assert "cybermois/un/2026-10-04" not in await shown(world)


@pytest.mark.parametrize("how", ["paused", "cancelled"])
async def test_what_a_person_stopped_stays_stopped_under_another_name(
    tmp_path: Path, how: str
) -> None:
    async with open_world(tmp_path, MAIL_ONLY) as world:
        await two_people(world)
        await world.look(utc(1, 8))
        await world.steer(how, utc(1, 9))  # type: ignore[arg-type]

        await rename(world, "un: {", "un-bis: {")
        await world.at(SUNDAY)
        assert world.email.recipients == []
        assert await world.alarms() == ["renamed cybermois/un-bis/2026-10-04"]
        await rename(world, "message: essai", "was: un, message: essai")
        await world.at(SUNDAY + timedelta(hours=1))

        assert world.email.recipients == []
        assert (await shown(world))["cybermois/un-bis/2026-10-04"] == how


async def test_a_chain_of_names_is_one_episode(tmp_path: Path) -> None:
    async with open_world(tmp_path, MAIL_ONLY) as world:
        await two_people(world)
        await world.at(SUNDAY)

        await rename(world, "un: {message", "b: {was: un, message")
        await world.at(SUNDAY + timedelta(minutes=10))
        await rename(world, "b: {was: un, message", "c: {was: b, message")
        await world.at(SUNDAY + timedelta(minutes=20))
        await rename(world, "c: {was: b, message", "un: {was: c, message")
        await world.at(SUNDAY + timedelta(minutes=30))

        assert sorted(world.email.recipients) == MAILS
        assert await world.alarms() == []
        assert (await shown(world))["cybermois/un/2026-10-04"] == "finished"


async def test_two_names_that_were_swapped_are_told_and_followed_once(tmp_path: Path) -> None:
    mail_only = TWO.replace("kind:", "channels: [email]\n    kind:")
    async with open_world(tmp_path, mail_only, messages=OTHER) as world:
        await two_people(world)
        await world.at(SUNDAY)

        text = world.config.read_text()
        swapped = text.replace("un: {message: essai", "X: {message: essai")
        swapped = swapped.replace("deux: {message", "un: {message").replace("X: {", "deux: {")
        world.config.write_text(swapped)
        world.read_again()
        await world.at(SUNDAY + timedelta(hours=1))
        assert sorted(world.email.recipients) == MAILS
        assert await world.alarms() == ["renamed cybermois/deux/2026-10-04"]

        text = world.config.read_text().replace("deux: {message", "deux: {was: un, message")
        world.config.write_text(text.replace(" un: {message", " un: {was: deux, message"))
        world.read_again()
        for hours in (2, 3, 4):
            await world.at(SUNDAY + timedelta(hours=hours))
        assert sorted(world.email.recipients) == MAILS
        assert await world.alarms() == []
        assert (await shown(world))["cybermois/deux/2026-10-04"] == "finished"
        await world.at(NEXT_SUNDAY)

        assert world.email.recipients == sorted(MAILS * 2)
        assert (await shown(world))["cybermois/un/2026-10-11"] == "finished"
        assert await world.alarms() == []


async def test_another_name_on_another_sunday_is_known_by_its_message(tmp_path: Path) -> None:
    async with open_world(tmp_path, MAIL_ONLY) as world:
        await two_people(world)
        await world.at(SUNDAY)

        await rename(
            world, "un: {message: essai, when: sunday-1", "b: {message: essai, when: sunday-2"
        )
        await world.at(NEXT_SUNDAY)

        assert sorted(world.email.recipients) == MAILS
        assert await world.alarms() == ["renamed cybermois/b/2026-10-11"]


async def test_a_campaign_under_another_name_waits_for_a_word_and_goes_on(tmp_path: Path) -> None:
    async with open_world(tmp_path, TWO, messages=OTHER) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(SUNDAY)

        await rename(world, "  cybermois:", "  octobre:")
        await world.at(SUNDAY + timedelta(hours=1))
        assert world.email.recipients == ["p1@example.org"]
        assert await world.alarms() == ["renamed octobre/un/2026-10-04"]
        await rename(world, "  octobre:", "  octobre:\n    was: cybermois")
        await world.at(SUNDAY + timedelta(hours=2))
        await world.at(MONDAY)
        await world.at(NEXT_SUNDAY)

        assert world.email.recipients == ["p1@example.org"] * 2
        assert world.sms.recipients == ["+33639980001"]
        assert await world.alarms() == []
        assert {row.campaign for row in await world.app.ledger.occurrences()} == {"octobre"}


async def test_what_waits_for_an_audience_leaves_under_its_other_name(tmp_path: Path) -> None:
    async with open_world(tmp_path, MAIL_ONLY) as world:
        await two_people(world)
        await world.planner.sync(SUNDAY)
        await world.planner.plan_due(SUNDAY)

        (tmp_path / "audiences/staff.yaml").unlink()
        (tmp_path / "audiences/agents.yaml").write_text("was: staff\n" + STAFF_FILE.strip() + "\n")
        await rename(world, "audiences: [staff,", "audiences: [agents,")
        await world.at(SUNDAY + timedelta(minutes=5))

        assert sorted(world.email.recipients) == MAILS
        assert await world.states() == {"sent": 2}


async def test_an_audience_keeps_its_contacts_under_another_name(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(SUNDAY)

        (tmp_path / "audiences/staff.yaml").rename(tmp_path / "audiences/agents.yaml")
        await rename(world, "audiences: [staff,", "audiences: [agents,")
        await world.at(SUNDAY + timedelta(hours=1))
        assert "renamed agents" in await world.alarms()
        (tmp_path / "audiences/agents.yaml").write_text("was: staff\n" + STAFF_FILE.strip() + "\n")
        world.read_again()
        await world.at(SUNDAY + timedelta(hours=2))
        await world.at(MONDAY)

        assert world.email.recipients == ["p1@example.org"]
        assert world.sms.recipients == ["+33639980001"]
        assert await world.alarms() == []
        assert (await world.states()) == {"sent": 2}


async def test_a_message_folder_under_another_name_is_the_same_message(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(SUNDAY)

        (tmp_path / "templates/essai").rename(tmp_path / "templates/texte")
        await rename(world, "message: essai", "message: texte")
        await world.at(SUNDAY + timedelta(hours=1))
        await world.at(MONDAY)

        assert world.email.recipients == ["p1@example.org"]
        assert world.sms.recipients == ["+33639980001"]
        assert await world.alarms() == []


async def test_at_a_start_under_an_old_file_what_ran_does_not_run_again(tmp_path: Path) -> None:
    """Another replica, or an older copy of config.yaml, still has the name of before."""
    async with open_world(tmp_path, MAIL_ONLY) as world:
        await two_people(world)
        await world.at(SUNDAY)
        await rename(world, "un: {message", "b: {was: un, message")
        await world.at(SUNDAY + timedelta(minutes=10))

        await rename(world, "b: {was: un, message", "un: {message")
        await world.at(SUNDAY + timedelta(minutes=20))

        assert sorted(world.email.recipients) == MAILS
        assert await world.alarms() == ["renamed cybermois/un/2026-10-04"]


async def test_check_and_a_rehearsal_say_it_too(tmp_path: Path) -> None:
    async with open_world(tmp_path, MAIL_ONLY) as world:
        await two_people(world)
        await world.at(SUNDAY)
        await rename(world, "un: {", "un-bis: {")
        app, today = world.app, SUNDAY.date()

        (found,) = await checking_names.findings(app.agenda, app.ledger, world.config, today)
        known = await rehearse.known_of(app.agenda, app.ledger, today, today)

        line = world.config.read_text().splitlines()[(found.line or 0) - 1]
        assert (found.rule, found.file) == ("renamed", "config.yaml")
        assert "un-bis:" in line
        assert list(known.in_doubt) == ["cybermois/un-bis/2026-10-04"]
        assert [row.id for row in known.settled] == ["cybermois/un/2026-10-04"]


async def test_by_hand_a_new_name_is_refused_too(tmp_path: Path) -> None:
    async with open_world(tmp_path, MAIL_ONLY) as world:
        await two_people(world)
        await world.at(SUNDAY)
        await rename(world, "un: {", "un-bis: {")
        await world.look(SUNDAY + timedelta(days=3))

        with pytest.raises(NotFound, match="was: un"):
            await by_hand(world, "cybermois/un-bis")

        assert sorted(world.email.recipients) == MAILS


async def by_hand(world: World, what: str, key: str = "") -> None:
    """``reflexe send-now --yes``."""
    campaign, _, episode = what.partition("/")
    now = world.clock.now
    one = occurrence_to_send(world.app.agenda, campaign, episode, key, now.date())
    names = world.app.configuration.campaign(campaign).audiences
    hand = world.app.hand
    await send_now.bring_forward(
        world.app.agenda, world.app.ledger, hand, one, names, "Camille", now
    )


@pytest.mark.parametrize("again", ["2027-t1", " 2027-T1 ", "2027 T1", "2027‑T1", "２０２７-T1"])
async def test_a_key_is_the_same_however_it_is_typed(tmp_path: Path, again: str) -> None:
    async with open_world(tmp_path, ON_DEMAND) as world:
        await two_people(world)
        await world.look(utc(1, 8))
        await by_hand(world, "avis/essai", "2027-T1")
        await world.at(utc(1, 8, 1))

        await world.look(utc(2, 8))
        await by_hand(world, "Avis/Essai", again)
        await world.at(utc(2, 8, 1))

        assert sorted(world.email.recipients) == MAILS
        assert len(await world.app.ledger.occurrences()) == 1


async def test_a_key_of_signs_alone_is_refused(tmp_path: Path) -> None:
    async with open_world(tmp_path, ON_DEMAND) as world:
        with pytest.raises(NotFound, match="letters or digits"):
            occurrence_to_send(world.app.agenda, "avis", "essai", " — ", utc(1, 8).date())


@pytest.mark.parametrize(
    ("campaigns", "what"),
    [
        (TWO.replace("deux: {", "deux: {was: un, "), "'un', which still exists"),
        (TWO.replace("deux: {", "deux: {was: deux, "), "'deux', which is its name"),
        (
            TWO.replace("deux: {", "deux: {was: zero, ").replace("un: {", "un: {was: zero, "),
            "'zero', which 'un' says it was",
        ),
        (SERIES + EVENT.replace("kind:", "was: cybermois\n    kind:"), "which still exists"),
    ],
)
def test_a_former_name_that_is_somebodys_is_refused(
    tmp_path: Path, campaigns: str, what: str
) -> None:
    config = write_installation(tmp_path, campaigns, OTHER)

    with pytest.raises(ConfigError, match=what):
        load(config, {})


MOVED = EVENT.replace("  webinaire:", "  webinaire-mars:").replace("2026-10-13", "2026-10-20")
INVITED = utc(22, 8, month=9)


async def invited(world: World) -> None:
    await two_people(world)
    await world.at(INVITED)
    assert sorted(world.email.recipients) == MAILS


@pytest.mark.parametrize("later", [timedelta(hours=1), timedelta(days=7)])
async def test_an_event_under_another_name_and_date_waits_for_a_word(
    tmp_path: Path, later: timedelta
) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await invited(world)

        await rename(world, EVENT.strip(), MOVED.strip())
        await world.at(INVITED + later)
        (found,) = await checking_names.findings(
            world.app.agenda, world.app.ledger, world.config, (INVITED + later).date()
        )
        await world.at(utc(29, 8, month=9))
        await world.at(utc(29, 9, month=9))

        assert sorted(world.email.recipients) == MAILS
        assert await world.alarms() == ["renamed webinaire-mars/invitation/2026-09-29"]
        assert "« was: webinaire »" in found.message

        await rename(world, "  webinaire-mars:", "  webinaire-mars:\n    was: webinaire")
        await world.at(utc(29, 10, month=9))
        assert sorted(world.email.recipients) == MAILS
        assert await world.alarms() == []


async def test_the_next_event_with_the_same_messages_is_another(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await invited(world)
        await world.at(utc(14, 8))

        await rename(world, EVENT.strip(), MOVED.replace("2026-10-20", "2026-11-10").strip())
        await world.at(utc(14, 9))
        await world.at(utc(20, 8))
        await world.at(utc(20, 9))

        assert sorted(world.email.recipients) == sorted(MAILS * 2)
        assert await world.alarms() == []


async def test_another_event_with_another_message_is_another(tmp_path: Path) -> None:
    other = {path: text.replace("title: Essai", "title: Autre") for path, text in OTHER.items()}
    async with open_world(tmp_path, EVENT, messages=other) as world:
        await invited(world)

        await rename(world, EVENT.strip(), MOVED.replace("essai", "autre").strip())
        await world.at(utc(29, 8, month=9))

        assert sorted(world.email.recipients) == sorted(MAILS * 2)
        assert await world.alarms() == []


async def test_another_name_date_and_folder_are_known_by_the_title(tmp_path: Path) -> None:
    async with open_world(tmp_path, MAIL_ONLY) as world:
        await two_people(world)
        await world.at(SUNDAY)

        (tmp_path / "templates/essai").rename(tmp_path / "templates/texte")
        await rename(
            world, "un: {message: essai, when: sunday-1", "b: {message: texte, when: sunday-2"
        )
        await world.at(NEXT_SUNDAY)

        assert sorted(world.email.recipients) == MAILS
        assert await world.alarms() == ["renamed cybermois/b/2026-10-11"]


async def test_a_series_switched_off_and_copied_waits_for_a_word(tmp_path: Path) -> None:
    async with open_world(tmp_path, MAIL_ONLY) as world:
        await two_people(world)
        await world.at(SUNDAY)

        copy = MAIL_ONLY.strip("\n").replace("cybermois:", "octobre:")
        await rename(
            world,
            MAIL_ONLY.strip("\n"),
            MAIL_ONLY.strip("\n").replace("kind:", "enabled: false\n    kind:") + "\n" + copy,
        )
        await world.at(SUNDAY + timedelta(hours=1))
        await world.at(MONDAY)

        assert sorted(world.email.recipients) == MAILS
        assert await world.alarms() == ["renamed octobre/un/2026-10-04"]
        detail = (await world.app.ledger.open_alarms())[0].detail
        assert "désactivé" in detail
        assert "« was: cybermois »" in detail


TO_STAFF = MAIL_ONLY.replace("channels:", "audiences: [staff]\n    channels:").strip("\n")
COPY = TO_STAFF.replace("cybermois:", "octobre:")
LINE = "      un: {message: essai, when: sunday-1}"


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize(
    ("old", "new", "held"),
    [
        (TO_STAFF, f"{TO_STAFF}\n{COPY}", "octobre/un"),
        (LINE, f"{LINE}\n{LINE.replace('un:', 'un-bis:')}", "cybermois/un-bis"),
    ],
)
async def test_a_copy_that_is_left_beside_what_it_copies_waits_for_a_word(
    tmp_path: Path, old: str, new: str, held: str, *, before: bool
) -> None:
    async with open_world(tmp_path, TO_STAFF) as world:
        await two_people(world)
        if before:
            await rename(world, old, new)
        await world.at(SUNDAY)
        if not before:
            await rename(world, old, new)
        await world.at(SUNDAY + timedelta(hours=1))
        await world.at(MONDAY)

        assert sorted(world.email.recipients) == MAILS
        (alarm,) = await world.alarms()
        assert alarm.startswith("renamed ")
        if not before:
            assert alarm == f"renamed {held}/2026-10-04"
        assert "le même message" in (await world.app.ledger.open_alarms())[0].detail


@pytest.mark.parametrize(
    "other",
    [
        COPY.replace("kind:", "was: []\n    kind:"),
        COPY.replace("audiences: [staff]", "audiences: [patients]"),
        COPY.replace("channels: [email]", "channels: [sms]"),
        COPY.replace("message: essai", "message: autre"),
    ],
)
async def test_the_same_day_to_others_or_of_something_else_is_no_copy(
    tmp_path: Path, other: str
) -> None:
    texts = {path: text.replace("title: Essai", "title: Autre") for path, text in OTHER.items()}
    async with open_world(tmp_path, TO_STAFF, messages=MESSAGES | texts) as world:
        await two_people(world)
        await world.at(SUNDAY)
        await rename(world, TO_STAFF, f"{TO_STAFF}\n{other}")
        await world.at(SUNDAY + timedelta(hours=1))

        assert await world.alarms() == []
