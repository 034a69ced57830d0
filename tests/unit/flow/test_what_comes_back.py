"""What comes back of what left: by mail, by a provider's word, by SMS; done once, and durable."""

import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from scheduler.bootstrap import make_renderer
from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.answers.bounces import BounceKind, BouncePolicy, Finding
from scheduler.domain.answers.events import EventKind
from scheduler.domain.answers.replies import Letter, Reply
from scheduler.domain.answers.reported import Copy, Upto
from scheduler.domain.answers.whose import GivenMail
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.errors import InboxAway
from scheduler.domain.provider import Callback
from scheduler.flow.answers import polling
from scheduler.flow.answers.bounces import BounceStep, effect_of
from scheduler.flow.answers.inbound import NOBODY_READS, Identity, note_callback, note_reply
from scheduler.flow.answers.polling import PATIENCE, MailboxReading, Poll, SmsReading
from scheduler.flow.answers.reporting import ReportedReading
from scheduler.flow.answers.uncertain import SOME, SmsSettling
from scheduler.flow.answers.whose import whose
from scheduler.inbox.reports.reading import read_report
from scheduler.store.schema.record_tables import reply
from scheduler.store.schema.tables import delivery, event
from tests.flow_world import SERIES, World, open_world, utc
from tests.samples.ledger import FIRST_LINK, MADE, STAFF, person
from tests.samples.report import automatic, dsn, feedback

NOW = utc(5, 12)
POLICY = BouncePolicy(soft_limit=2, soft_days=30, policy_limit=1)
FULL = "smtp; 552 5.2.2 Mailbox full"
OURS = "smtp; 550 5.7.26 Unauthenticated mail is not accepted"
WORDS = {"delivered": "delivered", "failed": "failed"}
WE = Identity(name="CH Essai", contact="cyber@example.org", help_page="sms.example.org/aide")


@asynccontextmanager
async def sent(folder: Path, people: int = 1, channel: str = "email") -> AsyncIterator[World]:
    """Everybody got the first Sunday's message."""
    series = SERIES.replace("topic", f"channels: [{channel}]\n    topic")
    async with open_world(folder, series) as world:
        await world.book.take_in(STAFF, *(person(number) for number in range(1, people + 1)))
        await world.at(utc(4, 8) if channel == "email" else utc(5, 8))
        world.clock.now = NOW
        yield world


def step(world: World) -> BounceStep:
    return BounceStep(tokens=world.app.ledger.tokens, ledger=world.app.bounces, policy=POLICY)


def returned(world: World, number: int = 1) -> str:
    return f"b+{world.app.ledger.tokens.bounce(number)}@retour.example.org"


def letters(*raws: bytes) -> list[Letter]:
    return [
        Letter(number=number, tokens=(), report=read_report(raw))
        for number, raw in enumerate(raws, 1)
    ]


async def reasons(world: World) -> list[str]:
    return [row.reason for row in await world.book.people.opt_outs()]


async def in_doubt(world: World) -> None:
    """As after a crash between the last bytes and the answer."""
    doubt = update(delivery).values(state=DeliveryState.UNCERTAIN, provider_id="")
    await world.app.ledger.database.write(lambda connection: connection.execute(doubt))


async def test_reports_end_an_address_pause_a_sending_or_only_count(tmp_path: Path) -> None:
    async with sent(tmp_path, people=3) as world:
        came = letters(
            dsn(sender=returned(world)),
            feedback("abuse", sender=returned(world, 2)),
            dsn(sender=returned(world, 3), status="5.2.2", said=FULL),
        )

        assert await step(world).take(came, NOW) == came
        await step(world).take(came, NOW)

        assert sorted(await reasons(world)) == ["bounced", "complained"]


async def test_what_nothing_proves_waits_for_a_person_and_a_letter_is_left_alone(
    tmp_path: Path,
) -> None:
    async with sent(tmp_path) as world:
        doubtful = dsn(sender="b+another@retour.example.org")
        mail = b"From: marie@example.org\nSubject: Merci\n\nMerci !\n"
        came = letters(doubtful, mail, automatic())

        treated = await step(world).take(came, NOW)
        await step(world).take(letters(doubtful), NOW)

        assert treated == []
        assert await reasons(world) == []
        assert len(await world.book.rows(reply)) == 1


