"""Every reason that names something names a delivery that left: random audiences, shifts, channels,
texts and people, played for three weeks of October, against a plain reading of the rules.
"""

import asyncio
import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql
from sqlalchemy import select, update

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.message import AddressKind
from scheduler.domain.people.contacts import Row
from scheduler.flow.agenda import due_instant
from scheduler.store.schema.tables import contact, delivery, occurrence, slot
from tests.conftest import postgres_url
from tests.flow_world import World, open_world
from tests.samples.ledger import MADE, PARIS, REUNION, person

FIRST, LAST = date(2026, 9, 21), date(2026, 10, 18)
NAMES = ("staff", "patients", "visitors")
CHANNELS = ("email", "sms")
_NUMBERS = itertools.count()

#: What each campaign is, but for its audiences and channels.
CAMPAIGNS = {
    "cybermois": "kind: series\n    topic: october\n    episodes:\n"
    "      annonce: {message: m1, when: announcement}\n"
    "      un: {message: m1, when: sunday-1}\n      deux: {message: m2, when: sunday-2}\n",
    "rappels": "kind: reminder\n    topic: reminders\n    episodes:\n"
    "      mardi: {message: m3, when: first-working-tuesday}\n"
    "      jeudi: {message: m2, when: first-working-thursday}\n",
    "webinaire": "kind: event\n    topic: events\n    starts: 2026-10-13T14:30\n    episodes:\n"
    "      invitation: {message: m4, when: j-8}\n      veille: {message: m1, when: j-1}\n",
}
HEAD = (
    "title: Essai\nclass: awareness\ncredit: Essai\nowner: Essai\nreviewed_by: Essai\n"
    "channels: [email, sms]\n"
)
MAIL = (
    "---\nsubject: Essai\n"
    "preheader: Un essai de nos messages, pour les nôtres, en peu de mots.\n"
    "---\nBonjour,\n\nUn essai.\n"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Somebody:
    audience: str
    #: Which of three addresses, and of three numbers; None: none.
    mail: int | None
    phone: int | None
    far: bool
    agreed: tuple[str, ...]
    #: Topics refused by e-mail, and whether the membership ends in mid-run.
    refused: tuple[str, ...]
    leaves: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Installation:
    #: The order of the audiences; of each, whether e-mail and SMS need consent, and the shifts.
    order: tuple[str, ...]
    consent: frozenset[tuple[str, str]]
    without: frozenset[tuple[str, str]]
    shifts: dict[str, tuple[str, str]]
    #: Campaign -> audiences, channels.
    campaigns: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
    #: (message, channel) -> the audiences with a text; None: one for all.
    texts: dict[tuple[str, str], tuple[str, ...] | None]
    people: tuple[Somebody, ...]
    cancelled: frozenset[str]
    week: int


def some(values: Sequence[Any], *, least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(values), unique=True, min_size=least).map(tuple)


SOMEBODY = st.builds(
    Somebody,
    audience=st.sampled_from(NAMES),
    mail=st.sampled_from([0, 0, 1, 2, None]),
    phone=st.sampled_from([0, 0, 1, 2, None]),
    far=st.booleans(),
    agreed=some(CHANNELS),
    refused=some(["october", "reminders", "events"]).map(lambda found: found[:1]),
    leaves=st.sampled_from([False, False, False, True]),
)
PAIRS = list(itertools.product(NAMES, CHANNELS))
INSTALLATION = st.builds(
    Installation,
    order=st.permutations(NAMES).map(tuple),
    consent=st.frozensets(st.sampled_from(PAIRS)),
    without=st.frozensets(st.sampled_from(PAIRS), max_size=2),
    shifts=st.fixed_dictionaries(
        {
            name: st.tuples(
                st.sampled_from(["none", "monday-08:30"]),
                st.sampled_from(["none", "monday", "saturday"]),
            )
            for name in NAMES
        }
    ),
    campaigns=st.fixed_dictionaries(
        {name: st.tuples(some(NAMES, least=1), some(CHANNELS, least=1)) for name in CAMPAIGNS}
    ),
    texts=st.fixed_dictionaries(
        {
            (message, channel): st.none() | some(NAMES, least=1)
            for message in ("m1", "m2", "m3", "m4")
            for channel in CHANNELS
        }
    ),
    people=st.lists(SOMEBODY, min_size=2, max_size=8).map(tuple),
    cancelled=st.frozensets(st.sampled_from(["un", "annonce", "mardi", "veille"]), max_size=2),
    week=st.integers(1, 3),
)


def campaigns_of(one: Installation) -> str:
    found = ""
    for name, text in CAMPAIGNS.items():
        audiences, channels = one.campaigns[name]
        head = f"audiences: [{', '.join(audiences)}]\n    channels: [{', '.join(channels)}]"
        found += f"  {name}:\n    {head}\n    {text}"
    return f"\n{found}caps: {{week: {one.week}}}\n"


def audiences_of(one: Installation) -> dict[str, str]:
    found = {}
    for name in NAMES:
        mail_shift, sms_shift = one.shifts[name]
        shifts = {"email": mail_shift, "sms": sms_shift}
        channels = [channel for channel in CHANNELS if (name, channel) not in one.without]
        bases = ", ".join(
            f"{channel}: {{basis: "
            + ("consent" if (name, channel) in one.consent else "legitimate-interest")
            + "}"
            for channel in channels or ["email"]
        )
        moved = ", ".join(f"{channel}: {shifts[channel]}" for channel in channels or ["email"])
        found[name] = (
            f"label: {name}\nkey: id\nchannels: {{{bases}}}\nshift: {{{moved}}}\n"
            "fields: {prenom: {label: Prénom}}\n"
        )
    return found


def messages_of(one: Installation) -> dict[str, str]:
    found = {f"{message}/message.yaml": HEAD for message, _ in one.texts}
    for (message, channel), names in one.texts.items():
        ending, text = ("md", MAIL) if channel == "email" else ("txt", "Un essai.")
        for name in names if names is not None else [""]:
            found[f"{message}/{channel}{'.' if name else ''}{name}.fr.{ending}"] = text
    return found


@dataclass(frozen=True, slots=True)
class Reading:
    """The ledger when all is over, as plain rows."""

    rows: list[Any]

    def sent(self, **like: Any) -> list[Any]:
        return [
            row
            for row in self.rows
            if row.state == "sent" and all(getattr(row, k) == v for k, v in like.items())
        ]

    def points_at_a_delivery(self, row: Any) -> bool:
        """The address got this very occurrence on the channel."""
        like = {"occurrence_id": row.occurrence_id, "channel": row.channel}
        return bool(self.sent(address_id=row.address_id, **like))

    def had_enough(self, row: Any, week: int) -> bool:
        """In some seven days that hold its own they got as many as the cap lets through."""
        day = local_day(row)
        theirs = [
            local_day(one)
            for one in self.sent(contact_id=row.contact_id, channel=row.channel)
            if one.id != row.id
        ]
        return any(
            sum(first <= one < first + timedelta(days=7) for one in theirs) >= week
            for first in (day - timedelta(days=back) for back in range(7))
        )


def local_day(row: Any) -> date:
    day: date = row.due_at.astimezone(ZoneInfo(row.zone)).date()
    return day


async def play(
    folder: Path, one: Installation, url: str, during: Callable[[World], Any] | None = None
) -> tuple[Reading, list[Any]]:
    """Three weeks; the deliveries and the slots when they are over."""
    people = audiences_of(one)
    async with open_world(
        folder,
        campaigns_of(one),
        messages=messages_of(one),
        audiences=people,
        order=one.order,
        url=url,
    ) as world:
        await come_in(world, one.people)
        await world.look(datetime(2026, 9, 20, 12, tzinfo=UTC))
        for row in await world.app.ledger.occurrences():
            if row.episode in one.cancelled:
                await world.book.hand.cancel(row, "Camille", world.clock.now)
        await world.look()
        for number, instant in enumerate(await instants(world)):
            if number == 6 and during is not None:
                await during(world)
            await world.at(instant)
        statement = (
            select(delivery, slot.c.due_at, slot.c.zone, slot.c.reason.label("slot_reason"))
            .join(slot, slot.c.id == delivery.c.slot_id)
            .order_by(delivery.c.id)
        )
        slots = select(slot, occurrence.c.campaign, occurrence.c.episode).join(occurrence)
        return Reading(await world.book.rows(statement)), await world.book.rows(slots)


async def come_in(world: World, people: Sequence[Somebody]) -> None:
    by_name = {one.name: one for one in world.app.configuration.audiences}
    for number, one in enumerate(people):
        await world.book.take_in(by_name[one.audience], row_of(number, one, by_name[one.audience]))
    for topic, mail in {(t, one.mail) for one in people for t in one.refused}:
        if mail is not None:
            act = replace(by_email_link(MADE, one_click=True), scope=topic)
            await world.book.people.opt_out_identity(AddressKind.EMAIL, f"a{mail}@example.org", act)


def row_of(number: int, one: Somebody, audience: Audience) -> Row:
    row = person(
        number,
        key=f"K{number}",
        email=None if one.mail is None else f"a{one.mail}@example.org",
        phone=None if one.phone is None else f"+336399800{one.phone:02}",
        agreed=[channel for channel in one.agreed if channel in audience.channels],
        place=REUNION if one.far else PARIS,
    )
    addressed = {"email": row.email, "sms": row.phone}
    kept = {name: proof for name, proof in row.proofs.items() if addressed[name]}
    return replace(row, proofs=kept)


async def instants(world: World) -> list[datetime]:
    """Each due instant, and half an hour and half a day after it."""
    places = {
        name: [row.place for row in await world.app.ledger.places(audience)]
        for name, audience in world.app.agenda.audiences.items()
    }
    due = {due_instant(one) for one in world.app.agenda.slots(FIRST, LAST, places)}
    after = (timedelta(), timedelta(minutes=31), timedelta(hours=12))
    return sorted({at + more for at in due for more in after})


def wrong(reading: Reading, slots: Sequence[Any], one: Installation) -> Iterator[str]:
    """What the plain reading of the rules finds unfounded."""
    for row in reading.rows:
        if row.reason == "duplicate" and not reading.points_at_a_delivery(row):
            yield f"duplicate of nothing: {row}"
        if row.reason == "cap" and not reading.had_enough(row, one.week):
            yield f"capped by nothing: {row}"
        late = row.channel == "sms" and row.state == "sent" and row.at - row.due_at
        if late and late >= timedelta(minutes=30):
            like = {"contact_id": row.contact_id, "occurrence_id": row.occurrence_id}
            if not reading.sent(channel="email", **like):
                yield f"kept for an e-mail that never came: {row}"
    yield from unfounded(slots)


def unfounded(slots: Sequence[Any]) -> Iterator[str]:
    """Slots that gave way to an occurrence that wasn't there."""
    for one in slots:
        if "laisse la place à " not in one.reason:
            continue
        name = one.reason.partition("laisse la place à ")[2].partition(" le ")[0]
        key = (one.channel, one.audience, one.zone, one.territory)
        if not any(
            f"{other.campaign}/{other.episode}" == name
            and (other.channel, other.audience, other.zone, other.territory) == key
            and other.state == "planned"
            for other in slots
        ):
            yield f"gave way to nothing: {one}"


@contextmanager
def ledger_on(server: str, template: str) -> Iterator[str]:
    """The URL of an empty ledger of its own; the empty string: SQLite beside the installation."""
    if not server:
        yield ""
        return
    name = f"reasons_{next(_NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as connection:
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(made.format(sql.Identifier(name), sql.Identifier(template)))
        yield postgres_url(server, name)
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def check(
    one: Installation, server: str, template: str, during: Callable[[World], Any] | None = None
) -> tuple[Reading, list[Any]]:
    with TemporaryDirectory() as folder, ledger_on(server, template) as url:
        return asyncio.run(play(Path(folder), one, url, during))


def examples(number: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """An installation at a time is slow, and has nothing of the test's own."""
    slow = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=number, deadline=None, suppress_health_check=slow)


@examples(20)
@given(one=INSTALLATION)
def test_a_reason_names_a_delivery_that_left_on_sqlite(one: Installation) -> None:
    reading, slots = check(one, "", "")

    assert list(wrong(reading, slots, one)) == []


@examples(6)
@given(one=INSTALLATION)
def test_a_reason_names_a_delivery_that_left_on_postgres(
    one: Installation, postgres: str, postgres_template: str
) -> None:
    reading, slots = check(one, postgres, postgres_template)

    assert list(wrong(reading, slots, one)) == []


async def some_leave(world: World, people: Sequence[Somebody]) -> None:
    """Their membership ends while some of theirs wait, perhaps, and more is to come."""
    keys = world.app.ledger.keys
    gone = [keys.digest("source", f"K{n}") for n, one in enumerate(people) if one.leaves]
    ended = update(contact).where(contact.c.source_key.in_(gone)).values(active=False)
    await world.app.ledger.database.write(lambda connection: connection.execute(ended))


@examples(8)
@given(one=INSTALLATION)
def test_who_gave_way_to_somebody_who_left_is_served(one: Installation) -> None:
    reading, _ = check(one, "", "", lambda world: some_leave(world, one.people))

    duplicates = [row for row in reading.rows if row.reason == "duplicate"]
    gone = {number + 1 for number, one in enumerate(one.people) if one.leaves}
    assert [
        row
        for row in duplicates
        if not reading.points_at_a_delivery(row) and row.contact_id not in gone
    ] == []
