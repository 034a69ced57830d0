"""How many intents are taken at once: what the lines hand over in about half a second."""

from dataclasses import dataclass

from scheduler.flow.begin import alive

#: How long the intents of one group may take to hand over.
GROUP_SECONDS = 0.5
LARGEST_GROUP = 500
#: Seconds of sending that say something of the next.
TELLING = 0.05


@dataclass(slots=True)
class Sizing:
    """Of one sender: measured as it goes, and small again as soon as answers are slow."""

    _size: int = 0
    _since: float = 0.0
    _handed: int = 0

    def group(self, at_once: int) -> int:
        """Before anything is known, two for each line."""
        return max(at_once, self._size) if self._size else at_once * 2

    def begin(self) -> None:
        """Sending begins after a rest, which says nothing."""
        self._since, self._handed = alive(), 0

    def note(self, handed: int) -> None:
        """So many were handed over since the last time."""
        self._handed += handed
        seconds = alive() - self._since
        if self._handed and (seconds >= TELLING or self._handed >= self._size):
            size = int(self._handed * GROUP_SECONDS / max(seconds, 0.001))
            self._size = max(1, min(size, LARGEST_GROUP))
            self.begin()
