"""Types of single values in config.yaml, each with the refusal a person can act on."""

import re
from datetime import datetime, time
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator

from scheduler.domain.errors import AddressRefused
from scheduler.domain.law.quiet_words import health_word
from scheduler.domain.people.addresses import normalise_email

#: Words no alphanumeric sender may be: operators refuse what names nobody.
GENERIC_SENDERS = frozenset({"ALERTE", "ALERT", "RDV", "INFO", "INFOS", "SANTE", "SMS", "TEST"})

#: Hosts that no network lies before.
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})

#: Characters of whom to call: it stands in SMS too.
LONGEST_HELP_LINE = 120

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")

DATABASES = ("sqlite:///", "postgresql+psycopg://")


def _https(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(
            "must be an https address without query, such as https://cyber.example.org"
        )
    return value.rstrip("/")


def _email(value: str) -> str:
    try:
        return normalise_email(value).send_to
    except AddressRefused as refused:
        raise ValueError(f"not a usable e-mail address ({refused})") from refused


def _mailbox(value: str) -> str:
    name, address = parseaddr(value)
    if not address or any(ord(char) < 32 for char in value):
        raise ValueError("must be an address, or Name <address>")
    return str(Address(name, addr_spec=_email(address)))


def _bind(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise ValueError("must be host:port, such as 127.0.0.1:8080")
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise ValueError("not an IANA time zone, such as Europe/Paris") from unknown
    return value


def _wall_time(value: object) -> time:
    if isinstance(value, time):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        raise ValueError('must be a time in quotes, such as "10:00"')
    if value.startswith("02:"):
        raise ValueError("between 02:00 and 03:00 clocks skip or repeat — choose another time")
    return time.fromisoformat(value)


def _naive(value: datetime) -> datetime:
    if value.tzinfo is not None:
        raise ValueError(
            "an event's time is a local wall time — write 2026-10-13T14:30 and set zone"
        )
    return value


def domain_name(value: str) -> str:
    """The domain in lower case and in ASCII. Raises ValueError."""
    try:
        return normalise_email(f"x@{value}").send_to.removeprefix("x@")
    except AddressRefused as refused:
        raise ValueError(f"not a domain name ({refused})") from refused


def _database_url(value: str) -> str:
    if not value.startswith(DATABASES) or value in DATABASES:
        raise ValueError(
            "no database this program knows — write sqlite:///path or "
            "postgresql+psycopg://user@host/name"
        )
    return value


def _as_text(value: object) -> object:
    """YAML reads a short code as a number."""
    return str(value) if isinstance(value, int) else value


def _sms_sender(value: str) -> str:
    if re.fullmatch(r"3[68]\d{3}", value):
        return value
    if not re.fullmatch(r"(?=[0-9]{0,10}[A-Za-z])[A-Za-z0-9]{3,11}", value):
        raise ValueError(
            "must be a name of 3 to 11 letters and digits without space or accent, or a short "
            "code 36xxx or 38xxx (numbers in 06 and 07 are forbidden to automated sending)"
        )
    if value.upper() in GENERIC_SENDERS:
        raise ValueError("names nobody: operators refuse generic words — use the organisation's")
    return value


def _sms_name(value: str) -> str:
    name = " ".join(value.split())
    if not re.fullmatch(r"(?=[^A-Za-z]{0,23}[A-Za-z])[A-Za-z0-9 .,()'éèùàÉäöüñÄÖÜÑ-]{3,24}", name):
        raise ValueError("must be 3 to 24 signs of the alphabet of SMS — write CH de l'Exemple")
    if word := health_word(name):
        raise ValueError(
            f"{word!r} says something of the reader's health on a locked screen — a neutral name"
        )
    return name


def _help_line(value: object) -> str:
    """YAML reads a bare number as one. The texts end the sentence that has the line: a full stop of
    its own goes."""
    given = isinstance(value, str | int) and not isinstance(value, bool)
    line = str(value).strip().removesuffix(".")
    if given and len(line) <= LONGEST_HELP_LINE and not _CONTROL.search(line):
        return line
    raise ValueError(
        f"must be one line of words of at most {LONGEST_HELP_LINE} characters, in quotes, such as "
        "'poste 4242, jour et nuit'"
    )


HttpsUrl = Annotated[str, AfterValidator(_https)]
EmailAddress = Annotated[str, AfterValidator(_email)]
Mailbox = Annotated[str, AfterValidator(_mailbox)]
BindAddress = Annotated[str, AfterValidator(_bind)]
ZoneName = Annotated[str, AfterValidator(_zone)]
WallTime = Annotated[time, BeforeValidator(_wall_time)]
WallDateTime = Annotated[datetime, AfterValidator(_naive)]
DomainName = Annotated[str, AfterValidator(domain_name)]
DatabaseUrl = Annotated[str, AfterValidator(_database_url)]
HelpLine = Annotated[str, BeforeValidator(_help_line)]
SmsName = Annotated[str, AfterValidator(_sms_name)]
Season = Annotated[str, BeforeValidator(_as_text)]
SmsSender = Annotated[str, BeforeValidator(_as_text), AfterValidator(_sms_sender)]
