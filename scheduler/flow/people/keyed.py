"""A contact file's keys, as the ledger compares them: who is who, before anything is looked up.

A spreadsheet eats zeros and a program changes case, so such keys are one person's. Where a file has
two people whose keys differ by no more, the one whom the ledger knows keeps the key and the other
is kept apart by theirs, as it is typed; both are told.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.people.contacts import BadRow, Noted, Row, Told
from scheduler.domain.people.identity import is_same_name, names_in
from scheduler.domain.people.imports import Settled
from scheduler.domain.people.source_keys import apart, folded_key
from scheduler.domain.seen import Seen

Batch = Sequence[Row | BadRow | Noted]
Hold = Callable[[], Awaitable[None]]


class Source(Protocol):
    digest: str

    def __iter__(self) -> Iterator[Batch]: ...


class KeyLedger(Protocol):
    async def strangers(self, audience: Audience, rows: Sequence[Row]) -> set[int]: ...

    async def keeps_apart(self) -> bool: ...

    async def kept_apart(self, audience: Audience, keys: Collection[str]) -> set[str]: ...


@dataclass(kw_only=True, slots=True)
class Keyed:
    """The same file; each row's key in the form that is compared."""

    source: Source
    digest: str
    #: Keys, as they are typed, that are somebody's only so; and those that this file shows to be.
    apart: set[str] = field(default_factory=set)
    new: set[str] = field(default_factory=set)
    #: After it was gone through: keys of which it has several spellings, in the form compared.
    nearly: set[str] = field(default_factory=set)
    _looked: bool = False

    def __iter__(self) -> Iterator[Batch]:
        # Its keys are compared once: the file stays as it is.
        look, self._looked = not self._looked, True
        seen, exactly = Seen(), Seen()
        for batch in self.source:
            if look:
                self._compare(batch, seen, exactly)
            yield [self._keyed(one) for one in self._told(batch)]

    def _compare(self, batch: Batch, seen: Seen, exactly: Seen) -> None:
        for row in _people(batch):
            folded = folded_key(row.key)
            new = seen.add(folded)
            # Of most files every key is written as it is compared.
            again = row.key != folded and not exactly.add(row.key)
            if not new and not again:
                self.nearly.add(folded)

    def _told(self, batch: Batch) -> Iterable[Row | BadRow | Noted]:
        return self._with_notes(batch) if self.new else batch

    def _with_notes(self, batch: Batch) -> Iterator[Row | BadRow | Noted]:
        for one in batch:
            if isinstance(one, Row) and one.key in self.new:
                yield Noted(number=one.number, what=Told.KEY_APART)
            yield one

    def _keyed(self, one: Row | BadRow | Noted) -> Row | BadRow | Noted:
        if isinstance(one, Row):
            return self._row(one)
        if isinstance(one, Noted) and one.person is not None:
            return replace(one, person=self._row(one.person))
        return one

    def _row(self, row: Row) -> Row:
        key = apart(row.key) if row.key in self.apart else folded_key(row.key)
        return row if key == row.key else row.keyed(key)

    async def part(self, ledger: KeyLedger, audience: Audience, settled: Settled) -> bool:
        """Once it was gone through: keep apart who is another; whether anybody is."""
        if not self.nearly:
            return False
        every = (row for batch in self.source for row in _people(batch))
        rows = [row for row in every if folded_key(row.key) in self.nearly]
        self.new = await _parted(rows, ledger, audience, settled, self.apart)
        self.apart |= self.new
        return bool(self.new)


async def keyed(source: Source, ledger: KeyLedger, audience: Audience, holding_on: Hold) -> Keyed:
    """Goes through the file where the ledger keeps anybody apart."""
    found = Keyed(source=source, digest=source.digest)
    if await ledger.keeps_apart():
        for batch in source:
            await holding_on()
            keys = {row.key for row in _people(batch)}
            found.apart |= await ledger.kept_apart(audience, keys)
    return found


def as_compared(settled: Settled) -> Settled:
    """What a person decided, of keys in whatever form their rows have."""
    return Settled(same=_forms(settled.same), other=_forms(settled.other))


def _forms(typed: Collection[str]) -> frozenset[str]:
    return frozenset({folded_key(key) for key in typed} | {apart(key) for key in typed})


def _people(batch: Batch) -> Iterator[Row]:
    for one in batch:
        if isinstance(one, Row):
            yield one
        elif isinstance(one, Noted) and one.person is not None:
            yield one.person


async def _parted(
    rows: Sequence[Row],
    ledger: KeyLedger,
    audience: Audience,
    settled: Settled,
    known: Collection[str],
) -> set[str]:
    """Keys of those who are somebody else than whoever has the key they share."""
    rows = [row for row in rows if row.key not in known]
    strangers = await ledger.strangers(audience, rows)
    one_person = {folded_key(key) for key in settled.same}
    standing: dict[str, Row] = {}
    parted: set[str] = set()
    # Whom the ledger knows goes before whom it doesn't, then whoever comes first.
    for row in sorted(rows, key=lambda row: row.number in strangers):
        first = standing.setdefault(folded_key(row.key), row)
        if row.key == first.key or folded_key(row.key) in one_person:
            continue
        if not _are_one(first, row, audience):
            parted.add(row.key)
    return parted


def _are_one(first: Row, row: Row, audience: Audience) -> bool:
    """One name, and an address in common where both have one."""
    if not is_same_name(names_in(first.fields, audience), names_in(row.fields, audience)):
        return False
    mine, theirs = _addresses(first), _addresses(row)
    return not mine or not theirs or not mine.isdisjoint(theirs)


def _addresses(row: Row) -> set[str]:
    return {one for one in (row.email.identity if row.email else "", row.phone or "") if one}
