"""What becomes of a delivery whose person was changed while it waited; and whole runs of it."""

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import sql
from sqlalchemy.engine import make_url

from scheduler.domain.delivery import LeftOut
from scheduler.domain.errors import Temporary
from scheduler.domain.message import Message
from scheduler.domain.people.contacts import Row
from scheduler.domain.readdressing import Facts, Step, decide
from scheduler.store.keys.sealing import make_keys, write_keys
from scheduler.store.schema.tables import contact, delivery
from tests.flow_world import EVENT, SERIES, STAFF_FILE, World, open_world, utc
from tests.samples.ledger import MADE, PARIS, PATIENTS, REUNION, STAFF, person

FINE = Facts(in_slot=True, reason=None, changed=False, may_have_left=False, taken=False)


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({}, Step.LEAVE),
        ({"taken": True}, Step.LEAVE),
        ({"changed": True}, Step.READDRESS),
        ({"changed": True, "taken": True}, LeftOut.DUPLICATE),
        ({"changed": True, "reason": LeftOut.NO_CONSENT, "taken": True}, LeftOut.NO_CONSENT),
        ({"reason": LeftOut.NO_CONSENT}, LeftOut.NO_CONSENT),
        ({"in_slot": False, "reason": LeftOut.OPTED_OUT}, LeftOut.MOVED),
        ({"in_slot": False, "changed": True}, LeftOut.MOVED),
        ({"may_have_left": True}, Step.LEAVE),
        ({"may_have_left": True, "in_slot": False}, Step.LEAVE),
        ({"may_have_left": True, "reason": LeftOut.OPTED_OUT}, LeftOut.OPTED_OUT),
        ({"may_have_left": True, "changed": True, "in_slot": False}, Step.DOUBT),
    ],
)
def test_what_becomes_of_a_delivery(facts: dict[str, Any], word: LeftOut | Step) -> None:
    assert decide(replace(FINE, **facts)) is word


GREYLISTED = "450 4.2.0 greylisted"


async def test_a_retry_goes_to_the_address_that_came_meanwhile(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1, email="ancien@example.org"))
        world.email.refusals["ancien@example.org"] = deque([Temporary("450", GREYLISTED)])
        await world.at(utc(22, 8, month=9))
        assert await world.states() == {"waiting": 1}

        await world.book.take_in(STAFF, person(1, email="nouveau@example.org"))
        await world.at(utc(22, 9, month=9))

        assert world.email.recipients == ["nouveau@example.org"]
        assert await world.states() == {"sent": 1}


