"""When a domain refuses many of its people at once, it is the domain that is ill, and not they.

A directory that is out for an hour answers "no such user" for a whole hospital. What it says then
is kept in suspense: nobody is ended, the domain is left alone but for one message an hour, and the
first that it takes lets the others go on. A mailbox provider of the public is no such case: an old
file's dead addresses there are dead, and say nothing of the others.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from scheduler.domain.consent.optout import Route
from scheduler.domain.ids import AddressId, DeliveryId
from scheduler.domain.instants import Dated
from scheduler.domain.measure.destinations import DEFAULT_GROUPS, DestinationGroup, Destinations
from scheduler.domain.values import frozen

#: Refusals that are looked at together.
WITHIN = timedelta(hours=1)
#: How long an acceptance shows that a domain knew its people.
KNOWN_FOR = timedelta(days=90)
#: How often one message tries a domain that refuses.
PROBE_EVERY = timedelta(hours=1)
#: An address that is refused again so long after, and took nothing meanwhile, is dead.
SECOND_WORD = timedelta(hours=20)
#: How long refusals are remembered.
KEPT = timedelta(days=180)

#: Beside the destination groups that are shipped: no list of them is ever whole.
_PUBLIC = DestinationGroup(
    name="public",
    domains=(
        *("icloud.com", "me.com", "mac.com", "gmx.*", "mail.com", "mail.ru", "yandex.*"),
        *("proton.me", "protonmail.com", "pm.me", "tutanota.com", "tuta.com", "zoho.com"),
        *("bbox.fr", "mailo.com", "netcourrier.com", "caramail.com", "nordnet.fr", "dbmail.com"),
        *("bluewin.ch", "skynet.be", "telenet.be", "hotmail.*", "live.*", "web.de", "t-online.de"),
        *("mediaserv.net", "only.fr", "izi.re", "lagoon.nc", "mls.nc", "mail.pf", "canl.nc"),
        *("libero.it", "tiscali.it", "virgilio.it", "terra.es", "telefonica.net", "sapo.pt"),
    ),
    connections=1,
    messages_per_connection=1,
)
_MAILBOX_PROVIDERS = Destinations((*DEFAULT_GROUPS, _PUBLIC))


@frozen
class BurstLimits:
    """From how many refusals in an hour a domain is held for ill."""

    addresses: int = 20
    #: Of its addresses that took a message within ``KNOWN_FOR``.
    percent: int = 20

    def most(self, refused: int) -> int:
        """Above so many that took a message, that many refusals are no burst."""
        return refused * 100 // self.percent


@frozen
class Refusal(Dated):
    """An address was refused for good, in the words of its own side."""

    address_id: AddressId
    delivery_id: DeliveryId
    #: Provider: in the conversation itself. Bounce: by mail, later.
    route: Route
    #: It blames the address; else its domain's servers (5.4.x), which ends nobody.
    blames_address: bool
    #: UTC.
    at: datetime
    #: Code and words, for the alarm.
    said: str = ""


@frozen
class Burst(Dated):
    """A domain that is left alone, for now."""

    domain: str
    #: Addresses whose end is in suspense.
    pending: int
    #: Of how many that took a message before.
    accepted: int
    said: str
    #: UTC.
    began_at: datetime
    #: No message tries it before.
    probe_at: datetime


@frozen
class Reopened:
    """What a person's decision gave back."""

    addresses: int
    #: Messages that waited, and may leave now.
    released: int = 0
    #: The domain was being left alone.
    held: bool = False


def is_burst(refused: int, accepted: int, limits: BurstLimits) -> bool:
    """``refused`` addresses within an hour, of a domain where ``accepted`` took a message."""
    enough = refused >= limits.addresses
    return enough and accepted > 0 and refused * 100 >= limits.percent * accepted


def is_second_word(earlier: Collection[datetime], taken_at: datetime | None, now: datetime) -> bool:
    """Whether an address refused now, and earlier in bursts that have ended, is dead after all: its
    domain took others' mail since, and never its own."""
    if not earlier:
        return False
    first = min(earlier)
    return first <= now - SECOND_WORD and (taken_at is None or taken_at < first)


def is_public(domain: str) -> bool:
    """A mailbox provider of the public, where people come and go one by one."""
    return bool(_MAILBOX_PROVIDERS.of(f"x@{domain}"))


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower().rstrip(".")
