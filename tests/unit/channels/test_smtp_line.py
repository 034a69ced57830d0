"""Envelopes that ride ahead, replies cut anywhere, and connections lost at every octet."""

import asyncio
import contextlib
import socket
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, contextmanager

import pytest

from scheduler.channels.smtp import Options, Provider, pool, transaction
from scheduler.channels.smtp.left import Meter
from scheduler.channels.smtp.reading import Lost, ReplyReader
from scheduler.domain.delivery import Receipt
from scheduler.domain.errors import HandOverError, Permanent, Temporary, Uncertain, Withheld
from scheduler.domain.message import Message
from scheduler.domain.provider import AT_ONCE, Stock, unasked
from tests.fakes import PipedRelay
from tests.parts.certificates import Certificates, issue

TEXT = b"Message-ID: <ab12cd@cyber.example.org>\r\nSubject: essai\r\n\r\nBonjour\r\n"
Answer = Receipt | HandOverError | Withheld


def mail(number: int, body: bytes = TEXT) -> Message:
    return Message(
        delivery=number,
        to=f"p{number}@example.org",
        sender="b@retour.example.org",
        body=body,
        reference="ab",
    )


class Pile(Stock):
    """Messages to carry, and what became of each."""

    def __init__(self, *messages: Message) -> None:
        self.left = deque(messages)
        self.answers: dict[int, Answer] = {}
        self.told: list[int] = []

    def take(self) -> Message | None:
        return self.left.popleft() if self.left else None

    def answered(self, message: Message, answer: Answer) -> None:
        assert message.delivery not in self.answers
        self.answers[message.delivery] = answer


def at_once(delivery: int) -> Awaitable[None]:
    return AT_ONCE


