"""What SMS cost, in ten-thousandths of a euro, so that sums are exact."""

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal

from scheduler.domain.values import frozen

#: Ten-thousandths in a euro.
SCALE = 10_000


@frozen
class Prices:
    """Euros a segment: a default, and exceptions by number prefix (the longest wins)."""

    default: Decimal = Decimal(0)
    by_prefix: Mapping[str, Decimal] = field(default_factory=dict)

    def cost(self, number: str, segments: int) -> int:
        """Of one message, in ten-thousandths of a euro."""
        if not segments:
            return 0
        prefixes = [prefix for prefix in self.by_prefix if number.startswith(prefix)]
        price = self.by_prefix[max(prefixes, key=len)] if prefixes else self.default
        return int(price * SCALE) * segments


def euros(cost: int) -> Decimal:
    """A sum of costs, in euros."""
    return Decimal(cost) / SCALE
