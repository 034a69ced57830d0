"""Which texts in easy reading or another language are older than the French text they follow.

A file's own date says nothing after a copy or a clone. What counts is when a text was first seen
saying what it says: who edits the French text alone leaves its siblings behind.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen

FRENCH = "fr"


@frozen
class Sibling:
    """A text of a message, as its file says it today."""

    #: Under templates/.
    path: str
    channel: str
    #: None: for every audience without a text of its own.
    audience: str | None
    variant: str
    #: Of its words, whatever their lines and spaces.
    digest: str


@frozen
class Seen(Dated):
    """What a text said when somebody last looked, and since when: first seen so, or read again."""

    digest: str
    #: UTC.
    since: datetime


@frozen
class Behind(Dated):
    """A text that is older than the French one."""

    text: Sibling
    french: str
    #: When the French text was first seen as it is; None: it was edited just now.
    since: datetime | None


def changed(texts: Iterable[Sibling], seen: Mapping[str, Seen], now: datetime) -> dict[str, Seen]:
    """By path, what is to be noted of these texts: those that are new or say something else."""
    return {
        text.path: Seen(digest=text.digest, since=now)
        for text in texts
        if text.path not in seen or seen[text.path].digest != text.digest
    }


def behind(texts: Iterable[Sibling], seen: Mapping[str, Seen]) -> list[Behind]:
    """Of one message's texts, those that wait for their French text to be followed."""
    every = list(texts)
    french = {(one.channel, one.audience): one for one in every if one.variant == FRENCH}
    found = []
    for text in every:
        model = french.get((text.channel, text.audience)) or french.get((text.channel, None))
        if model is None or text.variant == FRENCH or not _is_known(text, seen):
            continue
        known = seen.get(model.path)
        if known is None:
            continue
        edited = known.digest != model.digest
        if edited or known.since > seen[text.path].since:
            found.append(
                Behind(text=text, french=model.path, since=None if edited else known.since)
            )
    return found


def _is_known(text: Sibling, seen: Mapping[str, Seen]) -> bool:
    """It says what it said: one that was edited since has followed."""
    return text.path in seen and seen[text.path].digest == text.digest
