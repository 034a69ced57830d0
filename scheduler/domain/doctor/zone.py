"""What DNS said so far. A rule asks it, and is asked again once what it lacked is known: so rules
stay pure, whatever a record leads to."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from scheduler.domain.values import frozen


class Kind(StrEnum):
    TXT = "TXT"
    MX = "MX"
    A = "A"
    AAAA = "AAAA"
    CNAME = "CNAME"
    NS = "NS"


@frozen
class Records:
    """An answer. MX are "10 host"; names are in small letters, without a dot at the end."""

    values: tuple[str, ...] = ()
    #: Why there was no answer; empty: there was one, which may say that there is nothing.
    silent: str = ""
    #: The name itself isn't there (NXDOMAIN).
    no_such_name: bool = False


class Resolver(Protocol):
    async def look(self, kind: Kind, name: str) -> Records:
        """One question; never raises for what the network or a server does."""


class Wanted(Exception):
    """The rule needs a record that nobody has asked for yet."""

    def __init__(self, kind: Kind, name: str) -> None:
        super().__init__(kind, name)
        self.kind, self.name = kind, name


class Silent(Exception):
    """No server answered: the rule can say nothing."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(name, why)
        self.name, self.why = name, why


class Zone:
    """Records by kind and name."""

    def __init__(self, known: Mapping[tuple[Kind, str], Records]) -> None:
        self._known = known

    def of(self, kind: Kind, name: str) -> tuple[str, ...]:
        """Raises Wanted and Silent."""
        return self._records(kind, name).values

    def is_there(self, name: str) -> bool:
        """Raises Wanted and Silent."""
        return not self._records(Kind.NS, name).no_such_name

    def addresses(self, host: str) -> tuple[str, ...]:
        """IPv4 first. Raises Wanted and Silent."""
        return (*self.of(Kind.A, host), *self.of(Kind.AAAA, host))

    def _records(self, kind: Kind, name: str) -> Records:
        name = name.lower().rstrip(".")
        found = self._known.get((kind, name))
        if found is None:
            raise Wanted(kind, name)
        if found.silent:
            raise Silent(name, found.silent)
        return found


def published(name: str, text: str, kind: str = "TXT") -> str:
    """As a zone file has it. A text longer than 255 octets is told in pieces (RFC 7208, 3.3)."""
    if kind != "TXT":
        return f"{name}. IN {kind} {text}"
    pieces = [text[start : start + 255] for start in range(0, len(text), 255)] or [""]
    quoted = " ".join(f'"{one}"' for one in pieces)
    return f"{name}. IN TXT {quoted}"
