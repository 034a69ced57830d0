"""Which of millions of texts were met before, in a few bytes each."""

from array import array


class Seen:
    """A set of texts that keeps 64 bits of each: in a million, two are taken for one about once in
    thirty million files. Only for counts that are told, and for what is looked at again: never for
    a decision about a person.
    """

    def __init__(self) -> None:
        self._slots = array("q", bytes(8 << 12))
        self._count = 0

    def add(self, text: str) -> bool:
        """Whether it is new."""
        # 0 marks a free slot.
        found = self._put(hash(text) or 1)
        if found and self._count * 3 > len(self._slots) * 2:
            self._grow()
        return found

    def __contains__(self, text: str) -> bool:
        value, slots = hash(text) or 1, self._slots
        mask = len(slots) - 1
        at = value & mask
        while slots[at]:
            if slots[at] == value:
                return True
            at = (at + 1) & mask
        return False

    def _put(self, value: int) -> bool:
        slots = self._slots
        mask = len(slots) - 1
        at = value & mask
        while slots[at]:
            if slots[at] == value:
                return False
            at = (at + 1) & mask
        slots[at] = value
        self._count += 1
        return True

    def _grow(self) -> None:
        old = self._slots
        self._slots = array("q", bytes(len(old) * 16))
        self._count = 0
        for value in old:
            if value:
                self._put(value)
