"""Every key of config.yaml, as frozen values. Unknown keys are refused.

The docstring-like ``description`` of each field is the configuration reference: a test compares it
with docs/configuration.md.
"""

from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr

from scheduler.config.channel_settings import ChannelsSettings, ReportedSettings
from scheduler.config.checks import (
    BindAddress,
    DatabaseUrl,
    EmailAddress,
    HelpLine,
    HttpsUrl,
    Season,
    SmsName,
    WallDateTime,
    WallTime,
    ZoneName,
)
from scheduler.config.desk_settings import DeskUrl, OidcSettings, SignInSettings
from scheduler.config.host_settings import HostSettings
from scheduler.config.law_settings import DecisionSettings
from scheduler.config.section import FormerNames, Name, Section
from scheduler.config.source_settings import Sources
from scheduler.config.telemetry_settings import TelemetrySettings
from scheduler.config.trial_settings import TrialsSettings


class SupportByFieldSettings(Section):
    etablissement: dict[str, HelpLine] = Field(
        default_factory=dict,
        description="The line of those whose own field etablissement has this value.",
    )


class SupportSettings(Section):
    """Whom the staff may call; said in texts by ``{{ assistance }}``."""

    default: HelpLine = Field(
        default="",
        description="Whom the staff may call, day and night: number, hours, on-call, in one line; "
        "empty: texts say nothing of it.",
    )
    by: SupportByFieldSettings = SupportByFieldSettings()


class OrganisationSettings(Section):
    name: str = Field(description="Name shown in every header, footer and page.")
    address: str = Field(description="Postal address, one line, shown in the footers.")
    contact: str = Field(description="How a reader reaches a person: e-mail address or number.")
    appointments: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9 @+.,:;/()'éèùàÉäöüñÄÖÜÑ-]{0,80}$",
        description="How to reach whoever makes appointments, in GSM-7 signs: told by SMS to those "
        "who answer about one. Absent: nobody is named.",
    )
    sms_name: SmsName | None = Field(
        default=None,
        description="Who signs, said first in every SMS from a short code, which names nobody: 3 "
        "to 24 GSM-7 signs, neutral, without a word of health.",
    )
    dpo: EmailAddress = Field(description="E-mail address of the data-protection officer.")
    site: HttpsUrl = Field(description="The organisation's own web site.")
    privacy_url: HttpsUrl = Field(description="Page that explains how personal data is used.")
    notice: Literal["short", "full"] = Field(
        default="short",
        description="What the first message says of the data: short: who writes, why and whence "
        "the address, the way out, the rights, and the address of the page above; full: all of the "
        "notice, below the signature.",
    )
    notice_version: str = Field(
        default="",
        max_length=40,
        pattern=r"^[\w .,/-]*$",
        description="Which version of that page holds now, as the page calls it (2026-09): said "
        "beside its address and kept with each message; empty: none is said.",
    )
    logo: Path | None = Field(
        default=None,
        description="PNG or JPEG of at most 50 kB, shown in the e-mails' header (it travels with "
        "each message); absent: the name alone.",
    )
    images: bool = Field(
        default=True,
        description="Messages show their drawings, which travel with them; false: none does.",
    )
    support: SupportSettings = SupportSettings()
    help: HelpLine = Field(
        default="",
        description="Whom patients may call: number and hours, in one line, shown in texts by "
        "{{ aide_patients }} and on the public help page; empty: nothing of it.",
    )
    link_domains: list[str] = Field(
        default_factory=list,
        description="Domains messages may link to, beside the public help sites.",
    )


class DatabaseSettings(Section):
    url: DatabaseUrl = Field(
        default="sqlite:///var/reflexe.db",
        description="The ledger: sqlite:///path, or postgresql+psycopg://user@host/name.",
    )


