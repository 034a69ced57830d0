"""What comes in: an SMS as a provider gives it, the ledger takes it, a person reads it; a mail."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.domain.bounces import Report

#: An ordinary telephone. A short code or a name is a machine, which would answer our answer.
_TELEPHONE = re.compile(r"\+[1-9][0-9]{7,14}")
#: A number gets one answer of ours in this time.
ANSWER_EVERY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """A text that somebody sent us."""

    channel: str
    #: The provider's own id of it: the same one is taken once.
    provider_id: str
    #: E.164; else a short code or a name.
    sender: str
    text: str
    #: STOP, START or HELP where the provider understood it, and has answered already; else empty.
    mark: str = ""

    @property
    def from_telephone(self) -> bool:
        return _TELEPHONE.fullmatch(self.sender) is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenReply:
    """What the ledger made of a reply that it had not."""

    #: An opt-out, or a way back, that is new.
    changed: bool
    #: This reply may be answered, and is counted as answered.
    answer: bool
    #: The reader's.
    language: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenReply:
    """A reply that waits for a person."""

    id: int
    channel: str
    #: Empty once the person is erased, or the text too old to be kept.
    sender: str
    text: str
    #: UTC.
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """An unread mail, as far as it was looked at."""

    #: Its number in the mailbox.
    number: int
    #: What may be an opt-out's token in it.
    tokens: tuple[str, ...]
    #: What it says of another message; None where its header promises nothing of the kind.
    report: Report | None = None
