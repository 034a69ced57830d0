"""The keys below ``channels:``, as frozen values; see ``scheduler.config.settings``."""

from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, SecretStr, StringConstraints, model_validator

from scheduler.config.checks import (
    DomainName,
    EmailAddress,
    Mailbox,
    SmsSender,
    WallTime,
)
from scheduler.config.sections.dkim import SELECTOR, DkimSettings
from scheduler.config.sections.mailboxes import MailboxSettings
from scheduler.config.sections.pace import EmailPaceSettings, SmsPaceSettings
from scheduler.config.sections.section import Section

#: As ``PROVIDER`` says it, and /receipts/{provider}.
ProviderName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]+$")]

#: The provider that writes files and reaches nobody.
OUTBOX = "outbox"


class SmtpSettings(Section):
    host: str = Field(description="The relay's host name, as its certificate says it.")
    port: int = Field(default=587, ge=1, le=65535, description="The relay's port.")
    security: Literal["none", "starttls", "tls"] = Field(
        default="starttls", description="none only for a relay on the same machine."
    )
    username: str | None = Field(default=None, description="Name for SMTP AUTH; absent: none.")
    password: SecretStr | None = Field(default=None, description="Password for SMTP AUTH.")
    ca_file: Path | None = Field(
        default=None, description="PEM file of a private certificate authority."
    )
    connections: int = Field(
        default=4, ge=1, le=64, description="Sessions held open to the relay at once."
    )

    @model_validator(mode="after")
    def _no_password_in_the_clear(self) -> Self:
        if self.password and self.security == "none":
            raise ValueError(
                "a password would cross the network in the clear — set security to starttls or tls"
            )
        if (self.username is None) != (self.password is None):
            raise ValueError("username and password go together — give both, or neither")
        return self


class DomainBurstSettings(Section):
    addresses: int = Field(
        default=20,
        ge=2,
        le=100_000,
        description="Addresses of one domain refused for good within an hour, from which the "
        "domain is held and none of them is ended.",
    )
    percent: int = Field(
        default=20,
        ge=1,
        le=100,
        description="Of those of the domain that took a message within 90 days, the share that "
        "these must be too.",
    )


class BounceSettings(Section):
    soft_limit: int = Field(
        default=3,
        ge=1,
        le=100,
        description="Messages in a row that come back for a passing reason, after which an address "
        "isn't written to any more.",
    )
    soft_days: int = Field(default=30, ge=1, le=366, description="Days in which they are counted.")
    policy_limit: int = Field(
        default=1,
        ge=1,
        le=1000,
        description="Messages of an occurrence refused for our own authentication or reputation, "
        "after which it is paused.",
    )
    domain_burst: DomainBurstSettings = DomainBurstSettings()


class EmailSettings(Section):
    provider: ProviderName = Field(default="outbox", description="outbox (writes files) or smtp.")
    sender: Mailbox = Field(alias="from", description="The one stable From: Name <address>.")
    reply_to: EmailAddress = Field(description="Where people's answers go.")
    return_path_domain: DomainName = Field(
        description="Domain of the envelope sender, for bounces."
    )
    dkim: DkimSettings | None = Field(
        default=None, description="Sign here, for a relay that doesn't; absent: the relay signs."
    )
    dkim_selector: str | None = Field(
        default=None,
        pattern=SELECTOR,
        description="The selector that the relay signs under, for `reflexe doctor`; absent: read "
        "from a test mail, where there is a mailbox.",
    )
    uncertain: Literal["hold", "resend"] = Field(
        default="hold",
        description="What becomes of an e-mail whose acceptance is not known: a person decides, "
        "or it is sent again with the same Message-ID.",
    )
    window: tuple[WallTime, WallTime] = Field(
        default=(time(7), time(21)), description="Local hours in which e-mail may leave."
    )
    smtp: SmtpSettings | None = Field(default=None, description="The relay, for provider smtp.")
    mailbox: MailboxSettings | None = Field(
        default=None,
        description="Where opt-outs by mail and bounces arrive; absent: a person reads them.",
    )
    #: What messages that come back lead to.
    bounces: BounceSettings = Field(default_factory=BounceSettings)
    #: How fast its messages may leave.
    pace: EmailPaceSettings = Field(default_factory=EmailPaceSettings)
    options: dict[str, str] = Field(
        default_factory=dict, description="Options of a provider of your own, as text."
    )

    @model_validator(mode="after")
    def _signature_is_of_the_sender(self) -> Self:
        """Aligned, as DMARC asks (RFC 9989): else the signature counts for nothing."""
        domain = self.dkim.domain if self.dkim else None
        mine = parseaddr(self.sender)[1].rpartition("@")[2].lower()
        if domain and mine != domain and not mine.endswith(f".{domain}"):
            raise ValueError(
                f"dkim.domain {domain} isn't that of from ({mine}), nor above it — take it out, "
                "or name the sender's own"
            )
        return self


