"""What a sending by hand would come to, told before it is asked for."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scheduler.bootstrap import make_forecaster
from scheduler.cli.output.forecast import forecast_text
from scheduler.domain.calendar.campaigns import Place
from scheduler.domain.checking.findings import Finding, Severity
from scheduler.domain.consent.optout import by_operator
from scheduler.domain.measure.prices import Prices
from scheduler.domain.message import AddressKind
from scheduler.domain.showing.small_numbers import EXACT
from scheduler.flow.steering.by_hand import occurrence_to_send
from scheduler.flow.steering.forecast import Forecast
from scheduler.flow.steering.send_now import bring_forward
from scheduler.store.schema.tables import delivery, occurrence, slot
from tests.flow_world import World, open_world, utc
from tests.samples.ledger import PATIENTS, STAFF, person
from tests.unit.flow.test_events import EVENT, INVITED, MESSAGES

NOUMEA = Place(zone="Pacific/Noumea", territory="NC")
PRICES = Prices(default=Prices().default + 1)


async def look_ahead(world: World, episode: str, now: datetime) -> Forecast:
    one = occurrence_to_send(world.app.agenda, "webinaire", episode, "", now.date())
    return await make_forecaster(world.app).of(one, ["staff"], now)


def counted(found: Forecast, channel: str) -> tuple[int, dict[str, int]]:
    """To send, and left out by reason, wherever they live."""
    left_out: dict[str, int] = {}
    for one in found.slots:
        if one.channel == channel:
            for reason, count in one.left_out.items():
                left_out[reason] = left_out.get(reason, 0) + count
    return sum(one.to_send for one in found.slots if one.channel == channel), left_out


async def test_it_counts_as_planning_then_does_and_writes_nothing(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as world:
        people = [person(1), person(2), person(3, email=None), person(4, place=NOUMEA)]
        await world.book.take_in(STAFF, *people)
        refused = by_operator("email", INVITED)
        await world.book.people.opt_out_identity(AddressKind.EMAIL, "p2@example.org", refused)
        now = INVITED + timedelta(hours=1)

        found = await look_ahead(world, "invitation", now)

        assert counted(found, "email") == (2, {"opted-out": 1, "no-address": 1})
        assert counted(found, "sms") == (4, {})
        assert found.untold is None
        for table in (delivery, slot, occurrence):
            assert await world.book.rows(table) == []
        one = occurrence_to_send(world.app.agenda, "webinaire", "invitation", "", now.date())
        await bring_forward(
            world.app.agenda, world.app.ledger, world.app.hand, one, ["staff"], "C.", now
        )
        await world.look(utc(23, 12, month=9))
        rows = await world.book.rows(delivery)
        planned = [row for row in rows if row.channel == "email" and row.state != "left-out"]
        assert len(planned) == 2


async def test_each_place_is_told_when_it_leaves_there(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as world:
        await world.book.take_in(STAFF, person(1), person(2, place=NOUMEA))

        found = await look_ahead(world, "invitation", INVITED)

        due = {one.place.territory: one.due_at for one in found.slots if one.channel == "sms"}
        # 10:00 in Paris is 19:00 in Nouméa: within the hours of both.
        assert due == {"FR": INVITED, "NC": INVITED}
        later = await look_ahead(world, "invitation", INVITED + timedelta(hours=4))
        due = {one.place.territory: one.due_at for one in later.slots if one.channel == "sms"}
        assert due["FR"] == INVITED + timedelta(hours=4)
        assert due["NC"] == utc(22, 21, month=9)


async def test_who_holds_the_date_and_cannot_be_told_is_counted(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as world:
        staff = [person(number, phone=None) for number in (1, 2, 3)]
        await world.book.take_in(STAFF, *staff)
        await world.at(INVITED)
        await world.book.take_in(STAFF, person(4, phone=None), at=INVITED + timedelta(days=1))
        refused = by_operator("email", INVITED + timedelta(days=1))
        await world.book.people.opt_out_identity(AddressKind.EMAIL, "p3@example.org", refused)

        found = await look_ahead(world, "annulation", utc(5, 8))

        assert counted(found, "email") == (2, {"opted-out": 1, "not-invited": 1})
        assert found.untold == 1


def words(found: Forecast, findings: Sequence[Finding] = ()) -> str:
    return forecast_text(found, findings, PRICES, INVITED, EXACT, {})


async def test_it_is_said_in_a_few_lines(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as world:
        await world.book.take_in(STAFF, person(1), person(2, email=None), person(3, place=NOUMEA))

        said = words(await look_ahead(world, "invitation", INVITED + timedelta(hours=4)))

    assert said.splitlines()[:3] == [
        "staff, email: 2 to send, 1 left out (1 no address)",
        "  Tue 22 Sep 14:00 local time: FR (1)",
        "  Wed 23 Sep 07:00 local time: NC (1)",
    ]
    assert "It costs 3.00\u00a0€ (3 SMS parts)." in said
    assert said.endswith("Its texts have no fault.")


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("Le {{ date }} à {{ heure }}, {{ lieu }}.", 1),
        # At fault: nothing of it leaves as it is.
        ("Le {{ date }} à {{ rien }}.", 0),
        # Nobody has written it.
        ("", 0),
    ],
)
async def test_an_sms_that_cannot_leave_costs_nothing(
    tmp_path: Path, text: str, segments: int
) -> None:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as world:
        await world.book.take_in(STAFF, person(1))
        before = await look_ahead(world, "invitation", INVITED)
        (file,) = (world.config.parent / "templates").glob("rendez-vous/invitation/sms*")
        file.unlink()
        if text:
            file.write_text(text, encoding="utf-8")
        world.read_again()

        found = await look_ahead(world, "invitation", INVITED)

    assert {one.segments for one in before.slots if one.channel == "sms"} == {1}
    assert {one.segments for one in found.slots if one.channel == "sms"} <= {segments}


async def test_a_fault_of_its_texts_is_said(tmp_path: Path) -> None:
    async with open_world(tmp_path, EVENT, messages=MESSAGES) as world:
        found = await look_ahead(world, "invitation", INVITED)
    fault = Finding(
        file="templates/rendez-vous/invitation/email.fr.md",
        line=3,
        rule="urgency",
        severity=Severity.FAULT,
        message="urgence",
        remedy="retirez-la",
    )

    said = words(found, [fault])

    assert said.splitlines() == [
        "Nobody: no audience of it has a member and a text.",
        "Fault: templates/rendez-vous/invitation/email.fr.md, ligne 3 : urgence — retirez-la",
    ]


BOTH = EVENT.replace("[staff]", "[staff, patients]\n    channels: [email]")


@pytest.mark.parametrize("order", [("staff", "patients"), ("patients", "staff")])
async def test_an_address_that_several_have_is_counted_once_as_it_is_then_served(
    tmp_path: Path, order: tuple[str, str]
) -> None:
    """In one place, in two places of an audience, and in two audiences."""
    shared, ours = "commun@example.org", "deux@example.org"
    async with open_world(tmp_path, BOTH, messages=MESSAGES, order=order) as world:
        staff = [
            person(1, email=shared),
            person(2, email=shared, place=NOUMEA),
            person(3, email=ours, place=NOUMEA),
            person(4, email=ours),
            person(5, email=ours),
            person(6),
        ]
        await world.book.take_in(STAFF, *staff)
        patients = [person(7, email=shared), person(8, email="p6@example.org"), person(9)]
        await world.book.take_in(PATIENTS, *patients)
        one = occurrence_to_send(world.app.agenda, "webinaire", "invitation", "", INVITED.date())
        forecaster = make_forecaster(world.app)
        places = {
            name: await world.app.ledger.places(audience)
            for name, audience in world.app.agenda.audiences.items()
        }
        where = {name: [row.place for row in rows] for name, rows in places.items()}
        slots = [
            each
            for each in world.app.agenda.slots(one.date, one.date, where)
            if each.occurrence.episode == "invitation"
        ]

        found = await forecaster.on_calendar(one, slots, places, INVITED - timedelta(days=2))
        by_hand = await forecaster.of(one, ["staff", "patients"], INVITED)
        for hours in range(-14, 14):
            await world.at(INVITED + timedelta(hours=hours))

        sent = [row for row in await world.book.rows(delivery) if row.state == "sent"]
        assert len(sent) == 4
        assert sum(each.to_send for each in found) == 4
        assert sum(each.to_send for each in by_hand.slots) == 4
        doubles = [each.left_out.get("duplicate", 0) for each in found]
        assert sum(doubles) == 9 - 4
