"""The head of a contact table while its columns are looked at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.errors import Fault, ImportRefused

MAX_COLUMNS = 200


@dataclass(kw_only=True, slots=True)
class Header:
    """A header, the first cells under it, and what is found out about them."""

    header: Sequence[str]
    samples: Sequence[Sequence[str]]
    audience: Audience
    where: str
    line: int
    known_territory: Callable[[str], bool]
    found: dict[str, int] = field(default_factory=dict)
    deaths: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    #: Columns of which a note was made.
    told: set[int] = field(default_factory=set)

    def values(self, at: int) -> list[str]:
        return [row[at] for row in self.samples if at < len(row) and row[at]]

    def named(self, at: int) -> str:
        return f"column {at + 1} (`{self.header[at].strip()}`)"

    def refused(self, what: str, remedy: str) -> ImportRefused:
        return ImportRefused(str(Fault(where=self.where, what=what, remedy=remedy, line=self.line)))
