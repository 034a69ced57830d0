"""What comes back by mail is read for what it says of an address, however it is written."""

import time

import pytest

from scheduler.domain.answers.bounces import BounceKind, Finding
from scheduler.inbox.reports.mime import DEEPEST, LARGEST, MOST_PARTS, header_and_parts
from scheduler.inbox.reports.reading import read_report
from tests.samples.report import TO, automatic, dsn, feedback, written

#: Seconds that no message may take, on a busy machine.
PATIENCE = 5.0
#: A reply of three lines.
BROKEN = """smtp; 550-5.1.1 The account that you tried to
 550-5.1.1 reach does not
 550 5.1.1 exist."""


def one(raw: bytes) -> Finding:
    (found,) = read_report(raw).findings
    return found


def test_a_structured_report_names_its_recipient_status_and_reason() -> None:
    found = one(dsn())

    assert (found.recipient, found.kind, found.status) == (TO, BounceKind.HARD, "5.1.1")
    assert (found.reply_code, found.reason) == ("550", "user-unknown")
    assert TO not in found.words


@pytest.mark.parametrize(
    ("status", "said", "kind", "reason"),
    [
        ("5.1.2", "smtp; 550 5.1.2 Host unknown", "hard", "host-unknown"),
        ("5.1.10", "smtp; 556 5.1.10 Recipient address has null MX", "hard", "no-mail"),
        ("5.1.1", "", "hard", "user-unknown"),
        ("5.0.0", "smtp; 556 nothing is taken here", "hard", "no-mail"),
        ("5.2.2", "smtp; 552 5.2.2 Over quota", "soft", "mailbox-full"),
        ("5.1.1", "smtp; 552 5.2.2 Mailbox full", "soft", "mailbox-full"),
        ("5.2.1", "smtp; 550 5.2.1 The account is disabled", "soft", "mailbox-disabled"),
        ("4.4.7", "smtp; 421 4.4.2 Connection timed out", "soft", "network"),
        ("5.7.26", "smtp; 550 5.7.26 This mail is unauthenticated", "policy", "authentication"),
        ("5.7.9", "smtp; 554 5.7.9 Not accepted for policy reasons", "policy", "policy"),
        ("5.7.515", "smtp; 550 5.7.515 Access denied", "policy", "authentication"),
        ("5.7.1", "smtp; 550 5.7.1 Blocked using zen.example", "policy", "reputation"),
        ("5.1.1", "smtp; 550 5.7.1 IP address blacklisted", "policy", "reputation"),
        ("5.7.1", "smtp; 550 5.7.1 User unknown", "soft", "mailbox-refused"),
        ("5.0.0", "smtp; 550 Unknown user essai@example.org", "soft", "mailbox-refused"),
        ("5.0.0", "smtp; 554 Utilisateur inexistant sur ce serveur", "hard", "user-unknown"),
        ("5.0.0", "smtp; 550 Boite inconnue sur notre serveur", "hard", "user-unknown"),
        ("4.7.0", "smtp; 421 4.7.0 Deferred due to user complaints", "soft", "reputation"),
        ("5.1.1", "smtp; 550 5.1.1 Adresse invalide. OFR_416 [416]", "hard", "user-unknown"),
        ("5.0.0", "smtp; 550 OFR_417 boîte pleine", "soft", "mailbox-full"),
        ("5.5.0", "smtp; 550 5.5.0 Adresse destinataire invalide. LPN007_416", "hard",
         "user-unknown"),
        ("5.2.1", "smtp; 550 5.2.1 This mailbox has been blocked due to inactivity", "soft",
         "mailbox-disabled"),
        ("5.1.1", BROKEN, "hard", "user-unknown"),
        ("5.4.1", "smtp; 550 5.4.1 Recipient address rejected: Access denied. [x.example]", "route",
         "network"),
        ("5.4.1", "smtp; 550 5.4.1 All recipient addresses rejected : Access denied", "route",
         "network"),
        ("5.4.4", "", "route", "network"),
        ("5.4.316", "smtp; 550 5.4.316 Message expired, connection refused", "route", "network"),
        ("5.4.4", "X-Postfix; Host or domain name not found", "hard", "host-unknown"),
    ],
)  # fmt: skip
def test_what_a_server_says_decides(status: str, said: str, kind: str, reason: str) -> None:
    found = one(dsn(status=status, said=said))

    assert (found.kind, found.reason) == (kind, reason)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("Le serveur distant a répondu : 550 Boîte inconnue", "user-unknown"),
        ("Le serveur distant a répondu 550 Boîte inconnue", "user-unknown"),
        ("L'hôte mx.example a renvoyé « 550 5.1.1 adresse inconnue »", "user-unknown"),
        ("The remote host replied 550 5.1.1 unknown user", "user-unknown"),
        ("Hôte inconnu : mx.example", "host-unknown"),
        ("Le serveur de destination est introuvable", "host-unknown"),
        ("550 5.1.2 Host unknown", "host-unknown"),
    ],
)
def test_what_a_server_answers_is_no_word_on_that_server(said: str, reason: str) -> None:
    found = one(written(f"Message non distribuable.\n\n{TO}\n   Erreur type : SMTP\n   {said}\n"))

    assert (found.kind, found.reason, found.recipient) == (BounceKind.HARD, reason, TO)


