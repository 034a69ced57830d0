"""Between an intent and the first octet of its text: asked again, and then nothing or all of it."""

import asyncio
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

import pytest

from scheduler.channels import smtp, twilio_sms
from scheduler.domain.calendar.campaigns import Place
from scheduler.domain.consent.optout import by_email_link
from scheduler.domain.errors import Withheld
from scheduler.domain.message import AddressKind, Message
from scheduler.domain.sending import Claim, trial_claim
from scheduler.flow import begin, hand_over
from scheduler.flow.begin import InHand, alive
from tests.fakes import FakeTwilio, SlowRelay
from tests.flow_world import EVENT, open_world, utc
from tests.samples.ledger import DUE, PARIS, STAFF, person

TUESDAY = utc(22, 8, month=9)


def mail(to: str) -> Message:
    text = b"Subject: essai\r\n\r\nBonjour\r\n"
    return Message(delivery=7, to=to, sender="b@retour.example.org", body=text, reference="ab")


async def refuse(delivery: int) -> None:
    raise Withheld


def ignore(delivery: int) -> None:
    """A journal nobody reads."""


class TestAtTheRelay:
    @pytest.mark.parametrize("pipelining", [False, True])
    async def test_after_a_354_there_is_neither_a_text_nor_a_lone_dot(
        self, pipelining: bool
    ) -> None:
        told: list[int] = []
        async with SlowRelay(pipelining=pipelining) as relay:
            options = smtp.Options(host=relay.host, port=relay.port, security="none")
            provider = smtp.Provider(options)
            with pytest.raises(Withheld):
                await provider.send(mail("marie@example.org"), told.append, refuse)
            await provider.send(mail("zoe@example.org"), told.append)
            await provider.close()

            assert relay.accepted == ["zoe@example.org"]
            assert [one.recipient for one in relay.begun] == ["zoe@example.org"]
            assert not relay.lone_dots
            assert told == [7]

    async def test_it_is_asked_after_the_354_and_before_the_first_octet(self) -> None:
        seen: list[tuple[int, int]] = []

        async def look(delivery: int) -> None:
            await asyncio.sleep(0.05)
            seen.append((len(relay.offered), len(relay.begun)))

        async with SlowRelay(seconds_before_data=0.1) as relay:
            options = smtp.Options(host=relay.host, port=relay.port, security="none")
            provider = smtp.Provider(options)
            await provider.send(mail("marie@example.org"), ignore, look)
            await provider.close()

        assert seen == [(1, 0)]


class TestAtTwilio:
    async def test_what_waited_for_a_connection_is_asked_before_its_request(self) -> None:
        asked: list[int] = []

        async def look(delivery: int) -> None:
            asked.append(len(twilio.messages))
            if len(asked) == 2:
                raise Withheld

        async with FakeTwilio(seconds_a_message=0.2) as twilio:
            options = twilio_sms.Options(
                account_sid=twilio.account_sid,
                auth_token=twilio.auth_token,
                base_url=twilio.base_url,
                connections=1,
            )
            provider = twilio_sms.Provider(options)
            await provider.open()
            told: list[int] = []
            texts = [
                Message(
                    delivery=number, to=f"+3363998000{number}", sender="Reflexes",
                    body=b"Bonjour", reference="ab",
                )
                for number in (1, 2)
            ]  # fmt: skip
            first = asyncio.create_task(provider.send(texts[0], told.append, look))
            await asyncio.sleep(0.05)
            with pytest.raises(Withheld):
                await provider.send(texts[1], told.append, look)
            await first
            await provider.close()

            # The second's question came once the first had its answer, not before.
            assert asked == [0, 1]
            assert told == [1]
            assert [one["To"] for one in twilio.requests] == ["+33639980001"]


