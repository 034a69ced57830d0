"""How counts of people are shown where a colleague reads them, so that nobody is found out.

Who refused, or never agreed, is found out by small figures: of eleven people in a service ten got
the SMS. One function decides for every page, command, file and gauge: below ten a group is « moins
de 10 », from ten up figures go by steps of five, and where small parts would be what is left of
the whole, the whole (or another part) isn't shown either. Invented people have nothing to hide:
``EXACT`` shows their figures as they are.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from scheduler.domain.values import frozen

#: Groups below it are not told apart.
LEAST = 10
STEP = 5
#: So many small parts hide another whatever they come to: that they are below ten together would
#: say that each is one.
MANY = 5


class Veil(StrEnum):
    """What stands in the place of a figure."""

    #: One to nine.
    FEW = "<10"
    #: Any figure: it would give another away.
    HIDDEN = "hidden"


#: A figure as it may be shown.
Shown = int | Veil
K = TypeVar("K", bound=Hashable)


@frozen
class Whole(Generic[K]):
    """A group of people and its parts, each person in one of them."""

    total: Shown
    parts: Mapping[K, Shown]


@frozen
class Figures:
    """How the figures of one audience of readers are shown."""

    exact: bool

    def of(self, count: int) -> Shown:
        """A figure by itself."""
        return count if self.exact else rounded(count)

    def whole(self, parts: Mapping[K, int]) -> Whole[K]:
        """Parts that matter more than their total: that is worked out of what is shown of them.
        The true one, rounded, would say of five parts shown as ten that each is fourteen."""
        if self.exact:
            return Whole(total=sum(parts.values()), parts=dict(parts))
        shown = {name: rounded(count) for name, count in parts.items()}
        total, some = sum(parts.values()), [count for count in parts.values() if count > 0]
        # A few people in a few parts are few; of many parts it would say that each is one.
        is_few = 0 < total < LEAST and len(some) < MANY
        return Whole(total=Veil.FEW if is_few else together(shown.values()), parts=shown)

    def split(self, parts: Mapping[K, int]) -> Mapping[K, Shown]:
        """Parts of a total that is shown elsewhere: a second one goes where a part would be what
        is left."""
        if self.exact:
            return dict(parts)
        shown: dict[K, Shown] = {name: rounded(count) for name, count in parts.items()}
        if give_away(parts):
            others = [name for name, count in parts.items() if count >= LEAST]
            # By what is shown of them: by their counts it would say which of two is the smaller.
            shown[min(others, key=lambda name: rounded(parts[name]))] = Veil.HIDDEN
        return shown


def together(shown: Iterable[Shown]) -> Shown:
    """The sum of figures as they are shown; hidden where one of several isn't told."""
    found = [one for one in shown if one != 0]
    if len(found) == 1:
        return found[0]
    numbers = [one for one in found if not isinstance(one, Veil)]
    return sum(numbers) if len(numbers) == len(found) else Veil.HIDDEN


EXACT = Figures(exact=True)
ROUNDED = Figures(exact=False)


def figures_for(*, invented: bool) -> Figures:
    return EXACT if invented else ROUNDED


def rounded(count: int) -> Shown:
    """Nobody is nobody; a group is never made larger than it is."""
    if count <= 0:
        return 0
    return Veil.FEW if count < LEAST else count - count % STEP


def is_step(count: int) -> bool:
    """Whether as many are shown to the last one. What adds up beside a count (seconds) is told as
    it stood at the latest step: each change of it would else be one more."""
    return count > 0 and rounded(count) == count


def veiled(amount: int, base: int, figures: Figures) -> Shown:
    """What follows from a count of people (parts of SMS, their cost) in proportion to how that
    is shown, by steps of what five of them come to at least: its last figures would tell how many
    there are."""
    shown = figures.of(base)
    if isinstance(shown, Veil):
        return Veil.HIDDEN if amount else 0
    if figures.exact or not base:
        return amount
    step = _round_number(-(-STEP * amount // base))
    return amount * shown // base // step * step


def _round_number(least: int) -> int:
    """1, 2 or 5 with noughts, so large at least: it tells little of what it was made of."""
    ten = 1
    while ten * 10 <= least:
        ten *= 10
    return next((one * ten for one in (1, 2, 5) if one * ten >= least), 10 * ten)


def text(shown: Shown, number: Callable[[int], str] = str) -> str:
    """In French."""
    match shown:
        case Veil.FEW:
            return f"moins de {LEAST}"
        case Veil.HIDDEN:
            return "non montré"
        case _:
            return number(shown)


def english(shown: Shown) -> str:
    """For the commands that speak it."""
    match shown:
        case Veil.FEW:
            return f"fewer than {LEAST}"
        case Veil.HIDDEN:
            return "not shown"
        case _:
            return str(shown)


def gauge(shown: Shown) -> int:
    """For what takes numbers alone: the middle of a group below ten."""
    return shown if isinstance(shown, int) and not isinstance(shown, Veil) else STEP


def is_many(shown: Shown) -> bool:
    """Whether its noun is plural in French."""
    return isinstance(shown, Veil) or shown > 1


def give_away(parts: Mapping[K, int]) -> bool:
    """The small parts together are a group below ten, beside others: what is left of the whole."""
    small = [count for count in parts.values() if 0 < count < LEAST]
    few = 0 < sum(small) < LEAST or len(small) >= MANY
    return few and any(count >= LEAST for count in parts.values())
