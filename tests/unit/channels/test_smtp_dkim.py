"""Signatures, read by a verifier of somebody else's making (dkimpy)."""

from dataclasses import replace

import dkim
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.channels.smtp import Options, Provider
from scheduler.channels.smtp.dkim import Signer, SigningKey, is_signed
from scheduler.content.composing.compose import EmailComposer
from scheduler.domain.message import Message, Spliced
from scheduler.domain.provider import Stock
from tests.fakes import FakeRelay
from tests.samples import signing
from tests.samples.content import composer, email_content, recipient

BOTH = (signing.rsa(), signing.ed25519())
PLAIN = (
    b"From: Alarmes <alarmes@example.org>\r\nSubject: essai\r\n\r\nBonjour\r\n.\r\n..deux\r\n\r\n"
)


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> EmailComposer:
    return composer(email_content(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="module")
def wire(composed: EmailComposer) -> bytes:
    return b"".join(composed.splice(recipient(prenom="Jérôme")))


def holds(raw: bytes) -> list[bool]:
    """Each of its signatures, from the top."""
    fields = (b"\r\n" + raw.partition(b"\r\n\r\n")[0]).lower()
    return [_holds(raw, number) for number in range(fields.count(b"\r\ndkim-signature:"))]


def _holds(raw: bytes, number: int) -> bool:
    try:
        return bool(dkim.DKIM(raw).verify(idx=number, dnsfunc=signing.dns()))
    except dkim.ValidationError:
        return False


def spliced(wire: bytes) -> Spliced:
    return Spliced(
        [wire[:100], wire[100:]],
        delivery=7,
        to="prenom.nom@example.org",
        sender="b+tok@retour.example.org",
        reference="ab",
        destination="",
        group="",
    )


def test_both_signatures_of_a_composed_message_hold(wire: bytes) -> None:
    raw = Signer(BOTH).signatures(wire) + wire

    assert holds(raw) == [True, True]
    assert max(map(len, raw.split(b"\r\n"))) <= 78


@given(name=st.text(max_size=120))
def test_they_hold_whoever_it_is_for(name: str, composed: EmailComposer) -> None:
    raw = b"".join(composed.splice(recipient(prenom=name)))

    assert holds(Signer([signing.ed25519()]).signatures(raw) + raw) == [True]


def test_what_a_mail_program_acts_on_is_signed_and_nothing_can_be_added(wire: bytes) -> None:
    signature = Signer([signing.ed25519()]).signatures(wire)
    named = b"".join(signature.split()).partition(b";h=")[2].partition(b";")[0].split(b":")

    # RFC 8058, section 4.
    assert {b"list-unsubscribe", b"list-unsubscribe-post"} <= set(named)
    assert [named.count(name) for name in (b"from", b"subject", b"list-unsubscribe")] == [2, 2, 2]
    for added in (
        b"From: Faux <faux@example.org>\r\n",
        b"Subject: autre\r\n",
        b"Sender: Faux <faux@example.org>\r\n",
        b"Cc: autre@example.org\r\n",
        b"Content-Type: text/html\r\n",
        b"List-Unsubscribe-Post: List-Unsubscribe=No\r\n",
        b"Message-ID: <autre@example.org>\r\n",
    ):
        assert holds(added + signature + wire) == [False]
        assert holds(signature + added + wire) == [False]


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"Bonjour", b"Bonsoir"), (b"One-Click", b"Two-Click"), (b"List-Help", b"List-Held")],
)
def test_what_was_changed_on_its_way_holds_no_more(wire: bytes, old: bytes, new: bytes) -> None:
    assert old in wire

    raw = Signer(BOTH).signatures(wire) + wire.replace(old, new)

    assert holds(raw) == [False, False]


def test_a_relay_may_fold_fields_anew(wire: bytes) -> None:
    raw = Signer(BOTH).signatures(wire) + wire.replace(
        b"Auto-Submitted: ", b"auto-submitted:\r\n\t"
    )

    assert holds(raw) == [True, True]


async def test_what_the_relay_gets_is_signed_prepared_or_not(wire: bytes) -> None:
    plain = Message(
        delivery=7, to="a@example.org", sender="", body=PLAIN, reference="a", is_wire_form=False
    )
    relay = FakeRelay()
    async with relay:
        provider = Provider(
            Options(host=relay.host, port=relay.port, security="none", signing_keys=BOTH)
        )
        (ready,) = await provider.prepare([spliced(wire)])
        given = [ready, spliced(wire), plain]
        told = list[object]()
        await provider.carry(Pile(given), lambda _: None, lambda _, answer: told.append(answer))
        await provider.close()

    assert [is_signed(one) for one in given] == [True, False, False]
    assert len(told) == len(relay.accepted) == 3
    assert [holds(one.content) for one in relay.accepted] == [[True, True]] * 3
    assert all(one.content.endswith(wire) for one in relay.accepted[:2])
    # The leading dots are the message's own again.
    assert relay.accepted[2].content.endswith(b"Bonjour\r\n.\r\n..deux\r\n\r\n")


def test_of_a_field_that_comes_twice_the_last_is_signed_first() -> None:
    raw = b"From: a@example.org\r\nTo: b@example.org\r\nTo: c@example.org\r\n\r\nx\r\n"

    assert holds(Signer(BOTH).signatures(raw) + raw) == [True, True]


async def test_a_message_is_signed_once(wire: bytes) -> None:
    signer = Signer([signing.ed25519()])
    (ready,) = await signer.all_signed([spliced(wire)])

    assert signer.signed(ready) is ready
    assert ready.body.count(b"DKIM-Signature:") == 1
    assert replace(plain_of(ready), body=b"") == replace(plain_of(spliced(wire)), body=b"")


@pytest.mark.parametrize("key", BOTH, ids=["rsa", "ed25519"])
async def test_many_keep_their_order(key: SigningKey) -> None:
    signer = Signer([key])
    bodies = [b"Subject: %d\r\n\r\nx\r\n" % number for number in range(23)]

    ready = await signer.all_signed([spliced(body) for body in bodies])

    assert [one.body.partition(b"Subject")[2] for one in ready] == [
        body.partition(b"Subject")[2] for body in bodies
    ]
    assert await signer.all_signed([]) == []


def plain_of(message: Message) -> Message:
    """Its envelope and what it is alike with."""
    return Message(
        delivery=message.delivery,
        to=message.to,
        sender=message.sender,
        body=b"",
        reference=message.reference,
        destination=message.destination,
        group=message.group,
        is_wire_form=message.is_wire_form,
    )


class Pile(Stock):
    def __init__(self, messages: list[Message]) -> None:
        self._left = list(messages)

    def take(self) -> Message | None:
        return self._left.pop(0) if self._left else None
