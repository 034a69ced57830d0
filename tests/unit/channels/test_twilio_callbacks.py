import hashlib
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from twilio.base.version import Version
from twilio.rest import Client
from twilio.rest.api import Api
from twilio.rest.api.v2010.account.message import MessageInstance

from scheduler.channels.twilio_sms import Options, Provider
from scheduler.channels.twilio_sms.callbacks import in_answer, read_listed
from scheduler.channels.twilio_sms.codes import EVENTS
from scheduler.domain.answers.events import Consequence, EventKind
from scheduler.domain.answers.replies import Reply
from scheduler.domain.provider import Callback, CallbackRequest
from tests.fakes import FakeTwilio, sign

RECEIPTS = "https://cyber.example.org/receipts/twilio"


async def test_a_signed_callback_tells_reference_status_and_code() -> None:
    twilio = FakeTwilio()
    request = twilio.callback(
        f"{RECEIPTS}?ref=ab-12_Z",
        MessageSid="SM1",
        MessageStatus="undelivered",
        ErrorCode="30003",
    )

    callback = provider_for(twilio.auth_token).parse(request)

    assert callback == Callback(
        reference="ab-12_Z",
        provider_id="SM1",
        status="undelivered",
        code="30003",
        consequence=Consequence.TRY_AGAIN,
    )


async def test_a_signed_text_is_a_reply_word_for_word() -> None:
    twilio = FakeTwilio()
    request = twilio.callback(
        RECEIPTS,
        MessageSid="SM1",
        SmsStatus="received",
        From="+33639980001",
        To="36180",
        Body=" Stop ",
        OptOutType="STOP",
    )

    assert provider_for(twilio.auth_token).parse(request) == Reply(
        channel="sms", provider_id="SM1", sender="+33639980001", text=" Stop ", mark="STOP"
    )


@pytest.mark.parametrize("words", ["", "A & B <C>"])
def test_an_answer_is_twiml(words: str) -> None:
    media_type, body = in_answer(words)

    message = ElementTree.fromstring(body).find("Message")  # noqa: S314  our own words
    assert media_type == "text/xml"
    assert (message.text if message is not None else "") == words


async def test_fields_nobody_knows_yet_are_signed_too() -> None:
    twilio = FakeTwilio()
    request = twilio.callback(RECEIPTS, MessageSid="SM1", MessageStatus="sent", Nouveau=" x ")

    assert provider_for(twilio.auth_token).parse(request) is not None
    trimmed = replace(request, form=(*request.form[:-1], ("Nouveau", "x")))
    assert provider_for(twilio.auth_token).parse(trimmed) is None


@pytest.mark.parametrize(
    ("signed_url", "our_url", "accepted"),
    [
        ("https://a.example/r?x=1", "https://a.example/r?x=1", True),
        ("https://a.example:443/r", "https://a.example/r", True),
        ("https://a.example/r", "https://a.example:443/r", True),
        ("https://a.example/r", "https://a.example:8443/r", True),
        ("http://a.example/r", "https://a.example/r", False),
        ("https://b.example/r", "https://a.example/r", False),
        ("https://a.example/r?x=1", "https://a.example/r", False),
    ],
)
def test_only_the_port_may_differ_in_the_address(
    signed_url: str, our_url: str, accepted: bool
) -> None:
    form = (("MessageSid", "SM1"),)
    request = CallbackRequest(
        url=our_url,
        headers={"X-Twilio-Signature": sign("12345", signed_url, form)},
        form=form,
        body=b"",
    )

    assert (provider_for("12345").parse(request) is not None) is accepted


def test_a_known_request_has_the_known_signature() -> None:
    request = known_request("0/KCTR6DLpKmkAf8muzZqo1nDgQ=")

    assert provider_for("12345").parse(request) is not None
    assert provider_for("54321").parse(request) is None


@pytest.mark.parametrize(
    "signature", ["", "0/KCTR6DLpKmkAf8muzZqo1nDgq=", "0/KCTR6DLpKmkAf8muzZqo1nDgQ=x", "é"]
)
def test_any_other_signature_is_a_strangers(signature: str) -> None:
    assert provider_for("12345").parse(known_request(signature)) is None


