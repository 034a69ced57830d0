"""What the organisation plans: campaigns, their episodes, and the audiences they address.

These are the values the calendar works on; ``scheduler.config`` makes them from config.yaml.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, time
from enum import StrEnum

from scheduler.domain.instants import Dated
from scheduler.domain.names.occurrence_ids import printed_id
from scheduler.domain.values import frozen


class CampaignKind(StrEnum):
    #: Episodes on the Sundays of a month, once a year; season: the year ("2026").
    SERIES = "series"
    #: Recurs all year by a rule per episode; season: the month ("2026-11") or quarter ("2026-q4").
    REMINDER = "reminder"
    #: One dated event; season: the empty string.
    EVENT = "event"
    #: Off the calendar: sent only by hand; season: the key given then.
    ON_DEMAND = "on-demand"
    #: Days after somebody's entry; season: the ISO week in which they entered ("2026-w46").
    ONBOARDING = "onboarding"


class Rank(StrEnum):
    """Who gives way when two occurrences meet, from the strongest to the weakest."""

    SERVICE = "service"
    #: Episodes, announcement and recap.
    EPISODE = "episode"
    REMINDER = "reminder"
    POINTER = "pointer"
    INVITATION = "invitation"


@frozen
class Reference:
    """Where what a message tells was read: a figure, a programme's news."""

    url: str
    #: Of what was read.
    dated: date
    #: The last day on which it may still be told.
    valid_until: date


def is_over(reference: Reference | None, today: date) -> bool:
    """Whether what was read may not be told any more."""
    return reference is not None and today > reference.valid_until


@frozen
class Episode:
    """One item of a campaign: what is sent, and the rule that says on which dates.

    ``when`` is one of:
      series    ``announcement`` | ``sunday-1`` … ``sunday-4`` | ``recap``
      reminder  ``first-working-tuesday`` (any first-working-<weekday>) | ``first-<weekday>`` |
                ``day-<1..31>`` (a shorter month uses its last day) | ``last-day``
      event     ``invitation`` (J-21 unless the number is given: ``j-21``) | ``j-7`` | ``j-1`` |
                ``thanks`` (next working day) | ``by-hand`` (moved, cancelled)
      on-demand ``by-hand``
      onboarding ``after-<1..49>``: so many days after the end of the week of entry
    """

    name: str
    #: Folder path of the message under templates/.
    message: str
    when: str
    #: Months in which a reminder's episode recurs (1 to 12); empty: every month.
    months: Sequence[int] = ()
    #: Local wall time, on every channel; None: the campaign's.
    at: time | None = None
    #: Values for the message's placeholders, typed by the organisation.
    values: Mapping[str, str] = field(default_factory=dict)
    #: Where they were read; None: nothing is said.
    reference: Reference | None = None
    #: Its former names, the oldest first; empty: it never had another. None: nothing is said.
    was: Sequence[str] | None = None
    #: Of onboarding: the series' episode that says the same (``cybermois/1-fermer-sa-porte``).
    same_as: str = ""


@frozen
class Particular:
    """What one occurrence has of its own, whatever the rule of its episode says."""

    #: Local wall time; None: the episode's.
    at: time | None = None
    #: Its nominal date; None: the rule's.
    on: date | None = None
    #: It doesn't leave.
    skip: bool = False


@frozen
class Campaign:
    name: str
    kind: CampaignKind
    #: What a person can opt out of (``october``, ``reminders``, ``events``); empty for service.
    topic: str
    rank: Rank
    audiences: Sequence[str]
    channels: Sequence[str]
    episodes: Sequence[Episode]
    enabled: bool = True
    #: Local wall time at which its slots come due, in each recipient's zone.
    at: time = time(10)
    #: The month of a series.
    month: int = 10
    #: Which Sundays a series takes: ``first-4`` (a fifth is the recap's) or ``last-4``.
    rule: str = "first-4"
    #: The event's start, naive wall time in ``zone``; None: not typed in yet.
    starts: datetime | None = None
    ends: datetime | None = None
    zone: str = "Europe/Paris"
    place: str = ""
    #: Values for every message of it that has such a placeholder; an episode's own win.
    values: Mapping[str, str] = field(default_factory=dict)
    #: As an episode's.
    was: Sequence[str] | None = None
    #: An event that is called off: nothing more of it leaves by itself.
    cancelled: bool = False
    #: By episode and season.
    particulars: Mapping[tuple[str, str], Particular] = field(default_factory=dict)

    @property
    def first_name(self) -> str:
        """What agendas and outside programs know it by: a new name doesn't make another event."""
        return self.was[0] if self.was else self.name


