"""Which occurrences somebody may send now from their page."""

from scheduler.bootstrap import App
from scheduler.domain.calendar.campaigns import Occurrence
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import NotFound
from scheduler.flow.steering.by_hand import occurrence_to_send

MAY_LEAVE = (OccurrenceState.SCHEDULED, OccurrenceState.HELD, OccurrenceState.MISSED)


def may_be_sent(app: App, printed: str, state: OccurrenceState | None) -> bool:
    return (state is None or state in MAY_LEAVE) and sendable(app, printed) is not None


def sendable(app: App, printed: str) -> Occurrence | None:
    """What the calendar has under this id, if it is the next one of its kind."""
    campaign, _, rest = printed.partition("/")
    try:
        today = app.clock().date()
        one = occurrence_to_send(app.agenda, campaign, rest.rpartition("/")[0], "", today)
    except NotFound:
        return None
    return one if one.id == printed else None