def test_a_changed_or_added_field_is_a_strangers() -> None:
    request = known_request("0/KCTR6DLpKmkAf8muzZqo1nDgQ=")
    changed = replace(request, form=(*request.form[:-1], ("To", "+33639980001")))
    added = replace(request, form=(*request.form, ("MessageStatus", "delivered")))

    assert provider_for("12345").parse(changed) is None
    assert provider_for("12345").parse(added) is None


def test_repeated_fields_are_signed_once_each_in_order() -> None:
    form = (("A", "2"), ("A", "1"), ("A", "1"), ("MessageSid", "SM1"))
    request = CallbackRequest(
        url=RECEIPTS,
        headers={"x-twilio-signature": sign("12345", RECEIPTS, form)},
        form=form,
        body=b"",
    )

    assert provider_for("12345").parse(request) is not None


@pytest.mark.parametrize(
    ("body", "accepted"),
    [
        (b'{"MessageSid": "SM1", "MessageStatus": "sent"}', True),
        (b'{"MessageSid": "SM2", "MessageStatus": "sent"}', False),
        (b"\xff", False),
    ],
)
def test_a_json_body_is_signed_by_its_digest(body: bytes, accepted: bool) -> None:
    signed = hashlib.sha256(b'{"MessageSid": "SM1", "MessageStatus": "sent"}').hexdigest()
    url = f"{RECEIPTS}?ref=r1&bodySHA256={signed}"
    request = CallbackRequest(
        url=url, headers={"X-Twilio-Signature": sign("12345", url, ())}, form=(), body=body
    )

    callback = provider_for("12345").parse(request)

    expected = Callback(reference="r1", provider_id="SM1", status="sent")
    assert callback == (expected if accepted else None)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ("21610", Consequence.OPT_OUT),
        ("21211 21614 21635 30005 30006", Consequence.SUPPRESS),
        ("30001 30003 30008 30036 20429 14107", Consequence.TRY_AGAIN),
        ("30002 30007 30042 21606 21612 21703 20003", Consequence.HALT),
        ("21408", Consequence.STOP_COUNTRY),
        ("30004", Consequence.COUNT_BLOCKED),
        ("0 99999 30034 null -1", Consequence.NOTHING),
    ],
)
def test_a_code_asks_the_same_by_callback_and_by_list(codes: str, expected: Consequence) -> None:
    for code in codes.split():
        called = FakeTwilio().callback(RECEIPTS, MessageStatus="undelivered", ErrorCode=code)
        listed = MessageInstance(
            Version(Api(Client("AC1", "token")), "2010-04-01"),
            {"sid": "SM1", "status": "undelivered", "error_code": code},
            "AC1",
        )

        heard = [provider_for("token-of-the-look-alike").parse(called), read_listed(listed)]

        for one in heard:
            assert isinstance(one, Callback)
            assert one.consequence is expected, code


def test_a_message_without_a_code_asks_nothing() -> None:
    called = FakeTwilio().callback(RECEIPTS, MessageStatus="delivered")

    heard = provider_for("token-of-the-look-alike").parse(called)

    assert isinstance(heard, Callback)
    assert heard.consequence is Consequence.NOTHING


def test_each_status_means_an_event_the_ledger_knows() -> None:
    assert EVENTS["delivered"] == "delivered"
    assert set(EVENTS.values()) <= set(EventKind)


def provider_for(auth_token: str) -> Provider:
    return Provider(Options(account_sid="AC1", auth_token=auth_token))


def known_request(signature: str) -> CallbackRequest:
    """Twilio's published example; its signature was computed again from their description."""
    return CallbackRequest(
        url="https://mycompany.com/myapp.php?foo=1&bar=2",
        headers={"X-Twilio-Signature": signature},
        form=(
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+12349013030"),
            ("Digits", "1234"),
            ("From", "+12349013030"),
            ("To", "+18005551212"),
        ),
        body=b"",
    )
