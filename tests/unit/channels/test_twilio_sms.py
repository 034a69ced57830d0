import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from scheduler.channels.twilio_sms import Options, Provider, refusal
from scheduler.domain.delivery import Receipt
from scheduler.domain.errors import (
    CampaignStopped,
    ChannelStopped,
    CountryStopped,
    HandOverError,
    Permanent,
    Temporary,
    Uncertain,
)
from scheduler.domain.message import Message
from tests.fakes import Answer, FakeTwilio
from tests.parts.certificates import issue

NUMBER = "+33639980001"
RECEIPTS = "https://cyber.example.org/receipts/twilio"


def a_message(to: str = NUMBER, **changes: object) -> Message:
    message = Message(
        delivery=7,
        to=to,
        sender="",
        body="Réflexe cyber : été. Stop : sms.example.org/A7K2Q9XB".encode(),
        reference="ab-12_Z",
        segments=1,
    )
    return replace(message, **changes)  # type: ignore[arg-type]  # field names given by tests


def options_for(twilio: FakeTwilio, **changes: object) -> Options:
    options = Options(
        account_sid=twilio.account_sid,
        auth_token=twilio.auth_token,
        sender="Reflexes",
        base_url=twilio.base_url,
        connect_timeout=30.0,
        timeout=30.0,
    )
    return replace(options, **changes)  # type: ignore[arg-type]  # field names given by tests


@asynccontextmanager
async def opened(options: Options) -> AsyncIterator[Provider]:
    provider = Provider(options)
    await provider.open()
    try:
        yield provider
    finally:
        await provider.close()


@asynccontextmanager
async def serving(twilio: FakeTwilio, **changes: object) -> AsyncIterator[Provider]:
    """A provider, with the look-alike running for as long as it is open."""
    async with twilio, opened(options_for(twilio, **changes)) as provider:
        yield provider


async def outcome(provider: Provider, message: Message | None = None) -> Receipt | HandOverError:
    """The receipt or the error, with the promise about ``handing_over`` checked on the way."""
    told: list[int] = []
    result: Receipt | HandOverError
    try:
        result = await provider.send(message or a_message(), told.append)
    except HandOverError as error:
        result = error
    if isinstance(result, Receipt | Uncertain):
        assert told == [7]
    return result


async def outcome_of(answer: Answer) -> tuple[Receipt | HandOverError, FakeTwilio]:
    twilio = FakeTwilio(answers={"*": answer})
    async with serving(twilio, timeout=0.3) as provider:
        return await outcome(provider), twilio


