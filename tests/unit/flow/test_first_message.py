"""The first message to an imported contact says where their address came from (GDPR article 14)."""

from collections import deque
from datetime import timedelta
from pathlib import Path

from scheduler.domain.errors import Permanent
from scheduler.domain.people.imports import SAMPLE_ORIGIN
from tests.flow_world import EVENT, SERIES, World, edit, open_world, utc
from tests.samples.content import FOOTER, part, read
from tests.samples.ledger import STAFF, person

WITH_NOTICE = {
    "_snippets/pied.fr.md": FOOTER + "\n{% if origine %}Source : {{ origine }}.{% endif %}\n"
}
#: One reminder, by e-mail and by SMS at the same hour.
REMINDER = """
  rappels:
    kind: reminder
    topic: reminders
    audiences: [staff]
    episodes:
      un: {message: essai, when: first-working-tuesday, months: [10]}
"""
TUESDAY = utc(6, 8)

KINDS = ("plain", "html")


def sources(world: World) -> list[bool]:
    """Whether each e-mail that was accepted tells the origin, in its text and in its page."""
    mails = [read(message.body) for message in world.email.accepted]
    told = [
        [f"Source : {SAMPLE_ORIGIN}." in part(mail, kind).replace("\n", " ") for kind in KINDS]
        for mail in mails
    ]
    assert all(plain == html for plain, html in told)
    return [plain for plain, _ in told]


async def test_only_the_first_message_tells_the_origin(tmp_path: Path) -> None:
    two = SERIES + "      deux: {message: essai, when: sunday-2}\n"
    async with open_world(tmp_path, two, messages=WITH_NOTICE) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(utc(4, 8))
        await world.book.take_in(STAFF, person(2), at=utc(5, 8))
        await world.at(utc(11, 8))

        assert world.email.recipients == ["p1@example.org", "p1@example.org", "p2@example.org"]
        assert sources(world) == [True, False, True]


async def test_a_first_message_that_was_refused_was_none(tmp_path: Path) -> None:
    two = SERIES + "      deux: {message: essai, when: sunday-2}\n"
    async with open_world(tmp_path, two, messages=WITH_NOTICE) as world:
        await world.book.take_in(STAFF, person(1, phone=None))
        world.email.refusals["p1@example.org"] = deque([Permanent("554 5.6.0 no")])
        await world.at(utc(4, 8))
        await world.at(utc(11, 8))

        assert sources(world) == [True]


async def test_the_email_goes_before_the_first_sms(tmp_path: Path) -> None:
    async with open_world(tmp_path, REMINDER, messages=WITH_NOTICE) as world:
        await world.book.take_in(STAFF, person(1), person(2, email=None))
        await world.at(TUESDAY)
        assert (world.email.recipients, world.sms.recipients) == (
            ["p1@example.org"],
            ["+33639980002"],
        )

        await world.at(TUESDAY + timedelta(minutes=30))

        assert world.sms.recipients == ["+33639980001", "+33639980002"]


async def test_who_knows_us_waits_no_more(tmp_path: Path) -> None:
    async with open_world(tmp_path, SERIES + REMINDER, messages=WITH_NOTICE) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(utc(4, 8))
        await world.at(utc(5, 8))
        await world.at(TUESDAY)

        assert world.sms.recipients == ["+33639980001", "+33639980001"]


async def test_an_event_by_email_alone_tells_it_too(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT, messages=WITH_NOTICE) as world:
        await world.book.take_in(STAFF, person(1))
        await world.at(utc(22, 8, month=9))

        assert sources(world) == [True]


async def test_a_file_of_our_own_is_said_to_be_ours(tmp_path: Path) -> None:
    footer = (
        FOOTER + "\n{% if origine %}{% if fichier_interne %}À nous : {{ origine }}.{% else %}"
        "D’ailleurs : {{ origine }}.{% endif %}{% endif %}\n"
    )
    async with open_world(tmp_path, SERIES, messages={"_snippets/pied.fr.md": footer}) as world:
        await world.book.take_in(STAFF, person(1), origin="les RH", own_file=True)
        await world.book.take_in(STAFF, person(2), origin="un annuaire")
        await world.at(utc(4, 8))

        texts = [part(read(one.body), "plain") for one in world.email.accepted]
        assert "À nous : les RH." in texts[0]
        assert "D’ailleurs : un annuaire." in texts[1]
        assert "D’ailleurs" not in texts[0]


async def test_the_version_of_the_notice_is_kept_with_each_delivery(tmp_path: Path) -> None:
    footer = FOOTER + "\n{% if version_avis %}Version {{ version_avis }}.{% endif %}\n"
    async with open_world(tmp_path, SERIES, messages={"_snippets/pied.fr.md": footer}) as world:
        edit(world.config, "organisation:\n", "organisation:\n  notice_version: 2026-09\n")
        world.read_again()
        await world.book.take_in(STAFF, person(1))
        await world.at(utc(4, 8))

        (mail,) = world.email.accepted
        assert "Version 2026-09." in part(read(mail.body), "plain")
