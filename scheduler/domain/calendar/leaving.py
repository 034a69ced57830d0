"""Whether a slot of the calendar will leave, and on its day, as far as the ledger knows."""

from collections.abc import Iterable
from datetime import datetime

from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.calendar.windows import zone_named
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.planning import OccurrenceRow
from scheduler.domain.values import frozen

#: Campaign, episode, season.
Season = tuple[str, str, str]
#: What leaves no more as the calendar has it.
OVER = (OccurrenceState.CANCELLED, OccurrenceState.MISSED, OccurrenceState.FINISHED)


@frozen
class Exceptions:
    """What people did to occurrences, so that they don't leave when the calendar says."""

    cancelled: frozenset[Season] = frozenset()
    #: Season and audience, and when it was brought forward by hand.
    by_hand: frozenset[tuple[Season, str, datetime]] = frozenset()

    def takes_day(self, one: Planned) -> bool:
        """Whether nothing weaker may leave on its day: it is then that it leaves itself."""
        season = season_of(one.occurrence)
        if season in self.cancelled:
            return False
        day = one.due_there.date() if one.due_there else None
        zone = zone_named(one.place.zone)
        mine = [at for each, name, at in self.by_hand if (each, name) == (season, one.audience)]
        return all(at.astimezone(zone).date() == day for at in mine)


def exceptions(rows: Iterable[OccurrenceRow]) -> Exceptions:
    found = list(rows)
    return Exceptions(
        cancelled=frozenset(
            season_of(row) for row in found if row.state is OccurrenceState.CANCELLED
        ),
        by_hand=frozenset(
            (season_of(row), name, at) for row in found for name, at in row.forced.items()
        ),
    )


def season_of(one: Occurrence | OccurrenceRow) -> Season:
    """What makes it unique, whatever its date."""
    return one.campaign, one.episode, one.season
