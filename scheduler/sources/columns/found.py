"""What was found of a contact table's columns: which holds what, and what is shown of it."""

from collections.abc import Sequence

from scheduler.domain.calendar.campaigns import AudienceField
from scheduler.domain.values import frozen

#: Where a column is looked for when the table has none: the empty cell put after the last one.
ABSENT = -1


@frozen
class ProofColumns:
    channel: str
    date: int
    how: int
    wording: int


@frozen
class ShownColumn:
    """A column that is used, as it is shown to the operator alone: never in a log."""

    meaning: str
    #: Counted from 1.
    number: int
    name: str
    samples: Sequence[str]


@frozen
class Columns:
    """Where to find each thing in a record: an index, or ABSENT."""

    #: As the table writes them; ABSENT is the empty name.
    names: Sequence[str]
    key: int
    email: int
    phone: int
    language: int
    easy_to_read: int
    zone: int
    territory: int
    #: Used, never stored.
    postcode: int
    birth: int
    #: Of staff: kept apart from the fields, while it is young.
    entered: int
    deaths: Sequence[int]
    fields: Sequence[tuple[AudienceField, int]]
    proofs: Sequence[ProofColumns]
    shown: Sequence[ShownColumn]
    #: What the reader should know: ignored columns, missing ones. In words.
    notes: Sequence[str]

    @property
    def width(self) -> int:
        return len(self.names) - 1
