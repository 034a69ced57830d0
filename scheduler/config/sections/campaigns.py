"""The keys below ``campaigns:``, as frozen values; see ``scheduler.config.settings``."""

from datetime import date, time
from typing import Annotated, Literal

from pydantic import Field

from scheduler.config.checks import (
    HttpsUrl,
    Season,
    WallDateTime,
    WallTime,
    ZoneName,
)
from scheduler.config.sections.section import FormerNames, Name, Section


class ReferenceSettings(Section):
    url: HttpsUrl = Field(description="The page where the figure or the news was read.")
    dated: date = Field(description="The date of what was read.")
    valid_until: date = Field(
        description="The last day on which it may be told: from the next one on it is a fault, and "
        "nothing leaves."
    )


class EpisodeSettings(Section):
    message: str = Field(
        pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*$", description="The message's folder under templates/."
    )
    when: str = Field(
        default="by-hand",
        description="The rule of its dates; see the calendar page.",
    )
    months: list[Annotated[int, Field(ge=1, le=12)]] = Field(
        default_factory=list, description="Months in which a reminder recurs; empty: all."
    )
    at: WallTime | None = Field(default=None, description="Local time, if not the campaign's.")
    values: dict[str, str] = Field(
        default_factory=dict, description="Values of the message's placeholders."
    )
    reference: ReferenceSettings | None = Field(
        default=None,
        description="Where a figure or a programme's news was read; a message that is `sourced` "
        "leaves only with it.",
    )
    was: FormerNames | None = Field(
        default=None,
        description="Its former name, or names, the oldest first; [] says that it is a new one.",
    )
    same_as: str = Field(
        default="",
        pattern=r"^([a-z0-9-]+/[a-z0-9-]+)?$",
        description="Of onboarding: the series' episode, as campaign/episode, that says the same: "
        "whoever gets that one doesn't get this.",
    )


class OccurrenceSettings(Section):
    episode: Name = Field(description="Of which episode.")
    season: Season = Field(
        default="", description="Which one: the year, month or quarter; empty for an event."
    )
    at: WallTime | None = Field(default=None, description="Its own local time.")
    on: date | None = Field(default=None, description="Its own date.")
    skip: bool = Field(default=False, description="It doesn't leave.")


class CampaignSettings(Section):
    kind: Literal["series", "reminder", "event", "on-demand", "onboarding"] = Field(
        description="How it recurs."
    )
    topic: Literal["october", "reminders", "events", ""] = Field(
        default="", description="What a person can opt out of; empty for service messages."
    )
    rank: Literal["service", "episode", "reminder", "pointer", "invitation"] | None = Field(
        default=None, description="Who gives way when two meet; default: by kind."
    )
    enabled: bool = Field(default=True, description="false keeps it out of the calendar.")
    audiences: list[Name] = Field(default_factory=list, description="Whom it addresses.")
    channels: list[Name] = Field(
        default_factory=lambda: ["email", "sms"], description="Media, where the message has them."
    )
    at: WallTime = Field(default=time(10), description="Local time in each recipient's zone.")
    month: int = Field(default=10, ge=1, le=12, description="The month of a series.")
    rule: Literal["first-4", "last-4"] = Field(
        default="first-4", description="Which Sundays a series takes when there are five."
    )
    starts: WallDateTime | None = Field(
        default=None, description="Start of an event, local wall time; absent: not dated yet."
    )
    ends: WallDateTime | None = Field(default=None, description="End of an event, local wall time.")
    zone: ZoneName | None = Field(default=None, description="The event's zone; default time_zone.")
    place: str = Field(
        default="", description="The event's place, short enough for an SMS (12 characters)."
    )
    values: dict[str, str] = Field(
        default_factory=dict,
        description="Values for every message of the campaign that has such a placeholder.",
    )
    was: FormerNames | None = Field(
        default=None,
        description="Its former name, or names, the oldest first; [] says that it is a new one.",
    )
    cancelled: bool = Field(
        default=False, description="Of an event: it is called off, nothing more leaves by itself."
    )
    occurrences: list[OccurrenceSettings] = Field(
        default_factory=list,
        description="What single occurrences have of their own, whatever the rules say.",
    )
    episodes: dict[Name, EpisodeSettings] = Field(description="Its messages and their dates.")
