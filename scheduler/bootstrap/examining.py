"""The doctor, as the configuration and an operator's options say whom to ask."""

import os
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime
from email.utils import parseaddr
from functools import partial
from pathlib import Path

from scheduler.bootstrap.polls import mailbox_options, mailbox_tokens
from scheduler.bootstrap.providers import make_providers, options_of
from scheduler.config.advice import is_open_to_all
from scheduler.config.checks import THIS_MACHINE
from scheduler.config.configuration import Configuration
from scheduler.config.settings import Settings
from scheduler.domain.calendar.holidays import overseas_zones
from scheduler.domain.channels import EMAIL, SMS
from scheduler.domain.doctor.lines import Check
from scheduler.domain.doctor.seen import RelaySeen, TwilioSeen
from scheduler.domain.errors import KeysError
from scheduler.domain.values import frozen
from scheduler.flow.watching.examination import Doctor
from scheduler.flow.watching.examined import Asked, Machine, Outside
from scheduler.flow.watching.own_letter import OwnLetter
from scheduler.inbox import imap
from scheduler.inbox.looking import Looking
from scheduler.probes.names import Dns
from scheduler.probes.pages import Pages
from scheduler.probes.signatures import holds
from scheduler.probes.this_machine import (
    clock_is_kept,
    free_megabytes,
    keys_seen,
    zones_seen,
)
from scheduler.store.keys.sealing import read_keys
from scheduler.store.keys.tokens import Tokens

_SQLITE = "sqlite:///"
#: Octets of chance in a doctor's token.
_NONCE = 8
_MAIL = (Check.SPF, Check.DKIM, Check.DMARC, Check.RETURN_PATH, Check.MTA_STS)


@frozen
class Examined:
    """What an operator asks for on the command line."""

    selector: str = ""
    #: DNS servers' addresses; empty: the system's.
    servers: Sequence[str] = ()
    port: int = 53
    sends_from: Sequence[str] = ()
    #: Whether a mail may be sent, and how long it is waited for.
    mail: bool = True
    wait: int = 60
    without: Collection[Check] = ()


def make_doctor(configuration: Configuration, said: Examined, now: datetime) -> Doctor:
    """Nothing is connected yet, and no ledger is opened."""
    settings = configuration.settings
    resolver = Dns(said.servers, said.port)
    tokens = _tokens(settings)
    token = tokens.doctor(secrets.token_bytes(_NONCE)) if tokens else ""
    skipped = {**_skipped(settings, said), **dict.fromkeys(said.without, "left out by --without")}
    outside = Outside(
        resolver=resolver,
        web=Pages(resolver),
        relay=_relay(settings) if Check.RELAY not in skipped else None,
        letter=_letter(settings, token, said) if token and Check.TEST_MAIL not in skipped else None,
        twilio=_twilio(settings) if Check.TWILIO not in skipped else None,
        mailbox=_looking(settings).rights if Check.MAILBOX not in skipped else None,
        click=(token, tokens.answered(token) or "") if tokens else None,
    )
    return Doctor(_asked(settings, said, skipped), outside, _machine(configuration, now), now)


def _asked(settings: Settings, said: Examined, skipped: Mapping[Check, str]) -> Asked:
    email, web = settings.channels.email, settings.web
    host = email.smtp.host if email.smtp and email.provider == "smtp" else ""
    box, dkim = email.mailbox, email.dkim
    return Asked(
        sender=_domain(email.sender),
        envelope=email.return_path_domain.lower(),
        reports=email.reply_to,
        relay=host,
        relay_is_here=host in THIS_MACHINE,
        selector=said.selector or email.dkim_selector or "",
        signing_domain=(dkim.domain if dkim else None) or _domain(email.sender),
        signs=dkim.published if dkim else {},
        sends_from=said.sends_from,
        mailbox=box.host if box else "",
        processed=box.processed if box else "",
        public_url=web.public_url,
        short_url=web.short_url or web.public_url,
        sms_sender=settings.channels.sms.sender,
        ours=settings.organisation.link_domains,
        keys_file=str(settings.keys.file),
        disk_least=settings.alarms.disk_free_mb,
        skipped=skipped,
    )


