"""What one line of a provider has taken from the pile, and not answered."""

from typing import Protocol

from scheduler.domain.delivery import Receipt
from scheduler.domain.errors import HandOverError, Withheld
from scheduler.domain.message import Message
from scheduler.domain.provider import Stock
from scheduler.flow.stock import Lot


class Giver(Protocol):
    """Whom it takes from, and who hears what came of it."""

    def take(self) -> Lot | None:
        """The next one that may leave."""

    def hear(self, lot: Lot, answer: Receipt | HandOverError | Withheld) -> None:
        """An answer, once a lot."""

    def call_back(self) -> None:
        """Everything that may still be kept from leaving waits again."""


class Taken(Stock):
    """Of one line, while it is open."""

    def __init__(self, hand_over: Giver) -> None:
        self._hand_over = hand_over
        self._lots: dict[int, Lot] = {}
        #: It takes no more, and ends once nothing that may have left has no answer.
        self.is_called_back = False

    @property
    def may_have_left(self) -> bool:
        return any(lot.is_handed_over for lot in self._lots.values())

    def take(self) -> Message | None:
        lot = None if self.is_called_back else self._hand_over.take()
        if lot is None:
            return None
        self._lots[lot.due.delivery_id] = lot
        return lot.message

    def answered(self, message: Message, answer: Receipt | HandOverError | Withheld) -> None:
        lot = self._lots.pop(message.delivery)
        self._hand_over.hear(lot, answer)
        if self.is_called_back and self._lots and not self.may_have_left:
            self._hand_over.call_back()

    def take_back(self) -> list[Lot]:
        lots = list(self._lots.values())
        self._lots.clear()
        return lots
