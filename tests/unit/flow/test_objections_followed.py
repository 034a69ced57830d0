"""A merger renames a whole domain: who had refused still gets nothing, and the import says so."""

from collections import deque
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.domain.answers.replies import Reply
from scheduler.domain.consent.optout import by_complaint
from scheduler.domain.errors import Permanent
from scheduler.domain.hearing.kinds import Hearing, ReplyKind
from scheduler.domain.message import AddressKind
from scheduler.flow.people.persons import address_of
from scheduler.flow.people.wishes import opt_out, take_back
from scheduler.store.schema.tables import contact, delivery
from tests.commands import reflexe
from tests.flow_world import EVENT, World, open_world, utc
from tests.worlds import import_people, write_config

AT = utc(22, 8, month=9)
BEFORE = "matricule;prenom;email;telephone\n"
BEFORE += "M1;Anne;anne@ancien.example;\nM2;Paul;paul@ancien.example;\n"
AFTER = BEFORE.replace("@ancien.", "@nouveau.")


async def told(world: World, typed: str, channel: str = "", by: str = "") -> int:
    address = address_of(typed)
    now = world.clock()
    return await opt_out(world.app.people, address, channel or address.channel, now, by=by)


async def test_who_refused_at_the_old_domain_gets_nothing_at_the_new_one(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await import_people(world.app, "staff", BEFORE)
        await told(world, "anne@ancien.example")

        report = await import_people(world.app, "staff", AFTER)
        await world.at(AT)

        assert (report.refusing, report.opted_out) == (1, 0)
        assert world.email.recipients == ["paul@nouveau.example"]
        assert await world.states() == {"sent": 1, "left-out opted-out": 1}


async def test_who_refuses_while_their_message_waits_is_left_out_whatever_they_have(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await import_people(world.app, "staff", BEFORE)
        await world.look(AT)
        await import_people(world.app, "staff", AFTER)

        await told(world, "anne@nouveau.example")
        await world.send()

        rows = {row.contact_id: row.state for row in await world.book.rows(delivery)}
        names = {row.id: row.id for row in await world.book.rows(contact)}
        assert len(names) == 2
        assert sorted(rows.values()) == ["left-out", "sent"]
        assert not [to for to in world.email.recipients if to.startswith("anne")]


SHARED = "reference;prenom;email;telephone\n"
SHARED += "R1;Zoé;zoe@example.org;+33 6 39 98 00 09\nR2;Ali;ali@example.org;+33 6 39 98 00 09\n"


async def test_all_channels_of_a_shared_number_close_nobody_s_mailbox(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await import_people(world.app, "patients", SHARED)

        await told(world, "+33 6 39 98 00 09", "all")

        rows = await world.app.people.opt_outs()
        assert {(row.address, row.contact) for row in rows} == {("+33639980009", None)}


async def test_one_who_is_named_takes_their_own_mailbox_with_them(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await import_people(world.app, "patients", SHARED)

        await told(world, "+33 6 39 98 00 09", "all", by="R1")
        rows = await world.app.people.opt_outs()
        ended = await take_back(
            world.app.people, address_of("zoe@example.org"), "all", world.clock()
        )

        assert {row.address for row in rows} == {"+33639980009", "zoe@example.org"}
        assert {row.key for row in rows} == {"R1"}
        assert ended == len(rows)
        assert await world.app.people.opt_outs() == []


async def test_a_number_that_others_have_too_is_refused_for_the_person_alone(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await import_people(world.app, "patients", SHARED)

        await told(world, "zoe@example.org", "sms")

        (row,) = await world.app.people.opt_outs()
        assert (row.address, row.channel, row.key) == ("zoe@example.org", "sms", "R1")
        barred = world.app.people.has_opted_out
        assert await barred(address_of("+33 6 39 98 00 09").kind, "+33639980009", "sms")


# As an operator says it


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return write_config(tmp_path)


def take_in(config: Path, text: str, *words: str) -> str:
    file = config.parent / "staff.csv"
    file.write_text(text, encoding="utf-8")
    how = ("--origin", "essai", "--basis", "legitimate-interest")
    return reflexe(config, "import", "staff", str(file), *how, *words).out


@pytest.mark.parametrize("words", [(), ("--dry-run",), ("--mode", "replace")])
def test_each_kind_of_import_says_what_it_kept(config: Path, words: tuple[str, ...]) -> None:
    take_in(config, BEFORE)
    reflexe(config, "optout", "add", "anne@ancien.example")

    said = [line.split(maxsplit=1) for line in take_in(config, AFTER, *words).splitlines()]

    counts = {line[1]: line[0] for line in said if len(line) == 2}
    assert counts["people whose own opt-out holds, at whatever address"] == "1"
    assert counts["addresses and numbers whose opt-out holds, whoever has them"] == "0"


def test_the_list_says_whose_it_is(config: Path) -> None:
    take_in(config, BEFORE)
    reflexe(config, "optout", "add", "anne@ancien.example")
    reflexe(config, "optout", "add", "inconnue@example.org")

    rows = reflexe(config, "optout", "list", "--json").json

    assert [row["contact"] for row in rows] == [1, None]


SHARERS = "matricule;prenom;email;telephone;consent_sms_date;consent_sms_how;consent_sms_wording\n"
SHARERS += "M1;Zoé;zoe@example.org;+33639980009;2026-01-15;papier;J’accepte.\n"
SHARERS += "M2;Ali;ali@example.org;+33639980009;2026-01-15;papier;J’accepte.\n"
SUNDAY, MONDAY = utc(4, 8), utc(5, 8)
MAILS = ["ali@example.org", "zoe@example.org"]


async def stop(world: World) -> None:
    replies = world.app.replies
    heard = Reply(channel="sms", provider_id="SM1", sender="+33639980009", text="STOP")
    await replies.take(heard, Hearing(kind=ReplyKind.OPT_OUT), world.clock(), answerable=False)


async def test_a_stop_from_a_shared_number_ends_its_sms_and_nobody_s_mail(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await import_people(world.app, "staff", SHARERS)
        await stop(world)

        await world.at(SUNDAY)
        await world.at(MONDAY)

        assert (world.email.recipients, world.sms.recipients) == (MAILS, [])
        assert [row.contact for row in await world.app.people.opt_outs()] == [None]


async def test_what_the_provider_knows_of_a_shared_number_ends_its_sms_and_nobody_s_mail(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path) as world:
        await import_people(world.app, "staff", SHARERS)
        world.sms.refusals["+33639980009"] = deque([Permanent("21610", opted_out=True)])

        await world.at(SUNDAY)
        await world.at(MONDAY)
        await world.at(MONDAY + timedelta(hours=1))

        assert (world.email.recipients, world.sms.recipients) == (MAILS, [])
        assert world.sms.tries == ["+33639980009"]
        assert {row.address for row in await world.app.people.opt_outs()} == {"+33639980009"}


async def test_a_complaint_at_a_shared_mailbox_touches_nobody_s_number(tmp_path: Path) -> None:
    shared = SHARERS.replace("zoe@", "maison@").replace("ali@", "maison@")
    shared = shared.replace(
        "0009;2026-01-15;papier;J’accepte.\nM2", "0008;2026-01-15;papier;J’accepte.\nM2"
    )
    async with open_world(tmp_path) as world:
        await import_people(world.app, "staff", shared)
        complaint = by_complaint(world.clock())
        people = world.app.people
        await people.opt_out_identity(AddressKind.EMAIL, "maison@example.org", complaint)

        await world.at(SUNDAY)
        await world.at(MONDAY)

        assert world.email.recipients == []
        assert world.sms.recipients == ["+33639980008", "+33639980009"]


def test_what_a_person_decided_of_a_key_is_in_the_audit_log(tmp_path: Path) -> None:
    config = write_config(tmp_path)
    words = ("--origin", "essai", "--basis", "legitimate-interest")
    file = tmp_path / "staff.csv"
    file.write_text(BEFORE, encoding="utf-8")
    reflexe(config, "import", "staff", str(file), *words)
    file.write_text(
        BEFORE.replace("Anne;anne", "Bruno;bruno").replace("Paul;paul", "Rose;rose"),
        encoding="utf-8",
    )
    settled = ("--same-person", "M1", "--other-person", "M2", "--by", "Camille")

    answer = reflexe(config, "import", "staff", str(file), *words, *settled, "--json")

    assert answer.json["settled"] == 2
    acts = reflexe(config, "audit", "list", "--json").json
    (mine,) = [one for one in acts if one["actor"] == "Camille" and one["act"] == "import"]
    assert (mine["detail"]["same_person"], mine["detail"]["other_person"]) == (1, 1)
    assert "M1" not in str(mine["detail"])
