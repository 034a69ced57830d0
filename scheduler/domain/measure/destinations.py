"""Which servers an address is delivered by: the groups that are paced apart from one another.

The shipped groups, and what each is believed to bear from one sender. Orange has said it (3
connections of 100 messages; pages of 2026 say 2), Yahoo half of it (20 messages a connection); the
others publish no figure or change it with a sender's reputation: theirs are cautious. Domains are
those that a provider gives, or gave, to its customers; a company's own, hosted there, isn't seen.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256

from scheduler.domain.values import frozen

#: What ``*`` at the end of a domain stands for: .fr, .com, .co.uk, .com.br.
_COUNTRY = r"(?:[a-z]{2,3}|com?\.[a-z]{2})"


@frozen
class DestinationGroup:
    """Servers that see all of our messages to these domains, and judge us by them."""

    name: str
    #: In lower case; ``yahoo.*`` is the same name in any country.
    domains: tuple[str, ...]
    #: At once, by all replicas together.
    connections: int
    messages_per_connection: int
    #: Messages a second; None: as fast as the connections go.
    per_second: float | None = None


DEFAULT_GROUPS = (
    DestinationGroup(
        name="orange",
        domains=("orange.fr", "wanadoo.fr", "voila.fr"),
        connections=3,
        messages_per_connection=100,
    ),
    DestinationGroup(
        name="free",
        domains=("free.fr", "aliceadsl.fr", "libertysurf.fr", "worldonline.fr"),
        connections=2,
        messages_per_connection=100,
    ),
    DestinationGroup(
        name="sfr",
        domains=(
            "sfr.fr",
            "neuf.fr",
            "cegetel.net",
            "club-internet.fr",
            "9online.fr",
            "noos.fr",
            "numericable.fr",
        ),
        connections=2,
        messages_per_connection=100,
    ),
    DestinationGroup(
        name="laposte", domains=("laposte.net",), connections=2, messages_per_connection=100
    ),
    DestinationGroup(
        name="gmail",
        domains=("gmail.com", "googlemail.com"),
        connections=4,
        messages_per_connection=100,
    ),
    DestinationGroup(
        name="microsoft",
        domains=("outlook.*", "hotmail.*", "live.*", "msn.com"),
        connections=4,
        messages_per_connection=100,
    ),
    DestinationGroup(
        name="yahoo",
        domains=("yahoo.*", "ymail.com", "rocketmail.com", "aol.*"),
        connections=4,
        messages_per_connection=20,
    ),
)


class Destinations:
    """The groups in force, asked once for every address that comes in."""

    def __init__(self, groups: Iterable[DestinationGroup] = DEFAULT_GROUPS) -> None:
        self.groups: Mapping[str, DestinationGroup] = {one.name: one for one in groups}
        self._by_domain = {
            domain: group.name for group in self.groups.values() for domain in group.domains
        }
        self._of_domain = lru_cache(maxsize=4096)(self._look_up)

    def of(self, address: str) -> str:
        """The name of an address's group; empty for the rest, and for a telephone number."""
        _, at, domain = address.rpartition("@")
        return self._of_domain(domain.lower()) if at else ""

    def _look_up(self, domain: str) -> str:
        if domain in self._by_domain:
            return self._by_domain[domain]
        name, dot, ending = domain.partition(".")
        is_country = dot and re.fullmatch(_COUNTRY, ending)
        return self._by_domain.get(f"{name}.*", "") if is_country else ""

    @property
    def fingerprint(self) -> str:
        """Changes when some address might change its group."""
        return sha256(repr(sorted(self._by_domain.items())).encode()).hexdigest()[:16]
