"""Answers and states of SMS read from Twilio's list, where no webhook reaches us."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from sqlalchemy import Connection, insert, select

from scheduler import bootstrap
from scheduler.bootstrap import App
from scheduler.domain.message import Message
from scheduler.flow.answers.polling import PATIENCE, Poll
from scheduler.store.schema.tables import delivery, event, occurrence, slot
from tests.fakes import FakeTwilio
from tests.worlds import Clock, make_world

MONDAY = datetime(2026, 10, 5, 8, tzinfo=UTC)
MARIE, JOHN = "+33639980001", "+33639980002"


@dataclass(frozen=True, kw_only=True, slots=True)
class Inbox:
    """A Twilio, and a daemon's look at its list."""

    app: App
    twilio: FakeTwilio
    poll: Poll
    clock: Clock

    async def look(self) -> None:
        await self.poll.look(self.app.clock())

    async def opt_outs(self) -> list[str]:
        return [row.address for row in await self.app.people.opt_outs()]

    async def sent(self, sid: str, to: str = MARIE, status: str = "queued") -> int:
        """An SMS that Twilio has; the number of its delivery."""
        state = {"status": status, "direction": "outbound-api", "num_segments": "1"}
        self.twilio.messages.append({"sid": sid, "to": to, "from": "36180", "body": "…"} | state)
        return await self.app.ledger.database.write(a_delivery, sid, self.app.clock())

    async def events(self) -> list[tuple[str, str, str]]:
        rows = await self.app.ledger.database.read(
            lambda connection: connection.execute(
                select(event.c.kind, event.c.code, delivery.c.provider_id)
                .join(delivery, delivery.c.id == event.c.delivery_id)
                .order_by(event.c.id)
            ).all()
        )
        return [(row.kind, row.code, row.provider_id) for row in rows]


def a_delivery(connection: Connection, sid: str, now: datetime) -> int:
    of_occurrence = connection.execute(
        insert(occurrence)
        .values(campaign="c", episode=sid, local_date="2026-10-04", state="running")
        .returning(occurrence.c.id)
    ).scalar_one()
    where = {"channel": "sms", "audience": "staff", "zone": "Europe/Paris", "territory": "FR"}
    times = {"due_at": now, "not_after": now, "planned_at": now}
    of_slot = connection.execute(
        insert(slot)
        .values(occurrence_id=of_occurrence, state="planned", **where, **times)
        .returning(slot.c.id)
    ).scalar_one()
    row = connection.execute(
        insert(delivery)
        .values(occurrence_id=of_occurrence, slot_id=of_slot, contact_id=1, channel="sms")
        .values(basis="consent", state="sent", at=now, provider_id=sid)
        .returning(delivery.c.id)
    ).scalar_one()
    return int(row)


@pytest.fixture
async def inbox(tmp_path: Path) -> AsyncIterator[Inbox]:
    async with FakeTwilio() as twilio:
        account = "REFLEXE_CHANNELS__SMS__TWILIO__"
        environment = {
            "REFLEXE_CHANNELS__SMS__PROVIDER": "twilio",
            "REFLEXE_CHANNELS__SMS__SENDER": twilio.short_code,
            "REFLEXE_CHANNELS__SMS__INBOUND": "poll",
            f"{account}ACCOUNT_SID": twilio.account_sid,
            f"{account}AUTH_TOKEN": twilio.auth_token,
            f"{account}BASE_URL": twilio.base_url,
        }
        clock = Clock()
        app = await make_world(tmp_path, clock=clock, environment=environment)
        clock.now = MONDAY
        provider = bootstrap.make_providers(app.configuration.settings)["sms"]
        await provider.open()
        polls = bootstrap.make_polls(app, {"sms": provider})
        poll = next(one for one in polls if one.alarm == "replies-unreachable")
        yield Inbox(app=app, twilio=twilio, poll=poll, clock=clock)
        await provider.close()
        await app.close()


