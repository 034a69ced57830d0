"""What a cell of an audience's declared field may hold."""

from datetime import date
from functools import lru_cache

from scheduler.domain.calendar.campaigns import AudienceField
from scheduler.domain.people.identity import names_a_person
from scheduler.domain.people.no_name import is_no_name
from scheduler.domain.people.self_linking import links_itself
from scheduler.sources import cells

#: Characters of a declared field; nobody's name or department is longer.
MAX_FIELD = 500
#: Days that a person's field may hold: births of the living, ends of contracts.
_FIRST, _LAST = date(1900, 1, 1), date(2100, 12, 31)
NO_NAME = "no name: a code for nothing, a program's signs, or letters that were lost"
LINK = "an address or a number, which mail programs would make a link of"


def field_value(field: AudienceField, value: str) -> str:
    """As it is kept: 2026-10-04, ``yes``, or the text. Raises ValueError with the reason."""
    if field.type == "text":
        if names_a_person(field) and is_no_name(field.name, value):
            raise ValueError(NO_NAME)
        return _text(value)
    if field.type == "date":
        day = cells.day(value)
        if not _FIRST <= day <= _LAST:
            raise ValueError("no plausible day: not between 1900 and 2100")
        return day.isoformat()
    return "yes" if cells.yes_no(value) else "no"


@lru_cache(maxsize=16_384)
def _text(value: str) -> str:
    if len(value) > MAX_FIELD:
        raise ValueError(f"longer than {MAX_FIELD} characters")
    if links_itself(value):
        raise ValueError(LINK)
    return value