class DaemonSettings(Section):
    grace_seconds: int = Field(
        default=22,
        ge=1,
        le=600,
        description="When told to stop: how long what waits for a provider's answer may. Less than "
        "the container's stop time-out.",
    )
    journal_wait_minutes: int = Field(
        default=10,
        ge=6,
        le=1440,
        description="With several replicas: how long a silent one's wire journal is waited for, "
        "before what it had in flight is called uncertain.",
    )
    mark: Path | None = Field(
        default=None,
        description="Where how far the ledger has come is kept as well, so that a whole folder put "
        "back is noticed; default: beside the keys. Put it on another volume than the ledger.",
    )
    doctor: Literal["never", "monthly"] = Field(
        default="never",
        description="Whether the daemon looks once a month at what `reflexe doctor` does, test "
        "mail included, and raises an alarm when something turns wrong.",
    )
    catch_up: Literal["send", "ask"] = Field(
        default="send",
        description="After a long time without a daemon: send what fell due meanwhile while its "
        "limit lasts, or hold it until a person says `reflexe resume` or so on the desk.",
    )
    catch_up_minutes: int = Field(
        default=60,
        ge=5,
        le=10080,
        description="With catch_up: ask: how long nobody must have looked at the calendar.",
    )


class CheckSettings(Section):
    folder: Path | None = Field(
        default=None,
        description="Where what was found in texts is kept, so that it is found once; default: "
        "beside the ledger. Whoever may write there can silence `check`: only a folder and files "
        "of the program's own user, that nobody else may write, are believed.",
    )


class KeysSettings(Section):
    file: Path = Field(
        default=Path("var/keys.json"),
        description="Keys that seal personal data; back it up apart from the ledger.",
    )


class WebSettings(Section):
    public_url: HttpsUrl = Field(description="Address of the public pages, as readers see it.")
    short_url: HttpsUrl | None = Field(
        default=None, description="Address of the SMS opt-out links; default: public_url."
    )
    subscribe: Name | None = Field(
        default=None,
        description="Audience that anybody may join at /abonnement, by e-mail, once they have "
        "confirmed; its basis there must be consent. Absent: no such page.",
    )
    public_bind: BindAddress = Field(
        default="127.0.0.1:8081", description="Where the public server listens."
    )
    desk_bind: BindAddress = Field(default="127.0.0.1:8080", description="Where the desk listens.")
    desk_token: SecretStr | None = Field(
        default=None,
        description="Access token of the desk; needed and, if absent, made at start and kept in "
        "the file desk-token beside the keys when desk_bind is not a loopback address.",
    )
    metrics_token: SecretStr | None = Field(
        default=None, description="What machines bring to read /metrics, in place of desk_token."
    )
    desk_url: DeskUrl | None = Field(
        default=None, description="Address of the desk, as those who work on it see it."
    )
    sign_in: SignInSettings | None = Field(
        default=None, description="Signing in by a proxy that knows people and writes their names."
    )
    oidc: OidcSettings | None = Field(
        default=None, description="Signing in by an OpenID provider; needs desk_url."
    )
    battle: bool = Field(
        default=False,
        description="The password battle is open at /bataille, to anybody, and in rooms.",
    )
    trusted_proxies: list[str] = Field(
        default_factory=list,
        description="Addresses whose X-Forwarded-For header is believed.",
    )


class OutboxSettings(Section):
    path: Path = Field(default=Path("var/outbox"), description="Where the outbox writes.")
    fail: dict[Literal["temporary", "permanent", "uncertain"], list[str]] = Field(
        default_factory=dict,
        description="Addresses (with * and ?) for which the outbox pretends to fail, for trials.",
    )


class OptOutSettings(Section):
    journal: Path | None = Field(
        default=None,
        description="Where opt-outs are kept once more, as digests; default: beside the ledger. "
        "Put it on another volume than the ledger's backups.",
    )
    keep_source_key: bool = Field(
        default=False,
        description="After somebody is erased or emptied, keep beside their opt-outs, in the "
        "journal too, the keyed digest of the key that their file names them by: a later file is "
        "then recognised at another address. For the data-protection officer to decide.",
    )


