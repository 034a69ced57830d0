"""From a record of a contact table to a contact, and to what could not be used of it.

What is done with a cell that can't be read: the row is kept without it and the cell is reported
(a person with a bad e-mail address still gets the SMS). The row as a whole is refused when the
fault could send a message to the wrong person or at the wrong hour: a shifted row, an unknown
territory or zone, a key rounded by a spreadsheet or garbled, nothing that identifies the person.
Whatever is changed in a cell that is used is told.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.errors import AddressRefused
from scheduler.domain.people.addresses import Email, normalise_email
from scheduler.domain.people.contacts import BadRow, Noted, Proof, Row, Told
from scheduler.domain.people.phones import normalise_phone, was_completed
from scheduler.sources import ages, cells
from scheduler.sources.columns.found import ABSENT, Columns
from scheduler.sources.deaths import is_death
from scheduler.sources.fields import field_value
from scheduler.sources.no_person import is_header, no_person
from scheduler.sources.places import PlaceRefused, Places
from scheduler.sources.tidying import Tidy

_BAD_KEY = "rounded by a spreadsheet: set the column to text and type it again"
_NO_KEY = "no key, and no usable address to tell the person by"
_ROUNDED = re.compile(r"[0-9][.,][0-9]+E\+[0-9]+", re.IGNORECASE)
#: A row, what is wrong in it, and what is told of it.
Entry = Row | BadRow | Noted
#: The column of a cell that can't be used, and why.
_Faults = list[tuple[int, str]]


class RowReader:
    """Reads the records of one table for one audience.

    ``today`` is the last day on which anybody can have agreed or been born; None for the samples
    that the program ships.
    """

    def __init__(
        self,
        audience: Audience,
        columns: Columns,
        known_territory: Callable[[str], bool],
        today: date | None = None,
        encoding: str = "",
    ) -> None:
        self._audience = audience
        self._columns = columns
        self._today = today
        self._places = Places(audience, known_territory)
        self._tidy = Tidy(columns, encoding)
        # Thousands of rows share a few proofs.
        self._proof = lru_cache(maxsize=8192)(self._read_proof)
        self._dated = columns.birth != ABSENT or bool(columns.deaths)
        self._probe = columns.email if columns.email != ABSENT else columns.phone
        self._head = columns.names[self._probe].strip()
        self._width = columns.width

    def read(self, number: int, record: Sequence[str]) -> list[Entry]:
        """What a record gives: its faults, then the row if it is kept; nothing if it is blank."""
        width = self._width
        row = list(map(str.strip, record))
        if not any(row):
            return []
        if len(row) > width and any(row[width:]):
            return [_refused(number, "", "more cells than the header: a separator inside a cell?")]
        # The cell after the last one is what absent columns read.
        row[width:] = ("",) if len(row) >= width else ("",) * (width + 1 - len(row))
        if row[self._probe] == self._head and is_header(row, self._columns.names):
            return [Noted(number=number, what=Told.HEADER_AGAIN)]
        faults: _Faults = []
        told: list[Told] = []
        if not self._tidy.is_plain(row):
            told = self._tidy.tidy(row, faults)
            for at, reason in faults:
                if at in (self._columns.key, self._columns.territory, self._columns.zone):
                    return [_refused(number, self._columns.names[at], reason)]
        return self._read(number, row, faults, told)

    def _read(self, number: int, row: list[str], faults: _Faults, told: list[Told]) -> list[Entry]:
        columns = self._columns
        zone, territory = row[columns.zone], row[columns.territory]
        try:
            place = self._places.find(zone, territory)
        except PlaceRefused as fault:
            at = columns.zone if fault.meaning == "zone" else columns.territory
            return _nobody(number, row) or [_refused(number, columns.names[at], fault.reason)]
        email = self._email(row[columns.email], faults)
        phone = None
        if number_as_typed := row[columns.phone]:
            dialled = self._places.dialled(zone, territory, row[columns.postcode])
            phone = self._phone(number_as_typed, dialled, faults, told)
        if email is None and phone is None and (nobody := _nobody(number, row)):
            return nobody
        key = row[columns.key] or (email.identity if email else phone) or ""
        if not key or _ROUNDED.fullmatch(key):
            faults.append((columns.key, _BAD_KEY if key else _NO_KEY))
            return [_refused(number, columns.names[at], reason) for at, reason in faults]
        aside = self._aside(row, faults) if self._dated else None
        kept = Row(
            number=number,
            key=key,
            email=email,
            phone=phone,
            language=self._language(row[columns.language], faults),
            easy_to_read=bool(falc := row[columns.easy_to_read])
            and self._easy_to_read(falc, faults),
            zone=place.zone,
            territory=place.territory,
            fields=self._fields(row, faults, told),
            proofs=self._proofs(row, faults, told),
            entered=self._entered(day, faults) if (day := row[columns.entered]) else None,
        )
        if aside:
            return [Noted(number=number, what=aside, person=kept)]
        if not faults and not told:
            return [kept]
        return [
            *(
                BadRow(number=number, column=columns.names[at], reason=reason, kept=True)
                for at, reason in faults
            ),
            *(Noted(number=number, what=what) for what in dict.fromkeys(told)),
            kept,
        ]

    def _aside(self, row: list[str], faults: _Faults) -> Told | None:
        """Why nobody is to be written to; a cell that can't be understood is no reason."""
        columns, minimum = self._columns, self._audience.minimum_age
        dead = False
        for at in columns.deaths:
            try:
                dead |= is_death(row[at], self._today)
            except ValueError as fault:
                faults.append((at, str(fault)))
        if dead:
            return Told.DECEASED
        try:
            young = ages.is_too_young(row[columns.birth], self._today, minimum)
        except ValueError as fault:
            faults.append((columns.birth, str(fault)))
            return None
        return Told.TOO_YOUNG if young else None

    def _email(self, raw: str, faults: _Faults) -> Email | None:
        if not raw:
            return None
        try:
            return normalise_email(raw)
        except AddressRefused as fault:
            faults.append((self._columns.email, str(fault)))
            return None

    def _phone(self, raw: str, territory: str, faults: _Faults, told: list[Told]) -> str | None:
        try:
            number = normalise_phone(raw, territory)
        except AddressRefused as fault:
            faults.append((self._columns.phone, str(fault)))
            return None
        if raw[0] != "0" and was_completed(raw, number):
            told.append(Told.NUMBER)
        return number

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

    def _fields(self, row: list[str], faults: _Faults, told: list[Told]) -> dict[str, str]:
        fields = {}
        for field, at in self._columns.fields:
            value = row[at]
            if not value:
                continue
            try:
                fields[field.name] = field_value(field, value)
            except ValueError as fault:
                faults.append((at, str(fault)))
                continue
            if field.type == "date" and cells.is_day_count(value):
                told.append(Told.DAY_COUNT)
        return fields

    def _entered(self, raw: str, faults: _Faults) -> date | None:
        """A day that can't be read is told, and the row is kept without it."""
        if not cells.has_day(raw):
            return None
        try:
            return cells.day(raw)
        except ValueError as fault:
            at = self._columns.entered
            if (told := (at, str(fault))) not in faults:
                faults.append(told)
            return None

    def _proofs(self, row: list[str], faults: _Faults, told: list[Told]) -> dict[str, Proof]:
        proofs = {}
        for at in self._columns.proofs:
            if not row[at.date]:
                continue
            try:
                proof, counted = self._proof(row[at.date], row[at.how], row[at.wording])
            except ValueError as fault:
                # One column serves several channels: its cell is told once.
                if (told_once := (at.date, str(fault))) not in faults:
                    faults.append(told_once)
                continue
            proofs[at.channel] = proof
            if counted:
                told.append(Told.DAY_COUNT)
        return proofs

    def _read_proof(self, when: str, how: str, wording: str) -> tuple[Proof, bool]:
        """And whether its day is a spreadsheet's count."""
        given = cells.day(when)
        if self._today is not None and given > self._today:
            raise ValueError("consent of a day to come: no proof")
        if given < self._audience.consent_since:
            since = self._audience.consent_since.isoformat()
            raise ValueError(f"consent from before {since} (consent_since): no proof")
        if not how or not wording:
            raise ValueError("consent without how it was given and to which words proves nothing")
        return Proof(date=given, how=how, wording=wording), cells.is_day_count(when)


def _refused(number: int, column: str, reason: str) -> BadRow:
    return BadRow(number=number, column=column, reason=reason, kept=False)


def _nobody(number: int, row: Sequence[str]) -> list[Entry]:
    what = no_person(row)
    return [Noted(number=number, what=what)] if what else []
