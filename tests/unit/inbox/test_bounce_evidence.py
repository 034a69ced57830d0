"""A report is read by its structure: which recipient, which command, which status, which words."""

import json
from collections.abc import Sequence

import pytest

from scheduler.domain.answers.bounces import BounceKind, Finding
from scheduler.inbox.reports.evidence import Evidence, explained, is_dead, weights
from scheduler.inbox.reports.reading import read_report
from tests.samples.report import TO, automatic, dsn, feedback, written

OTHER = "autre@example.net"
GONE = "550 5.1.1 <{}>: Recipient address rejected: User unknown"
FULL = "552 5.2.2 <{}>: Mailbox full"
TOKEN = "b+" + "a" * 40


def found(raw: bytes) -> list[Finding]:
    return list(read_report(raw).findings)


def kinds(raw: bytes) -> list[tuple[str, str]]:
    return [(one.recipient, one.kind.value) for one in found(raw)]


def one(raw: bytes) -> Finding:
    (only,) = found(raw)
    return only


def report(
    recipients: Sequence[tuple[str, str, str]], text: str = "Not delivered.", to: str = TOKEN
) -> bytes:
    """A status report on several: address, status and diagnostic code each."""
    groups = "\n".join(
        f"Final-Recipient: rfc822; {who}\nAction: failed\nStatus: {status}\n"
        + (f"Diagnostic-Code: smtp; {said}\n" if said else "")
        for who, status, said in recipients
    )
    return (
        f"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: <{to}@retour.example.org>\n"
        "Subject: Undelivered\nMIME-Version: 1.0\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=XX\n\n"
        f"--XX\nContent-Type: text/plain\n\n{text}\n\n"
        "--XX\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mx.example\n\n{groups}\n--XX--\n"
    ).encode()


# Words, and what outweighs them


@pytest.mark.parametrize(
    ("status", "said", "text"),
    [
        ("5.0.0", "", f"Address not found\n\nYour message wasn't delivered to {TO}."),
        ("5.0.0", "", f"The mailbox {TO} could not be found at its domain."),
        ("5.2.1", "550 5.2.1 The email account that you tried to reach does not exist", ""),
        ("5.2.1", "550 5.2.1 This recipient is no longer valid", ""),
        ("5.7.1", "550 5.7.1 The recipient's mailbox does not exist here", ""),
        ("5.7.1", "550 5.7.1 L'adresse du destinataire n'existe pas", ""),
        ("5.7.1", "550 5.7.1 This user was not found in our directory", ""),
        ("5.5.0", "550 5.5.0 Requested action not taken: mailbox unavailable", ""),
        ("5.0.0", "521 nothing is taken here", ""),
        ("5.4.4", "Host or domain name not found", ""),
    ],
)
def test_a_whole_sentence_on_the_person_outweighs_a_vague_status(
    status: str, said: str, text: str
) -> None:
    assert kinds(report([(TO, status, said)], text)) == [(TO, "hard")]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("5.7.1", "550 5.7.1 Message refused due to recipient preferences"),
        ("5.1.1", "550 5.1.1 Rejected: recipient's mail preferences refuse this sender"),
        ("5.0.0", "Gave up after 5 hours of trying"),
        ("5.1.0", "I have given up: the message could not be delivered for 5 hours"),
        ("5.2.1", "550 5.2.1 User unknown"),
        ("5.7.1", "550 5.7.1 User unknown"),
        ("5.0.0", "550 User unknown"),
        ("5.1.1", "550 5.1.1 Message blocked: your IP address is blacklisted"),
        ("4.1.1", "450 4.1.1 Recipient address rejected: unverified address, user unknown"),
        ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied"),
        ("5.1.8", "550 5.1.8 Sender's domain does not exist"),
    ],
)
def test_what_is_no_word_on_a_dead_address_ends_none(status: str, said: str) -> None:
    assert one(report([(TO, status, said)])).kind is not BounceKind.HARD


def test_the_innermost_server_s_reply_is_the_nearest() -> None:
    nested = "550 5.1.0 Unknown address error 550-'552 5.2.2 Mailbox full' (attempts: 0)"

    assert one(report([(TO, "5.1.0", nested)])).reason == "mailbox-full"


