"""A message that concerns some goes to a list, and never to everybody by oversight."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from scheduler.bootstrap import retention_of
from scheduler.domain.addressees import Sought
from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import NotFound
from scheduler.domain.message import AddressKind
from scheduler.flow.showing import desk
from scheduler.flow.showing.year import year_ahead
from scheduler.flow.steering import send_now
from scheduler.flow.steering.by_hand import occurrence_to_send
from scheduler.flow.steering.listing import Addressed, address, take_back
from scheduler.sources import list_file
from scheduler.store.schema.list_tables import listed, recipient_list
from scheduler.store.schema.tables import delivery
from tests.commands import reflexe
from tests.flow_world import SERIES, World, open_world, utc
from tests.samples.ledger import PATIENTS, STAFF, person

LEAK = """
  fuite:
    kind: on-demand
    audiences: [staff, patients]
    channels: [email]
    episodes:
      avis: {message: fuite, when: by-hand}
"""
HEAD = "title: Essai\nclass: service\nowner: Essai\nchannels: [email]\n"
TEXT = (
    "---\nsubject: Vos données\n"
    "preheader: Ce qui s’est passé, et ce que nous faisons pour vous aider.\n"
    "---\nVos données.\n"
)
FUITE = {"fuite/message.yaml": HEAD + "recipients: list\n", "fuite/email.fr.md": TEXT}
WITH_TWO = FUITE | {"fuite/message.yaml": HEAD + "recipients: list\napproval: true\n"}
OLD = FUITE | {"fuite/message.yaml": HEAD}
NOW = utc(14, 8)
BOTH = ["staff", "patients"]


def occurrence(world: World, key: str = "2026-10") -> Occurrence:
    return occurrence_to_send(world.app.agenda, "fuite", "avis", key, NOW.date())


async def give(
    world: World, *words: str, everybody: bool = False, none: bool = False, key: str = "2026-10"
) -> Addressed:
    sought = None if none or everybody else [Sought(row=n, text=w) for n, w in enumerate(words, 1)]
    app = world.app
    return await address(
        app.agenda,
        app.ledger,
        app.hand,
        occurrence(world, key),
        BOTH,
        sought,
        "Camille",
        NOW,
        everybody=everybody,
    )


async def send(world: World, key: str = "2026-10") -> None:
    app = world.app
    one = occurrence(world, key)
    await send_now.bring_forward(app.agenda, app.ledger, app.hand, one, BOTH, "Camille", NOW)
    await world.at(NOW)


async def people(world: World) -> None:
    await world.book.take_in(STAFF, *(person(number) for number in (1, 2, 3)))
    await world.book.take_in(PATIENTS, *(person(number) for number in (11, 12)))


async def test_only_those_of_the_list_get_it_and_have_a_row(tmp_path: Path) -> None:
    async with open_world(tmp_path, LEAK, messages=FUITE) as world:
        await people(world)

        given = await give(world, "matricule", "K1", "P11@Example.org", "+33 6 39 98 00 12", "K99")
        await send(world)

        assert given.found is not None
        assert (given.found.rows, len(given.found.people), given.found.unknown) == (4, 3, [5])
        assert sorted(world.email.recipients) == [
            "p11@example.org",
            "p12@example.org",
            "p1@example.org",
        ]
        assert len(await world.book.rows(delivery)) == 3
        acts = await world.app.hand.audit_entries(10)
        assert [one.act.act for one in acts] == ["send-now", "give-list"]


async def test_a_list_is_for_what_is_off_the_calendar_and_never_beside_everybody(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, SERIES + LEAK.lstrip("\n"), messages=FUITE) as world:
        await people(world)
        app, sought = world.app, [Sought(row=1, text="K1")]
        dated = occurrence_to_send(app.agenda, "cybermois", "un", "", NOW.date())

        async def said(one: Occurrence, *, everybody: bool) -> None:
            await address(
                app.agenda, app.ledger, app.hand, one, BOTH, sought, "C.", NOW, everybody=everybody
            )

        with pytest.raises(NotFound, match="exclude each other"):
            await said(occurrence(world), everybody=True)
        with pytest.raises(NotFound, match="is on the calendar"):
            await said(dated, everybody=False)


async def test_a_no_changes_nothing_where_the_list_was_the_same(tmp_path: Path) -> None:
    async with open_world(tmp_path, LEAK, messages=FUITE) as world:
        await people(world)
        await give(world, "K1")
        again = await give(world, "K1")
        kept = await world.book.rows(recipient_list)

        await take_back(world.app.hand, occurrence(world), again, "Camille", NOW)

        assert not again.is_new
        assert await world.book.rows(recipient_list) == kept


async def test_without_a_list_nothing_leaves_and_everybody_has_to_be_said(tmp_path: Path) -> None:
    async with open_world(tmp_path, LEAK, messages=FUITE) as world:
        await people(world)
        with pytest.raises(NotFound, match="--to-list"):
            await give(world, none=True)
        # Whatever way it is brought forward.
        await send(world)
        assert world.email.tries == []
        row = await world.occurrence()
        assert row.state is OccurrenceState.HELD
        assert "--to-list" in row.reason

        await give(world, everybody=True)
        await world.at(NOW + timedelta(minutes=1))

        assert len(world.email.recipients) == 5


async def test_a_list_in_which_nobody_is_known_is_refused(tmp_path: Path) -> None:
    async with open_world(tmp_path, LEAK, messages=FUITE) as world:
        await people(world)
        with pytest.raises(NotFound, match="nobody in the list"):
            await give(world, "K98", "K99")
        assert await world.book.rows(recipient_list) == []


async def test_two_people_allow_the_list_too(tmp_path: Path) -> None:
    async with open_world(tmp_path, LEAK, messages=WITH_TWO) as world:
        await people(world)
        app, one = world.app, occurrence(world)
        given = await give(world, "K1")
        await send_now.ask(app.agenda, app.hand, one, BOTH, "Camille", NOW, given.kept)
        await give(world, "K1", "K2")

        with pytest.raises(NotFound, match="the list it goes to, have changed"):
            await send_now.approve(app.agenda, app.ledger, app.hand, "fuite", "Sacha", NOW)

        await give(world, "K1")
        await send_now.approve(app.agenda, app.ledger, app.hand, "fuite", "Sacha", NOW)
        await world.at(NOW)
        assert world.email.recipients == ["p1@example.org"]


async def test_a_list_changed_after_it_was_allowed_voids_that(tmp_path: Path) -> None:
    async with open_world(tmp_path, LEAK, messages=WITH_TWO) as world:
        await people(world)
        app, one = world.app, occurrence(world)
        given = await give(world, "K1")
        await send_now.ask(app.agenda, app.hand, one, BOTH, "Camille", NOW, given.kept)
        await send_now.approve(app.agenda, app.ledger, app.hand, "fuite", "Sacha", NOW)
        await give(world, "K2")

        await world.at(NOW)

        assert world.email.tries == []


async def test_a_key_that_has_begun_to_leave_takes_no_other_list(tmp_path: Path) -> None:
    async with open_world(tmp_path, LEAK, messages=FUITE) as world:
        await people(world)
        await give(world, "K1")
        await send(world)

        with pytest.raises(NotFound, match="another --key"):
            await give(world, "K2")
        again = await give(world, "K1")
        await give(world, "K2", key="2026-10-bis")
        await send(world, "2026-10-bis")

        assert again.kept is not None
        assert world.email.recipients == ["p1@example.org", "p2@example.org"]


async def test_what_nobody_confirmed_is_taken_back(tmp_path: Path) -> None:
    async with open_world(tmp_path, LEAK, messages=FUITE) as world:
        await people(world)
        one, hand = occurrence(world), world.app.hand
        first = await give(world, "K1")
        second = await give(world, "K2", "K3")

        await take_back(hand, one, second, "Camille", NOW)
        await send(world)
        assert world.email.recipients == ["p1@example.org"]

        fresh = await give(world, "K2", key="autre")
        await take_back(hand, occurrence(world, "autre"), fresh, "Camille", NOW)
        assert len(await world.book.rows(recipient_list)) == 1
        assert first.kept is not None


async def test_nobody_in_the_list_gives_way_to_somebody_who_is_not(tmp_path: Path) -> None:
    async with open_world(tmp_path, LEAK, messages=FUITE) as world:
        shared = person(1).email
        await world.book.take_in(STAFF, person(1))
        await world.book.take_in(PATIENTS, person(11))
        statement = text(
            "update contact set email_id = (select email_id from contact where id = 1) where id = 2"
        )
        await world.book.ledger.database.write(lambda one: one.execute(statement))

        await give(world, "K11")
        await send(world)

        assert shared is not None
        assert world.email.recipients == [shared.send_to]


async def test_a_list_is_purged_with_its_occurrence_and_with_its_people(tmp_path: Path) -> None:
    async with open_world(tmp_path, LEAK, messages=FUITE) as world:
        await people(world)
        await give(world, "K1", "K2", "K3")
        await send(world)
        (card,) = await world.app.people.find("K1", None)
        await world.app.people.erase(card, "Camille", NOW)
        assert len(await world.book.rows(listed)) == 2
        (frozen,) = await world.app.people.find("K2", None)
        await world.app.people.freeze(frozen, "Camille", NOW)

        await retention_of(world.app).run(NOW + timedelta(days=400), "Camille")

        rows = await world.book.rows(select(listed.c.contact_id))
        assert [row.contact_id for row in rows] == [frozen.contact]
        assert len(await world.book.rows(recipient_list)) == 1


def test_a_list_is_a_key_or_an_address_a_row(tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_bytes('\ufeffmatricule;nom\nA1;Zoé\n\n"A 2";x\n  p1@example.org , y\n'.encode())

    assert [(one.row, one.text) for one in list_file.read(file)] == [
        (1, "matricule"),
        (2, "A1"),
        (4, "A 2"),
        (5, "p1@example.org"),
    ]


@pytest.mark.parametrize(
    "line",
    ['="M2"', "'M2", "M2\u00a0", "\u200bM2", '"=""M2""";x', '="M2";Zoé', '"M2', "’M2,y"],
)
def test_a_list_s_key_is_read_as_an_import_reads_it(tmp_path: Path, line: str) -> None:
    file = tmp_path / "liste.csv"
    file.write_text(f"{line}\nM\u00a03\n", encoding="utf-8")

    assert [one.text for one in list_file.read(file)] == ["M2", "M 3"]


