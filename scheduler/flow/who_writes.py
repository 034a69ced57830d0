"""In whose name messages are composed, from the settings that say so."""

from pathlib import Path

from scheduler.config.images import picture_type
from scheduler.config.sections.organisation import SupportSettings
from scheduler.config.settings import Settings
from scheduler.domain import host
from scheduler.domain.host import Host
from scheduler.domain.organisation import (
    LOGO_ID,
    EmailSender,
    File,
    Links,
    Organisation,
    Support,
)


def organisation_of(settings: Settings) -> Organisation:
    keys = settings.organisation
    return Organisation(
        name=keys.name,
        address=keys.address,
        contact=keys.contact,
        dpo=keys.dpo,
        site=keys.site,
        privacy_url=keys.privacy_url,
        full_notice=keys.notice == "full",
        link_domains=tuple(keys.link_domains),
        keeps_years=settings.retention.contacts_years,
        sms_abroad=settings.channels.sms.provider == "twilio",
        logo=_logo(keys.logo) if keys.logo else None,
        images=keys.images,
        support=_support(keys.support),
        help=keys.help,
        support_en=_support(keys.en.support),
        help_en=keys.en.help,
    )


def _support(keys: SupportSettings) -> Support:
    return Support(default=keys.default, by_establishment=tuple(keys.by.etablissement.items()))


def _logo(path: Path) -> File:
    content = path.read_bytes()
    kind = picture_type(content)
    name = f"logo.{kind.removeprefix('image/')}"
    return File(content_type=kind, name=name, body=content, content_id=LOGO_ID)


def links_of(settings: Settings) -> Links:
    web = settings.web
    return Links(
        public_url=web.public_url,
        short_url=web.short_url or web.public_url,
        joining=web.subscribe is not None,
    )


def host_of(settings: Settings) -> Host:
    """Whose voice the texts borrow."""
    keys = settings.host
    return host.host_of(
        name=keys.name,
        credit=keys.credit,
        permitted=keys.permission is not None,
        reaches_people=settings.channels.reach_people,
    )


def sender_of(settings: Settings) -> EmailSender:
    email = settings.channels.email
    return EmailSender(
        sender=email.sender,
        reply_to=email.reply_to,
        return_path_domain=email.return_path_domain,
    )