class RetentionSettings(Section):
    contacts_years: int = Field(
        default=3,
        ge=1,
        description="Years after which a contact is emptied: since the person's own last act or "
        "consent, else since the latest file that names them.",
    )
    leavers_days: int = Field(
        default=30,
        ge=0,
        description="Days after which somebody whom a replace import no longer named is emptied.",
    )
    proofs_years: int = Field(
        default=5,
        ge=1,
        description="Years that a proof is kept after another replaced it, or a withdrawal.",
    )
    deliveries_months: int = Field(
        default=12,
        ge=2,
        description="Months during which the ledger knows who got which message; then it counts.",
    )
    replies_months: int = Field(
        default=6, ge=1, description="Months that the words of answers by SMS are kept."
    )
    rehearsal_days: int = Field(
        default=7, ge=1, description="Days that a rehearsal, with its copy of the people, is kept."
    )


class AlarmSettings(Section):
    mail_to: EmailAddress | None = Field(
        default=None, description="The operator's address for new alarms; absent: nobody is mailed."
    )
    season_report: bool = Field(
        default=False,
        description="The report of a series' season is mailed there on the Monday after its recap.",
    )
    backlog_minutes: int = Field(
        default=60,
        ge=5,
        description="Minutes that messages may wait while their hours are open.",
    )
    disk_free_mb: int = Field(
        default=500,
        ge=0,
        description="Megabytes that must be free beside the ledger and the opt-out journal.",
    )
    bounce_rate: Decimal = Field(
        default=Decimal(5),
        ge=0,
        le=100,
        description="Percent of a channel's messages of 7 days that may come back for good.",
    )
    complaint_rate: Decimal = Field(
        default=Decimal("0.1"),
        ge=0,
        le=100,
        description="Percent of them that may be called spam by their readers.",
    )
    rate_messages: int = Field(
        default=1000, ge=1, description="Messages sent in 7 days from which on both are watched."
    )


class LogSettings(Section):
    format: Literal["json", "text"] = Field(default="text", description="json for machines.")


class HolidaySettings(Section):
    extra: dict[str, list[date]] = Field(
        default_factory=dict, description="Dates that are holidays too, by territory."
    )
    removed: dict[str, list[date]] = Field(
        default_factory=dict, description="Dates that are no holiday, by territory."
    )


class CapsSettings(Section):
    week: int = Field(
        default=2, ge=0, description="Messages a person gets on a channel in 7 days; 0: no cap."
    )
    month: int = Field(default=8, ge=0, description="The same in 31 days; 0: no cap.")


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


class Settings(Section):
    """The whole configuration, checked. Paths are absolute once loaded."""

    time_zone: ZoneName = Field(
        default="Europe/Paris", description="Zone of the organisation (IANA name)."
    )
    organisation: OrganisationSettings
    host: HostSettings = HostSettings()
    database: DatabaseSettings = DatabaseSettings()
    daemon: DaemonSettings = DaemonSettings()
    keys: KeysSettings = KeysSettings()
    check: CheckSettings = CheckSettings()
    web: WebSettings
    channels: ChannelsSettings
    outbox: OutboxSettings = OutboxSettings()
    optout: OptOutSettings = OptOutSettings()
    retention: RetentionSettings = RetentionSettings()
    alarms: AlarmSettings = AlarmSettings()
    trials: TrialsSettings = TrialsSettings()
    reported: ReportedSettings | None = Field(
        default=None,
        description="« Je l’ai signalé »: copies of what staff report, counted by week.",
    )
    log: LogSettings = LogSettings()
    telemetry: TelemetrySettings = TelemetrySettings()
    holidays: HolidaySettings = HolidaySettings()
    caps: CapsSettings = CapsSettings()
    decisions: list[DecisionSettings] = Field(
        default_factory=list,
        description="What a named person decided about rules that settings weaken.",
    )
    audiences: list[Name] = Field(
        description="Files of audiences/, strongest first: a person in two gets the first's text."
    )
    sources: Sources = Field(
        default_factory=dict,
        description="Whence an audience's people come by themselves; absent: by `reflexe import`.",
    )
    campaigns: dict[Name, CampaignSettings] = Field(description="What is sent, and when.")
