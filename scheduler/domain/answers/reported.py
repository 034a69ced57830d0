"""What staff report, counted by week: copies in a folder of their own, of which only ids and dates
are known."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen

#: A date further ahead than that is a server's mistake: the copy came today.
_AHEAD = timedelta(days=1)


@frozen
class Copy(Dated):
    """A message in the folder: its number there, and when it came (aware)."""

    number: int
    at: datetime


@frozen
class Upto(Dated):
    """How far a folder was counted."""

    #: Which folder its numbers are of; another one begins again.
    validity: str = ""
    #: The last number that was counted.
    number: int = 0
    #: The latest date that was counted (UTC); None: none was.
    at: datetime | None = None


@frozen
class Counted:
    """What a look adds."""

    #: Monday -> copies.
    weeks: Mapping[date, int]
    upto: Upto


def count(
    copies: Sequence[Copy], validity: str, upto: Upto, now: datetime, zone: ZoneInfo
) -> Counted:
    """Each copy once. Of a folder that was made anew nobody knows which were counted: those that
    came after the latest one that was."""
    same = validity == upto.validity
    weeks: Counter[date] = Counter()
    number, latest = upto.number if same else 0, upto.at
    for one in copies:
        number = max(number, one.number)
        at = now if one.at > now + _AHEAD else one.at.astimezone(UTC)
        is_new = one.number > upto.number if same else upto.at is None or at > upto.at
        if not is_new:
            continue
        weeks[_monday(at.astimezone(zone).date())] += 1
        latest = at if latest is None else max(latest, at)
    return Counted(weeks=weeks, upto=Upto(validity=validity, number=number, at=latest))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
