"""What of an event somebody may not have thought of, told before its date is confirmed: messages
whose day is over, thanks to people whom nobody invited, a Sunday, a holiday."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from scheduler.domain.calendar import dates as calendar
from scheduler.domain.calendar.campaigns import Campaign, CampaignKind, Occurrence
from scheduler.domain.calendar.changes import Change, Facet
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.calendar.holidays import SUNDAY, HolidayCalendar
from scheduler.domain.calendar.leaving import Season, season_of
from scheduler.domain.delivery import OccurrenceState
from scheduler.domain.planning import OccurrenceRow
from scheduler.domain.words.french import french_date
from scheduler.flow.agenda import Agenda
from scheduler.flow.showing.titles import message_of

#: Days of an event that are looked at.
_LONGEST = 31
#: How long after its day an e-mail may still leave.
_LATEST = timedelta(days=1)


def dated_event(agenda: Agenda, change: Change) -> Campaign | None:
    """The event whose date a change says; None: it says none."""
    if change.says is None or change.facet not in (Facet.EVENT, Facet.DATES):
        return None
    for one in agenda.campaigns:  # untaken: what isn't there was refused before
        if one.name == change.campaign and one.kind is CampaignKind.EVENT and one.starts:
            return None if one.cancelled else one
    return None


def look(
    agenda: Agenda,
    change: Change,
    slots_of: Callable[[Occurrence], Sequence[Planned]],
    left: Mapping[Season, OccurrenceRow],
    now: datetime,
    *,
    fresh: bool,
) -> Iterator[str]:
    """In French. ``slots_of``: where and when one leaves; ``left``: what changes no more;
    ``fresh``: the event wasn't there yet, and nothing of before is caught up with."""
    event = dated_event(agenda, change)
    if event is None:
        return
    yield from _days(event, agenda.hours.holidays)
    before: list[Occurrence] = []
    after: list[Occurrence] = []
    missed: list[Occurrence] = []
    for one in calendar.occurrences(event, date.min, date.max, agenda.hours.holidays):
        season = season_of(one)
        is_thanks = agenda.episode(one).when == "thanks"
        (after if is_thanks else before).append(one)
        if season in left:
            if left[season].state is OccurrenceState.MISSED:
                missed.append(one)
            continue
        told, is_missed = _passed(one, slots_of, now, fresh=fresh)
        if told:
            yield f"{_name(agenda, one)} : {told}"
        if is_missed:
            missed.append(one)
    if before and before[0] in missed:
        yield from _uninvited(agenda, event, [one for one in after if one not in missed])


def _passed(
    one: Occurrence,
    slots_of: Callable[[Occurrence], Sequence[Planned]],
    now: datetime,
    *,
    fresh: bool,
) -> tuple[str, bool]:
    """What is said of a message whose day or hour is over, and whether nobody gets it."""
    if one.date < now.date() - _LATEST:
        return "ce jour est passé, ce message ne partirait pas", True
    slots = [each.slot for each in slots_of(one)]
    closing = [
        each.due_at if fresh else each.start_by or each.due_at for each in slots if each.due_at
    ]
    over = [until for until in closing if until and until <= now]
    if not over:
        late = closing and one.date < now.date()
        return ("ce jour est passé, ce message partirait tout de suite" if late else ""), False
    if len(over) == len(closing):
        return "son heure est passée, ce message ne partirait pas", True
    return "son heure est passée là où vivent certains destinataires : ils ne l'auraient pas", False


def _uninvited(agenda: Agenda, event: Campaign, thanks: Sequence[Occurrence]) -> Iterator[str]:
    labels = " et ".join(f"« {agenda.audiences[name].label} »" for name in event.audiences)
    for one in thanks:
        yield (
            f"{_name(agenda, one)} : il partirait à {labels}, à qui l'invitation ne sera pas "
            "parvenue ; sautez ensuite cet envoi, ou choisissez une date plus lointaine"
        )


def _days(event: Campaign, holidays: HolidayCalendar) -> Iterator[str]:
    """Days of the event on which people may be away."""
    first = event.starts
    if first is None:  # untaken: an event without a date isn't looked at
        return
    last = event.ends or first
    for ahead in range(min((last.date() - first.date()).days, _LONGEST) + 1):
        day = first.date() + timedelta(days=ahead)
        if name := holidays.name(day):
            yield f"L'événement tombe un jour férié : {french_date(day)} ({name})"
        elif day.weekday() == SUNDAY:
            yield f"L'événement tombe un dimanche : {french_date(day)}"


def _name(agenda: Agenda, one: Occurrence) -> str:
    title = message_of(agenda, one.campaign, one.episode)[1]
    return f"« {title} » du {french_date(one.date)}"
