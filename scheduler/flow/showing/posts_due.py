"""Which posts a person is reminded of: those of messages that left, on their advised days."""

from collections.abc import Sequence
from datetime import date

from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.showing.desk import OccurrenceView
from scheduler.domain.twins import post_is_due
from scheduler.flow.agenda import Agenda

#: Some of its readers got it.
_LEFT = (OccurrenceState.RUNNING, OccurrenceState.FINISHED)


def posts_due(agenda: Agenda, views: Sequence[OccurrenceView], today: date) -> list[OccurrenceView]:
    """Each message once, that its writers gave a post's line."""
    holidays = agenda.hours.holidays
    due = {
        view.message: view
        for view in views
        if view.state in _LEFT and view.message and post_is_due(view.date, today, holidays)
    }
    return [view for message, view in due.items() if _has_post(agenda, message)]


def _has_post(agenda: Agenda, message: str) -> bool:
    try:
        return any(one.post for one in agenda.library.load(message).twins.values())
    except (ContentError, NotFound):
        return False