def test_a_refusal_after_the_message_was_seen_says_little_of_the_address() -> None:
    said = "smtp; 550 User unknown"
    after = "<essai@example.org>: host mx said: 550 User unknown (in reply to end of DATA command)"
    at_once = after.replace("end of DATA", "RCPT TO")

    assert one(dsn(status="5.0.0", said=said, text=after)).kind is BounceKind.SOFT
    assert one(dsn(status="5.0.0", said=said, text=at_once)).kind is BounceKind.HARD


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        # Of several makes, in English.
        ("<essai@example.org>... Addressee unknown, relay=[192.0.2.1]", "user-unknown"),
        ("Command RCPT User <essai@example.org> not OK", "user-unknown"),
        ("sorry, this recipient is in my badrcptto list (#5.1.1)", "user-unknown"),
        ("Recipient address rejected: Account closed. No forwarding information", "user-unknown"),
        ("This user doesn't have an example.org account (essai@example.org) [0]", "user-unknown"),
        ("The recipient cannot be verified. Please check all recipients", "user-unknown"),
        ("recipient no longer on server: essai@example.org", "moved"),
        ("550 5.4.310 DNS domain example.org does not exist", "host-unknown"),
        ("all host address lookups failed permanently", "host-unknown"),
        # In the tongues of others, accents or not.
        ("El usuario no existe", "user-unknown"),
        ("Destinatario sconosciuto", "user-unknown"),
        ("nessun utente simile in questo indirizzo", "user-unknown"),
        ("Caixa postal inexistente", "user-unknown"),
        ("Empfaenger unbekannt", "user-unknown"),
        ("Empfänger existiert nicht", "user-unknown"),
        ("Gebruiker onbekend", "user-unknown"),
        ("Nie ma takiego konta", "user-unknown"),
        ("El dominio no existe", "host-unknown"),
    ],
)
def test_a_recipient_refused_at_once_is_dead_in_many_words(said: str, reason: str) -> None:
    text = (
        f"<essai@example.org>: host mx.example.org said: 550 {said} (in reply to RCPT TO command)"
    )
    found = one(dsn(status="5.0.0", said=f"smtp; 550 {said}", text=text))

    assert (found.kind, found.reason) == (BounceKind.HARD, reason)