class Ledger:
    """A ledger that answers what it is told to, and counts the questions."""

    def __init__(self) -> None:
        self.heard = 0
        self.refused: set[int] = set()
        self.questions = 0
        self.seconds = 0.0
        self.fault: Exception | None = None

    async def still_may(self, claim: Claim, deliveries: Collection[int], now: datetime) -> set[int]:
        self.questions += 1
        found = set(deliveries) - self.refused
        await asyncio.sleep(self.seconds)
        if self.fault:
            raise self.fault
        return found


def in_hand(ledger: Ledger, *deliveries: int, age: float = 0.0) -> InHand:
    place = Place(zone=PARIS.zone, territory=PARIS.territory)
    claim = trial_claim(
        message="essai", campaign="essai", channel="email", audience="staff", place=place, now=DUE
    )
    held = InHand(ledger=ledger, clock=lambda: DUE)
    held.hold(claim, deliveries, asked=alive() - age, heard=ledger.heard)
    return held


class TestAsking:
    async def test_a_fresh_intent_is_believed(self) -> None:
        ledger = Ledger()
        held = in_hand(ledger, 1, 2)

        await held.begin(1)
        await held.begin(2)

        assert ledger.questions == 0

    async def test_an_old_one_is_asked_for_once_with_all_that_is_in_hand(self) -> None:
        ledger = Ledger()
        ledger.refused = {2}
        held = in_hand(ledger, 1, 2, 3, age=5)

        results = await asyncio.gather(
            *(held.begin(one) for one in (1, 2, 3)), return_exceptions=True
        )

        assert ledger.questions == 1
        assert [isinstance(one, Withheld) for one in results] == [False, True, False]

    async def test_a_newer_intent_is_not_ended_by_an_older_answer(self) -> None:
        ledger = Ledger()
        ledger.refused, ledger.seconds = {2}, 0.02
        held = in_hand(ledger, 1, 2, age=5)
        asking = asyncio.create_task(held.refresh())
        await asyncio.sleep(0.01)
        again = in_hand(ledger, 2)
        held._leaves[2] = again._leaves[2]  # its next intent, while the answer is on its way

        await asking

        assert held.may(2)
        await held.begin(2)
        assert ledger.questions == 1

    async def test_an_opt_out_of_this_process_is_asked_for_at_once(self) -> None:
        ledger = Ledger()
        held = in_hand(ledger, 1, age=2 * begin.EAGER)
        ledger.refused, ledger.heard = {1}, 1

        with pytest.raises(Withheld):
            await held.begin(1)

    async def test_an_answer_that_took_too_long_begins_nothing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(begin, "LATEST", 0.01)
        ledger = Ledger()
        ledger.seconds = 0.05

        with pytest.raises(Withheld):
            await in_hand(ledger, 1, age=5).begin(1)

    async def test_a_ledger_that_is_away_begins_nothing(self) -> None:
        ledger = Ledger()
        ledger.fault = OSError("away")

        with pytest.raises(Withheld):
            await in_hand(ledger, 1, age=5).begin(1)


async def test_as_soon_as_answers_slow_what_has_no_turn_goes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hand_over, "PATIENCE", 0.05)
    async with open_world(tmp_path, EVENT) as world:
        await world.book.take_in(STAFF, *(person(number) for number in range(1, 5)))
        await world.look(TUESDAY)
        world.email.concurrency = 1
        world.email.silent_before = {f"p{number}@example.org" for number in range(1, 5)}
        sender = world.senders["email"]

        sending = asyncio.create_task(world.send())
        await world.email.held.wait()
        tried = list(world.email.tries)
        act = by_email_link(TUESDAY, one_click=True)
        for number in range(1, 5):
            await world.book.people.opt_out_identity(
                AddressKind.EMAIL, f"p{number}@example.org", act
            )
        await asyncio.sleep(begin.LATEST)
        world.email.answers.set()
        await sending

        assert world.email.tries == tried
        assert not world.email.accepted
        assert not sender.busy
        assert await world.states() == {"left-out opted-out": 4}
