"""What the pages of changes say of campaigns, events and messages, by titles that people know."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from scheduler.bootstrap import App
from scheduler.domain.calendar.campaigns import Campaign, CampaignKind
from scheduler.domain.calendar.changes import Change
from scheduler.domain.calendar.dates import is_over
from scheduler.domain.errors import ContentError, NotFound
from scheduler.flow.showing.titles import campaign_title, message_of
from scheduler.web.desk.change_forms import DESCRIPTION, blanks_of

#: How long after its day an event's messages by hand are still offered.
_STILL = timedelta(days=1)


def is_to_come(one: Campaign, app: App) -> bool:
    dated = one.kind is CampaignKind.EVENT and one.starts is not None and one.enabled
    return dated and not is_over(one, app.clock() - _STILL)


async def told_of(app: App) -> set[str]:
    """Campaigns of which something has left: somebody has their date."""
    rows = await app.ledger.occurrences()
    marks = await app.ledger.slots_of([row.occurrence_id for row in rows])
    planned = {one.occurrence_id for one in marks}
    return {row.campaign for row in rows if row.occurrence_id in planned}


def by_hand(app: App, campaign: Campaign) -> list[tuple[str, str]]:
    """The messages that tell of a change: episode and title."""
    return [
        (one.name, message_of(app.agenda, campaign.name, one.name)[1])
        for one in campaign.episodes
        if one.when == "by-hand"
    ]


def name_of(app: App, change: Change) -> str:
    if not change.episode:
        known = app.configuration.campaigns
        found = next((one for one in known if one.name == change.campaign), None)
        return campaign_title(app.agenda, found) if found else change.campaign
    title = message_of(app.agenda, change.campaign, change.episode)[1]
    return f"{title} ({change.season})" if change.season else title


def title_at(app: App, path: str) -> str:
    try:
        return app.agenda.library.load(path).title
    except (ContentError, NotFound):
        return ""


def kit_of(app: App, one: Campaign) -> tuple[str, str]:
    """Its name, and the title of its first message."""
    return one.name, message_of(app.agenda, one.name, one.episodes[0].name)[1]


def event_of(app: App, campaign: Campaign, typed: Mapping[str, str]) -> dict[str, Any]:
    """The fields of an event, with what it says now where nothing was typed yet."""
    starts, ends = campaign.starts, campaign.ends
    blanks = blanks_of(app, campaign)
    first = {
        "date": f"{starts:%Y-%m-%d}" if starts else "",
        "hour": f"{starts:%H:%M}" if starts else "",
        "end": f"{ends:%H:%M}" if ends else "",
        "last": f"{ends:%Y-%m-%d}" if starts and ends and ends.date() != starts.date() else "",
        "place": campaign.place,
        **{f"v-{name}": campaign.values.get(name, "") for name in (*blanks, DESCRIPTION)},
        **{f"for-{name}": "on" for name in campaign.audiences},
    }
    shown = {**({} if "look" in typed else first), **typed}
    labels = {one.name: one.label for one in app.configuration.audiences}
    return {
        "event": campaign,
        "typed": shown,
        "blanks": blanks,
        "audiences": [(name, labels.get(name, name)) for name in campaign.audiences],
    }


def asks_second(app: App, change: Change) -> bool:
    """Whether a message of it leaves only once a second person has allowed its texts."""
    wanted = change.episode
    return any(
        _asks(app, message)
        for episode, message in messages_of(app, change)
        if wanted in ("", episode)
    )


def messages_of(app: App, change: Change) -> list[tuple[str, str]]:
    """Its campaign's episodes with their messages; of one that isn't there yet, as it will be."""
    for campaign in app.configuration.campaigns:
        if campaign.name == change.campaign:
            return [(one.name, one.message) for one in campaign.episodes]
    said = (change.says or {}).get("episodes", {})
    return [(name, str(one.get("message", ""))) for name, one in said.items()]


def _asks(app: App, message: str) -> bool:
    try:
        return app.agenda.library.load(message).approval
    except (ContentError, NotFound):
        return False
