"""What an opt-out covers, by the way it reached us.

Whom it keeps from what is one condition, ``store.rules.refused``: planning asks it, then the
intent, then ``flow.begin`` just before a text begins.
"""

from datetime import datetime
from enum import StrEnum

from scheduler.domain.channels import EMAIL, SMS, kind_of
from scheduler.domain.ids import ContactId
from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen

#: A suppression's channel that stands for every channel.
ALL_CHANNELS = "all"

#: What a person can opt out of one by one.
TOPICS = ("october", "reminders", "events")


class Reason(StrEnum):
    """Why an address isn't used; ``words.optouts`` says it in French."""

    #: Somebody asked for no more.
    OPTED_OUT = "opted-out"
    #: The far end refused the address itself.
    BOUNCED = "bounced"
    #: Its reader called a message spam.
    COMPLAINED = "complained"
    #: Whoever had it was erased.
    ERASED = "erased"
    #: It is somebody else's than we thought.
    WRONG_PERSON = "wrong-person"
    #: Whoever had it has died.
    DECEASED = "deceased"
    #: An answer may ask for no more: the series is held until a person has read it.
    DOUBT = "doubt"
    #: An answer asks for no more in words of its own: the series is over, service messages go on,
    #: and a person reads it.
    LEFT_SERIES = "left-series"


class Route(StrEnum):
    """How an opt-out reached us."""

    #: The button of a mail program (RFC 8058).
    ONE_CLICK = "one-click"
    #: The page behind an e-mail's link.
    PAGE = "page"
    #: A message to the headers' mailto: address (RFC 2369).
    MAILTO = "mailto"
    #: The page behind an SMS's link.
    SHORT_LINK = "short-link"
    #: A reply by SMS.
    SMS = "sms"
    #: The page of preferences.
    PREFERENCES = "preferences"
    #: Told to the organisation, by paper or telephone.
    OPERATOR = "operator"
    #: A list of those who had refused elsewhere, taken over.
    LIST = "list"
    #: The provider's answer.
    PROVIDER = "provider"
    #: A message that came back.
    BOUNCE = "bounce"
    #: A complaint (RFC 5965).
    REPORT = "report"
    #: An erasure.
    ERASURE = "erasure"


class Scope(StrEnum):
    """What an opt-out covers; a topic's name covers that topic alone."""

    #: Every topic; service messages go on.
    TOPICS = "topics"
    #: Service messages too.
    EVERYTHING = "everything"


#: The three topics.
ALL_TOPICS = Scope.TOPICS
EVERYTHING = Scope.EVERYTHING


@frozen
class OptOut(Dated):
    """One act of objection, or the reason an address can't be used."""

    channel: str
    scope: str
    #: A ``Reason``.
    reason: str
    #: A ``Route``.
    route: str
    #: UTC.
    at: datetime
    #: The contact whose wish it is, where the link or the message says so. None: it is known by
    #: the address, and is its holder's where the address has one alone.
    person: ContactId | None = None


#: What somebody asked for, and can take back by themselves; what a bounce suppressed is not theirs
#: to lift, and says nothing of the person at another address.
THEIR_OWN = (Reason.OPTED_OUT, Reason.COMPLAINED, Reason.LEFT_SERIES)

#: A reply said that the address is somebody else's, or that its holder has died.
STRANGERS = (Reason.WRONG_PERSON, Reason.DECEASED)


def is_own_wish(reason: str) -> bool:
    """It is a person's, and goes with them; any other reason is an address's."""
    return reason in THEIR_OWN


def by_email_link(at: datetime, *, one_click: bool, person: ContactId | None = None) -> OptOut:
    """RFC 8058's one click, or the button of the page behind an e-mail's link."""
    route = Route.ONE_CLICK if one_click else Route.PAGE
    return OptOut(
        channel=EMAIL.name,
        scope=ALL_TOPICS,
        reason=Reason.OPTED_OUT,
        route=route,
        at=at,
        person=person,
    )


