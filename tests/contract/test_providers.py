"""What every provider promises (domain.ports.Provider), asked of each one found in channels/.

A new provider adds a stage to ``STAGES``: its look-alike, and how to make it lose an answer.
"""

import asyncio
import importlib
import pkgutil
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

import scheduler.channels
from scheduler.channels import outbox, smtp, twilio_sms
from scheduler.domain.delivery import Receipt
from scheduler.domain.errors import HandOverError, Permanent, Uncertain, Withheld
from scheduler.domain.message import Message
from scheduler.domain.provider import CallbackRequest, Provider
from tests.fakes import Answer, FakeRelay, FakeTwilio, goes_silent

SMS_RECIPIENT, LOST_SMS_RECIPIENT = "+33639980001", "+33639980002"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """A provider, a message it should accept, and the outside it hands it to."""

    provider: Provider
    message: Message
    #: References or recipients, in order, of what the outside accepted.
    accepted: Callable[[], Sequence[str]]
    #: From now on the outside answers a handed over message with silence.
    silence: Callable[[], None]


def message_to(recipient: str, body: bytes) -> Message:
    return Message(
        delivery=7,
        to=recipient,
        sender="b+token@retour.example.org" if "@" in recipient else "Reflexes",
        body=body,
        reference="ab12cd",
    )


@asynccontextmanager
async def smtp_stage(folder: Path) -> AsyncIterator[Stage]:
    async with FakeRelay() as relay:
        options = smtp.Options(host=relay.host, port=relay.port, security="none", final_timeout=2.0)
        yield Stage(
            provider=smtp.Provider(options),
            message=message_to("marie@example.org", b"Subject: essai\r\n\r\nBonjour\r\n"),
            accepted=lambda: relay.recipients,
            silence=lambda: relay.faults.append(goes_silent("dot")),
        )


@asynccontextmanager
async def twilio_stage(folder: Path) -> AsyncIterator[Stage]:
    async with FakeTwilio() as twilio:
        options = twilio_sms.Options(
            account_sid=twilio.account_sid,
            auth_token=twilio.auth_token,
            base_url=twilio.base_url,
            timeout=2.0,
        )
        yield Stage(
            provider=twilio_sms.Provider(options),
            message=message_to(SMS_RECIPIENT, b"Bonjour"),
            accepted=lambda: [message["to"] for message in twilio.messages],
            silence=lambda: twilio.answers.update({"*": Answer(does="silence")}),
        )


@asynccontextmanager
async def outbox_stage(folder: Path) -> AsyncIterator[Stage]:
    silenced: dict[outbox.Failure, list[str]] = {}
    yield Stage(
        provider=outbox.Provider(outbox.Options(path=folder, fail=silenced)),
        message=message_to("marie@example.org", b"Subject: essai\r\n\r\nBonjour\r\n"),
        accepted=lambda: sorted(path.stem for path in folder.rglob("*.eml")),
        silence=lambda: silenced.update({"uncertain": ["*"]}),
    )


STAGES: dict[str, Callable[[Path], AbstractAsyncContextManager[Stage]]] = {
    "smtp": smtp_stage,
    "twilio_sms": twilio_stage,
    "outbox": outbox_stage,
}
FOUND = [module.name for module in pkgutil.iter_modules(scheduler.channels.__path__)]


@pytest.fixture(params=FOUND)
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    async with STAGES[request.param](tmp_path) as stage:
        await stage.provider.open()
        try:
            yield stage
        finally:
            await stage.provider.close()


def ignore(delivery: int) -> None:
    """A journal nobody reads."""


@pytest.mark.parametrize("name", FOUND)
def test_a_module_says_what_it_carries_and_how_it_is_set(name: str) -> None:
    module = importlib.import_module(f"scheduler.channels.{name}")

    assert re.fullmatch("[a-z0-9_-]+", module.PROVIDER)
    assert module.CHANNEL is None or module.CHANNEL.name
    assert module.Options.__doc__
    assert module.Provider


async def test_closing_twice_is_no_error(stage: Stage) -> None:
    await stage.provider.send(stage.message, ignore)

    await stage.provider.close()
    await stage.provider.close()


async def test_an_accepted_message_gives_a_receipt_and_is_at_the_other_end(stage: Stage) -> None:
    receipt = await stage.provider.send(stage.message, ignore)

    assert receipt.provider_id
    assert len(stage.accepted()) == 1


async def test_the_hand_over_is_told_once_and_before_the_message_is_accepted(stage: Stage) -> None:
    told: list[tuple[int, int]] = []

    await stage.provider.send(
        stage.message, lambda delivery: told.append((delivery, len(stage.accepted())))
    )

    assert told == [(7, 0)]


