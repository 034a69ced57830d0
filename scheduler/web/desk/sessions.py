"""Who has come in with the token: kept in memory, so that leaving ends it, and a restart too."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

#: A session's whole life, and how long it lasts unused.
LASTS = timedelta(hours=12)
IDLE = timedelta(hours=2)
#: In use it gets a new value so often; the one before still counts a while, because a page loads
#: its parts at once.
RENEWED_EVERY = timedelta(minutes=15)
GRACE = timedelta(minutes=5)
#: Sessions kept at once; one more ends the oldest.
MOST = 1000


@dataclass(kw_only=True, slots=True)
class Session:
    #: What the proofs of its forms are made with.
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    ends: datetime
    #: Last asked for anything, and last given a new value (UTC).
    used: datetime
    renewed: datetime


class Sessions:
    """By the digest of the value in the visitor's cookie, which is kept nowhere."""

    def __init__(self) -> None:
        #: With the end of the value itself.
        self._by_value: dict[bytes, tuple[Session, datetime]] = {}

    def begin(self, now: datetime) -> str:
        """A new session; the value that stands for it."""
        session = Session(ends=now + LASTS, used=now, renewed=now)
        self._forget(now)
        return self._give(session)

    def find(self, value: str, now: datetime, *, in_use: bool = True) -> Session | None:
        """The session of a value, unless it is over. ``in_use`` puts off the end of its rest."""
        session, ends = self._by_value.get(_digest(value), (None, now))
        if session is None or now >= min(ends, session.used + IDLE):
            return None
        if in_use:
            session.used = now
        return session

    def renew(self, value: str, session: Session, now: datetime) -> str | None:
        """A new value in place of this one, when it is time; its proofs stay good."""
        if now < session.renewed + RENEWED_EVERY:
            return None
        session.renewed = now
        self._by_value[_digest(value)] = session, min(now + GRACE, session.ends)
        return self._give(session)

    def end(self, session: Session) -> None:
        """Under every value it had."""
        self._by_value = {
            value: kept for value, kept in self._by_value.items() if kept[0] is not session
        }

    def _give(self, session: Session) -> str:
        value = secrets.token_urlsafe(32)
        self._by_value[_digest(value)] = session, session.ends
        return value

    def _forget(self, now: datetime) -> None:
        """What is over, and the oldest beyond what is kept."""
        alive = [
            (value, kept)
            for value, kept in self._by_value.items()
            if now < min(kept[1], kept[0].used + IDLE)
        ]
        self._by_value = dict(alive[-(MOST - 1) :])


def _digest(value: str) -> bytes:
    return hashlib.sha256(value.encode()).digest()