def test_a_link_is_no_word_of_a_refusal() -> None:
    said = "550 5.1.1 User unknown, see https://help.example/spam/blocked-ip-reputation"

    assert one(report([(TO, "5.1.1", said)])).kind is BounceKind.HARD


# Which recipient


def test_each_recipient_of_a_report_has_its_own_words() -> None:
    text = (
        f"<{TO}>: host mx said: {FULL.format(TO)} (in reply to RCPT TO command)\n\n"
        f"<{OTHER}>: host mx said: 550 User unknown (in reply to RCPT TO command)\n"
    )

    assert kinds(report([(TO, "5.2.2", ""), (OTHER, "5.0.0", "")], text)) == [
        (TO, "soft"),
        (OTHER, "hard"),
    ]


def test_words_for_all_are_not_one_recipient_s() -> None:
    text = f"Some recipients are unknown users.\n\n<{OTHER}>: {GONE.format(OTHER)}\n"

    assert kinds(report([(TO, "5.0.0", ""), (OTHER, "5.1.1", "")], text)) == [
        (TO, "soft"),
        (OTHER, "hard"),
    ]


def test_in_a_text_one_recipient_s_words_end_where_the_next_begins() -> None:
    text = (
        "I wasn't able to deliver your message to the following addresses.\n\n"
        f"<{TO}>:\n192.0.2.1 does not like recipient.\nRemote host said: {FULL.format(TO)}\n\n"
        f"<{OTHER}>:\n192.0.2.1 does not like recipient.\nRemote host said: {GONE.format(OTHER)}\n"
    )

    assert kinds(written(text)) == [(TO, "soft"), (OTHER, "hard")]


def test_recipients_in_a_row_share_the_reason_under_them() -> None:
    text = f"Delivery failed:\n\n{TO}\n{OTHER}\n  550 5.1.1 User unknown\n"

    assert kinds(written(text)) == [(TO, "hard"), (OTHER, "hard")]


@pytest.mark.parametrize(
    "transcript",
    [
        f">>> RCPT To:<{TO}>\n<<< 550 {TO}, not our user\n550 {TO}... User unknown\n",
        f"RCPT TO:<{TO}>\n550 No such user\n",
        f"   SMTP error from remote mail server after RCPT TO:<{TO}>:\n   550 unknown user\n",
    ],
)
def test_a_text_with_the_refused_command_names_its_recipient(transcript: str) -> None:
    text = f"   ----- Transcript of session follows -----\nWhile talking to mx:\n{transcript}"

    assert kinds(written(text, subject="Returned mail: see transcript")) == [(TO, "hard")]


@pytest.mark.parametrize(
    "saying", ["192.0.2.1 rejected the recipient.", "The host refused this recipient."]
)
def test_whoever_refuses_the_recipient_names_the_command(saying: str) -> None:
    said = f"<{TO}>:\n{saying}\nRemote host said: 550 5.2.1 <{TO}>... User unknown\n"
    text = f"This is a permanent error; it could not be delivered to:\n\n{said}"

    assert one(written(text)).kind is BounceKind.HARD


def test_a_refusal_of_our_sender_is_no_word_on_the_recipient() -> None:
    text = f"{TO}\n   550 5.1.1 sender's domain not found (in reply to MAIL FROM command)\n"

    assert one(written(text)).kind is BounceKind.POLICY


# Reports within messages, and of other forms


def forwarded(inner: bytes) -> bytes:
    return (
        b"From: Luc <luc@ch.example>\nTo: <" + TOKEN.encode() + b"@retour.example.org>\n"
        b"Subject: TR: Undelivered\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/mixed; boundary=ZZ\n\n--ZZ\nContent-Type: text/plain\n\n"
        b"Pour info.\n--ZZ\nContent-Type: message/rfc822\n\n" + inner + b"\n--ZZ--\n"
    )


