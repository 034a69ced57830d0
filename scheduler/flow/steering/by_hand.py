"""Sending by hand: an occurrence brought forward, or one that no calendar has.

It keeps its id and season, so that saying it twice sends once; windows, opt-outs and consent hold
as for any other.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from scheduler.domain.calendar import dates as calendar
from scheduler.domain.calendar import slots, windows
from scheduler.domain.calendar.campaigns import (
    Audience,
    Campaign,
    CampaignKind,
    Episode,
    Occurrence,
    SlotTime,
)
from scheduler.domain.calendar.conflicts import Planned
from scheduler.domain.errors import NotFound
from scheduler.domain.ids import OccurrenceId
from scheduler.domain.names.typed_names import folded, same
from scheduler.domain.planning import OccurrenceRow, PlaceRow, SlotKey, SlotRow
from scheduler.flow.agenda import Agenda


def occurrence_to_send(
    agenda: Agenda, campaign_name: str, episode_name: str, key: str, today: date
) -> Occurrence:
    """The occurrence that ``send-now`` means. Raises NotFound, in words.

    This season's of the calendar; for a message off the calendar, the one that ``key`` names.
    """
    campaign = agenda.configuration.campaign(campaign_name)
    episode = next((one for one in campaign.episodes if same(one.name, episode_name)), None)
    if episode is None:
        known = ", ".join(one.name for one in campaign.episodes)
        raise NotFound(f"campaign {campaign_name} has no episode {episode_name!r}: it has {known}")
    # Typed by people: the same sending, however it is written the second time.
    season = folded(key)
    if key.strip() and not season:
        raise NotFound(f"--key {key!r} names nothing: give it letters or digits")
    by_hand = Occurrence(campaign=campaign.name, episode=episode.name, season=season, date=today)
    if campaign.kind is CampaignKind.ONBOARDING:
        raise NotFound(
            f"{campaign_name}/{episode.name} goes by itself to whoever enters, week by week: there "
            "is nothing to send by hand"
        )
    if is_off_calendar(campaign, episode):
        if not season:
            raise NotFound(
                f"{campaign_name}/{episode_name} is off the calendar: give this sending a name "
                "with --key (the same key never sends twice)"
            )
        return by_hand
    if campaign.kind is CampaignKind.EVENT and episode.when == "by-hand":
        # An event may move twice: each of its moves may have a name.
        return by_hand
    found = calendar.current(campaign, episode, today, agenda.hours.holidays)
    if found is None:
        raise NotFound(f"{campaign_name}/{episode_name} has no date: type it in config.yaml first")
    return found


def is_off_calendar(campaign: Campaign, episode: Episode) -> bool:
    """No calendar dates it: each of its sendings has a name of its own."""
    return campaign.kind is not CampaignKind.EVENT and episode.when == "by-hand"


def forced_slots(
    agenda: Agenda,
    row: OccurrenceRow,
    places: Mapping[str, Sequence[PlaceRow]],
    marks: Mapping[tuple[OccurrenceId, SlotKey], SlotRow],
) -> Iterator[Planned]:
    """The slots of an occurrence brought forward that were not planned since it was, or missed."""
    if not row.forced:
        return
    named = (one for one in agenda.configuration.campaigns if one.name == row.campaign)
    campaign = next(named, None)
    episodes = campaign.episodes if campaign else ()
    episode = next((one for one in episodes if one.name == row.episode), None)
    if campaign is None or episode is None:
        return
    for name, since in row.forced.items():
        audience = agenda.audiences.get(name)
        if audience is None:
            continue
        for one in slots_by_hand(
            agenda, campaign, episode, row, audience, since, places.get(name, ())
        ):
            key = SlotKey(channel=one.channel, audience=name, place=one.place)
            mark = marks.get((row.occurrence_id, key))
            if mark is None or mark.missed or mark.planning or mark.planned_at < since:
                yield one


def slots_by_hand(
    agenda: Agenda,
    campaign: Campaign,
    episode: Episode,
    row: OccurrenceRow,
    audience: Audience,
    since: datetime,
    places: Sequence[PlaceRow],
) -> Iterator[Planned]:
    """Every slot of an audience for what a person made due at ``since``: the next open hour."""
    occurrence = Occurrence(
        campaign=row.campaign, episode=row.episode, season=row.season, date=row.date
    )
    hours = agenda.hours.for_audience(audience.name)
    for channel in agenda.channels(campaign, episode, audience):
        for place in (one.place for one in places):
            opening = windows.next_opening(channel, since, place, hours)
            slot: SlotTime | None = None
            if opening is not None:
                local = opening.astimezone(ZoneInfo(place.zone))
                slot = slots.slot_on(local.date(), local.time(), channel, place, hours)
            yield Planned(
                occurrence=occurrence,
                campaign=campaign,
                episode=episode,
                channel=channel,
                audience=audience.name,
                place=place,
                slot=slots.before_event(
                    slot or slots.never("aucune heure permise"), campaign, episode
                ),
            )