class TwilioSettings(Section):
    account_sid: str = Field(description="The account's SID (AC…).")
    auth_token: SecretStr = Field(description="The account's token; also checks its callbacks.")
    messaging_service_sid: str | None = Field(
        default=None, description="Send through this service (MG…) instead of the sender."
    )
    base_url: str = Field(
        default="https://api.twilio.com",
        description="Twilio's own host, or a look-alike's for trials.",
    )


class SmsSettings(Section):
    provider: ProviderName = Field(default="outbox", description="outbox (writes files) or twilio.")
    sender: SmsSender = Field(
        description="Name (3 to 11 letters and digits) or short code shown as the sender; its "
        "kind chooses the opt-out suffix."
    )
    price_per_segment: Decimal = Field(
        default=Decimal("0.0798"), ge=0, description="Euros a segment, as a decimal string."
    )
    prices: dict[str, Decimal] = Field(
        default_factory=dict, description="Exceptions by number prefix, such as '+262'."
    )
    traffic: Literal["marketing", "service"] = Field(
        default="marketing",
        description="service lifts the Sunday and holiday rule; only with the operators' written "
        "agreement.",
    )
    inbound: Literal["webhook", "poll"] = Field(
        default="webhook",
        description="How answers and states come: webhook, Twilio calls us; poll, we read its "
        "list.",
    )
    weekdays: tuple[WallTime, WallTime] = Field(
        default=(time(8), time(20)), description="Local hours from Monday to Friday."
    )
    saturday: tuple[WallTime, WallTime] = Field(
        default=(time(10), time(18)), description="Local hours on Saturday."
    )
    twilio: TwilioSettings | None = Field(
        default=None, description="The account, for provider twilio."
    )
    #: How fast its messages may leave, and what they may cost.
    pace: SmsPaceSettings = Field(default_factory=SmsPaceSettings)
    options: dict[str, str] = Field(
        default_factory=dict, description="Options of a provider of your own, as text."
    )

    @model_validator(mode="after")
    def _cap_lets_a_segment_through(self) -> Self:
        cap = self.pace.spend_cap_per_day
        dearest = max(self.price_per_segment, *self.prices.values(), Decimal(0))
        if cap is not None and cap < dearest:
            raise ValueError(
                f"pace.spend_cap_per_day is less than a segment costs ({dearest}) — raise it"
            )
        return self


class OtherChannelSettings(Section):
    """A channel added by one file in ``scheduler/channels``; its provider reads the options."""

    provider: ProviderName = Field(description="The PROVIDER of a file in scheduler/channels.")
    sender: str = Field(default="", description="Name or number shown as the sender.")
    price_per_segment: Decimal = Field(
        default=Decimal(0), ge=0, description="Euros a segment, as a decimal string."
    )
    prices: dict[str, Decimal] = Field(
        default_factory=dict, description="Exceptions by number prefix, such as '+262'."
    )
    #: How fast its messages may leave, and what they may cost.
    pace: SmsPaceSettings = Field(default_factory=SmsPaceSettings)
    options: dict[str, str] = Field(default_factory=dict, description="Its Options, as text.")


class ChannelsSettings(Section):
    model_config = ConfigDict(frozen=True, extra="allow", validate_default=True)
    __pydantic_extra__: dict[str, OtherChannelSettings]

    email: EmailSettings
    sms: SmsSettings

    @property
    def others(self) -> Mapping[str, OtherChannelSettings]:
        """Those that a file of ``scheduler/channels`` added, by name."""
        return self.__pydantic_extra__ or {}

    @property
    def every(self) -> Mapping[str, EmailSettings | SmsSettings | OtherChannelSettings]:
        """All of them, by name: e-mail, SMS, the others."""
        return {"email": self.email, "sms": self.sms, **self.others}

    @property
    def reach_people(self) -> bool:
        """Some provider is not the outbox."""
        return any(one.provider != OUTBOX for one in self.every.values())

    @property
    def texts(self) -> Mapping[str, SmsSettings | OtherChannelSettings]:
        """Those that have a sender, a price and a pace of segments, by name."""
        return {"sms": self.sms, **self.others}
