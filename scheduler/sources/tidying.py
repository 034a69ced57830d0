"""The cells of one row as their author meant them; what was garbled is left out of it."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter

from scheduler.domain.people.contacts import Told
from scheduler.sources import cells, signs
from scheduler.sources.columns.found import Columns
from scheduler.sources.encodings import CANDIDATES, doubtful

#: Cells that are remembered, of each kind.
KEPT = 8192
#: The fault of a cell in none of the signs that its file is in.
DOUBTFUL = "accents that are none in the file's encoding"
GARBLED = frozenset({signs.CONTROL, signs.GARBLED, DOUBTFUL})


class Tidy:
    """Tidies the rows of one table: only the cells that are used."""

    def __init__(self, columns: Columns, encoding: str = "") -> None:
        texts = {at for field, at in columns.fields if field.type == "text"}
        texts |= {at for proof in columns.proofs for at in (proof.how, proof.wording)}
        typed = {columns.key, columns.email, columns.phone, columns.language}
        typed |= {columns.easy_to_read, columns.zone, columns.territory, columns.postcode}
        typed |= {columns.birth, *columns.deaths, *(at for _, at in columns.fields)}
        typed |= {proof.date for proof in columns.proofs}
        self._used = sorted((at, at not in texts) for at in (texts | typed) if at >= 0)
        self._texts = _getter([at for at, is_typed in self._used if not is_typed])
        self._typed = _getter([at for at, is_typed in self._used if is_typed])
        #: Texts that were looked at and are as they were meant: names, wordings.
        self._clean: set[str] = {""}
        self._encoding = encoding if encoding in CANDIDATES else ""
        # Thousands of rows share their names and wordings.
        self._tidied = lru_cache(maxsize=KEPT)(self._read)

    def is_plain(self, row: Sequence[str]) -> bool:
        """Whether nothing in a row that is used needs a look: so it is for most."""
        new = [cell for cell in self._texts(row) if cell not in self._clean]
        if new and not self._are_plain("".join(new)):
            return False
        return self._are_plain("".join(self._typed(row)))

    def _are_plain(self, joined: str) -> bool:
        return signs.are_plain(joined) and (not self._encoding or joined.isascii())

    def tidy(self, row: list[str], faults: list[tuple[int, str]]) -> list[Told]:
        """Change ``row`` in place; garbled cells become empty and go to ``faults``."""
        told: list[Told] = []
        for at, typed in self._used:
            cell = row[at]
            if not cell:
                continue
            if not (cell.isascii() and signs.are_plain(cell)):
                row[at], fault, changed = self._tidied(cell, typed=typed)
                if fault:
                    faults.append((at, fault))
                told += changed
            if not typed and row[at] == cell:
                self._note_clean(cell)
        return told

    def _note_clean(self, cell: str) -> None:
        if len(self._clean) >= KEPT:
            self._clean = {""}
        self._clean.add(cell)

    def _read(self, cell: str, *, typed: bool) -> tuple[str, str, Sequence[Told]]:
        """The cell as it was meant, what keeps it from being used, and what was changed in it."""
        if fault := self._garbled(cell):
            return "", fault, ()
        text, told = self._meant(cell, typed=typed)
        return text, "", told

    def _garbled(self, cell: str) -> str:
        if fault := signs.garbled(cell):
            return fault
        return DOUBTFUL if self._encoding and doubtful((cell,), self._encoding) else ""

    def _meant(self, cell: str, *, typed: bool) -> tuple[str, list[Told]]:
        seen, found = signs.visible(cell)
        # A text that our own export kept from running is itself; Excel's forced text isn't.
        text = cells.unguarded(seen)
        if text == seen:
            text, more = signs.unforced(seen, typed=typed)
            found += more
        return text, found


def _getter(places: list[int]) -> Callable[[Sequence[str]], Sequence[str]]:
    """The cells at these places, in one go."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda row: [row[at] for at in places]
