"""Edits: texts published on the desk, each of which stands over its file of templates/.

Files below, edits above: what a file says is what counts until an edit of it is published, and
again once that is withdrawn. An edit knows the file as it was, so that a change of the file under
it is seen, and a person says which of the two stands.
"""

import hashlib
from datetime import datetime

from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen

#: Signs of one text; several times what the longest of ours has.
LONGEST = 50_000


@frozen
class Edit(Dated):
    """One publication of one text."""

    #: Under templates/, with slashes.
    path: str
    #: The how-manieth of this path, from 1: whoever publishes says over which.
    number: int
    #: None: it was withdrawn, and the file stands again.
    content: str | None
    #: The file as it was; None: there was none.
    base: str | None
    written_by: str
    #: The second person, or the writer where none is asked for.
    published_by: str
    #: Aware, UTC.
    at: datetime

    def is_behind(self, file: str | None) -> bool:
        """Whether the file was changed under it, into something else than it says."""
        return self.content is not None and file not in (self.base, self.content)

    def is_in_file(self, file: str | None) -> bool:
        """Whether the file says the same by now: the edit may be withdrawn."""
        return self.content is not None and file == self.content


@frozen
class Publication:
    """What is to be published, and over what."""

    path: str
    content: str | None
    base: str | None
    #: The number of the edit that it was written over; 0: the file alone.
    over: int
    written_by: str
    published_by: str


def plain(text: str) -> str:
    """As files have it: one kind of line's end, one at the end; no sign that no ledger keeps."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    return lines.rstrip("\n") + "\n" if lines.strip() else ""


def fingerprint(text: str | None) -> str:
    """Of a text as it stands; empty: there is none."""
    return "" if text is None else hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