async def test_what_people_wrote_is_taken_once_over_many_pages(inbox: Inbox) -> None:
    inbox.twilio.page = 2
    for words in ("STOP", "Bonjour", "AIDE", "Merci docteur", "Bonne journée"):
        inbox.twilio.receive(MARIE, words)
    inbox.twilio.receive(JOHN, "arret")

    await inbox.look()
    await inbox.look()

    assert await inbox.opt_outs() == [MARIE, JOHN]
    waiting = await inbox.app.replies.open_replies()
    assert [one.text for one in waiting] == ["Bonjour", "Merci docteur", "Bonne journée"]


async def test_somebodys_last_word_counts(inbox: Inbox) -> None:
    inbox.twilio.receive(MARIE, "STOP")
    inbox.twilio.receive(MARIE, "START")
    inbox.twilio.receive(JOHN, "STOP")

    await inbox.look()

    assert await inbox.opt_outs() == [JOHN]


async def test_only_new_days_of_our_own_number_are_asked_for(inbox: Inbox) -> None:
    await inbox.look()
    inbox.clock.step(timedelta(days=3))
    await inbox.look()
    await inbox.look()

    asked = [(one["To"], one["DateSent>"]) for one in inbox.twilio.queries]
    # From the ledger's first day on; then from the last look on; a day earlier each.
    assert asked == [("36180", "2026-09-04"), ("36180", "2026-10-04"), ("36180", "2026-10-07")]


async def test_states_move_forward_as_by_callback(inbox: Inbox) -> None:
    await inbox.sent("SM1", status="sent")
    await inbox.sent("SM2", JOHN)
    await inbox.look()
    assert await inbox.events() == [("queued", "", "SM2"), ("sent", "", "SM1")]

    one, two = inbox.twilio.messages
    one["status"] = "delivered"
    two |= {"status": "undelivered", "error_code": "30003"}
    await inbox.look()
    one["status"] = "sent"
    await inbox.look()

    assert (await inbox.events())[2:] == [("bounced", "30003", "SM2"), ("delivered", "", "SM1")]


async def test_when_every_end_is_known_no_state_is_asked_for(inbox: Inbox) -> None:
    await inbox.sent("SM1", status="delivered")
    await inbox.look()
    asked = [one for one in inbox.twilio.queries if "From" in one]
    assert asked == [{"From": "36180", "DateSent>": "2026-10-03", "PageSize": "500"}]

    await inbox.look()

    assert [one for one in inbox.twilio.queries if "From" in one] == asked


async def test_no_status_callback_is_asked_for(inbox: Inbox) -> None:
    provider = bootstrap.make_providers(inbox.app.configuration.settings)["sms"]
    await provider.open()
    message = Message(delivery=1, to=MARIE, sender="36180", body=b"Bonjour", reference="r")

    await provider.send(message, lambda _: None)

    assert "StatusCallback" not in inbox.twilio.requests[0]
    await provider.close()


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 500, "text": "<html>"},
        {"status": 200, "text": "{"},
        {"status": 200, "text": '{"messages": 5}'},
        {"status": 200, "text": "[]"},
        {"status": 401, "text": '{"code": 20003, "message": "Authenticate"}'},
        {"status": 429, "text": '{"code": 20429, "message": "Too many"}'},
    ],
)
async def test_a_list_that_stays_away_calls_a_person_until_it_is_back(
    inbox: Inbox, answer: dict[str, int | str]
) -> None:
    inbox.twilio.receive(MARIE, "STOP")
    for _ in range(PATIENCE):
        inbox.twilio.list_answer = web.Response(**answer)  # type: ignore[arg-type]  # own table
        await inbox.look()

    (alarm,) = await inbox.app.ledger.open_alarms()
    assert (alarm.kind, alarm.subject) == ("replies-unreachable", "sms")

    inbox.twilio.list_answer = None
    await inbox.look()
    assert await inbox.app.ledger.open_alarms() == []
    assert await inbox.opt_outs() == [MARIE]
