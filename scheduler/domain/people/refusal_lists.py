"""Lists of people who said no elsewhere, before anything is looked up."""

from dataclasses import dataclass, field

from scheduler.domain.consent.optout import Reason
from scheduler.domain.values import frozen

#: What such a list may say of its people.
REASONS = (Reason.OPTED_OUT, Reason.COMPLAINED)
#: Rows named in a report; the rest are counted.
NAMED = 50


@frozen
class Said:
    """One person of the list."""

    #: As an editor numbers it.
    row: int
    #: Those that aren't empty: one is an address, a number or a key.
    cells: tuple[str, ...]


@dataclass(kw_only=True, slots=True)
class RefusalReport:
    """What a list did, or would do."""

    rows: int = 0
    #: Rows whose person the ledger knows.
    known: int = 0
    #: Rows of which it knows nobody: barred by their address all the same.
    unknown: list[int] = field(default_factory=list)
    #: Rows that close something that was open, and rows that say what held already.
    new: int = 0
    already: int = 0
    #: Rows that give no address, and no key that anybody has: nothing came of them.
    unusable: list[int] = field(default_factory=list)
    #: The first row is the columns' names.
    header: bool = False

    def counts(self) -> dict[str, int]:
        return {
            "rows": self.rows,
            "known": self.known,
            "unknown": len(self.unknown),
            "new": self.new,
            "already": self.already,
            "unusable": len(self.unusable),
        }


def is_header(said: Said) -> bool:
    """Names of columns hold neither an @ nor a figure."""
    return not any("@" in cell or any(map(str.isdecimal, cell)) for cell in said.cells)
