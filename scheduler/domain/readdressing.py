"""A delivery that waits, and a person whom a file has changed since it was planned.

What is written is the address of the day; what may have left already is never given another.
"""

from enum import StrEnum

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.delivery import LeftOut
from scheduler.domain.values import frozen


@frozen
class Readers:
    """Whom a batch is for, as the configuration and its provider have it."""

    #: None: the configuration has it no more, and its rule isn't asked.
    audience: Audience | None = None
    #: Whether the provider takes numbers reserved for fiction.
    carries_fiction: bool = True


class Step(StrEnum):
    """What is done with a delivery that isn't left out."""

    #: It leaves as it is.
    LEAVE = "leave"
    #: It gets the address of the day.
    READDRESS = "readdress"
    #: It may have left for an address that isn't theirs any more: a person decides.
    DOUBT = "doubt"


@frozen
class Facts:
    """Of one waiting delivery and its person, now."""

    #: Still in the slot's place, and its audience's rule still holds.
    in_slot: bool
    #: The first reason of planning not to write to them at the address of the day.
    reason: LeftOut | None
    #: The address of the day is not the one it was planned for.
    changed: bool
    #: An earlier try may have been accepted.
    may_have_left: bool
    #: Another delivery of the occurrence and channel has the address of the day.
    taken: bool


def decide(facts: Facts) -> LeftOut | Step:
    """Why it is left out, or what is done with it."""
    if facts.changed and facts.may_have_left:
        return Step.DOUBT
    if not facts.in_slot and not facts.may_have_left:
        return LeftOut.MOVED
    if facts.reason is not None:
        return facts.reason
    if not facts.changed:
        return Step.LEAVE
    return LeftOut.DUPLICATE if facts.taken else Step.READDRESS