async def test_a_retry_to_an_address_nobody_agreed_to_is_left_out(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(PATIENTS, person(1, email="vieux@example.org"))
        world.email.refusals["vieux@example.org"] = deque([Temporary("450", GREYLISTED)])
        await world.at(utc(22, 8, month=9))

        autre = person(1, email="autre.personne@example.org", agreed=[])
        await world.book.take_in(PATIENTS, autre)
        await world.at(utc(22, 9, month=9))

        assert world.email.recipients == []
        assert await world.states() == {"left-out no-consent": 1}
        assert (await world.occurrence()).state == "finished"


async def test_a_retry_to_another_provider_goes_by_its_lane(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, person(1, email="ancien@orange.fr"), person(2))
        world.email.refusals["ancien@orange.fr"] = deque([Temporary("450", GREYLISTED)])
        await world.at(utc(22, 8, month=9))

        await world.book.take_in(STAFF, person(1, email="nouveau@gmail.com"))
        for minute in (0, 1):
            await world.at(utc(22, 9, minute, month=9))

        assert world.email.recipients == ["nouveau@gmail.com", "p2@example.org"]


async def test_who_goes_to_a_place_whose_hour_has_passed_is_not_missed(tmp_path: Path) -> None:
    async with open_world(tmp_path, SERIES) as world:
        await world.book.take_in(STAFF, person(1, place=REUNION), person(2), person(3))
        await world.at(utc(4, 6, 30))
        assert world.email.recipients == ["p1@example.org"]

        await world.book.take_in(STAFF, person(1), person(2, place=REUNION))
        await world.at(utc(4, 7))
        assert world.email.recipients == ["p1@example.org", "p2@example.org"]
        await world.at(utc(4, 8))

        assert world.email.recipients == ["p1@example.org", "p2@example.org", "p3@example.org"]
        assert (await world.states())["sent"] == 3


async def test_who_waits_and_goes_to_a_place_whose_hour_is_to_come_gets_it_then(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, SERIES) as world:
        await world.book.take_in(STAFF, person(1, place=REUNION), person(2))
        world.email.refusals["p1@example.org"] = deque([Temporary("450", GREYLISTED)])
        await world.at(utc(4, 6))

        await world.book.take_in(STAFF, person(1))
        await world.at(utc(4, 7, 30))
        assert (await world.states())["left-out moved"] == 1
        await world.at(utc(4, 8))

        assert world.email.recipients == ["p1@example.org", "p2@example.org"]


# Whole runs: whatever files say meanwhile, everybody has one row, and nobody gets it twice.

#: Contacts are of two audiences, by the service they are in; some are of none.
CARERS = STAFF_FILE + "rule: {service: [Soins]}\n"
MANAGERS = """
label: Direction
of: staff
key: matricule
channels: {email: {basis: legitimate-interest}, sms: {basis: consent}}
rule: {service: [Direction]}
"""
PLACES = (REUNION, PARIS)
#: Before everything, between the two places' hours of 4 October, and after them.
STOPS = tuple(utc(4, hour, minute) for hour, minute in ((5, 0), (6, 5), (6, 40), (8, 5), (9, 0)))
END = utc(6, 12)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A person as a file gives them."""

    email: int | None
    place: int
    service: str
    language: str
    named: bool

    def row(self, number: int) -> Row:
        address = None if self.email is None else f"a{self.email}@{DOMAINS[self.email % 3]}"
        return person(
            number,
            email=address,
            place=PLACES[self.place],
            language=self.language,
            fields={"prenom": "Camille"} | ({"service": self.service} if self.service else {}),
        )


DOMAINS = ("example.org", "orange.fr", "gmail.com")
EMAILS = st.one_of(st.none(), st.integers(0, 6))
SERVICES = st.sampled_from(["Soins", "Direction", "Autre", ""])
LANGUAGES = st.sampled_from(["fr", "en"])
#: What a file says of somebody that the one before didn't.
CHANGES = st.one_of(
    st.fixed_dictionaries({"email": EMAILS}),
    st.fixed_dictionaries({"place": st.integers(0, 1)}),
    st.fixed_dictionaries({"place": st.integers(0, 1), "email": EMAILS}),
    st.fixed_dictionaries({"service": SERVICES}),
    st.fixed_dictionaries({"language": LANGUAGES}),
    st.fixed_dictionaries({"named": st.booleans()}),
)
PEOPLE = 4
PERSONS = st.builds(
    Entry,
    email=EMAILS,
    place=st.integers(0, 1),
    service=st.sampled_from(["Soins", "Direction"]),
    language=LANGUAGES,
    named=st.just(True),
)
#: Who is changed by each file, and how; nothing: there is no file.
FILES = st.lists(
    st.dictionaries(st.integers(0, PEOPLE - 1), CHANGES, max_size=PEOPLE),
    min_size=len(STOPS),
    max_size=len(STOPS),
)
State = list[Entry]


def states(first: State, files: Sequence[Mapping[int, Mapping[str, Any]]]) -> list[State | None]:
    """What each file says of everybody; None: there is none."""
    found: list[State | None] = []
    before = first
    for changes in files:
        now = [replace(one, **changes.get(number, {})) for number, one in enumerate(before)]
        found.append(now if changes else None)
        before = now
    return found


@dataclass(slots=True)
class Watch:
    """What a provider sees beside what the files say at that moment."""

    addresses: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def look(self, message: Message) -> None:
        if message.to not in self.addresses:
            self.wrong.append(message.to)


async def run_through(
    world: World, first: Sequence[Entry], files: Sequence[Sequence[Entry] | None], refused: int
) -> Watch:
    watch = Watch()
    world.email.on_try = watch.look

    async def take(entries: Sequence[Entry], at: datetime) -> None:
        rows = [one.row(number) for number, one in enumerate(entries, 1) if one.named]
        await world.book.take_in(STAFF, *rows, at=at)
        kept = await world.book.rows(contact)
        if kept:
            newest = max(row.import_id for row in kept)
            await world.app.contact_files.end_absent(STAFF, newest)
        watch.addresses = {row.email.send_to for row in rows if row.email}

    for number in range(7):
        to = f"a{number}@{DOMAINS[number % 3]}"
        if refused >> number & 1:
            world.email.refusals[to] = deque([Temporary("450", GREYLISTED)])
    await take(first, MADE)
    for stop, entries in zip(STOPS, files, strict=True):
        await world.at(stop)
        if entries is not None:
            await take(entries, stop)
    at = STOPS[-1]
    while at < END:
        at += timedelta(hours=3)
        await world.at(at)
    return watch


RUNS = st.tuples(st.lists(PERSONS, min_size=PEOPLE, max_size=PEOPLE), FILES, st.integers(0, 127))
Run = tuple[State, list[dict[int, dict[str, Any]]], int]


async def run_and_judge(run: Run, place: str = "") -> None:
    first, changes, refused = run
    files = states(first, changes)
    with TemporaryDirectory() as folder:
        audiences = {"staff": CARERS, "patients": MANAGERS}
        path = Path(folder)
        write_keys(make_keys(), path / "keys.json")
        keys = f"keys: {{file: {path / 'keys.json'}}}\n" if place else ""
        async with open_world(path, SERIES + keys + place, audiences=audiences) as world:
            watch = await run_through(world, first, files, refused)
            await judge(world, watch, first, files)


@settings(max_examples=40)
@given(run=RUNS)
def test_whatever_files_change_in_mid_run_everybody_has_one_row_and_gets_it_once(run: Run) -> None:
    asyncio.run(run_and_judge(run))


def test_the_same_on_postgresql(postgres: str, postgres_template: str) -> None:
    numbers = count()

    @settings(max_examples=6)
    @given(run=RUNS)
    def example(run: Run) -> None:
        name = f"mid_run_{next(numbers)}"
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute(made.format(sql.Identifier(name), sql.Identifier(postgres_template)))
        url = make_url(postgres).set(drivername="postgresql+psycopg", database=name)
        place = f"database: {{url: '{url.render_as_string(hide_password=False)}'}}\n"
        asyncio.run(run_and_judge(run, place))

    example()


async def judge(
    world: World,
    watch: Watch,
    first: Sequence[Entry],
    files: Sequence[Sequence[Entry] | None],
) -> None:
    rows = [row for row in await world.book.rows(delivery) if row.channel == "email"]
    by_person = {row.contact_id: row for row in rows}
    assert len(by_person) == len(rows), "one row each"
    assert watch.wrong == [], "only to the addresses of the day"
    accepted = [message.to for message in world.email.accepted]
    assert len(set(accepted)) == len(accepted), "each address once"
    assert sorted(message.delivery for message in world.email.accepted) == sorted(
        row.id for row in rows if row.state == "sent"
    )
    assert {row.state for row in rows} <= {"sent", "left-out"}, "nothing is stuck"
    assert {row.reason for row in rows if row.state == "left-out"} <= set(LeftOut)
    every = [first, *(one for one in files if one is not None)]
    for number in range(PEOPLE):
        theirs = [one[number] for one in every]
        if all(
            one.named and one.service == theirs[0].service not in ("Autre", "") for one in theirs
        ):
            row = by_person[number + 1]
            assert row.reason != LeftOut.MOVED, "somewhere they had an hour"
            assert row.reason != LeftOut.LEFT_AUDIENCE
