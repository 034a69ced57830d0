"""What is told of a contact file beside its faults: what was changed, what was nobody."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from scheduler.domain.people.contacts import Noted, Row, Told
from scheduler.domain.seen import Seen

#: Rows named for each kind; the rest are counted.
NAMED = 5


@dataclass(kw_only=True, slots=True)
class FileNotes:
    """Counts by kind, with the first rows of each."""

    counts: dict[Told, int] = field(default_factory=dict)
    rows: dict[Told, list[int]] = field(default_factory=dict)
    #: Keys of those whose membership ends: the dead, and who is too young.
    ended: list[str] = field(default_factory=list)
    _emails: Seen = field(default_factory=Seen, compare=False, repr=False)
    _phones: Seen = field(default_factory=Seen, compare=False, repr=False)

    def note(self, entries: Iterable[Noted]) -> None:
        for one in entries:
            self._count(one.what, one.number)
            if one.person:
                self.ended.append(one.person.key)

    def keep_members(self, keys: Collection[str]) -> None:
        """These keys are somebody else's, whose membership goes on."""
        self.ended = [key for key in self.ended if key not in keys]

    def look_for_twins(self, rows: Iterable[Row]) -> None:
        """Tell each row with an address or number that an earlier one has."""
        for row in rows:
            again = row.email is not None and not self._emails.add(row.email.identity)
            again |= row.phone is not None and not self._phones.add(row.phone)
            if again:
                self._count(Told.ADDRESS_TWICE, row.number)

    def as_counts(self) -> dict[str, int]:
        """Kept with the import."""
        return {kind.value: count for kind, count in self.counts.items()}

    def _count(self, what: Told, number: int) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1
        named = self.rows.setdefault(what, [])
        if len(named) < NAMED:
            named.append(number)
