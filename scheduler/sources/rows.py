"""From a record of a contact table to a contact, and to what could not be used of it.

What is done with a cell that can't be read: the row is kept without it and the cell is reported
(a person with a bad e-mail address still gets the SMS). The row as a whole is refused when the
fault could send a message to the wrong person or at the wrong hour: a shifted row, an unknown
territory or zone, a key rounded by a spreadsheet, nothing that identifies the person.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from scheduler.domain.campaigns import Audience, AudienceField, Place
from scheduler.domain.contacts import BadRow, Proof, Row
from scheduler.domain.errors import AddressRefused
from scheduler.domain.holidays import zone_of
from scheduler.domain.people import Email, normalise_email, normalise_phone
from scheduler.sources import cells
from scheduler.sources.columns import Columns

#: Characters of a declared field; nobody's name or department is longer.
MAX_FIELD = 500
_BAD_KEY = "rounded by a spreadsheet: set the column to text and type it again"
_NO_KEY = "no key, and no usable address to tell the person by"
#: The column of a cell that can't be used, and why.
_Faults = list[tuple[int, str]]
_ROUNDED = re.compile(r"[0-9][.,][0-9]+E\+[0-9]+", re.IGNORECASE)


class RowReader:
    """Reads the records of one table for one audience."""

    def __init__(
        self, audience: Audience, columns: Columns, known_territory: Callable[[str], bool]
    ) -> None:
        self._audience = audience
        self._columns = columns
        self._known_territory = known_territory
        # Thousands of rows share a few places and a few proofs.
        self._place = lru_cache(maxsize=1024)(self._find_place)
        self._proof = lru_cache(maxsize=8192)(_read_proof)

    def read(self, number: int, record: Sequence[str]) -> list[Row | BadRow]:
        """What a record gives: its faults, then the row if it is kept; nothing if it is blank."""
        width = self._columns.width
        row = list(map(str.strip, record))
        if not any(row):
            return []
        if "'" in "".join(row):
            row = list(map(cells.unguarded, row))
        if len(row) > width and any(row[width:]):
            return [_refused(number, "", "more cells than the header: a separator inside a cell?")]
        # The cell after the last one is what absent columns read.
        row[width:] = [""] * max(1, width + 1 - len(row))
        return self._read(number, row)

    def _read(self, number: int, row: list[str]) -> list[Row | BadRow]:
        columns = self._columns
        faults: _Faults = []
        try:
            place = self._place(row[columns.zone], row[columns.territory])
        except _PlaceRefused as fault:
            return [_refused(number, columns.names[fault.column], fault.reason)]
        email = self._email(row[columns.email], faults)
        phone = self._phone(row[columns.phone], place.territory, faults)
        key = row[columns.key] or (email.identity if email else phone) or ""
        if not key or _ROUNDED.fullmatch(key):
            faults.append((columns.key, _BAD_KEY if key else _NO_KEY))
            return [_refused(number, columns.names[at], reason) for at, reason in faults]
        kept = Row(
            number=number,
            key=key,
            email=email,
            phone=phone,
            language=self._language(row[columns.language], faults),
            easy_to_read=self._easy_to_read(row[columns.easy_to_read], faults),
            zone=place.zone,
            territory=place.territory,
            fields=self._fields(row, faults),
            proofs=self._proofs(row, faults),
        )
        found: list[Row | BadRow] = [kept]
        if faults:
            found[:0] = [
                BadRow(number=number, column=columns.names[at], reason=reason, kept=True)
                for at, reason in faults
            ]
        return found

    def _find_place(self, zone: str, territory: str) -> Place:
        known = self._audience.territory
        if territory:
            names = cells.territory_names(territory)
            known = next((name for name in names if self._known_territory(name)), "")
            if not known:
                raise _PlaceRefused(
                    self._columns.territory,
                    "no known territory: write FR, a department, 971 to 976, BL, MF, NC, PF, WF",
                )
        if not zone:
            return Place(zone=zone_of(known) if territory else self._audience.zone, territory=known)
        try:
            return Place(zone=cells.zone(zone), territory=known)
        except ValueError as fault:
            raise _PlaceRefused(self._columns.zone, str(fault)) from None

    def _email(self, raw: str, faults: _Faults) -> Email | None:
        if not raw:
            return None
        try:
            return normalise_email(raw)
        except AddressRefused as fault:
            faults.append((self._columns.email, str(fault)))
            return None

    def _phone(self, raw: str, territory: str, faults: _Faults) -> str | None:
        if not raw:
            return None
        try:
            return normalise_phone(raw, territory)
        except AddressRefused as fault:
            faults.append((self._columns.phone, str(fault)))
            return None

    def _language(self, raw: str, faults: _Faults) -> str:
        if not raw:
            return self._audience.language
        try:
            return cells.language(raw)
        except ValueError as fault:
            faults.append((self._columns.language, str(fault)))
            return self._audience.language

    def _easy_to_read(self, raw: str, faults: _Faults) -> bool:
        try:
            return cells.yes_no(raw)
        except ValueError as fault:
            faults.append((self._columns.easy_to_read, str(fault)))
            return False

    def _fields(self, row: list[str], faults: _Faults) -> dict[str, str]:
        fields = {}
        for field, at in self._columns.fields:
            value = row[at]
            if not value:
                continue
            if field.type == "text" and len(value) <= MAX_FIELD:
                fields[field.name] = value
                continue
            try:
                fields[field.name] = _typed(field, value)
            except ValueError as fault:
                faults.append((at, str(fault)))
        return fields

    def _proofs(self, row: list[str], faults: _Faults) -> dict[str, Proof]:
        proofs = {}
        for at in self._columns.proofs:
            if not row[at.date]:
                continue
            try:
                proofs[at.channel] = self._proof(row[at.date], row[at.how], row[at.wording])
            except ValueError as fault:
                faults.append((at.date, str(fault)))
        return proofs


class _PlaceRefused(Exception):
    def __init__(self, column: int, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def _refused(number: int, column: str, reason: str) -> BadRow:
    return BadRow(number=number, column=column, reason=reason, kept=False)


def _typed(field: AudienceField, value: str) -> str:
    if field.type == "date":
        return cells.day(value).isoformat()
    if field.type == "yes-no":
        return "yes" if cells.yes_no(value) else "no"
    raise ValueError(f"longer than {MAX_FIELD} characters")


def _read_proof(when: str, how: str, wording: str) -> Proof:
    given = cells.day(when)
    if not how or not wording:
        raise ValueError("consent without how it was given and to which words proves nothing")
    return Proof(date=given, how=how, wording=wording)
