"""Mail that comes back, as servers of every kind write it; nobody's real one."""

TO = "essai@example.org"
ORIGINAL = (
    "Return-Path: <{sender}>\nFrom: Réflexes <cyber@example.org>\nTo: " + TO + "\n"
    "Message-ID: <original@retour.example.org>\nSubject: Essai\n\nBonjour\n"
)


def dsn(
    *,
    status: str = "5.1.1",
    action: str = "failed",
    said: str = "smtp; 550 5.1.1 <essai@example.org>: Recipient address rejected: User unknown",
    sender: str = "b+jeton@retour.example.org",
    to: str = "",
    text: str = "Your message could not be delivered.",
    recipient: str = TO,
) -> bytes:
    """A report of RFC 3464; ``to`` is whom it came to, else ``sender``."""
    diagnostic = f"Diagnostic-Code: {said}\n" if said else ""
    return (
        "Return-Path: <>\n"
        f"Delivered-To: {to or sender}\n"
        "From: MAILER-DAEMON@mx.example.org\n"
        f"To: {to or sender}\n"
        "Subject: Undelivered Mail Returned to Sender\n"
        "Message-ID: <rapport-1@mx.example.org>\n"
        "MIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="XX"\n\n'
        f"--XX\nContent-Type: text/plain; charset=utf-8\n\n{text}\n\n"
        "--XX\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example.org\n\n"
        f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\n{diagnostic}\n"
        f"--XX\nContent-Type: message/rfc822\n\n{ORIGINAL.format(sender=sender)}\n--XX--\n"
    ).encode()


def written(text: str, *, subject: str = "failure notice", charset: str = "utf-8") -> bytes:
    """A bounce for people only."""
    header = (
        "Return-Path: <>\nFrom: MAILER-DAEMON@example.org\nTo: b+jeton@retour.example.org\n"
        f"Subject: {subject}\nContent-Type: text/plain; charset={charset}\n"
        "Content-Transfer-Encoding: 8bit\n\n"
    )
    return header.encode() + text.encode(charset, "replace")


def feedback(kind: str, sender: str = "b+jeton@retour.example.org") -> bytes:
    """A feedback report of RFC 5965."""
    return (
        f"From: plaintes@example.org\nTo: {sender}\nSubject: complaint\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="YY"\n\n'
        "--YY\nContent-Type: text/plain\n\nThis is an email abuse report.\n\n"
        f"--YY\nContent-Type: message/feedback-report\n\nFeedback-Type: {kind}\n"
        f"User-Agent: Essai/1\nVersion: 1\nOriginal-Rcpt-To: {TO}\n\n"
        f"--YY\nContent-Type: message/rfc822\n\n{ORIGINAL.format(sender=sender)}\n--YY--\n"
    ).encode()


def automatic(*, subject: str = "Réponse automatique : Essai", **fields: str) -> bytes:
    """Somebody's robot answers."""
    more = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in fields.items())
    return (
        f"From: marie@example.org\nTo: b+jeton@retour.example.org\nSubject: {subject}\n{more}"
        "Content-Type: text/plain; charset=utf-8\n\nJe suis absente jusqu’à lundi.\n"
    ).encode()
