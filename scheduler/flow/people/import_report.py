"""What an import did, or would do: counted while the file is gone through, and told at its end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from scheduler.domain.people.contacts import BadRow, Row
from scheduler.domain.people.file_notes import FileNotes
from scheduler.flow.people.import_doubts import STRANGER

#: Bad rows that are told one by one; the rest are counted.
TOLD = 200


@dataclass(kw_only=True, slots=True)
class ImportReport:
    """What an import did, or would do."""

    rows: int = 0
    added: int = 0
    renewed: int = 0
    #: Rows that gave nobody, and cells left aside in rows that did.
    refused: int = 0
    left_aside: int = 0
    #: Rows whose key another row of the file has: the last one counts.
    repeated: int = 0
    #: Rows whose key is somebody else's, by name and address: left aside until a person says.
    strangers: int = 0
    #: Of those, the ones that a person has said.
    settled: int = 0
    #: Rows that no proof speaks for, at the address they have now, on a channel whose basis is
    #: consent: stored, and left out there.
    without_proof: dict[str, int] = field(default_factory=dict)
    #: Addresses and numbers whose opt-out holds, whatever the file says.
    opted_out: int = 0
    #: People whose own opt-out holds, whatever address the file gives them.
    refusing: int = 0
    ended: int = 0
    #: Each thing that was wrong: a row may have several.
    faults: int = 0
    bad_rows: list[BadRow] = field(default_factory=list)
    #: So many of them are kept.
    told: int = TOLD
    #: What the reader changed, or left aside as nobody to write to.
    notes: FileNotes = field(default_factory=FileNotes)
    _refused_last: int = 0

    def counts(self) -> dict[str, int]:
        return {
            "rows": self.rows,
            "added": self.added,
            "renewed": self.renewed,
            "refused": self.refused,
            "left_aside": self.left_aside,
            "repeated": self.repeated,
            "strangers": self.strangers,
            "settled": self.settled,
            "opted_out": self.opted_out,
            "refusing": self.refusing,
            "ended": self.ended,
        }

    def note_strangers(self, rows: Sequence[Row]) -> None:
        """Their key is somebody else's."""
        self.strangers += len(rows)
        for row in rows:
            key = row.typed or row.key
            self._tell(BadRow(number=row.number, column="", reason=STRANGER, kept=False, key=key))

    def note_bad(self, rows: Iterable[BadRow]) -> None:
        """What can't be read: a row, or a cell of one that gives somebody all the same."""
        for row in rows:
            if row.kept:
                self.left_aside += 1
            elif row.number != self._refused_last:
                # A row may have several faults, told one after another.
                self.refused += 1
                self._refused_last = row.number
            self._tell(row)

    def _tell(self, row: BadRow) -> None:
        self.faults += 1
        if len(self.bad_rows) < self.told:
            self.bad_rows.append(row)
