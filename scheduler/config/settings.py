"""Every key of config.yaml, as frozen values. Unknown keys are refused.

The docstring-like ``description`` of each field is the configuration reference: a test compares it
with docs/configuration.md.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr

from scheduler.config.checks import (
    BindAddress,
    DatabaseUrl,
    EmailAddress,
    HttpsUrl,
    ZoneName,
)
from scheduler.config.sections.campaigns import CampaignSettings
from scheduler.config.sections.channels import ChannelsSettings
from scheduler.config.sections.desk import DeskUrl, OidcSettings, SignInSettings
from scheduler.config.sections.host import HostSettings
from scheduler.config.sections.law import DecisionSettings
from scheduler.config.sections.mailboxes import ReportedSettings
from scheduler.config.sections.organisation import OrganisationSettings
from scheduler.config.sections.section import Name, Section
from scheduler.config.sections.sources import Sources
from scheduler.config.sections.telemetry import TelemetrySettings
from scheduler.config.sections.trials import TrialsSettings


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
