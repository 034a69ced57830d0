"""Changes of the calendar, as the desk makes them."""

from datetime import UTC, datetime
from typing import Any

from scheduler.domain.calendar.campaigns import Campaign, CampaignKind, Episode, Rank
from scheduler.domain.calendar.changes import Change, ChangeKind, Decision, Facet
from scheduler.store.writing.calendar_changes import Asked

AT = datetime(2026, 9, 1, 8, tzinfo=UTC)
#: The event that most of them change, as config.yaml has it.
WEBINAR = Campaign(
    name="webinaire",
    kind=CampaignKind.EVENT,
    topic="events",
    rank=Rank.INVITATION,
    audiences=("staff",),
    channels=("email",),
    starts=datetime.fromisoformat("2026-10-13T14:30"),
    place="en ligne",
    episodes=(
        Episode(name="invitation", message="w/invitation", when="invitation"),
        Episode(name="j-7", message="w/j-7", when="j-7"),
    ),
)


def change(
    kind: ChangeKind,
    facet: Facet,
    campaign: str,
    says: dict[str, Any] | None,
    *,
    episode: str = "",
    season: str = "",
) -> Change:
    return Change(
        kind=kind, facet=facet, campaign=campaign, episode=episode, season=season, says=says
    )


def moved(
    starts: str, ends: str = "", place: str = "", campaign: str = "webinaire", **values: str
) -> Change:
    says = {"starts": starts, "ends": ends, "place": place, "values": values}
    return change(ChangeKind.EVENT_MOVED, Facet.DATES, campaign, says)


def cancelled(campaign: str = "webinaire") -> Change:
    return change(ChangeKind.EVENT_CANCELLED, Facet.CANCELLED, campaign, {"cancelled": True})


def at_hour(at: str, campaign: str, episode: str, season: str) -> Change:
    kind = ChangeKind.HOUR_CHANGED
    return change(kind, Facet.HOUR, campaign, {"at": at}, episode=episode, season=season)


def skipped(campaign: str, episode: str, season: str) -> Change:
    kind = ChangeKind.SKIPPED
    return change(kind, Facet.SKIP, campaign, {"skip": True}, episode=episode, season=season)


def on_day(on: str, campaign: str, episode: str, season: str) -> Change:
    kind = ChangeKind.BROUGHT_FORWARD
    return change(kind, Facet.DAY, campaign, {"on": on}, episode=episode, season=season)


def switched(campaign: str, *, on: bool) -> Change:
    kind = ChangeKind.ENABLED if on else ChangeKind.DISABLED
    return change(kind, Facet.ENABLED, campaign, {"enabled": on})


def created(campaign: str, starts: str, **more: Any) -> Change:
    says = {
        "kind": "event",
        "topic": "events",
        "rank": "invitation",
        "audiences": ["staff"],
        "channels": ["email"],
        "at": "10:00",
        "zone": "Europe/Paris",
        "starts": starts,
        "episodes": {"invitation": {"message": "essai", "when": "invitation"}},
    }
    return change(ChangeKind.EVENT_CREATED, Facet.EVENT, campaign, says | more)


def decided(number: int, one: Change, base: dict[str, Any] | None = None) -> Decision:
    return Decision(number=number, change=one, base=base, asked_by="Ana", decided_by="Ana", at=AT)


def asked(one: Change, base: dict[str, Any] | None = None) -> Asked:
    return Asked(change=one, base=base, asked_by="Ana", decided_by="Ana")
