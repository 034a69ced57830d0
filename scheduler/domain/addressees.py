"""To whom a sending goes: a list of people, or by name everybody."""

import hashlib
from collections.abc import Iterable, Sequence
from enum import StrEnum

from scheduler.domain.values import frozen

#: In place of a list's digest: a person said that it goes to everybody.
EVERYBODY = "everybody"


class Addressees(StrEnum):
    """What a message says of itself (``recipients`` in message.yaml)."""

    #: Nothing: its audiences, as before there were lists.
    UNSAID = ""
    AUDIENCE = "audience"
    #: A list given with each sending; everybody only when somebody says so.
    LIST = "list"


@frozen
class RecipientList:
    """What the ledger has of an occurrence's addressees."""

    row: int
    #: Of its people, or ``EVERYBODY``.
    digest: str
    people: int

    @property
    def restricts(self) -> bool:
        return self.digest != EVERYBODY


@frozen
class Sought:
    """A key or an address in a file."""

    row: int
    text: str


@frozen
class FoundList:
    """What a file's rows stand for."""

    rows: int
    #: Contacts.
    people: Sequence[int]
    #: Row numbers of what nobody here is known by.
    unknown: Sequence[int]


def digest_of(contacts: Iterable[int]) -> str:
    return hashlib.sha256(" ".join(map(str, sorted(contacts))).encode()).hexdigest()


def with_addressees(fingerprint: str, kept: RecipientList | None) -> str:
    """What a second person allows: these texts, to these people. Without a list, the texts."""
    if kept is None:
        return fingerprint
    return hashlib.sha256(f"{fingerprint} {kept.digest}".encode()).hexdigest()


def without_heading(found: FoundList, sought: Sequence[Sought]) -> FoundList:
    """A first row that stands for nobody and is a word, without a digit or an @, is a heading."""
    first = sought[0] if sought else None
    if first is None or first.row not in found.unknown or not first.text.isprintable():
        return found
    if any(sign.isdigit() or sign == "@" for sign in first.text):
        return found
    unknown = [row for row in found.unknown if row != first.row]
    return FoundList(rows=found.rows - 1, people=found.people, unknown=unknown)
