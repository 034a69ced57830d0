"""Which posts a person is reminded of, on their advised days: of messages that left, and of those
that announce what is still ahead."""

from collections.abc import Sequence
from datetime import date

from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.showing.desk import OccurrenceView
from scheduler.domain.twins import post_is_due
from scheduler.flow.agenda import Agenda
from scheduler.flow.writing.post_days import advised_days

#: Some of its readers got it.
_LEFT = (OccurrenceState.RUNNING, OccurrenceState.FINISHED)
#: It is still to leave.
_COMING = OccurrenceState.SCHEDULED


def posts_due(agenda: Agenda, views: Sequence[OccurrenceView], today: date) -> list[OccurrenceView]:
    """Each message once, that its writers gave a post's line."""
    wanted = {
        (one.message, one.sent_on): one.announces
        for one, day in advised_days(agenda, today).items()
        if post_is_due(day, today)
    }
    due = {
        view.message: view
        for view in views
        if (announces := wanted.get((view.message, view.date))) is not None
        and (view.state in _LEFT or (announces and view.state is _COMING))
    }
    return [view for message, view in due.items() if has_post(agenda, message)]


def has_post(agenda: Agenda, message: str) -> bool:
    try:
        return any(one.post for one in agenda.library.load(message).twins.values())
    except (ContentError, NotFound):
        return False
