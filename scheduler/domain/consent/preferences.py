"""What somebody receives, channel by channel and topic by topic, and in which language."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from scheduler.domain.channels import kind_of, to_addresses
from scheduler.domain.consent.optout import (
    ALL_TOPICS,
    EVERYTHING,
    TOPICS,
    OptOut,
    Reason,
    Route,
    scope_of_leaving,
)
from scheduler.domain.ids import AddressId, ContactId
from scheduler.domain.values import frozen

#: Name of the wish for easy-to-read texts among the ticks of the page.
EASY_TO_READ = "easy-to-read"
ROUTE = Route.PREFERENCES


@frozen
class Standing:
    """How somebody stands on one channel, by their own acts alone."""

    #: Opted out of the channel as a whole. What they left before, one by one, is kept.
    left: bool = False
    #: Topics left one by one.
    off: frozenset[str] = frozenset()

    @property
    def received(self) -> frozenset[str]:
        return frozenset() if self.left else frozenset(TOPICS) - self.off


@frozen
class Choices:
    """Everything the preference page shows and changes."""

    #: By channel; only those on which the person can be written to.
    channels: Mapping[str, Standing]
    language: str
    easy_to_read: bool

    @property
    def ticks(self) -> frozenset[str]:
        """The boxes that are ticked: ``email.october``…"""
        topics = {
            f"{channel}.{topic}"
            for channel, standing in self.channels.items()
            for topic in standing.received
        }
        return frozenset(topics | ({EASY_TO_READ} if self.easy_to_read else set()))


@frozen
class Holder:
    """Whom a link stands for."""

    #: The channel whose messages bear the link.
    channel: str
    #: By channel, the ids of the addresses that the holder may decide about.
    addresses: Mapping[str, AddressId]
    #: None when the contact is gone, or has another address by now: then there is no language
    #: to choose, and nothing to say of their other channel.
    contact: ContactId | None = None
    #: The contact that the link was made for, whatever has become of them.
    person: ContactId | None = None
    #: The link's own address, masked; empty for a trial.
    masked: str = ""
    #: From a preview, a rehearsal or a trial: nothing is changed.
    test: bool = False


@frozen
class Asked:
    """A page sent back: what it showed, and what its reader made of it."""

    shown: frozenset[str]
    ticked: frozenset[str]
    shown_language: str
    language: str


def changed(choices: Choices, asked: Asked, languages: Sequence[str]) -> Choices:
    """Only what the reader changed on the page that they saw.

    So an old tab, or a page sent twice, never takes back what was decided elsewhere meanwhile.
    """
    ticks = (choices.ticks - (asked.shown - asked.ticked)) | (asked.ticked - asked.shown)
    other = asked.language != asked.shown_language and asked.language in languages
    return Choices(
        channels={
            channel: _with(standing, frozenset(t for t in TOPICS if f"{channel}.{t}" in ticks))
            for channel, standing in choices.channels.items()
        },
        language=asked.language if other else choices.language,
        easy_to_read=EASY_TO_READ in ticks,
    )


def stopped(choices: Choices) -> Choices:
    """« Tous vos messages »: every channel as a whole."""
    channels = {name: replace(one, left=True) for name, one in choices.channels.items()}
    return replace(choices, channels=channels)


def undone(choices: Choices, channel: str) -> Choices:
    """Back on a channel, and on the others to such an address, to what was left one by one before:
    their way out leaves them together."""
    together = {one.name for one in to_addresses(kind_of(channel).address_kind)}
    channels = {
        name: replace(one, left=False) if name in together else one
        for name, one in choices.channels.items()
    }
    return replace(choices, channels=channels)


def standing(scopes: Sequence[str]) -> Standing:
    """From the scopes of the person's own acts that hold on a channel."""
    return Standing(
        left=not {EVERYTHING, ALL_TOPICS}.isdisjoint(scopes),
        off=frozenset(TOPICS).intersection(scopes),
    )


def acts_of(
    channel: str, now_is: Standing, at: datetime, person: ContactId | None = None
) -> list[OptOut]:
    """The opt-outs that say it. To leave SMS is to leave service messages too, as STOP is."""
    scopes = sorted(now_is.off)
    if now_is.left:
        scopes.append(scope_of_leaving(channel))
    return [
        OptOut(
            channel=channel,
            scope=scope,
            reason=Reason.OPTED_OUT,
            route=Route.PREFERENCES,
            at=at,
            person=person,
        )
        for scope in scopes
    ]


def _with(before: Standing, received: frozenset[str]) -> Standing:
    if received == before.received:
        return before
    if not received:
        return Standing(left=True)
    return Standing(off=frozenset(TOPICS) - received)
