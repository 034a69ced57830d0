"""What has an intent and waits for a line: taken one by one, by whichever line is free.

There is no barrier in it: a line that waits for an answer keeps nobody else from taking.
"""

from collections import deque
from dataclasses import dataclass, field

from scheduler.domain.message import Message
from scheduler.domain.sending import Claim, Due


@dataclass(kw_only=True, slots=True)
class Lot:
    """One delivery with an intent of this process, until it has an outcome."""

    due: Due
    claim: Claim
    message: Message
    #: When its intent was taken (``begin.alive``).
    since: float
    #: When a line took it (``begin.alive``); 0: none has.
    taken_at: float = 0.0
    #: It may have been accepted.
    is_handed_over: bool = False


@dataclass(slots=True)
class Pile:
    """Of one sender. Oldest first."""

    _lots: deque[Lot] = field(default_factory=deque)

    def __len__(self) -> int:
        return len(self._lots)

    def put(self, lot: Lot) -> None:
        self._lots.append(lot)

    def take(self) -> Lot | None:
        return self._lots.popleft() if self._lots else None

    def take_all(self, *, older_than: float | None = None) -> list[Lot]:
        """What nobody has taken; where it is said, only what waits since before that moment."""
        taken = []
        while self._lots and (older_than is None or self._lots[0].since < older_than):
            taken.append(self._lots.popleft())
        return taken