@pytest.mark.parametrize(
    ("said", "kind", "reason"),
    [
        ("Requested mailbox exceeds quota.", "soft", "mailbox-full"),
        ("El buzón está lleno", "soft", "mailbox-full"),
        ("Postfach voll", "soft", "mailbox-full"),
        ("Questo indirizzo e' bloccato per inutilizzo", "soft", "mailbox-disabled"),
        ("La cuenta está suspendida", "soft", "mailbox-disabled"),
        ("5.7.1 <essai@example.org>: Recipient address rejected: Access denied", "soft",
         "mailbox-refused"),
        ("5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup", "soft", "mailbox-refused"),
        ("Name service error for name=example.org: Host not found, try again", "soft", "network"),
        ("Boite du destinataire archivee. LPN007_420", "soft", "mailbox-disabled"),
        ("Emetteur invalide. LPN105_405", "policy", "sender"),
        ("Service refuse. Veuillez essayer plus tard. OFR006_103", "policy", "reputation"),
        ("Excessive userid unknowns from 192.0.2.1", "soft", "rate"),
        ("recipient not accepted. (BATV: no tag)", "policy", "sender"),
    ],
)  # fmt: skip
def test_other_refusals_are_not_for_good(said: str, kind: str, reason: str) -> None:
    text = (
        f"<essai@example.org>: host mx.example.org said: 550 {said} (in reply to RCPT TO command)"
    )
    found = one(dsn(status="5.0.0", said=f"smtp; 550 {said}", text=text))

    assert (found.kind, found.reason) == (kind, reason)


def test_a_forwarded_message_is_reported_for_the_address_that_we_wrote_to() -> None:
    final = b"Final-Recipient: rfc822; " + TO.encode()
    forwarded = dsn().replace(final, b"Original-Recipient: rfc822; avant@example.org\n" + final)

    assert one(forwarded).recipient == "avant@example.org"


def test_a_warning_is_never_for_good() -> None:
    assert one(dsn(action="delayed", status="5.1.1")).kind is BounceKind.DELAY
    text = "A message you sent has not yet been delivered.\n<essai@example.org>: User unknown\n"
    assert one(written(text, subject="Warning: message delayed")).kind is BounceKind.DELAY


def test_a_success_is_no_failure() -> None:
    found = one(dsn(action="delivered", status="2.0.0", said=""))

    assert (found.kind, found.reason) == (BounceKind.NOT_A_REPORT, "delivered")


QMAIL = """Hi. This is the qmail-send program.
I wasn't able to deliver your message to the following addresses.

<essai@example.org>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

mailbox full
"""
EXIM = """This message was created automatically by mail delivery software.
The following address(es) failed:

  essai@example.org
    Unrouteable address
"""
NOBODY = """Bonjour,

votre message n’a pas pu être remis :

<essai@example.org> : cette adresse n’existe pas.
"""
FULL = """Votre message n'a pas pu être distribué.

essai@example.org : la boîte aux lettres du destinataire est pleine.
"""
SUSPENDED = """Le message n'a pas pu être remis.

essai@example.org
Le compte de ce destinataire est suspendu.
"""


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        (QMAIL, "hard", "user-unknown"),
        (EXIM, "hard", "host-unknown"),
        (NOBODY, "hard", "user-unknown"),
        (FULL, "soft", "mailbox-full"),
        (SUSPENDED, "soft", "mailbox-disabled"),
    ],
    ids=["qmail", "exim", "nobody", "full", "suspended"],
)
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_words_for_people_are_read_too(text: str, kind: str, reason: str, charset: str) -> None:
    found = one(written(text, charset=charset))

    assert (found.recipient, found.kind, found.reason) == (TO, kind, reason)


def test_each_of_several_recipients_has_its_own_end() -> None:
    text = (
        "I'm afraid I wasn't able to deliver your message.\n\n"
        "<un@example.org>:\n550 5.1.1 User unknown\n\n<deux@example.org>:\n552 5.2.2 Mailbox full\n"
    )

    found = read_report(written(text)).findings

    assert [(each.recipient, each.kind) for each in found] == [
        ("un@example.org", BounceKind.HARD),
        ("deux@example.org", BounceKind.SOFT),
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("abuse", BounceKind.COMPLAINT),
        ("fraud", BounceKind.COMPLAINT),
        ("auth-failure", BounceKind.NOT_A_REPORT),
        ("not-spam", BounceKind.NOT_A_REPORT),
        ("\x1b[31mabuse", BounceKind.NOT_A_REPORT),
    ],
)
def test_only_what_a_reader_says_is_a_complaint(kind: str, expected: BounceKind) -> None:
    found = one(feedback(kind))

    assert found.kind is expected
    assert found.reason.isprintable()