@asynccontextmanager
async def serving(relay: PipedRelay) -> AsyncIterator[Provider]:
    async with relay:
        options = Options(
            host=relay.host,
            port=relay.port,
            security="tls" if relay.certificates else "none",
            ca_file=relay.certificates.authority if relay.certificates else None,
            reconnect_delay=0.0,
        )
        provider = Provider(options)
        yield provider
        await provider.close()


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return issue(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A relay that has taken enough: text, dot and the next envelope in one write."""
    monkeypatch.setattr(pool, "_TRUST", 0)


@pytest.mark.usefixtures("trusted")
class TestRiding:
    @pytest.mark.parametrize("pipelining", [True, False])
    @pytest.mark.parametrize("cuts", [True, False])
    async def test_each_arrives_once_and_whole(self, pipelining: bool, cuts: bool) -> None:
        relay = PipedRelay(pipelining=pipelining, cuts_replies=cuts)
        async with serving(relay) as provider:
            pile = Pile(*(mail(number) for number in range(1, 9)))
            await provider.carry(pile, pile.told.append, pile.answered)

        assert relay.accepted == [f"p{number}@example.org" for number in range(1, 9)]
        assert set(relay.texts) == {TEXT + b".\r\n"}
        assert pile.told == list(pile.answers) == list(range(1, 9))
        assert relay.connections == 1
        assert bool(relay.ahead) is pipelining

    @pytest.mark.parametrize("after", ["554 5.5.1 no valid recipients", "503 5.5.1 need RCPT"])
    async def test_a_refused_recipient_costs_no_connection(self, after: str) -> None:
        relay = PipedRelay(refuses=frozenset({"p2@example.org"}), after_refusal=after)
        async with serving(relay) as provider:
            pile = Pile(*(mail(number) for number in range(1, 5)))
            await provider.carry(pile, pile.told.append, pile.answered)

        refused = pile.answers.pop(2)
        assert isinstance(refused, Permanent)
        assert refused.bad_address
        assert all(isinstance(one, Receipt) for one in pile.answers.values())
        assert relay.connections == 1

    async def test_a_354_for_nobody_is_left_with_its_connection(self) -> None:
        relay = PipedRelay(refuses=frozenset({"p2@example.org"}), after_refusal="354 go on")
        async with serving(relay) as provider:
            pile = Pile(*(mail(number) for number in range(1, 5)))
            await provider.carry(pile, pile.told.append, pile.answered)

        assert isinstance(pile.answers.pop(2), Permanent)
        assert sorted(relay.accepted) == ["p1@example.org", "p3@example.org", "p4@example.org"]
        assert relay.lone_dots == 0
        assert relay.connections == 2

    async def test_one_that_rode_and_may_not_leave_is_given_neither_text_nor_dot(self) -> None:
        async def begin(delivery: int) -> None:
            if delivery == 3:
                raise Withheld

        relay = PipedRelay()
        async with serving(relay) as provider:
            pile = Pile(*(mail(number) for number in range(1, 6)))
            await provider.carry(pile, pile.told.append, pile.answered, begin)

        assert isinstance(pile.answers.pop(3), Withheld)
        assert all(isinstance(one, Receipt) for one in pile.answers.values())
        assert relay.lone_dots == 0
        assert 3 not in pile.told

    async def test_behind_a_slow_answer_it_is_given_back_within_the_second(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(transaction, "_RIDES", 0.05)
        relay = PipedRelay(slow={"p2@example.org": 0.3})
        async with serving(relay) as provider:
            pile = Pile(*(mail(number) for number in range(1, 4)))
            carrying = asyncio.create_task(
                provider.carry(pile, pile.told.append, pile.answered, unasked)
            )
            await asyncio.sleep(0.2)

            assert isinstance(pile.answers[3], Withheld)
            assert 2 not in pile.answers
            await carrying

        assert isinstance(pile.answers[2], Receipt)
        assert relay.accepted == ["p1@example.org", "p2@example.org"]
        assert relay.lone_dots == 0

    async def test_called_off_by_an_answer_nothing_begins_of_what_came_with_it(self) -> None:
        """The 354 of the one that rode comes in the very octets that answer the one before."""
        relay = PipedRelay(gathers_replies=True)
        async with serving(relay) as provider:
            pile = Pile(mail(1), mail(2))

            def answered(message: Message, answer: Answer) -> None:
                pile.answered(message, answer)
                carrying.cancel()

            carrying = asyncio.create_task(
                provider.carry(pile, pile.told.append, answered, at_once)
            )
            with pytest.raises(asyncio.CancelledError):
                await carrying

        assert pile.told == [1]
        assert relay.accepted == ["p1@example.org"]
        assert relay.lone_dots == 0

    async def test_an_answer_that_needs_nobody_is_not_waited_for(self) -> None:
        relay = PipedRelay()
        async with serving(relay) as provider:
            pile = Pile(mail(1), mail(2))
            await provider.carry(pile, pile.told.append, pile.answered, at_once)

        assert len(relay.accepted) == 2
        await AT_ONCE

    async def test_a_relay_whose_answers_are_slow_gets_no_envelope_ahead(self) -> None:
        relay = PipedRelay(seconds_a_reply=0.12)
        async with serving(relay) as provider:
            pile = Pile(*(mail(number) for number in range(1, 4)))
            await provider.carry(pile, pile.told.append, pile.answered)

        assert all(isinstance(one, Receipt) for one in pile.answers.values())
        assert relay.connections == 1


WHOLE = TEXT + b".\r\n"


class TestResets:
    """Whatever the relay has read, it is never sent twice what it keeps."""

    @pytest.mark.usefixtures("trusted")
    @pytest.mark.parametrize("offset", [0, 1, *range(len(WHOLE) - 8, len(WHOLE) + 1)])
    @pytest.mark.parametrize("tls", [False, True])
    async def test_at_every_octet_of_the_end(
        self, offset: int, tls: bool, issued: Certificates
    ) -> None:
        relay = PipedRelay(
            resets="p1@example.org",
            resets_after=offset,
            certificates=issued if tls else None,
        )
        async with serving(relay) as provider:
            pile = Pile(mail(1), mail(2))
            await provider.carry(pile, pile.told.append, pile.answered)

        kept = relay.accepted.count("p1@example.org")
        assert kept == (offset == len(WHOLE))
        assert isinstance(pile.answers[1], Uncertain) or not kept
        assert isinstance(pile.answers[1], Uncertain | Temporary)

    async def test_a_relay_that_is_not_trusted_yet_shows_the_side_it_was_lost_on(self) -> None:
        for offset in (1, 20, len(TEXT)):
            relay = PipedRelay(resets="p1@example.org", resets_after=offset)
            async with serving(relay) as provider:
                pile = Pile(mail(1))
                await provider.carry(pile, pile.told.append, pile.answered)
            assert isinstance(pile.answers[1], Temporary)

    def test_octets_not_sent_have_not_left_whatever_becomes_of_the_connection(self) -> None:
        with small_window() as (near, far):
            meter = Meter(Extra(near))
            before = meter.given()
            assert before == 0
            near.setblocking(False)
            size = near.send(b"x" * 4_000_000)
            given = meter.given()
            assert given == size
            assert not meter.has_left(size)
            assert meter.has_left(1)
            far.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            far.close()
            while not near.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                pass
            near.close()
            assert not meter.has_left(size)
            meter.close()
            assert meter.has_left(size)

    def test_a_connection_that_was_reset_before_anything_left_has_taken_nothing(self) -> None:
        """The relay's reset is there already when the text is written."""
        with small_window() as (near, far):
            near.sendall(b"DATA\r\n")
            far.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            far.close()
            with contextlib.closing(Meter(Extra(near))) as meter:
                given = meter.given()
                assert given == 6
                with pytest.raises(OSError, match="reset"):
                    near.sendall(WHOLE)

                assert meter.has_left(given)
                assert not meter.has_left(given + len(WHOLE))

    @pytest.mark.usefixtures("trusted")
    @pytest.mark.parametrize("lines", [200, 2000])
    @pytest.mark.parametrize("quick", [False, True])
    def test_what_may_be_tried_again_is_never_read_later(self, lines: int, quick: bool) -> None:
        """A relay that stands still in a text, and reads on when we have given the message back:
        the kernel would have sent what it held, dot included, after our close."""
        factory = pytest.importorskip("uvloop").new_event_loop if quick else None
        body = b"Subject: essai\r\n\r\n" + (b"x" * 70 + b"\r\n") * lines

        with asyncio.Runner(loop_factory=factory) as runner:
            answer, read = runner.run(given_to_a_relay_that_stands_still(mail(1, body)))

        assert isinstance(answer, Temporary)
        assert 0 < len(read) < len(body)

    def test_octets_read_and_never_acknowledged_have_left(self) -> None:
        """The acknowledgement waits for an answer to ride on, and a reset takes it along."""
        with small_window() as (near, far):
            for _turn in range(3):
                near.sendall(b"MAIL\r\n")
                far.recv(6)
                far.sendall(b"250 ok\r\n")
                near.recv(8)
            meter = Meter(Extra(near))
            near.sendall(WHOLE)
            mark = meter.given()
            assert far.recv(1000) == WHOLE
            far.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            far.close()
            with pytest.raises(OSError, match="reset"):
                near.recv(1)
            assert meter.has_left(mark)
            meter.close()


@contextmanager
def small_window() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Both ends of a connection whose far end takes little."""
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        near = socket.create_connection(listening.getsockname())
        far, _ = listening.accept()
        with near, far:
            yield near, far


async def given_to_a_relay_that_stands_still(message: Message) -> tuple[Answer, bytes]:
    """What became of it, and what the relay read of its text when it went on."""
    loop = asyncio.get_running_loop()
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.setblocking(False)
        host, port = listening.getsockname()
        options = Options(host=host, port=port, security="none", final_timeout=0.3)
        provider, pile = Provider(options), Pile(message)
        carrying = asyncio.create_task(provider.carry(pile, pile.told.append, pile.answered))
        far, _ = await loop.sock_accept(listening)
        with far:
            await loop.sock_sendall(far, b"220 relay.example.org\r\n")
            for reply in (b"250 relay.example.org", b"250 ok", b"250 ok", b"354 go on"):
                await loop.sock_recv(far, 1000)
                await loop.sock_sendall(far, reply + b"\r\n")
            await carrying
            # The close, where it was one, is the loop's next turn.
            await asyncio.sleep(0.05)
            read = b""
            with contextlib.suppress(ConnectionResetError):
                while octets := await loop.sock_recv(far, 1 << 16):
                    read += octets
        await provider.close()
    return pile.answers[message.delivery], read


class Extra(asyncio.BaseTransport):
    def __init__(self, found: socket.socket) -> None:
        super().__init__({"socket": found})


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_replies_come_out_whole_however_they_are_cut(size: int) -> None:
    octets = b"250-relay.example.org\r\n250-SIZE 1000\r\n250 PIPELINING\r\n354 go on\r\n"
    reader = ReplyReader()

    found = [
        reply for at in range(0, len(octets), size) for reply in reader.feed(octets[at : at + size])
    ]

    assert [(one.code, one.text) for one in found] == [
        (250, "relay.example.org SIZE 1000 PIPELINING"),
        (354, "go on"),
    ]


@pytest.mark.parametrize("octets", [b"what?\r\n", b"25\r\n", b"2" * 5000, b"250-a\r\n" * 101])
def test_what_is_no_reply_ends_the_conversation(octets: bytes) -> None:
    with pytest.raises(Lost):
        ReplyReader().feed(octets)
