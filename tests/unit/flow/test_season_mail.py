"""The season's report goes to the operators once, on the Monday after the recap, if asked for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

from scheduler import bootstrap
from scheduler.config.loading import load
from scheduler.domain.errors import Permanent, Temporary
from scheduler.flow.watching.season_mail import SeasonMail
from tests.flow_world import World, edit, open_world
from tests.samples.ledger import STAFF, person

SERIES = """
  cybermois:
    kind: series
    topic: october
    channels: [email]
    episodes:
      un: {message: essai, when: sunday-1}
      bilan: {message: essai, when: recap}
"""
#: Thursday 5 November 2026, ten in Paris; and the Monday after it, nine.
RECAP = datetime(2026, 11, 5, 9, tzinfo=UTC)
MONDAY = datetime(2026, 11, 9, 8, tzinfo=UTC)
TO = "direction@example.org"


@asynccontextmanager
async def asking(folder: Path, *, leaves: bool = True) -> AsyncIterator[tuple[World, SeasonMail]]:
    """A recap has left to thirty people, where it ``leaves``."""
    async with open_world(folder, SERIES) as world:
        keys = f"alarms: {{mail_to: {TO}, season_report: true}}\ncampaigns:\n"
        edit(world.config, "campaigns:\n", keys)
        world.read_again()
        await world.book.take_in(STAFF, *(person(number) for number in range(30)))
        if leaves:
            await world.at(RECAP)
            world.email.accepted.clear()
        mail = bootstrap.make_season_mail(lambda: world.app, dict(world.providers))
        assert mail is not None
        yield world, mail


async def look(world: World, mail: SeasonMail, *instants: datetime) -> list[str]:
    """The subjects of what was mailed to the operators by then."""
    for instant in instants:
        world.clock.now = instant
        await mail.look(instant)
    parsed = [
        message_from_bytes(one.body, policy=policy.default)
        for one in world.email.accepted
        if one.to == TO
    ]
    return [str(one["Subject"]) for one in parsed]


async def test_it_is_mailed_once_on_the_monday_after_the_recap(tmp_path: Path) -> None:
    async with asking(tmp_path) as (world, mail):
        early = [RECAP, RECAP + timedelta(days=3), MONDAY - timedelta(minutes=1)]
        assert await look(world, mail, *early) == []

        later = [MONDAY, MONDAY + timedelta(minutes=10), MONDAY + timedelta(days=2)]
        found = await look(world, mail, *later)

        assert len(found) == 1
        assert found[0].startswith("[Réflexe] Bilan 2026\u00a0: Série «\u00a0")
        text = message_from_bytes(world.email.accepted[-1].body, policy=policy.default)
        said = text.get_content()
        assert "- 30 messages adressés" in said
        assert "MESSAGE PAR MESSAGE" in said
        assert "adressés, courriel : 30" in said
        assert "LA SAISON PROCHAINE" in said
        assert "p1@example.org" not in said


async def test_another_process_mails_it_no_second_time(tmp_path: Path) -> None:
    async with asking(tmp_path) as (world, mail):
        await look(world, mail, MONDAY)
        world.read_again()
        again = bootstrap.make_season_mail(lambda: world.app, dict(world.providers))

        assert again is not None
        assert len(await look(world, again, MONDAY + timedelta(hours=1))) == 1


async def test_what_couldnt_leave_is_tried_again(tmp_path: Path) -> None:
    async with asking(tmp_path) as (world, mail):
        world.email.broken = Temporary("451", "later")
        assert await look(world, mail, MONDAY) == []
        world.email.broken = None

        assert len(await look(world, mail, MONDAY + timedelta(minutes=10))) == 1


async def test_what_is_refused_for_good_is_not_mailed_every_ten_minutes(tmp_path: Path) -> None:
    async with asking(tmp_path) as (world, mail):
        world.email.broken = Permanent("550", "no such user")
        await look(world, mail, MONDAY)
        world.email.broken = None

        assert await look(world, mail, MONDAY + timedelta(minutes=10)) == []


async def test_a_daemon_that_was_down_mails_it_within_the_week_alone(tmp_path: Path) -> None:
    async with asking(tmp_path) as (world, mail):
        assert await look(world, mail, MONDAY + timedelta(days=7)) == []
        assert len(await look(world, mail, MONDAY + timedelta(days=6, hours=23))) == 1


async def test_a_recap_that_never_left_has_no_report(tmp_path: Path) -> None:
    async with asking(tmp_path, leaves=False) as (world, mail):
        assert await look(world, mail, MONDAY) == []


async def test_nobody_is_mailed_who_didnt_ask(tmp_path: Path) -> None:
    async with open_world(tmp_path, SERIES) as world:
        assert bootstrap.make_season_mail(lambda: world.app, dict(world.providers)) is None
        edit(world.config, "campaigns:\n", f"alarms: {{mail_to: {TO}}}\ncampaigns:\n")
        app = bootstrap.app_on(load(world.config, {}), world.app.ledger, world.clock)
        assert bootstrap.make_season_mail(lambda: app, dict(world.providers)) is None
