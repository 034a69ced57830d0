"""Who holds connections without asking anything: one client must not close the pages to the others.

A connection *asks* from its beginning, or from the end of an answer, until its request is whole.
Those who ask slowly are counted by client; when they are too many, the one that has asked longest
among those of whoever holds most is closed. So a client with two thousand connections closes its
own, and somebody with one is answered. Behind a proxy every client has the proxy's address, and the
proxy bounds them (docs/going-live.md has what it must be told).
"""

from collections.abc import Callable, Collection, Hashable

#: Connections that ask at once, of all clients.
MOST_ASKING = 300
#: Of one client, once the oldest has asked for longer than a quick client takes.
MOST_OF_A_CLIENT = 50
QUICK = 1.0


class Crowd:
    """The connections of one server that ask."""

    def __init__(self, proxies: Collection[str] = ()) -> None:
        """``proxies`` are the addresses that many clients come from."""
        self._proxies = frozenset(proxies)
        #: Client -> connection -> (since when, how to close it), the oldest first.
        self._asking: dict[str, dict[Hashable, tuple[float, Callable[[], None]]]] = {}
        self._total = 0

    def begins(
        self, client: str, connection: Hashable, close: Callable[[], None], now: float
    ) -> None:
        """A connection asks from now on; ``close`` is called when there is no more room for it."""
        theirs = self._asking.setdefault(client, {})
        theirs[connection] = (now, close)
        self._total += 1
        if self._total > MOST_ASKING:
            self._close_oldest(max(self._asking, key=lambda one: len(self._asking[one])))
        elif len(theirs) > MOST_OF_A_CLIENT and client not in self._proxies:
            since, _ = next(iter(theirs.values()))
            if now - since > QUICK:
                self._close_oldest(client)

    def ends(self, client: str, connection: Hashable) -> None:
        """It has asked, or is gone; said again, nothing changes."""
        theirs = self._asking.get(client, {})
        if theirs.pop(connection, None) is not None:
            self._total -= 1
        if not theirs:
            self._asking.pop(client, None)

    def _close_oldest(self, client: str) -> None:
        connection, (_, close) = next(iter(self._asking[client].items()))
        self.ends(client, connection)
        close()
