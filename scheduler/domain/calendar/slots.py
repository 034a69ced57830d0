"""When an occurrence comes due on one channel, for one audience, in one place."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from scheduler.domain.calendar.campaigns import (
    Audience,
    Campaign,
    CampaignKind,
    Episode,
    Occurrence,
    People,
    Place,
    Shift,
    SlotTime,
    hour_of,
)
from scheduler.domain.calendar.dates import event_start
from scheduler.domain.calendar.holidays import SUNDAY
from scheduler.domain.calendar.windows import LOOK_AHEAD, Hours, instant, window, zone_named
from scheduler.domain.channels import EMAIL, SMS, channel_label
from scheduler.domain.words.french import WEEKDAYS, french_date, french_time

_SHIFTS = {
    Shift.MONDAY: (timedelta(days=1), "reporté au lundi"),
    Shift.SATURDAY: (timedelta(days=-1), "avancé au samedi"),
}
#: Today's rule and its date, as people read it.
NOT_ON_SUNDAY = (
    "pas le dimanche, notre règle (la charte des opérateurs du 1er mars 2026 le tolère sans le "
    "recommander)"
)
STAFFS_SUNDAY = "pas le dimanche (droit à la déconnexion, loi du 8 août 2016)"


def slot_time(
    occurrence: Occurrence,
    campaign: Campaign,
    episode: Episode,
    channel: str,
    audience: Audience,
    place: Place,
    hours: Hours,
) -> SlotTime:
    """The due instant with its limits, or why there is none.

    A Sunday message follows the audience's shift, unless a person sends it by hand. A day the
    channel is closed gives way to the next allowed one within seven. What announces an event never
    comes due after its start, and a ``j-1`` never moves. Raises KeyError when the audience has no
    such channel.
    """
    terms = audience.channels[channel]
    hours = hours.for_audience(audience.name)
    day, at = occurrence.date, hour_of(campaign, episode, occurrence.season)
    reason = ""
    if day.weekday() == SUNDAY and episode.when != "by-hand":
        if terms.shift is Shift.SUNDAY:
            at = terms.shift_at or at
        elif terms.shift is not Shift.NONE:
            step, move = _SHIFTS[terms.shift]
            why = _why_not_sunday(channel, audience, hours)
            reason = f"{channel_label(channel)} {move} : {why}"
            day, at = day + step, terms.shift_at or at
        elif channel != EMAIL.name:
            return never(f"pas de {channel_label(channel)} pour les messages du dimanche")
    slot = _from_day(day, at, channel, place, hours, reason)
    due = local_due(slot, place)
    if due and is_pinned(campaign, episode) and due.date() != occurrence.date:
        return never(f"la veille de l'événement ne se déplace pas ({slot.reason})")
    return before_event(slot, campaign, episode)


def slot_on(day: date, at: time, channel: str, place: Place, hours: Hours) -> SlotTime | None:
    """The slot of exactly this local day, at ``at`` or at the opening if that is later.

    None when the channel is closed that day, or already closed at that hour.
    """
    bounds = window(channel, day, place, hours)
    wanted = instant(day, at, place.zone)
    if bounds is None or wanted >= bounds[1]:
        return None
    opens, closes = bounds
    due = max(wanted, opens)
    terms = hours.of(channel)
    return SlotTime(
        due_at=due,
        start_by=due + terms.catch_up if terms.catch_up else closes,
        not_after=due + terms.life if terms.life else _next_close(channel, day, place, hours),
        reason=f"à l'ouverture de la plage {channel_label(channel)}" if due > wanted else "",
    )


def before_event(slot: SlotTime, campaign: Campaign, episode: Episode) -> SlotTime:
    """The slot with its limits brought back to the event's start, if it announces one."""
    start = event_start(campaign)
    if slot.due_at is None or start is None or episode.when in ("thanks", "by-hand"):
        return slot
    if slot.due_at >= start:
        return never(also(slot.reason, "l'événement aurait déjà commencé"))
    return replace(
        slot,
        start_by=min(slot.start_by or start, start),
        not_after=min(slot.not_after or start, start),
    )


def is_pinned(campaign: Campaign, episode: Episode) -> bool:
    """Whether the message only makes sense on its own day: the eve of an event."""
    return campaign.kind is CampaignKind.EVENT and episode.when == "j-1"


def local_due(slot: SlotTime, place: Place) -> datetime | None:
    """The due instant in local time; None when it never comes."""
    return slot.due_at.astimezone(zone_named(place.zone)) if slot.due_at else None


def never(reason: str) -> SlotTime:
    return SlotTime(due_at=None, reason=reason)


def also(reason: str, more: str) -> str:
    """Two reasons, either of which may be empty, as one sentence."""
    return " ; ".join(part for part in (reason, more) if part)


def _from_day(
    day: date, at: time, channel: str, place: Place, hours: Hours, reason: str
) -> SlotTime:
    """The slot of the first allowed day from ``day`` on."""
    slot = slot_on(day, at, channel, place, hours)
    if slot is not None:
        return replace(slot, reason=also(reason, slot.reason))
    why = _why_closed(day, at, channel, place, hours)
    for ahead in range(1, LOOK_AHEAD.days + 1):
        other = day + timedelta(days=ahead)
        if slot := slot_on(other, at, channel, place, hours):
            moved = f"{channel_label(channel)} reporté au {french_date(other)} : {why}"
            return replace(slot, reason=also(also(reason, moved), slot.reason))
    return never(also(reason, f"{why}, et aucun jour permis dans les sept qui suivent"))


def _why_closed(day: date, at: time, channel: str, place: Place, hours: Hours) -> str:
    if hours.on(channel, day, place.territory) is not None:
        return f"la plage du {french_date(day)} est déjà fermée à {french_time(at)}"
    name = hours.holidays.name(day, place.territory)
    if name and hours.of(channel).on(day.weekday()) is not None:
        return f"jour férié ({name}), qui compte comme un dimanche"
    if day.weekday() == SUNDAY:
        return NOT_ON_SUNDAY if channel == SMS.name else "pas le dimanche"
    return f"jamais le {WEEKDAYS[day.weekday()]}"


def _why_not_sunday(channel: str, audience: Audience, hours: Hours) -> str:
    if hours.of(channel).on(SUNDAY) is None:
        if channel != SMS.name:
            return "pas le dimanche"
        return STAFFS_SUNDAY if audience.people is People.STAFF else NOT_ON_SUNDAY
    return "réglage de ce public pour le dimanche"


def _next_close(channel: str, day: date, place: Place, hours: Hours) -> datetime:
    """The close of the next allowed day after ``day``, or of ``day`` itself if none is near."""
    aheads = (*range(1, LOOK_AHEAD.days + 1), 0)
    found = (window(channel, day + timedelta(days=ahead), place, hours) for ahead in aheads)
    return next(bounds[1] for bounds in found if bounds)
