"""Deliveries of which nobody knows whether they left, and what a person makes of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduler.domain.sending import Claim, Due


@dataclass(frozen=True, kw_only=True, slots=True)
class UncertainRow:
    """A delivery that waits for a person, or for its provider's word."""

    delivery: int
    #: ``campaign/episode/date``.
    occurrence: str
    channel: str
    audience: str
    #: When it was tried (UTC).
    since: datetime
    #: In the provider's words: why nobody knows.
    reason: str
    #: Opened; empty once its person is erased. Never logged.
    to: str


class Refusal(StrEnum):
    """Why a decision wasn't carried out."""

    NOT_UNCERTAIN = "it isn't uncertain (any more)"
    TOO_LATE = "the time in which it could be sent is over"
    CANCELLED = "its occurrence is cancelled"
    NOBODY = "its recipient was erased"
    CHANGED = "its recipient has another address now, and it may have reached the one before"


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """What became of one delivery that a person decided about."""

    delivery: int
    #: None: it was done.
    refused: Refusal | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TextInDoubt:
    """An uncertain SMS, with what its text is composed from again."""

    due: Due
    #: Stands for the claim it left under.
    claim: Claim
    #: When it was tried (UTC).
    since: datetime
