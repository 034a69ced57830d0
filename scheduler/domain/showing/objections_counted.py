"""How many people asked for no more, by week and by the message they had just received.

An opt-out doesn't say which message it answers: it is counted with the last one that its person
got on that channel, where that was not long before.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.domain.ids import AddressId
from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen

#: Weeks that the desk tells, this one included.
WEEKS = 12
#: After that long an opt-out is no answer to a message.
ANSWERS = timedelta(days=14)

#: Campaign, episode, season, nominal date.
Occasion = tuple[str, str, str, date]


@frozen
class Objected(Dated):
    """Somebody who asked for no more, or called a message spam."""

    #: Of their address: one person may say it several times.
    address: AddressId
    #: UTC.
    at: datetime
    #: The last message sent to them before, if there was one; None: none, or it is forgotten.
    after: Occasion | None


def first_week(today: date) -> date:
    """The Monday from which on the desk counts."""
    return _monday(today) - timedelta(weeks=WEEKS - 1)


def by_week(found: Iterable[Objected], zone: ZoneInfo, today: date) -> dict[date, int]:
    """Monday -> people, the latest first, weeks without anybody too."""
    people = {(_monday(one.at.astimezone(zone).date()), one.address) for one in found}
    counted = Counter(week for week, _ in people)
    mondays = [_monday(today) - timedelta(weeks=ago) for ago in range(WEEKS)]
    return {monday: counted[monday] for monday in mondays}


def by_message(found: Iterable[Objected]) -> Mapping[Occasion | None, int]:
    """Occurrence -> people, most people first; None: those who answered no message."""
    people = {(one.after, one.address) for one in found}
    # Somebody who is counted with a message isn't counted without one too.
    answered = {address for after, address in people if after is not None}
    counted = Counter(
        after for after, address in people if after is not None or address not in answered
    )
    return dict(sorted(counted.items(), key=_most_first))


def _most_first(counted: tuple[Occasion | None, int]) -> tuple[bool, int, str]:
    occasion, people = counted
    return occasion is None, -people, str(occasion)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