async def test_cancelled_before_the_hand_over_a_message_is_not_accepted(stage: Stage) -> None:
    """The call to handing_over is the last moment at which a send can still be given up."""

    def give_up(delivery: int) -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await stage.provider.send(stage.message, give_up)

    assert await settled(stage.accepted) == []


async def test_after_a_cancelled_send_the_next_is_whole(stage: Stage) -> None:
    sending = asyncio.create_task(stage.provider.send(stage.message, ignore))
    await asyncio.sleep(0)
    sending.cancel()
    with pytest.raises((asyncio.CancelledError,)):
        await until_cancelled(sending)

    receipt = await stage.provider.send(stage.message, ignore)

    assert receipt.provider_id


async def test_silence_after_the_hand_over_is_uncertain(stage: Stage) -> None:
    told: list[int] = []
    stage.silence()

    with pytest.raises(Uncertain):
        await stage.provider.send(stage.message, told.append)

    assert told == [7]


async def test_a_failing_journal_stops_the_message_and_is_not_hidden(stage: Stage) -> None:
    def fail(delivery: int) -> None:
        raise LookupError("journal")

    with pytest.raises(LookupError):
        await stage.provider.send(stage.message, fail)

    assert await settled(stage.accepted) == []


@pytest.mark.parametrize("stage", [name for name in FOUND if name != "outbox"], indirect=True)
@pytest.mark.parametrize(
    "recipient",
    [
        "a@b.example> AUTH=<x",
        "a@b.example\r\nRCPT TO:<c@d.example>",
        '"a b"@example.org',
        "a\0@example.org",
        "+33639980001\r\n",
        "",
    ],
)
async def test_an_address_that_could_be_a_command_goes_nowhere(
    stage: Stage, recipient: str
) -> None:
    with pytest.raises(Permanent):
        await stage.provider.send(message_to(recipient, stage.message.body), ignore)

    assert stage.accepted() == []


async def test_many_at_once_all_arrive(stage: Stage) -> None:
    count = 3 * stage.provider.concurrency

    async def send(number: int) -> Receipt:
        return await stage.provider.send(numbered(stage.message, number), ignore)

    receipts = await asyncio.gather(*(send(number) for number in range(count)))

    assert len({receipt.provider_id for receipt in receipts}) == count
    assert len(stage.accepted()) == count


async def test_a_strangers_request_is_not_read(stage: Stage) -> None:
    request = CallbackRequest(
        url="https://cyber.example.org/receipts/x",
        headers={},
        form=(("MessageSid", "SM1"), ("MessageStatus", "delivered")),
        body=b"",
    )

    assert stage.provider.parse(request) is None


async def test_errors_never_carry_the_address(stage: Stage) -> None:
    stage.silence()

    with pytest.raises(HandOverError) as caught:
        await stage.provider.send(stage.message, ignore)

    assert stage.message.to not in str(caught.value)


def numbered(message: Message, number: int) -> Message:
    return Message(
        delivery=number,
        to=message.to,
        sender=message.sender,
        body=message.body,
        reference=f"{number:04}",
    )


async def settled(accepted: Callable[[], Sequence[str]]) -> list[str]:
    """What was accepted, after the outside had turns enough to take everything it was given."""
    for _turn in range(50):
        await asyncio.sleep(0)
    return list(accepted())


async def until_cancelled(sending: Awaitable[Receipt]) -> None:
    await sending
    raise asyncio.CancelledError  # done at once, as in the outbox: there was nothing to cancel


async def test_carrying_a_stock_tells_each_answer_and_stops_at_none(stage: Stage) -> None:
    """A refusal is an answer too, and keeps nothing of the rest."""
    first, second = stage.message, replace(stage.message, delivery=8, reference="ef34gh")
    refused = replace(stage.message, delivery=9, to="not-an-address", reference="../..")
    left = [second, refused, first]
    told: list[int] = []
    answers: dict[int, Receipt | HandOverError | Withheld] = {}

    class Stock:
        def take(self) -> Message | None:
            return left.pop() if left else None

    def answered(message: Message, answer: Receipt | HandOverError | Withheld) -> None:
        answers[message.delivery] = answer

    await stage.provider.carry(Stock(), told.append, answered)

    assert list(answers) == [7, 9, 8]
    assert isinstance(answers[7], Receipt)
    assert isinstance(answers[8], Receipt)
    assert isinstance(answers[9], HandOverError)
    assert told == [7, 8]
    assert len(stage.accepted()) == 2