def test_an_automatic_answer_is_no_bounce_and_a_person_s_mail_is_no_report() -> None:
    person = automatic(subject="Re: Essai").replace(b"Je suis absente", b"User unknown: merci")

    assert one(automatic()).kind is BounceKind.AUTO_REPLY
    assert one(automatic(subject="Essai", Auto_Submitted="auto-replied")).kind == "auto-reply"
    assert not read_report(person).is_report


def test_a_mail_program_s_own_opt_out_is_no_automatic_answer() -> None:
    raw = automatic(
        subject="unsubscribe", Auto_Submitted="auto-replied", X_Apple_Unsubscribe="true"
    )

    assert one(raw).kind is BounceKind.NOT_A_REPORT


def test_a_message_has_one_name_wherever_it_is_read() -> None:
    moved = dsn().replace(b"Return-Path: <>\n", b"Return-Path: <>\nReceived: from ailleurs\n")

    assert read_report(dsn()).id == read_report(moved).id
    assert read_report(dsn()).id != read_report(dsn().replace(b"rapport-1", b"rapport-2")).id


def nested(depth: int) -> bytes:
    head = "".join(
        f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}\n'
        for level in range(depth)
    )
    return f"From: MAILER-DAEMON@example.org\nSubject: failed\n{head}\n\nfin".encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n",
        b"\0" * 1000,
        b"Content-Type: multipart/report\n\n" + dsn(),
        b'Content-Type: multipart/mixed; boundary=""\n\n--\n',
        nested(200),
        nested(3000),
        b'Content-Type: multipart/mixed; boundary="a"\n\n' + b"--a\n\nx\n" * 100_000,
        dsn().replace(b"charset=utf-8", b"charset=nimporte-quoi"),
        dsn().replace(b"charset=utf-8", b"charset*=x''%FF"),
        dsn(text="é" * 100_000).replace(b"charset=utf-8", b"charset=idna"),
        dsn().replace(b"--XX--", b""),
        written("<" * 100_000 + "a@" * 100_000),
        written("essai@example.org: " * 50_000),
        written("a" * 600_000),
        b"Subject: =?utf-8?q?" + b"=E9" * 50_000 + b"?=\n" * 50 + b"\n\nx",
        b"From: x\n" + b"X-Y: z\n" * 100_000 + b"\nx",
        b"Content-Transfer-Encoding: base64\n\n" + b"=" * 100_000,
        dsn() + b"x" * (50 << 20),
    ],
    ids=range(19),
)
def test_whatever_comes_is_read_in_a_short_time(raw: bytes) -> None:
    begun = time.monotonic()

    read_report(raw)

    assert time.monotonic() - begun < PATIENCE


def test_a_message_is_taken_apart_so_far_and_no_further() -> None:
    _, deep = header_and_parts(nested(200))
    _, wide = header_and_parts(
        b'Content-Type: multipart/mixed; boundary="a"\n\n' + b"--a\n\nx\n" * 1000
    )
    _, long = header_and_parts(b"\n" + b"x" * (2 * LARGEST))

    assert len(deep) == 1
    assert deep[0].text.startswith(f"--b{DEEPEST}\n")
    assert len(wide) == MOST_PARTS
    assert len(long[0].text) < LARGEST


def test_a_report_without_its_boundaries_is_still_read() -> None:
    lost = dsn().replace(b"--XX", b"")

    assert one(lost).kind is BounceKind.HARD
