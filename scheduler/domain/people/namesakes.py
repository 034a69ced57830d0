"""Who of a file has the name of somebody whose objection holds, under another key and address.

Two hospitals that merge give new keys and new addresses at once: nothing then ties a person to the
objection they made but their name. A name alone proves nothing, so nobody is barred by it: the rows
are told, and a person looks.
"""

from collections.abc import Iterable, Sequence

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.people.contacts import Row
from scheduler.domain.people.identity import name_as_compared, names_a_person, names_in
from scheduler.domain.people.same_person import FIRST_NAME


class Namesakes:
    """The names of those whose objection holds; a first name alone is nobody's."""

    def __init__(self, audience: Audience, refusing: Iterable[Sequence[str]]) -> None:
        self._audience = audience
        self._names: set[tuple[str, ...]] = set()
        if any(names_a_person(one) and one.name != FIRST_NAME for one in audience.fields):
            names = map(name_as_compared, refusing)
            self._names = {name for name in names if len(name) > 1}

    def among(self, rows: Iterable[Row]) -> list[Row]:
        if not self._names:
            return []
        return [
            row
            for row in rows
            if name_as_compared(names_in(row.fields, self._audience)) in self._names
        ]