def by_mail(at: datetime, person: ContactId | None = None) -> OptOut:
    """A message to the mailto: address of the headers (RFC 2369)."""
    return OptOut(
        channel=EMAIL.name,
        scope=ALL_TOPICS,
        reason=Reason.OPTED_OUT,
        route=Route.MAILTO,
        at=at,
        person=person,
    )


def scope_of_leaving(channel: str) -> Scope:
    """What somebody leaves who leaves a channel as a whole; of every channel, the topics."""
    if channel == ALL_CHANNELS or not kind_of(channel).leaves_service:
        return ALL_TOPICS
    return EVERYTHING


def by_sms(at: datetime, channel: str = SMS.name) -> OptOut:
    """STOP: everything on the channel that it answers, service too."""
    return OptOut(
        channel=channel, scope=EVERYTHING, reason=Reason.OPTED_OUT, route=Route.SMS, at=at
    )


def by_doubt(at: datetime, channel: str = SMS.name) -> OptOut:
    """A reply that may ask for no more: the series is held there, service messages go on."""
    return OptOut(channel=channel, scope=ALL_TOPICS, reason=Reason.DOUBT, route=Route.SMS, at=at)


def by_own_words(at: datetime, channel: str = SMS.name) -> OptOut:
    """A reply that asks for no more, though not by a keyword nor for everything: the series is over
    there, service messages go on."""
    return OptOut(
        channel=channel, scope=ALL_TOPICS, reason=Reason.LEFT_SERIES, route=Route.SMS, at=at
    )


def by_stranger(reason: Reason, at: datetime, channel: str = SMS.name) -> OptOut:
    """A reply says that the number isn't that person's, or that its holder has died."""
    return OptOut(channel=channel, scope=EVERYTHING, reason=reason, route=Route.SMS, at=at)


def by_short_link(at: datetime, person: ContactId | None = None, channel: str = SMS.name) -> OptOut:
    """The button of the page behind a short link: everything on a channel, service too."""
    return OptOut(
        channel=channel,
        scope=EVERYTHING,
        reason=Reason.OPTED_OUT,
        route=Route.SHORT_LINK,
        at=at,
        person=person,
    )


def by_provider(channel: str, at: datetime) -> OptOut:
    """The provider knows of an opt-out that we didn't (Twilio 21610)."""
    return OptOut(
        channel=channel, scope=EVERYTHING, reason=Reason.OPTED_OUT, route=Route.PROVIDER, at=at
    )


def by_bad_address(channel: str, at: datetime) -> OptOut:
    """The address itself was refused for good: nothing can reach it."""
    return OptOut(
        channel=channel, scope=EVERYTHING, reason=Reason.BOUNCED, route=Route.PROVIDER, at=at
    )


def by_bounce(at: datetime) -> OptOut:
    """What was sent to it came back for good, or too often."""
    return OptOut(
        channel=EMAIL.name, scope=EVERYTHING, reason=Reason.BOUNCED, route=Route.BOUNCE, at=at
    )


def by_complaint(at: datetime, person: ContactId | None = None) -> OptOut:
    """Its reader called a message spam (RFC 5965): every topic, as a click would have."""
    return OptOut(
        channel=EMAIL.name,
        scope=ALL_TOPICS,
        reason=Reason.COMPLAINED,
        route=Route.REPORT,
        at=at,
        person=person,
    )


def by_operator(channel: str, at: datetime, person: ContactId | None = None) -> OptOut:
    """Told by paper or telephone: what leaving that channel covers."""
    return OptOut(
        channel=channel,
        scope=scope_of_leaving(channel),
        reason=Reason.OPTED_OUT,
        route=Route.OPERATOR,
        at=at,
        person=person,
    )


def by_erasure(at: datetime) -> OptOut:
    """Everything on every channel."""
    return OptOut(
        channel=ALL_CHANNELS, scope=EVERYTHING, reason=Reason.ERASED, route=Route.ERASURE, at=at
    )


def by_death(at: datetime) -> OptOut:
    """Told that whoever had the address has died: everything on every channel, to everybody there
    but those who agree by themselves later."""
    return OptOut(
        channel=ALL_CHANNELS,
        scope=EVERYTHING,
        reason=Reason.DECEASED,
        route=Route.OPERATOR,
        at=at,
    )
