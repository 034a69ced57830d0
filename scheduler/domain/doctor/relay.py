"""The relay, the mailbox and Twilio, as a connection showed them."""

from datetime import datetime

from scheduler.domain.doctor.addresses import SOON
from scheduler.domain.doctor.lines import Check, Line, Speaker
from scheduler.domain.doctor.seen import MailboxSeen, RelaySeen, TwilioSeen

_OLD_TLS = ("SSLv3", "TLSv1", "TLSv1.1")


def relay(seen: RelaySeen, host: str, now: datetime, *, is_here: bool) -> Line:
    """``is_here``: no network lies before it."""
    say = Speaker(check=Check.RELAY, subject=host)
    if seen.fault and seen.may_pass:
        return say.wrong(f"it doesn't answer: {seen.fault}", "see the relay, then ask again")
    if seen.fault:
        return say.wrong(seen.fault, "see channels.email.smtp")
    if not seen.tls and not is_here:
        return say.wrong(
            "messages cross the network in the clear",
            "set channels.email.smtp.security to starttls or tls",
        )
    if seen.tls in _OLD_TLS:
        return say.wrong(f"it speaks {seen.tls} alone", "have it offer TLS 1.2 or 1.3")
    if seen.ends is not None and seen.ends - now < SOON:
        return say.wrong(f"its certificate ends on {seen.ends:%Y-%m-%d}", "have it renewed")
    if not seen.tls:
        return say.fine("it is on this machine, and takes us without TLS")
    return say.fine(f"{seen.tls}, a certificate that is trusted, and it takes our login")


def mailbox(seen: MailboxSeen, host: str, processed: str) -> Line:
    say = Speaker(check=Check.MAILBOX, subject=host)
    if seen.fault:
        return say.wrong(seen.fault, "see channels.email.mailbox")
    if not seen.is_writable:
        return say.wrong(
            "its folder can be read, not written: what was treated is treated again",
            "let the account set flags and move messages",
        )
    if seen.has_processed is False:
        return say.unknown(
            f"the folder {processed} isn't there; it is made at the first message",
            "make it, if the account may not",
        )
    return say.fine("it can be read, and its messages marked or moved")


def twilio(seen: TwilioSeen, sender: str) -> list[Line]:
    say = Speaker(check=Check.TWILIO, subject="account")
    if seen.fault:
        if seen.may_pass:
            return [say.unknown(f"Twilio doesn't answer: {seen.fault}", "ask again later")]
        return [say.wrong(seen.fault, "see channels.sms.twilio")]
    return [_account(say, seen), _sender(seen, sender)]


def _account(say: Speaker, seen: TwilioSeen) -> Line:
    if seen.status != "active":
        return say.wrong(f"the account is {seen.status}", "see it in Twilio's console")
    if seen.is_trial:
        return say.wrong(
            "it is a trial account: it reaches verified numbers alone", "have it upgraded"
        )
    return say.fine("the account is active")


def _sender(seen: TwilioSeen, sender: str) -> Line:
    say = Speaker(check=Check.TWILIO, subject=sender)
    if seen.has_sender is None:
        return say.unknown(
            "Twilio doesn't tell which names an account may send under",
            "have the name registered with the operators, and try reflexe send-test",
        )
    if not seen.has_sender:
        return say.wrong("the account has no such sender", "see channels.sms.sender")
    return say.fine("the account has this sender")
