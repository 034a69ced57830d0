"""What an opt-out covers, by the way it reached us."""

from dataclasses import dataclass
from datetime import datetime

#: A suppression's channel that stands for every channel.
ALL_CHANNELS = "all"
#: Scope: the three topics, service messages go on.
ALL_TOPICS = "topics"
#: Scope: service messages too.
EVERYTHING = "everything"

#: What a person can opt out of one by one.
TOPICS = ("october", "reminders", "events")


@dataclass(frozen=True, kw_only=True, slots=True)
class OptOut:
    """One act of objection, or the reason an address can't be used."""

    channel: str
    scope: str
    #: opted-out | bounced | complained | erased
    reason: str
    #: one-click | page | mailto | short-link | sms | operator | provider | bounce
    #: | report | erasure
    route: str
    #: UTC.
    at: datetime


def by_email_link(at: datetime, *, one_click: bool) -> OptOut:
    """RFC 8058's one click, or the button of the page behind an e-mail's link."""
    route = "one-click" if one_click else "page"
    return OptOut(channel="email", scope=ALL_TOPICS, reason="opted-out", route=route, at=at)


def by_mail(at: datetime) -> OptOut:
    """A message to the mailto: address of the headers (RFC 2369)."""
    return OptOut(channel="email", scope=ALL_TOPICS, reason="opted-out", route="mailto", at=at)


def by_sms(at: datetime) -> OptOut:
    """STOP: everything by SMS, service too."""
    return OptOut(channel="sms", scope=EVERYTHING, reason="opted-out", route="sms", at=at)


def by_short_link(at: datetime) -> OptOut:
    """The button of the page behind an SMS's link: everything by SMS, service too."""
    return OptOut(channel="sms", scope=EVERYTHING, reason="opted-out", route="short-link", at=at)


def by_provider(channel: str, at: datetime) -> OptOut:
    """The provider knows of an opt-out that we didn't (Twilio 21610)."""
    return OptOut(channel=channel, scope=EVERYTHING, reason="opted-out", route="provider", at=at)


def by_bad_address(channel: str, at: datetime) -> OptOut:
    """The address itself was refused for good: nothing can reach it."""
    return OptOut(channel=channel, scope=EVERYTHING, reason="bounced", route="provider", at=at)


def by_bounce(at: datetime) -> OptOut:
    """What was sent to it came back for good, or too often."""
    return OptOut(channel="email", scope=EVERYTHING, reason="bounced", route="bounce", at=at)


def by_complaint(at: datetime) -> OptOut:
    """Its reader called a message spam (RFC 5965): every topic, as a click would have."""
    return OptOut(channel="email", scope=ALL_TOPICS, reason="complained", route="report", at=at)


def by_operator(channel: str, at: datetime) -> OptOut:
    """Told by paper or telephone. By e-mail: the topics; by SMS: everything, as STOP does."""
    scope = EVERYTHING if channel == "sms" else ALL_TOPICS
    return OptOut(channel=channel, scope=scope, reason="opted-out", route="operator", at=at)


def by_erasure(at: datetime) -> OptOut:
    """Everything on every channel."""
    return OptOut(channel=ALL_CHANNELS, scope=EVERYTHING, reason="erased", route="erasure", at=at)