def hour_of(campaign: Campaign, episode: Episode, season: str) -> time:
    """The wall time at which an occurrence comes due."""
    own = campaign.particulars.get((episode.name, season))
    return (own and own.at) or episode.at or campaign.at


def tells_of_a_change(campaign: Campaign, episode: Episode) -> bool:
    """An event's move or cancellation: who was never invited has nothing to change."""
    return campaign.kind is CampaignKind.EVENT and episode.when == "by-hand"


class People(StrEnum):
    """Who an audience is, for the rules that tell them apart."""

    STAFF = "staff"
    PATIENTS = "patients"
    #: Nobody said, and its name doesn't either.
    UNSAID = ""


class Shift(StrEnum):
    """Where the Sunday messages of one channel go for one audience."""

    #: E-mail: on the Sunday itself. SMS: no SMS for Sunday messages.
    NONE = "none"
    #: SMS: on the Sunday itself, where somebody decided so.
    SUNDAY = "sunday"
    MONDAY = "monday"
    SATURDAY = "saturday"


#: The basis of what has to be said to everybody it concerns.
LEGAL_OBLIGATION = "legal-obligation"


@frozen
class ChannelTerms:
    """On what grounds an audience is written to on a channel, and how Sundays shift."""

    #: consent | public-task | legal-obligation | legitimate-interest | contract
    basis: str
    shift: Shift = Shift.NONE
    #: Local wall time on a shifted day; None: the occurrence's own.
    shift_at: time | None = None


@frozen
class SundayWord:
    """Who decided that an audience's SMS may leave on Sundays and holidays."""

    by: str
    on: date
    why: str = ""


@frozen
class AudienceField:
    name: str
    label: str
    #: text | date | yes-no
    type: str = "text"
    #: Kept in clear in the ledger, so that rules can select on it.
    segment: bool = False
    #: Part of a person's name; None: where its own name says so (``nom``, ``prenom``…).
    person_name: bool | None = None


@frozen
class Audience:
    """A named group of contacts with a rule."""

    name: str
    label: str
    #: The name under which the ledger has the contacts it selects from: its own first name, or
    #: that of the audience it is a rule on.
    source: str
    #: The column that identifies a person; when absent from a row: the e-mail, then the number.
    key: str
    channels: Mapping[str, ChannelTerms]
    fields: Sequence[AudienceField] = ()
    language: str = "fr"
    zone: str = "Europe/Paris"
    territory: str = "FR"
    #: Years under which a person whom a file dates is left aside; 0: nobody for their age.
    minimum_age: int = 15
    #: No agreement is older: one before it is a mistake of the file. By default the law (LCEN, 21
    #: June 2004) that first asked for one.
    consent_since: date = date(2004, 6, 21)
    #: Segment field -> accepted values; all must hold. Empty: everyone.
    rule: Mapping[str, Sequence[str]] = field(default_factory=dict)
    #: Its former names, the oldest first.
    was: Sequence[str] = ()
    #: Said to be no other's people under a new name (``was: []``).
    is_new: bool = False
    people: People = People.UNSAID
    #: None: no SMS on Sundays.
    sunday: SundayWord | None = None

    @property
    def is_source(self) -> bool:
        """It has contacts of its own."""
        return self.source in (self.name, *self.was)

    @property
    def is_service(self) -> bool:
        """A part of the staff that a rule selects: a service, a site."""
        return self.people is People.STAFF and not self.is_source


@frozen
class Occurrence:
    """One dated instance of an episode, on the national calendar, before any shift."""

    campaign: str
    episode: str
    season: str
    #: The nominal date: neither channel, zone nor territory changes it.
    date: date

    @property
    def id(self) -> str:
        return printed_id(self.campaign, self.episode, self.season, self.date)


@frozen
class Place:
    """Where part of an audience lives: what the hours and holidays of a slot depend on."""

    #: IANA name.
    zone: str
    #: Department or territory as the holidays data names it (FR, 57, 971, BL, NC…).
    territory: str


@frozen
class SlotTime(Dated):
    """When a slot comes due in one place, or why it never does."""

    #: UTC; None when no allowed moment exists (``reason`` says why).
    due_at: datetime | None
    #: UTC. Not planned yet by then: missed.
    start_by: datetime | None = None
    #: UTC. No delivery leaves after it.
    not_after: datetime | None = None
    #: Why it isn't on the nominal day at the nominal time; in French, for people.
    reason: str = ""
