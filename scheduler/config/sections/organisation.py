"""The keys below ``organisation:``, as frozen values; see ``scheduler.config.settings``."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from scheduler.config.checks import (
    EmailAddress,
    HelpLine,
    HttpsUrl,
    SmsName,
)
from scheduler.config.sections.section import Section


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


class EnglishCallsSettings(Section):
    """The same lines for readers of English; a key that is empty: what is dialled of the French."""

    support: SupportSettings = SupportSettings()
    help: HelpLine = Field(
        default="",
        description="What organisation.help is for readers of English; empty: its number, or the "
        "line in quotes where it has two numbers or none.",
    )


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
    en: EnglishCallsSettings = EnglishCallsSettings()
    link_domains: list[str] = Field(
        default_factory=list,
        description="Domains messages may link to, beside the public help sites.",
    )