async def test_whoever_answers_has_the_message_even_if_a_robot_does(tmp_path: Path) -> None:
    async with sent(tmp_path, people=2) as world:
        await in_doubt(world)
        tokens = world.app.ledger.tokens
        answer = Letter(number=1, tokens=(), answers=(tokens.delivery(1), "another"), report=None)
        to = automatic().replace(b"b+jeton@retour.example.org", returned(world, 2).encode())
        robot = Letter(number=2, tokens=(), report=read_report(to))

        await step(world).take([answer, robot], NOW)

        assert await world.states() == {"sent": 2}


@pytest.mark.parametrize(
    ("kind", "proven", "told"),
    [
        (BounceKind.HARD, True, "ends the address"),
        (BounceKind.COMPLAINT, True, "opts the address out"),
        (BounceKind.SOFT, True, "2 in 30 days"),
        (BounceKind.POLICY, True, "pauses the sending"),
        (BounceKind.ROUTE, True, "hold that domain"),
        (BounceKind.CHALLENGE, True, "until the sender is confirmed"),
        (BounceKind.DELAY, True, "nothing"),
        (BounceKind.HARD, False, "waits for a person's decision"),
        (BounceKind.DELAY, False, "nothing"),
    ],
)
def test_whoever_asks_beforehand_is_told_what_a_report_does(
    kind: BounceKind, proven: bool, told: str
) -> None:
    finding = Finding(kind=kind, recipient="")

    assert told in effect_of(finding, POLICY, proven=proven)


# The mailbox, looked at again and again


@dataclass
class Box:
    """A mailbox: what lies in it, in groups, and what was put away."""

    groups: list[list[Letter]]
    away: bool = False
    put_away: list[int] = field(default_factory=list)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["Box"]:
        if self.away:
            raise InboxAway("no route")
        yield self

    async def unread(self) -> list[Letter]:
        return self.groups.pop(0) if self.groups else []

    async def settle(self, letters: Sequence[Letter], treated: Sequence[Letter]) -> None:
        self.put_away += [one.number for one in treated]


def reading(world: World, box: Box) -> MailboxReading:
    return MailboxReading(
        mailbox=box, tokens=world.app.ledger.tokens, ledger=world.app.people, bounces=step(world)
    )


async def test_an_opt_out_by_mail_and_a_bounce_are_done_before_they_are_put_away(
    tmp_path: Path,
) -> None:
    async with sent(tmp_path, people=2) as world:
        out = Letter(number=7, tokens=(world.app.ledger.tokens.optout(FIRST_LINK),), report=None)
        other = Letter(number=8, tokens=("nothing of ours",), report=None)
        (bounce,) = letters(dsn(sender=returned(world, 2)))

        box = Box([[out, other], [bounce]])
        await reading(world, box).read(NOW)

        assert box.put_away == [7, bounce.number]
        assert sorted(await reasons(world)) == ["bounced", "opted-out"]


async def test_a_mailbox_that_stays_away_calls_a_person_until_it_is_back(tmp_path: Path) -> None:
    async with sent(tmp_path) as world:
        box = Box([], away=True)
        poll = Poll(
            alarm=AlarmKind.MAILBOX_UNREACHABLE,
            subject="email",
            every=timedelta(minutes=1),
            read=reading(world, box).read,
            alarms=world.app.ledger,
        )

        told = []
        for _ in range(PATIENCE):
            await poll.look(NOW)
            told.append(len(await world.alarms()))
        box.away = False
        await poll.look(NOW)

        assert told == [0, 0, 1]
        assert (await world.alarms(), poll.failures) == ([], 0)


# What a provider says later


@pytest.mark.parametrize(
    ("status", "kinds"),
    [("delivered", [EventKind.DELIVERED]), ("failed", [EventKind.FAILED]), ("on its way", [])],
)
async def test_a_callback_is_written_down_once(
    tmp_path: Path, status: str, kinds: list[EventKind]
) -> None:
    async with sent(tmp_path, channel="sms") as world:
        ledger, tokens = world.app.ledger, world.app.ledger.tokens
        said = Callback(reference=tokens.delivery(1), provider_id="Q1", status=status)
        for _ in range(2):
            await note_callback(said, WORDS, tokens, ledger, NOW)

        assert [row.kind for row in await world.book.rows(event)] == kinds


