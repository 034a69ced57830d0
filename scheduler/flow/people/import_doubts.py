"""Rows whose key is somebody else's: which are left aside, and what a person decided of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.people.contacts import Row
from scheduler.domain.people.identity import is_another, names_in
from scheduler.domain.people.imports import Settled
from scheduler.domain.seen import Seen

#: Told of each, beside its key.
STRANGER = (
    "its key is somebody else's: another name and another address. Nothing was changed; say it "
    "again with --same-person KEY (they changed both) or --other-person KEY (the key was given "
    "to somebody new)"
)


@dataclass(kw_only=True, slots=True)
class Doubts:
    """What an import learns of its rows before it writes."""

    settled: Settled
    #: Numbers of the rows left aside.
    aside: set[int] = field(default_factory=set)
    #: Keys that are taken from whoever had them.
    given_away: set[str] = field(default_factory=set)
    #: Keys in doubt of which a person said that they are the same person's.
    merged: int = 0
    #: Keys of the rows left aside for being somebody else's.
    doubtful: set[str] = field(default_factory=set)
    #: Of a million keys a few octets each. What is decided by it is looked at again, key by key.
    _seen: Seen = field(default_factory=Seen, compare=False, repr=False)
    _repeated: set[str] = field(default_factory=set)
    #: Of each repeated key, whoever has it so far.
    _standing: dict[str, Row] = field(default_factory=dict)
    #: Keys of those whose membership ends, and, where somebody alive has the key too, who they are.
    _ended: set[str] = field(default_factory=set)
    _ended_rows: dict[str, Row] = field(default_factory=dict)

    def begin_again(self) -> None:
        """Before the file is looked at anew."""
        self.merged = 0
        for noted in (self.aside, self.given_away, self.doubtful, self._repeated, self._ended):
            noted.clear()
        self._seen = Seen()

    @property
    def both_dead_and_alive(self) -> set[str]:
        """Keys under which the file has somebody to write to, and somebody not to."""
        return {key for key in self._ended if key in self._seen}

    @property
    def kept(self) -> set[str]:
        """Keys of which nothing is taken, and whose holders the file names all the same; to be
        counted."""
        return {key for key in self.doubtful if key not in self._seen}

    def part(self, rows: Sequence[Row], strangers: Collection[int]) -> tuple[list[Row], list[Row]]:
        """Those that are taken, and those left aside."""
        if not strangers:
            return list(rows), []
        taken, left = [], []
        for row in rows:
            if row.number not in strangers or row.key in self.settled.same | self.settled.other:
                taken.append(row)
            else:
                left.append(row)
        doubtful = {row.key for row in rows if row.number in strangers}
        self.given_away |= doubtful & self.settled.other
        self.merged += len(doubtful & (self.settled.same - self.settled.other))
        self.doubtful |= {row.key for row in left}
        self.aside |= {row.number for row in left}
        return taken, left

    def note(self, rows: Sequence[Row]) -> set[str]:
        """The keys that come for the first time."""
        new: set[str] = set()
        for row in rows:
            if self._seen.add(row.key):
                new.add(row.key)
            else:
                self._repeated.add(row.key)
        return new

    def part_repeats(self, rows: Sequence[Row], audience: Audience) -> list[Row]:
        """Rows of a second reading that have another person's key of the file itself."""
        left = []
        looked_at = self._repeated | self.both_dead_and_alive
        for row in rows:
            if row.key not in looked_at or row.number in self.aside:
                continue
            first = self._standing.get(row.key)
            if first is not None and self._is_other(first, row, audience):
                left.append(row)
            else:
                self._standing[row.key] = row
        self.aside |= {row.number for row in left}
        return left

    def note_ended(self, rows: Sequence[Row]) -> None:
        self._ended |= {row.key for row in rows}

    def stand_ended(self, rows: Sequence[Row]) -> None:
        """Of a second reading: who they are."""
        both = self.both_dead_and_alive
        self._ended_rows |= {row.key: row for row in rows if row.key in both}

    def part_ended(self, audience: Audience) -> set[str]:
        """After a second reading: keys that, in the file itself, were given to somebody else."""
        return {
            key
            for key, row in self._ended_rows.items()
            if key in self._standing and self._is_other(row, self._standing[key], audience)
        }

    def _is_other(self, first: Row, row: Row, audience: Audience) -> bool:
        if row.key in self.settled.same | self.settled.other:
            return False
        return is_another(
            names_in(first.fields, audience),
            names_in(row.fields, audience),
            _addresses(first),
            _addresses(row),
        )


def _addresses(row: Row) -> list[str]:
    email = row.email.identity if row.email else ""
    return [one for one in (email, row.phone) if one]
