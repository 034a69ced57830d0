import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest

from scheduler.channels.smtp import Options, Provider, remedies
from scheduler.channels.smtp.replies import Phase, read_reply, refusal
from scheduler.channels.smtp.wire import wire_form
from scheduler.domain.delivery import Receipt
from scheduler.domain.errors import (
    ChannelStopped,
    HandOverError,
    Permanent,
    Temporary,
    Uncertain,
)
from scheduler.domain.message import Message
from tests.fakes import (
    FakeRelay,
    Fault,
    Moment,
    answers,
    drips,
    drops,
    floods,
    goes_silent,
    sends_a_huge_line,
)
from tests.parts import certificates
from tests.parts.certificates import Certificates, issue

BODY = b"Message-ID: <ab12cd@cyber.example.org>\r\nSubject: essai\r\n\r\nBonjour\r\n"
#: Larger than what the system's buffers take from a relay that doesn't read.
LARGE_BODY = BODY + b"Une ligne de plus, et encore une autre.\r\n" * 200_000
LOGIN = ("reflexe", "correct-horse")


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return issue(tmp_path_factory.mktemp("certificates"))


def a_message(to: str = "marie@example.org", body: bytes = BODY) -> Message:
    return Message(delivery=7, to=to, sender="b+tok@retour.example.org", body=body, reference="ab")