def test_a_report_within_a_message_is_read() -> None:
    assert kinds(forwarded(dsn())) == [(TO, "hard")]
    assert kinds(forwarded(forwarded(dsn()))) == [(TO, "hard")]
    assert kinds(forwarded(feedback("abuse"))) == [(TO, "complaint")]
    assert kinds(forwarded(automatic())) == [("", "not-a-report")]


def test_a_report_within_reports_for_ever_is_left_alone() -> None:
    raw = dsn()
    for _ in range(200):
        raw = forwarded(raw)

    assert [kind for _, kind in kinds(raw)] == ["not-a-report"]


def test_a_complaint_about_several_names_each() -> None:
    raw = feedback("abuse").replace(
        f"Original-Rcpt-To: {TO}\n".encode(),
        f"Original-Rcpt-To: <{TO}>\nOriginal-Rcpt-To: {OTHER}\n".encode(),
    )

    assert kinds(raw) == [(TO, "complaint"), (OTHER, "complaint")]


def told_by_ses(kind: str, *, wrapped: bool = False, **about: object) -> bytes:
    source = f"{TOKEN}@retour.example.org"
    told = {"notificationType": kind, kind.lower(): about, "mail": {"source": source}}
    text = json.dumps(told)
    if wrapped:
        text = json.dumps({"Type": "Notification", "Message": text}, indent=2)
    return (
        "From: no-reply@sns.amazonaws.com\nTo: plaintes@ch.example\n"
        "Subject: AWS Notification Message\nContent-Type: text/plain; charset=UTF-8\n\n"
        f"{text}\n\n--\nIf you wish to stop receiving notifications, visit the link.\n"
    ).encode()


@pytest.mark.parametrize("wrapped", [False, True], ids=["plain", "wrapped"])
def test_what_ses_tells_in_json_is_read(wrapped: bool) -> None:
    complained = told_by_ses(
        "Complaint",
        wrapped=wrapped,
        complainedRecipients=[{"emailAddress": TO}, {"emailAddress": OTHER}],
        complaintFeedbackType="abuse",
    )
    gone = {"emailAddress": TO, "status": "5.1.1", "diagnosticCode": "smtp; " + GONE.format(TO)}
    full = {"emailAddress": OTHER, "status": "5.2.2"}
    bounced = told_by_ses(
        "Bounce", wrapped=wrapped, bounceType="Permanent", bouncedRecipients=[gone, full]
    )
    passing = told_by_ses(
        "Bounce", wrapped=wrapped, bounceType="Transient", bouncedRecipients=[gone]
    )

    assert kinds(complained) == [(TO, "complaint"), (OTHER, "complaint")]
    assert read_report(complained).tokens == ("a" * 40,)
    assert kinds(bounced) == [(TO, "hard"), (OTHER, "soft")]
    assert kinds(passing) == [(TO, "soft")]


@pytest.mark.parametrize(
    "text", ['{"notificationType":' * 5000, "[" * 60000, '{"notificationType":"Bounce"', "{}"]
)
def test_broken_json_is_no_report(text: str) -> None:
    raw = f"From: x@y.example\nSubject: z\nContent-Type: text/plain\n\n{text}\n".encode()

    assert [kind for _, kind in kinds(raw)] == ["not-a-report"]


def test_a_token_that_an_encoding_cuts_is_found() -> None:
    body = f"returned: {TOKEN[:20]}=\n{TOKEN[20:]}@retour.example.org"
    raw = (
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nSubject: Undelivered mail\n"
        f"Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain\n\n{body}\n"
    )

    assert read_report(raw.encode()).tokens == ("a" * 40,)


# The table


def test_every_reason_and_command_has_its_points() -> None:
    table = weights()

    assert set(table) == {"dead", "words", "status", "reply", "command"}
    assert {"unknown", "rcpt", "echo", "data", "mail"} == set(table["command"])
    assert is_dead(Evidence(reason="user-unknown", status="5.1.1"))
    assert is_dead(Evidence(status="5.1.1"))
    assert not is_dead(Evidence())
    assert not is_dead(Evidence(reason="user-unknown", status="4.1.1"))
    assert not is_dead(Evidence(reason="spam", status="5.1.1"))
    assert sum(explained(Evidence(reason="user-unknown", command="mail")).values()) < 0