def _skipped(settings: Settings, said: Examined) -> dict[Check, str]:
    """What doesn't apply here, and why."""
    channels = settings.channels
    found: dict[Check, str] = {}
    if channels.email.provider == "outbox":
        outbox = "e-mail goes to the outbox, which reaches nobody"
        found |= dict.fromkeys([*_MAIL, Check.RELAY, Check.TEST_MAIL], outbox)
    elif channels.email.provider != "smtp":
        own = "e-mail goes by a provider of your own"
        found |= dict.fromkeys([Check.RELAY, Check.TEST_MAIL], own)
    if channels.email.mailbox is None:
        nobody = "there is no channels.email.mailbox: a person reads what comes back"
        found = {Check.MAILBOX: nobody, Check.TEST_MAIL: nobody} | found
    if not said.mail:
        found[Check.TEST_MAIL] = "left out by --no-mail"
    if channels.sms.provider != "twilio":
        found[Check.TWILIO] = "SMS don't go by Twilio"
    if channels.sms.provider == "outbox":
        found[Check.SHORT_ADDRESS] = "SMS go to the outbox, which reaches nobody"
    if not channels.reach_people:
        nobody = "every channel goes to the outbox: nobody is reached"
        far = (Check.LOOKALIKES, Check.PUBLIC_ADDRESS, Check.ONE_CLICK, Check.KEYS)
        found |= dict.fromkeys(far, nobody)
    return {check: found[check] for check in Check if check in found}


def _letter(settings: Settings, token: str, said: Examined) -> OwnLetter:
    email = settings.channels.email
    return OwnLetter(
        provider=make_providers(settings)[EMAIL.name],
        box=_looking(settings),
        sender=email.sender,
        domain=email.return_path_domain,
        public_url=settings.web.public_url,
        token=token,
        seconds=said.wait,
        holds=holds,
    )


def _looking(settings: Settings) -> Looking:
    keys = settings.channels.email.mailbox
    assert keys is not None  # noqa: S101 - else it is skipped
    options = mailbox_options(keys)
    return Looking(options, imap.Mailbox(options, mailbox_tokens(keys.oauth2)))


def _twilio(settings: Settings) -> Callable[[], Awaitable[TwilioSeen]]:
    from scheduler.channels.twilio_sms import looking

    return partial(looking.look, options_of(settings, SMS.name))


def _relay(settings: Settings) -> Callable[[], Awaitable[RelaySeen]]:
    from scheduler.channels.smtp import looking

    return partial(looking.look, options_of(settings, EMAIL.name))


def _machine(configuration: Configuration, now: datetime) -> Machine:
    settings = configuration.settings
    zones = list(dict.fromkeys([settings.time_zone, *overseas_zones()]))
    differing, missing = zones_seen(zones, now)
    folders = {
        "ledger": configuration.var,
        "optout-journal": configuration.optout_journal.parent,
        "keys": settings.keys.file.parent,
    }
    url = settings.database.url
    ledger = Path(url.removeprefix(_SQLITE)) if url.startswith(_SQLITE) else None
    return Machine(
        clock_is_kept=clock_is_kept(),
        free={name: free_megabytes(folder) for name, folder in folders.items()},
        keys=keys_seen(settings.keys.file, ledger),
        open_secrets=sorted(
            {str(path) for path in configuration.secret_files.values() if is_open_to_all(path)}
        ),
        zones=zones,
        differing=differing,
        missing=missing,
    )


def _tokens(settings: Settings) -> Tokens | None:
    """None: the keys aren't there, or can't be read."""
    if not os.access(settings.keys.file, os.R_OK):
        return None
    try:
        return Tokens(read_keys(settings.keys.file))
    except KeysError:
        return None


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2].lower()