class TestRequest:
    async def test_it_carries_number_text_and_sender_and_nothing_else(self) -> None:
        twilio = FakeTwilio()
        async with serving(twilio) as provider:
            receipt = await outcome(provider)

        assert receipt == Receipt(
            provider_id="SM00000000000000000000000000000001", code="queued", segments=1
        )
        assert twilio.requests == [
            {
                "To": NUMBER,
                "From": "Reflexes",
                "Body": "Réflexe cyber : été. Stop : sms.example.org/A7K2Q9XB",
            }
        ]

    async def test_the_messages_own_sender_comes_before_the_accounts(self) -> None:
        twilio = FakeTwilio()
        async with serving(twilio) as provider:
            await outcome(provider, a_message(sender="36123"))

        assert twilio.requests[0]["From"] == "36123"

    async def test_a_messaging_service_picks_the_sender(self) -> None:
        twilio = FakeTwilio()
        async with serving(twilio, messaging_service_sid="MG1") as provider:
            await outcome(provider)

        assert twilio.requests[0]["MessagingServiceSid"] == "MG1"
        assert "From" not in twilio.requests[0]

    async def test_without_any_sender_the_channel_stops(self) -> None:
        twilio = FakeTwilio()
        async with serving(twilio, sender="") as provider:
            error = await outcome(provider)

        assert isinstance(error, ChannelStopped)
        assert twilio.requests == []

    async def test_the_status_callback_carries_our_reference(self) -> None:
        twilio = FakeTwilio()
        async with serving(twilio, status_callback_url=RECEIPTS) as provider:
            await outcome(provider)

        assert twilio.requests[0]["StatusCallback"] == f"{RECEIPTS}?ref=ab-12_Z"

    @pytest.mark.parametrize(
        ("left", "expected"),
        [
            (timedelta(hours=2), "7200"),
            (timedelta(days=1), "36000"),
            (timedelta(milliseconds=200), "1"),
        ],
    )
    async def test_it_stays_in_the_queue_no_longer_than_its_window(
        self, left: timedelta, expected: str
    ) -> None:
        twilio = FakeTwilio()
        async with serving(twilio) as provider:
            await outcome(provider, a_message(validity=left))

        assert twilio.requests[0]["ValidityPeriod"] == expected

    @pytest.mark.parametrize(
        "number", ["0639980001", "+33 6 39 98 00 01", "+0639980001", "+336\u0663"]
    )
    async def test_a_number_that_isnt_e164_is_a_bad_address(self, number: str) -> None:
        twilio = FakeTwilio()
        async with serving(twilio) as provider:
            error = await outcome(provider, a_message(to=number))

        assert isinstance(error, Permanent)
        assert error.bad_address
        assert twilio.requests == []

    async def test_a_text_that_isnt_utf8_is_refused(self) -> None:
        async with serving(FakeTwilio()) as provider:
            error = await outcome(provider, a_message(body=b"\xe9t\xe9"))

        assert isinstance(error, Permanent)
        assert not error.bad_address

    async def test_an_edge_in_the_environment_doesnt_move_the_request(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TWILIO_EDGE", "dublin")
        monkeypatch.setenv("TWILIO_REGION", "ie1")
        twilio = FakeTwilio()
        async with serving(twilio) as provider:
            await outcome(provider)

        assert len(twilio.messages) == 1

    def test_the_token_is_in_no_representation(self) -> None:
        assert "secret" not in repr(Options(account_sid="AC1", auth_token="secret"))


class TestReachingTwilio:
    async def test_a_refused_connection_is_tried_again(self) -> None:
        async with FakeTwilio() as twilio:
            options = options_for(twilio)
        told: list[int] = []

        async with opened(options) as provider:
            with pytest.raises(Temporary) as caught:
                await provider.send(a_message(), told.append)

        assert caught.value.code == "connect"
        assert told == []

    async def test_a_host_that_takes_no_connection_is_tried_again(self) -> None:
        with full_backlog() as port:
            async with FakeTwilio() as twilio:
                options = options_for(
                    twilio, base_url=f"http://127.0.0.1:{port}", connect_timeout=0.1
                )
            async with opened(options) as provider:
                error = await outcome(provider)

        assert isinstance(error, Temporary)

    @pytest.mark.parametrize(
        ("does", "code"), [("drop", "lost"), ("silence", "timeout"), ("garbage", "answer")]
    )
    async def test_after_the_request_nobody_knows(
        self, does: Literal["drop", "silence", "garbage"], code: str
    ) -> None:
        error, twilio = await outcome_of(Answer(does=does))

        assert isinstance(error, Uncertain)
        assert error.code == code
        assert len(twilio.requests) == 1

    async def test_a_certificate_that_cant_be_verified_stops_the_channel(
        self, tmp_path: Path
    ) -> None:
        async with unknown_tls_server(tmp_path) as port:
            options = Options(
                account_sid="AC1",
                auth_token="token",
                sender="Reflexes",
                base_url=f"https://127.0.0.1:{port}",
            )
            async with opened(options) as provider:
                error = await outcome(provider)

        assert isinstance(error, ChannelStopped)
        assert error.code == "certificate"

    async def test_the_proxy_of_the_environment_is_used(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        proxy = FakeTwilio()
        async with proxy:
            monkeypatch.setenv("HTTP_PROXY", proxy.base_url)
            options = options_for(proxy, base_url="http://api.twilio.test")
            async with opened(options) as provider:
                receipt = await outcome(provider)

        assert isinstance(receipt, Receipt)
        assert len(proxy.messages) == 1


class TestAnswers:
    async def test_too_many_requests_are_tried_again_and_give_one_sms(self) -> None:
        twilio = FakeTwilio(answers={"*": Answer(status=429, code=20429, times=1)})
        async with serving(twilio) as provider:
            first = await outcome(provider)
            second = await outcome(provider)

        assert isinstance(first, Temporary)
        assert first.wait
        assert isinstance(second, Receipt)
        assert len(twilio.messages) == 1

    async def test_a_wrong_token_stops_the_channel(self) -> None:
        twilio = FakeTwilio()
        async with serving(twilio, auth_token="wrong") as provider:
            error = await outcome(provider)

        assert isinstance(error, ChannelStopped)
        assert error.code == "20003"

    async def test_the_number_is_in_no_reason(self) -> None:
        words = f"The 'To' number {NUMBER} is not a valid phone number."
        error, _twilio = await outcome_of(Answer(code=21211, message=words))

        assert isinstance(error, Permanent)
        assert error.code == "21211"
        assert NUMBER not in str(error)
        assert "is not a valid phone number" in str(error)

    @pytest.mark.parametrize(
        ("status", "code", "expected"),
        [
            (400, 21610, "opted out"),
            (400, 21211, "bad address"),
            (400, 21614, "bad address"),
            (400, 21635, "bad address"),
            (400, 30005, "bad address"),
            (400, 30006, "bad address"),
            (400, 30001, "temporary"),
            (400, 30003, "temporary"),
            (400, 30008, "temporary"),
            (400, 30036, "temporary"),
            (400, 14107, "temporary"),
            (429, 20429, "temporary"),
            (429, 429, "temporary"),
            (503, 503, "temporary"),
            (503, 20503, "temporary"),
            (400, 30004, "message"),
            (400, 21617, "message"),
            (400, 30007, "campaign stopped"),
            (400, 30042, "campaign stopped"),
            (400, 21408, "country stopped"),
            (400, 21606, "campaign stopped"),
            (400, 21612, "campaign stopped"),
            (400, 21703, "campaign stopped"),
            (400, 30002, "campaign stopped"),
            (403, 21408, "country stopped"),
            (401, 20003, "stopped"),
            (400, 20003, "stopped"),
            (401, 401, "stopped"),
            (403, 403, "stopped"),
            (404, 20404, "stopped"),
            (302, 302, "stopped"),
            (500, 20500, "uncertain"),
            (500, 500, "uncertain"),
            (502, 502, "uncertain"),
            (504, 504, "uncertain"),
        ],
    )
    def test_each_code_has_one_meaning(self, status: int, code: int, expected: str) -> None:
        assert meaning(refusal(status, code)) == expected

    @pytest.mark.parametrize(
        ("code", "to", "expected"),
        [
            (21408, "+262692000001", "+262"),
            (21408, "+33639980001", "+33"),
            # A sender that one country doesn't take says nothing of the others.
            (21612, "+687700001", "+687"),
        ],
    )
    def test_a_country_is_named_by_its_numbers(self, code: int, to: str, expected: str) -> None:
        error = refusal(400, code, to=to)

        assert isinstance(error, CountryStopped)
        assert error.country == expected

    def test_a_sender_that_home_does_not_take_stops_the_campaign(self) -> None:
        assert meaning(refusal(400, 21612, to="+33639980001")) == "campaign stopped"

    @pytest.mark.parametrize(
        ("status", "expected"), [(500, "uncertain"), (503, "temporary"), (403, "stopped")]
    )
    async def test_a_page_of_something_in_between_is_read_by_its_status(
        self, status: int, expected: str
    ) -> None:
        error, _twilio = await outcome_of(Answer(status=status))

        assert isinstance(error, HandOverError)
        assert meaning(error) == expected
        assert error.code == f"http {status}"


@pytest.mark.parametrize(
    ("base_url", "fiction"),
    [
        ("https://api.twilio.com", False),
        ("https://api.dublin.ie1.twilio.com", False),
        ("http://127.0.0.1:4000", True),
        ("https://twilio.com.example.org", True),
    ],
)
def test_only_a_look_alike_takes_made_up_numbers(base_url: str, fiction: bool) -> None:
    provider = Provider(Options(account_sid="AC1", auth_token="t", base_url=base_url))

    assert provider.carries_fiction is fiction


def meaning(error: HandOverError) -> str:
    if isinstance(error, Permanent):
        if error.opted_out:
            return "opted out"
        return "bad address" if error.bad_address else "message"
    words = {
        Temporary: "temporary",
        CountryStopped: "country stopped",
        CampaignStopped: "campaign stopped",
        ChannelStopped: "stopped",
        Uncertain: "uncertain",
    }
    return words[type(error)]


@contextmanager
def full_backlog() -> Iterator[int]:
    """A port that neither takes nor refuses a connection: its queue is full."""
    with (
        closing(socket.create_server(("127.0.0.1", 0), backlog=0)) as server,
        closing(socket.create_connection(server.getsockname())),
    ):
        yield int(server.getsockname()[1])


@asynccontextmanager
async def unknown_tls_server(folder: Path) -> AsyncIterator[int]:
    """A server whose certificate no system trusts."""
    issued = issue(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(issued.certificate, issued.key)
    async with await asyncio.start_server(
        lambda reader, writer: writer.close(), "127.0.0.1", 0, ssl=context
    ) as server:
        yield int(server.sockets[0].getsockname()[1])