def options_for(relay: FakeRelay, **changes: object) -> Options:
    """Patient with a relay that is well, however slow the machine; not with a faulty one."""
    patience = 0.3 if relay.faults else 60.0
    options = Options(
        host=relay.host,
        port=relay.port,
        security="none",
        connect_timeout=60.0,
        command_timeout=patience,
        body_timeout=patience,
        final_timeout=patience,
        reconnect_delay=0.0,
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
async def serving(relay: FakeRelay, **changes: object) -> AsyncIterator[Provider]:
    """A provider, with the relay running for as long as it is open."""
    async with relay, opened(options_for(relay, **changes)) as provider:
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


async def outcome_with(
    *faults: Fault, message: Message | None = None
) -> tuple[Receipt | HandOverError, FakeRelay]:
    relay = FakeRelay(*faults)
    async with serving(relay) as provider:
        return await outcome(provider, message), relay


class TestAccepting:
    async def test_the_receipt_carries_the_relays_own_id_and_words(self) -> None:
        receipt, _relay = await outcome_with()

        assert receipt == Receipt(provider_id="Q1", code="250 2.0.0", detail="Ok: queued as Q1")

    async def test_the_envelope_and_the_body_arrive_as_they_were_given(self) -> None:
        _receipt, relay = await outcome_with()

        accepted = relay.accepted[0]
        assert (accepted.sender, accepted.recipient) == (
            "b+tok@retour.example.org",
            "marie@example.org",
        )
        assert accepted.content == BODY
        assert accepted.message_id == "<ab12cd@cyber.example.org>"

    async def test_a_connection_carries_one_message_after_the_other(self) -> None:
        relay = FakeRelay()
        async with serving(relay) as provider:
            for _message in range(5):
                await outcome(provider)

        assert (len(relay.accepted), relay.connections, relay.quits) == (5, 1, 1)

    async def test_a_connection_that_carried_its_share_is_left_politely(self) -> None:
        relay = FakeRelay()
        async with serving(relay, messages_per_connection=2) as provider:
            for _message in range(4):
                await outcome(provider)

        assert (len(relay.accepted), relay.connections, relay.quits) == (4, 2, 2)

    async def test_there_are_never_more_connections_than_allowed(self) -> None:
        relay = FakeRelay()
        async with serving(relay, connections=3) as provider:
            await asyncio.gather(*(outcome(provider) for _message in range(12)))

        assert len(relay.accepted) == 12
        assert relay.connections == 3

    async def test_a_connection_the_relay_closed_meanwhile_is_replaced_unnoticed(self) -> None:
        relay = FakeRelay()
        async with serving(relay) as provider:
            await outcome(provider)
            relay.hang_up()
            await asyncio.sleep(0.01)

            second = await outcome(provider)

        assert isinstance(second, Receipt)
        assert relay.connections == 2

    async def test_a_message_of_many_megabytes_arrives_whole(self) -> None:
        relay = FakeRelay()
        async with serving(relay, body_timeout=30.0, final_timeout=30.0) as provider:
            receipt = await outcome(provider, a_message(body=LARGE_BODY))

        assert isinstance(receipt, Receipt)
        assert relay.accepted[0].content == LARGE_BODY

    @pytest.mark.parametrize("code", [500, 501, 502, 503, 504, 550, 554, 599])
    async def test_the_relay_need_not_know_ehlo_however_it_says_so(self, code: int) -> None:
        receipt, _relay = await outcome_with(answers("ehlo", f"{code} 5.5.1 not taken"))

        assert isinstance(receipt, Receipt)

    @pytest.mark.parametrize(
        ("changes", "lacks"),
        [
            ({"security": "starttls"}, "STARTTLS"),
            ({"security": "tls", "username": LOGIN[0], "password": LOGIN[1]}, "AUTH"),
        ],
    )
    async def test_what_helo_cannot_offer_is_never_done_without(
        self, issued: Certificates, changes: dict[str, object], lacks: str
    ) -> None:
        relay = FakeRelay(
            answers("ehlo", "550 5.7.1 who are you"),
            certificates=issued,
            implicit_tls=changes["security"] == "tls",
        )

        async with serving(relay, ca_file=issued.authority, **changes) as provider:
            refused = await outcome(provider)

        assert isinstance(refused, ChannelStopped)
        assert lacks in refused.detail
        assert "EHLO with 550" in refused.detail
        assert relay.accepted == []

    async def test_a_relay_that_is_busy_at_ehlo_is_not_asked_by_helo(self) -> None:
        refused, relay = await outcome_with(answers("ehlo", "450 4.3.2 later", times=1))

        assert isinstance(refused, Temporary)
        assert relay.accepted == []


class TestLosingTheConnection:
    @pytest.mark.parametrize("moment", ["connect", "ehlo", "mail", "rcpt", "data", "body"])
    async def test_before_the_dot_the_message_may_be_tried_again(self, moment: Moment) -> None:
        error, relay = await outcome_with(drops(moment))

        assert isinstance(error, Temporary)
        assert relay.accepted == []

    @pytest.mark.parametrize("moment", ["connect", "ehlo", "mail", "rcpt", "data", "body"])
    async def test_the_next_attempt_delivers_it_once(self, moment: Moment) -> None:
        relay = FakeRelay(drops(moment, times=1))
        async with serving(relay) as provider:
            await outcome(provider)
            second = await outcome(provider)

        assert isinstance(second, Receipt)
        assert len(relay.accepted) == 1

    async def test_in_the_middle_of_a_large_body_it_may_be_tried_again(self) -> None:
        error, _relay = await outcome_with(drops("body"), message=a_message(body=LARGE_BODY))

        assert isinstance(error, Temporary)

    @pytest.mark.parametrize("moment", ["dot", "kept"])
    async def test_after_the_dot_nobody_knows(self, moment: Moment) -> None:
        error, _relay = await outcome_with(drops(moment))

        assert isinstance(error, Uncertain)

    async def test_silence_after_the_dot_is_in_doubt_too(self) -> None:
        error, _relay = await outcome_with(goes_silent("kept"))

        assert isinstance(error, Uncertain)
        assert error.code == "timeout"

    @pytest.mark.parametrize("reply", ["354 again?", "what?", "150 soon"])
    async def test_an_answer_to_the_dot_that_means_nothing_is_in_doubt(self, reply: str) -> None:
        error, _relay = await outcome_with(answers("kept", reply))

        assert isinstance(error, Uncertain)

    async def test_an_answer_before_the_dot_is_a_refusal_and_no_dot_follows(self) -> None:
        error, relay = await outcome_with(answers("body", "554 5.6.0 not like this"))

        assert isinstance(error, Permanent)
        assert relay.accepted == []

    async def test_a_relay_that_is_not_there_is_an_outage(self) -> None:
        async with FakeRelay() as relay:
            options = options_for(relay)

        async with opened(options) as provider:
            error = await outcome(provider)

        assert isinstance(error, Temporary)
        assert error.code == "connect"

    async def test_a_host_nobody_knows_is_an_outage(self) -> None:
        async with serving(FakeRelay(), host="nowhere.invalid") as provider:
            error = await outcome(provider)

        assert isinstance(error, Temporary)

    async def test_a_cancelled_send_leaves_no_half_used_connection(self) -> None:
        relay = FakeRelay(goes_silent("rcpt"))
        async with serving(relay) as provider:
            sending = asyncio.create_task(outcome(provider))
            await relay.reached["rcpt"].wait()
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
            relay.faults.clear()

            second = await outcome(provider)

        assert isinstance(second, Receipt)
        assert relay.connections == 2
        assert len(relay.accepted) == 1


class TestRepliesOfTheRelay:
    @pytest.mark.parametrize("moment", ["mail", "rcpt", "data", "dot"])
    @pytest.mark.parametrize(
        "reply", ["450 4.2.0 greylisted", "451 4.3.0 later", "452 4.3.1 disk full"]
    )
    async def test_4xx_is_temporary_with_a_minute_at_least(
        self, moment: Moment, reply: str
    ) -> None:
        error, _relay = await outcome_with(answers(moment, reply))

        assert isinstance(error, Temporary)
        assert error.code == reply[:9]
        assert error.wait is not None
        assert error.wait >= timedelta(seconds=60)

    async def test_after_a_refused_recipient_the_connection_serves_the_next(self) -> None:
        relay = FakeRelay(answers("rcpt", "550 5.1.1 unknown", times=1))
        async with serving(relay) as provider:
            first = await outcome(provider)
            second = await outcome(provider)

        assert isinstance(first, Permanent)
        assert isinstance(second, Receipt)
        assert relay.connections == 1
        assert relay.verbs.count("rset") == 1

    async def test_a_connection_that_cant_be_reset_is_replaced(self) -> None:
        faults = answers("rcpt", "550 5.1.1 unknown", times=1), drops("rset")
        relay = FakeRelay(*faults)
        async with serving(relay) as provider:
            await outcome(provider)
            second = await outcome(provider)

        assert isinstance(second, Receipt)
        assert relay.connections == 2

    @pytest.mark.parametrize("moment", ["connect", "ehlo", "mail", "rcpt", "data", "body", "dot"])
    async def test_421_is_temporary_at_any_moment_and_lowers_the_rate(self, moment: Moment) -> None:
        fault = answers(moment, "421 4.7.0 too fast", times=1)
        relay = FakeRelay(fault)
        async with serving(relay, connections=4) as provider:
            error = await outcome(provider)
            lowered = provider.concurrency
            second = await outcome(provider)

        assert isinstance(error, Temporary)
        assert lowered == 2
        assert isinstance(second, Receipt)
        assert relay.connections == 2

    async def test_the_rate_grows_back_with_accepted_messages(self) -> None:
        relay = FakeRelay(answers("mail", "421 4.7.0 too fast", times=1))
        async with serving(relay, connections=4) as provider:
            await outcome(provider)
            seen = []
            for _message in range(60):
                await outcome(provider)
                seen.append(provider.concurrency)
            await asyncio.gather(*(outcome(provider) for _message in range(12)))

        assert seen[0] == 2
        assert sorted(seen) == seen
        assert seen[-1] == 4
        assert relay.connections == 1 + 4

    async def test_a_lowered_rate_holds_back_connections(self) -> None:
        relay = FakeRelay(answers("mail", "421 4.7.0 too fast", times=1))
        async with serving(relay, connections=2) as provider:
            await outcome(provider)
            await asyncio.gather(*(outcome(provider) for _message in range(6)))

        assert len(relay.accepted) == 6
        assert relay.connections == 2

    async def test_a_size_over_the_announced_limit_is_refused_before_mail(self) -> None:
        relay = FakeRelay(size_limit=10_000)
        async with serving(relay) as provider:
            error = await outcome(provider, a_message(body=BODY + b"x" * 998 * 11 + b"\r\n"))
            small = await outcome(provider)

        assert isinstance(error, Permanent)
        assert not error.bad_address
        assert isinstance(small, Receipt)
        assert relay.verbs.count("mail") == 1

    async def test_what_the_relay_says_is_kept_without_the_address(self) -> None:
        error, _relay = await outcome_with(
            answers("rcpt", "550 5.1.1 <marie@example.org>: no such user")
        )

        assert str(error) == "550 5.1.1 [address] no such user"


@pytest.mark.parametrize(
    ("phase", "code", "text", "expected"),
    [
        (Phase.RCPT, 550, "5.1.1 no such user", "bad address"),
        (Phase.RCPT, 550, "5.1.2 no such domain", "bad address"),
        (Phase.RCPT, 501, "5.1.3 bad syntax", "bad address"),
        (Phase.RCPT, 556, "5.1.10 null MX", "bad address"),
        (Phase.RCPT, 550, "no such user here", "message"),
        (Phase.RCPT, 553, "mailbox name not allowed", "message"),
        (Phase.RCPT, 550, "5.7.1 policy", "message"),
        (Phase.RCPT, 554, "5.7.1 relay access denied", "message"),
        (Phase.RCPT, 550, "5.2.1 mailbox disabled", "message"),
        (Phase.RCPT, 552, "5.2.2 mailbox full", "message"),
        (Phase.RCPT, 550, "5.7.26 unauthenticated", "stopped"),
        (Phase.RCPT, 530, "5.7.0 authentication required", "stopped"),
        (Phase.RCPT, 503, "5.5.1 bad sequence", "temporary"),
        (Phase.RCPT, 354, "what", "temporary"),
        (Phase.MAIL, 530, "5.7.0 authentication required", "stopped"),
        (Phase.MAIL, 535, "5.7.8 bad credentials", "stopped"),
        (Phase.MAIL, 550, "5.7.1 sender refused", "stopped"),
        (Phase.MAIL, 553, "5.1.8 sender domain unknown", "stopped"),
        (Phase.MAIL, 552, "5.3.4 too big", "message"),
        (Phase.MAIL, 501, "5.1.7 bad sender syntax", "message"),
        (Phase.DATA, 554, "5.5.1 no valid recipients", "message"),
        (Phase.DATA, 503, "need RCPT", "temporary"),
        (Phase.DOT, 552, "5.3.4 too big", "message"),
        (Phase.DOT, 554, "5.7.1 looks like spam", "message"),
        (Phase.DOT, 550, "no such user", "message"),
        (Phase.DOT, 550, "5.7.515 below requirements", "stopped"),
        (Phase.DOT, 550, "5.7.9 unauthenticated", "stopped"),
        (Phase.OPENING, 554, "no SMTP service here", "stopped"),
        (Phase.OPENING, 454, "4.7.0 TLS not available", "temporary"),
        (Phase.OPENING, 535, "5.7.8 bad credentials", "stopped"),
    ],
)
def test_each_reply_has_one_meaning(phase: Phase, code: int, text: str, expected: str) -> None:
    error = refusal(phase, read_reply(code, text))

    if isinstance(error, Permanent):
        meaning = "bad address" if error.bad_address else "message"
    else:
        meaning = {ChannelStopped: "stopped", Temporary: "temporary"}[type(error)]
    assert meaning == expected


Tarpit = Callable[[Moment], Fault]


class TestTarpits:
    @pytest.mark.parametrize("moment", ["connect", "ehlo", "mail", "rcpt", "data"])
    @pytest.mark.parametrize("tarpit", [drips, floods, sends_a_huge_line, goes_silent])
    async def test_the_session_ends_by_its_own_limits(self, moment: Moment, tarpit: Tarpit) -> None:
        relay = FakeRelay(tarpit(moment))
        async with serving(relay, connect_timeout=0.3) as provider:
            error = await asyncio.wait_for(outcome(provider), timeout=30)

        assert isinstance(error, Temporary)

    @pytest.mark.parametrize("tarpit", [floods, sends_a_huge_line])
    async def test_an_endless_reply_is_left_before_its_time_is_over(self, tarpit: Tarpit) -> None:
        async with serving(FakeRelay(tarpit("rcpt")), command_timeout=60.0) as provider:
            error = await asyncio.wait_for(outcome(provider), timeout=30)

        assert isinstance(error, Temporary)
        assert error.code == "protocol"

    async def test_a_relay_that_stops_reading_the_body_is_left(self) -> None:
        error, _relay = await outcome_with(goes_silent("body"), message=a_message(body=LARGE_BODY))

        assert isinstance(error, Temporary)
        assert error.code == "timeout"

    async def test_the_others_go_on(self) -> None:
        options = {"command_timeout": 5.0, "connections": 2}
        relay = FakeRelay(Fault(at="mail", does="drip", times=1))
        async with serving(relay, **options) as provider:
            stuck = asyncio.create_task(outcome(provider))
            await relay.reached["mail"].wait()

            others = [await outcome(provider) for _message in range(5)]
            stuck.cancel()
            await asyncio.gather(stuck, return_exceptions=True)

        assert all(isinstance(other, Receipt) for other in others)

    def test_the_wait_after_the_dot_is_ten_minutes_at_least(self) -> None:
        assert Options(host="relay.example.org").final_timeout >= 600


class TestFailingToConnect:
    async def test_an_unreachable_relay_is_left_alone_for_a_while(self) -> None:
        relay = FakeRelay(drops("connect"))
        async with serving(relay, reconnect_delay=20.0) as provider:
            first = await outcome(provider)
            second = await outcome(provider)

        assert relay.connections == 1
        assert isinstance(first, Temporary)
        assert isinstance(second, Temporary)
        assert second.wait is not None
        assert timedelta(seconds=15) < second.wait <= timedelta(seconds=20)

    async def test_those_who_waited_for_a_failed_connection_share_its_failure(self) -> None:
        relay = FakeRelay(drops("connect"))
        async with serving(relay) as provider:
            errors = await asyncio.gather(*(outcome(provider) for _message in range(4)))

        assert {type(error) for error in errors} == {Temporary}
        assert relay.connections == 1


class TestTls:
    @pytest.mark.parametrize("security", ["starttls", "tls"])
    async def test_a_verified_relay_gets_password_and_message(
        self, issued: Certificates, security: Literal["starttls", "tls"]
    ) -> None:
        relay = tls_relay(issued, security)
        async with serving(relay, **trusting(issued, security)) as provider:
            receipts = [await outcome(provider) for _message in range(3)]

        assert all(isinstance(receipt, Receipt) for receipt in receipts)
        assert (relay.connections, relay.logins) == (1, 1)

    @pytest.mark.parametrize("method", ["PLAIN", "LOGIN", "XOAUTH2 PLAIN"])
    async def test_each_way_to_log_in_works(self, issued: Certificates, method: str) -> None:
        relay = FakeRelay(certificates=issued, login=LOGIN, login_method=method)
        async with serving(relay, **trusting(issued, "starttls")) as provider:
            receipt = await outcome(provider)

        assert isinstance(receipt, Receipt)
        assert relay.logins == 1

    async def test_no_way_to_log_in_that_we_know_stops_the_channel(
        self, issued: Certificates
    ) -> None:
        relay = FakeRelay(certificates=issued, login=LOGIN, login_method="GSSAPI")
        async with serving(relay, **trusting(issued, "starttls")) as provider:
            error = await outcome(provider)

        assert isinstance(error, ChannelStopped)
        assert error.code == "auth"

    @pytest.mark.parametrize("security", ["starttls", "tls"])
    async def test_a_relay_of_another_authority_stops_the_channel(
        self, issued: Certificates, tmp_path: Path, security: Literal["starttls", "tls"]
    ) -> None:
        relay = tls_relay(issue(tmp_path), security)
        async with serving(relay, **trusting(issued, security)) as provider:
            error = await outcome(provider)

        assert isinstance(error, ChannelStopped)
        assert error.code == "certificate"
        assert relay.logins == 0

    @pytest.mark.parametrize("security", ["starttls", "tls"])
    async def test_the_end_of_the_relays_certificate_is_known_once_it_was_seen(
        self, issued: Certificates, security: Literal["starttls", "tls"]
    ) -> None:
        async with serving(tls_relay(issued, security), **trusting(issued, security)) as provider:
            before = provider.certificate_ends
            await outcome(provider)

            assert (before, provider.certificate_ends) == (None, certificates.END)

    @pytest.mark.parametrize("security", ["starttls", "tls"])
    async def test_an_expired_certificate_stops_the_channel(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        security: Literal["starttls", "tls"],
    ) -> None:
        monkeypatch.setattr(certificates, "END", datetime(2021, 1, 1, tzinfo=UTC))
        expired = issue(tmp_path)

        relay = tls_relay(expired, security)
        async with serving(relay, **trusting(expired, security)) as provider:
            error = await outcome(provider)

        assert isinstance(error, ChannelStopped)
        assert "expired" in error.detail

    @pytest.mark.parametrize("security", ["starttls", "tls"])
    async def test_a_certificate_for_another_name_stops_the_channel(
        self, issued: Certificates, security: Literal["starttls", "tls"]
    ) -> None:
        relay = tls_relay(issued, security, host="127.0.0.2")
        async with serving(relay, **trusting(issued, security)) as provider:
            error = await outcome(provider)

        assert isinstance(error, ChannelStopped)
        assert error.code == "certificate"
        assert error.detail.endswith(remedies.OTHER_NAME)

    async def test_an_authority_that_nothing_here_trusts_names_its_key(
        self, issued: Certificates
    ) -> None:
        relay = tls_relay(issued, "starttls")
        changes = trusting(issued, "starttls") | {"ca_file": None}
        async with serving(relay, **changes) as provider:
            error = await outcome(provider)

        assert isinstance(error, ChannelStopped)
        assert error.code == "certificate"
        assert error.detail.endswith(remedies.ISSUER)

    async def test_a_port_that_waits_for_tls_says_nothing_and_its_key_is_named(
        self, issued: Certificates
    ) -> None:
        relay = tls_relay(issued, "tls")
        changes = trusting(issued, "starttls") | {"connect_timeout": 1}
        async with serving(relay, **changes) as provider:
            error = await outcome(provider)

        assert isinstance(error, Temporary)
        assert str(error).endswith(remedies.IMPLICIT)

    async def test_a_closed_port_names_host_and_port(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
            async with serving(FakeRelay(), port=port) as provider:
                error = await outcome(provider)

        assert isinstance(error, Temporary)
        assert str(error).endswith(remedies.REFUSED)

    async def test_a_host_that_nobody_knows_names_its_key(self) -> None:
        async with serving(FakeRelay(), host="relay.invalid") as provider:
            error = await outcome(provider)

        assert isinstance(error, Temporary)
        assert str(error).endswith(remedies.NO_HOST)

    async def test_a_relay_without_starttls_stops_the_channel_before_the_password(
        self, issued: Certificates
    ) -> None:
        relay = FakeRelay(login=LOGIN)
        async with serving(relay, **trusting(issued, "starttls")) as provider:
            error = await outcome(provider)

        assert isinstance(error, ChannelStopped)
        assert error.code == "tls"
        assert error.detail.endswith(remedies.NO_STARTTLS)
        assert relay.logins == 0

    async def test_tls_on_a_port_that_speaks_plain_stops_the_channel(
        self, issued: Certificates
    ) -> None:
        relay = FakeRelay()
        async with serving(relay, **trusting(issued, "tls")) as provider:
            error = await outcome(provider)

        assert isinstance(error, ChannelStopped)
        assert error.code == "tls"
        assert error.detail.endswith(remedies.STARTTLS)
        assert "channels.email.smtp.security: starttls" in error.detail

    async def test_a_missing_authority_file_stops_the_channel(
        self, issued: Certificates, tmp_path: Path
    ) -> None:
        changes = trusting(issued, "tls") | {"ca_file": tmp_path / "none.pem"}
        async with serving(tls_relay(issued, "tls"), **changes) as provider:
            error = await outcome(provider)

        assert isinstance(error, ChannelStopped)
        assert "ca_file" in error.detail

    async def test_a_password_without_tls_is_refused_and_nothing_is_connected(self) -> None:
        relay = FakeRelay(login=LOGIN)
        async with serving(relay, username=LOGIN[0], password=LOGIN[1]) as provider:
            error = await outcome(provider)

        assert isinstance(error, ChannelStopped)
        assert relay.connections == 0

    async def test_a_wrong_password_stops_the_channel_and_is_tried_once(
        self, issued: Certificates
    ) -> None:
        relay = tls_relay(issued, "starttls")
        changes = trusting(issued, "starttls") | {"password": "wrong"}
        async with serving(relay, **changes) as provider:
            errors = await asyncio.gather(*(outcome(provider) for _message in range(4)))

        assert {type(error) for error in errors} == {ChannelStopped}
        assert all(str(error).endswith(remedies.CREDENTIALS) for error in errors)
        assert relay.logins == 1

    async def test_a_relay_that_cant_check_passwords_now_is_tried_later(
        self, issued: Certificates
    ) -> None:
        fault = answers("auth", "454 4.7.0 directory unavailable")
        relay = tls_relay(issued, "starttls", fault)
        async with serving(relay, **trusting(issued, "starttls")) as provider:
            error = await outcome(provider)

        assert isinstance(error, Temporary)

    def test_the_password_is_in_no_representation(self) -> None:
        options = Options(host="relay.example.org", password="correct-horse")

        assert "correct-horse" not in repr(options)


class TestWireForm:
    def test_a_leading_dot_is_doubled(self) -> None:
        assert wire_form(b".a\r\n..\r\nb.\r\n.\r\n") == b"..a\r\n...\r\nb.\r\n..\r\n"

    def test_a_missing_last_line_end_is_added(self) -> None:
        assert wire_form(b"a") == b"a\r\n"

    @pytest.mark.parametrize(
        "body", [b"a\nb\r\n", b"a\rb\r\n", b"a\r\r\nb\r\n", b"\xe9\r\n", b"a\0b\r\n"]
    )
    def test_what_relays_disagree_on_is_refused(self, body: bytes) -> None:
        with pytest.raises(Permanent):
            wire_form(body)

    async def test_a_stuffed_message_arrives_as_it_was(self) -> None:
        body = BODY + b".\r\n..deux\r\nfin\r\n"

        _receipt, relay = await outcome_with(message=a_message(body=body))

        assert relay.accepted[0].content == body


def tls_relay(
    issued: Certificates,
    security: Literal["starttls", "tls"],
    *faults: Fault,
    host: str = "127.0.0.1",
) -> FakeRelay:
    return FakeRelay(
        *faults, host=host, certificates=issued, implicit_tls=security == "tls", login=LOGIN
    )


def trusting(issued: Certificates, security: Literal["starttls", "tls"]) -> dict[str, object]:
    return {
        "security": security,
        "ca_file": issued.authority,
        "username": LOGIN[0],
        "password": LOGIN[1],
    }