async def test_a_callback_without_a_reference_goes_by_the_providers_id_and_a_forged_one_nowhere(
    tmp_path: Path,
) -> None:
    async with sent(tmp_path, channel="sms") as world:
        ledger, tokens = world.app.ledger, world.app.ledger.tokens
        forged = Callback(reference="forged", provider_id="Q1", status="delivered")
        await note_callback(forged, WORDS, tokens, ledger, NOW)
        assert await world.book.rows(event) == []

        by_id = Callback(reference="", provider_id="Q1", status="delivered")
        await note_callback(by_id, WORDS, tokens, ledger, NOW)
        assert len(await world.book.rows(event)) == 1


# What people write


def text(words: str, number: int = 1, *, mark: str = "", sender: str = "+33639980001") -> Reply:
    return Reply(channel="sms", provider_id=f"SM{number}", sender=sender, text=words, mark=mark)


async def test_stop_is_answered_once_and_help_says_who_we_are(tmp_path: Path) -> None:
    async with sent(tmp_path, people=2, channel="sms") as world:
        replies = world.app.replies
        first = await note_reply(text("STOP"), replies, WE, NOW)
        again = await note_reply(text("STOP"), replies, WE, NOW)
        other = await note_reply(text("AIDE", 2, sender="+33639980002"), replies, WE, NOW)

        assert first.startswith("C'est not")
        assert again == "", "the same message is taken once"
        assert "CH Essai : conseils" in other
        assert await reasons(world) == ["opted-out"]


async def test_whoever_waits_for_somebody_learns_that_nobody_reads(tmp_path: Path) -> None:
    async with sent(tmp_path, channel="sms") as world:
        words = "Je ne pourrai pas venir à mon rendez-vous de demain"
        told = await note_reply(text(words), world.app.replies, WE, NOW)

        assert told.startswith(NOBODY_READS["fr"][:30])


@pytest.mark.parametrize(
    "silent",
    [
        # The provider has answered, or it is a machine.
        text("STOP", mark="STOP"),
        text("STOP", sender="36180"),
    ],
)
async def test_nobody_is_answered_twice_nor_a_machine(tmp_path: Path, silent: Reply) -> None:
    async with sent(tmp_path, channel="sms") as world:
        assert await note_reply(silent, world.app.replies, WE, NOW) == ""


@dataclass
class ProvidersList:
    """What a provider keeps of the messages it carried, the newest first."""

    came: list[Reply] = field(default_factory=list)
    states_of: list[Callback] = field(default_factory=list)
    asked: list[date] = field(default_factory=list)

    async def replies(self, since: date) -> AsyncIterator[Reply]:
        self.asked.append(since)
        for one in self.came:
            yield one

    async def states(self, since: date) -> AsyncIterator[Callback]:
        for one in self.states_of:
            yield one

    async def sent_to(self, number: str, since: date) -> AsyncIterator[Callback]:
        for one in self.states_of:
            yield one


async def test_without_a_webhook_the_list_is_read_to_somebodys_last_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "GROUP", 2)
    async with sent(tmp_path, channel="sms") as world:
        states = [
            Callback(reference="", provider_id=one, status="delivered") for one in ("Q1", "Q9")
        ]
        source = ProvidersList(came=[text("START", 2), text("STOP", 1)], states_of=states)
        look = SmsReading(
            source=source,
            replies=world.app.replies,
            states=world.app.ledger,
            words=WORDS,
            identity=WE,
            made_at=MADE,
        )

        await look.read(NOW)
        await look.read(NOW + timedelta(days=1))

        assert await reasons(world) == [], "they came back"
        assert len(await world.book.rows(reply)) == 2
        assert [row.kind for row in await world.book.rows(event)] == ["delivered"]
        # What was read once is read on from there, with a day for clocks that are off.
        assert source.asked == [date(2026, 9, 4), date(2026, 10, 4)]


