"""DNS, by dnspython: the system's servers, or those that an operator names."""

from collections.abc import Sequence

import dns.asyncresolver
import dns.exception
import dns.name
import dns.rdata
import dns.resolver

from scheduler.domain.doctor.zone import Kind, Records

#: Seconds for one question, all servers and a TCP try included.
PATIENCE = 5.0
#: Questions in a row that get no answer, before any got one: nobody is there to ask.
_DEAF = 2
_LATE = "no server answers in time"


class Dns:
    """domain.doctor.zone.Resolver. An answer too long for UDP is asked again by TCP."""

    def __init__(self, servers: Sequence[str] = (), port: int = 53) -> None:
        """``servers``: addresses; none: the system's."""
        self._resolver: dns.asyncresolver.Resolver | None = None
        self._fault = ""
        #: Questions that nobody answered; None: one was answered.
        self._unanswered: int | None = 0
        try:
            self._resolver = dns.asyncresolver.Resolver(configure=not servers)
        except dns.exception.DNSException as missing:
            self._fault = _words(missing)
            return
        if servers:
            self._resolver.nameservers = list(servers)
            self._resolver.port = port
        self._resolver.lifetime = PATIENCE

    async def look(self, kind: Kind, name: str) -> Records:
        if self._resolver is None:
            return Records(silent=self._fault)
        if self._unanswered is not None and self._unanswered >= _DEAF:
            return Records(silent=_LATE)
        found = await self._asked(self._resolver, kind, name)
        if found.silent != _LATE:
            self._unanswered = None
        elif self._unanswered is not None:
            self._unanswered += 1
        return found

    async def _asked(self, resolver: dns.asyncresolver.Resolver, kind: Kind, name: str) -> Records:
        try:
            # With its dot: no domain of this machine's is tried behind it.
            asked = dns.name.from_text(name.rstrip(".") + ".")
            answer = await resolver.resolve(asked, kind.value, search=False)
        except dns.resolver.NXDOMAIN:
            return Records(no_such_name=True)
        except dns.resolver.NoAnswer:
            return Records()
        except dns.resolver.NoNameservers:
            return Records(silent="its servers answer with a failure")
        except (dns.exception.DNSException, OSError) as fault:
            return Records(silent=_words(fault))
        return Records(values=tuple(_text(kind, one) for one in answer))


def _text(kind: Kind, record: dns.rdata.Rdata) -> str:
    if kind is Kind.TXT:
        return b"".join(record.strings).decode("utf-8", "replace")  # type: ignore[attr-defined]
    return record.to_text().lower().rstrip(".")


def _words(fault: Exception) -> str:
    if isinstance(fault, dns.exception.Timeout):
        return _LATE
    return type(fault).__name__