# At the command line


@pytest.fixture
def config(tmp_path: Path) -> Path:
    async def make(messages: dict[str, str]) -> Path:
        async with open_world(tmp_path, LEAK, messages=messages) as world:
            await people(world)
            return world.config

    return asyncio.run(make(WITH_TWO))


SEND = ("send-now", "fuite/avis", "--key", "2026-10", "--by", "Camille")


def test_it_counts_before_it_asks_and_a_no_leaves_nothing(config: Path, tmp_path: Path) -> None:
    file = tmp_path / "liste.txt"
    file.write_text("K1\nK2\ninconnue@example.org\n", encoding="utf-8")

    no = reflexe(config, *SEND, "--to-list", str(file), typed="n\n")
    refused = reflexe(config, *SEND, typed="y\n")
    yes = reflexe(config, *SEND, "--to-list", str(file), typed="y\n")

    assert no.code == 1
    assert "The list: 3 rows, 2 people known here." in no.out
    assert "Unknown here: 1 (rows 3)." in no.out
    assert "now to the 2 people of the list?" in no.out
    assert "example.org" not in no.out
    assert refused.code == 2
    assert "--to-everybody" in refused.err
    assert yes.code == 0, yes.err
    assert "waits for another person" in yes.out


def test_everybody_is_asked_in_words(config: Path) -> None:
    answer = reflexe(config, *SEND, "--to-everybody", typed="y\n")

    assert answer.code == 0, answer.err
    assert "EVERYBODY in staff, patients" in answer.out


def test_an_old_message_of_service_still_leaves_and_is_warned_of(tmp_path: Path) -> None:
    async def make() -> Path:
        async with open_world(tmp_path, LEAK, messages=OLD) as world:
            await people(world)
            return world.config

    config = asyncio.run(make())

    answer = reflexe(config, *SEND, "--yes")

    assert answer.code == 0, answer.err
    assert "is due now" in answer.out
    assert "warning: fuite/message.yaml doesn't say to whom it goes" in answer.err


async def test_until_it_leaves_the_calendar_and_the_desk_count_the_list_alone(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, LEAK, messages=FUITE) as world:
        await people(world)
        await give(world, "K1", "K11")
        app, day = world.app, NOW.date()
        one = occurrence(world)
        await send_now.bring_forward(app.agenda, app.ledger, app.hand, one, BOTH, "Camille", NOW)

        (entry,) = await year_ahead(app.agenda, app.ledger, NOW, day, day)
        (view,) = await desk.year(
            app.agenda, app.desk, {"email": AddressKind.EMAIL}, day, day, today=day, now=NOW
        )

        assert entry.people == 2
        counted = {(slot.audience.name, slot.reachable) for slot in view.slots}
        assert counted == {("staff", 1), ("patients", 1)}