async def test_an_sms_in_doubt_is_sent_where_the_provider_has_its_text(tmp_path: Path) -> None:
    async with sent(tmp_path, people=2, channel="sms") as world:
        (first, second) = [one.body.decode() for one in world.sms.accepted]
        await in_doubt(world)
        source = ProvidersList()
        settling = SmsSettling(
            source=source,
            ledger=world.app.doubts,
            composer=make_renderer(world.app),
            words=WORDS,
        )

        await settling.read(NOW)
        assert await world.states() == {"uncertain": 2}
        source.states_of = [
            Callback(reference="", provider_id="Q0", status="unheard of", text=first),
            Callback(reference="", provider_id="Q1", status="delivered", text=first),
        ]
        await settling.read(NOW)

        assert first != second
        assert await world.states() == {"sent": 1, "uncertain": 1}
        assert SOME > settling.asked == 0


async def test_a_text_that_cannot_be_composed_again_stays_in_doubt(tmp_path: Path) -> None:
    class Broken:
        async def message(self, *_: object) -> object:
            raise RuntimeError("its text is gone")

    async with sent(tmp_path, channel="sms") as world:
        await in_doubt(world)
        settling = SmsSettling(
            source=ProvidersList(),
            ledger=world.app.doubts,
            composer=Broken(),  # type: ignore[arg-type]
            words=WORDS,
        )

        await settling.read(NOW)

        assert await world.states() == {"uncertain": 1}


# Whose a mail is, and what colleagues told


async def test_a_mail_of_ours_is_known_by_its_number_and_its_way_out(tmp_path: Path) -> None:
    async with sent(tmp_path) as world:
        tokens = world.app.ledger.tokens

        async def asked(number: str, *ways: str) -> str:
            mail = GivenMail(
                number=number,
                senders=["cyber@example.org"],
                replies_to=["cyber@example.org"],
                addressees=["p1@example.org", "no address"],
                ways_out=ways,
                signers=["example.org"],
                hosts=["cyber.example.org"],
                files=[],
            )
            found = await whose(
                mail,
                world.app.desk,
                tokens,
                "cyber@example.org",
                "cyber@example.org",
                lambda host: host.endswith("example.org"),
            )
            return str(found)

        ours = await asked(tokens.delivery(1), tokens.optout(FIRST_LINK), "forged")
        forged = await asked("forged", tokens.optout(FIRST_LINK))

        assert ours != forged


@dataclass
class Copies:
    found: list[Copy]

    async def since(self, upto: Upto) -> tuple[str, list[Copy]]:
        return "1", [one for one in self.found if one.number > upto.number]


async def test_copies_that_colleagues_reported_are_counted_once(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        folder = Copies([Copy(number=1, at=NOW), Copy(number=2, at=NOW)])
        look = ReportedReading(
            folder=folder, ledger=world.app.reported, zone=ZoneInfo("Europe/Paris")
        )

        await look.read(NOW)
        before = await world.app.reported.upto()
        await look.read(NOW)

        assert await world.app.reported.upto() == before
        assert before.number == 2


async def test_a_long_list_is_taken_in_groups_and_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "GROUP", 2)
    async with sent(tmp_path, people=5, channel="sms") as world:
        came = [text("STOP", number, sender=f"+3363998000{number}") for number in range(1, 6)]
        look = SmsReading(
            source=ProvidersList(came=came),
            replies=world.app.replies,
            states=world.app.ledger,
            words=WORDS,
            identity=WE,
            made_at=MADE,
        )
        await look.read(NOW)

        assert await reasons(world) == ["opted-out"] * 5
        rows = await world.book.rows(reply)
        # A list is newest first.
        assert [row.provider_id for row in rows] == ["SM5", "SM4", "SM3", "SM2", "SM1"]


async def test_what_people_write_is_understood_from_the_first_reply_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that has heard nobody yet has not loaded what it understands them by."""
    monkeypatch.delitem(sys.modules, "scheduler.domain.hearing.deciding", raising=False)
    async with sent(tmp_path, channel="sms") as world:
        told = await note_reply(text("STOP"), world.app.replies, WE, NOW)

    assert told.startswith("C'est not")
    assert "scheduler.domain.hearing.deciding" in sys.modules
