"""What is counted of the forms that anybody may send: one of our own pages, shown lately, sent
once, and not too many from one network.

What is refused is only not counted: its sender gets the same answer. All of it is in memory, and
gone within the hour.
"""

from collections import OrderedDict
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from scheduler.domain.names.tokens import FormToken
from scheduler.web.public.moderation import Moderation

#: A form is counted for so long after its page was shown.
FORM_LIFE = timedelta(hours=1)
#: Forms counted of one network in so long: a hospital leaves by one address.
WINDOW = timedelta(minutes=10)
EACH = 120
#: Of everybody together: 200 a second for a minute, and as much again.
EVERY = 24_000
#: Bits that make a network (IPv4, IPv6): what one subscriber has, or a little more.
_BITS = {4: 24, 6: 48}
#: The nonce of a form that many may have the same copy of (a page that is kept).
SHARED = bytes(8)


class Gate:
    """Counts in memory alone, and knows networks, never an address."""

    def __init__(self) -> None:
        self._moderation = Moderation(WINDOW, EACH, EVERY)
        self._spent: OrderedDict[bytes, datetime] = OrderedDict()

    def admits(self, form: FormToken | None, client: str, now: datetime) -> bool:
        """Whether this form is to be counted; once, for one that nobody else has."""
        if form is None or not timedelta(minutes=-1) <= now - form.made_at < FORM_LIFE:
            return False
        self._forget(now)
        if form.nonce in self._spent or not self._moderation.admits(network_of(client), now):
            return False
        if form.nonce != SHARED:
            self._spent[form.nonce] = form.made_at
        return True

    def _forget(self, now: datetime) -> None:
        """In the order in which they were sent: a little later than in that of their age."""
        while self._spent:
            nonce, made_at = next(iter(self._spent.items()))
            if now - made_at < FORM_LIFE + timedelta(minutes=1):
                return
            del self._spent[nonce]


def network_of(client: str) -> str:
    """The network of an address; a name that is none is its own."""
    try:
        address = ip_address(client.partition("%")[0])
    except ValueError:
        return client
    mapped = getattr(address, "ipv4_mapped", None) or address
    return str(ip_network((mapped, _BITS[mapped.version]), strict=False))
