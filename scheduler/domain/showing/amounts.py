"""What a report shows: figures that were made safe once, and whatever follows from those alone.

A sum, a share or a comparison is worked out from figures as they are shown, never from what lies
behind them: so no reader of all of them knows more than the figures themselves tell.
"""

from collections.abc import Iterable
from enum import StrEnum

from scheduler.domain.showing.small_numbers import LEAST, STEP, Shown, Veil, text
from scheduler.domain.values import frozen

#: Of a hundred, shares go by so many.
SHARE_STEP = 5


class Unit(StrEnum):
    COUNT = "count"
    #: Ten-thousandths of a euro.
    EURO = "euro"
    #: Of a hundred.
    PERCENT = "percent"


@frozen
class Amount:
    """A figure as it stands in a report."""

    shown: Shown
    unit: Unit = Unit.COUNT
    #: It may be more: made of figures that were rounded down, or without those not shown.
    at_least: bool = False

    @property
    def number(self) -> int:
        """For a bar's length: nothing where no figure is shown."""
        return self.shown if not isinstance(self.shown, Veil) else 0

    @property
    def as_json(self) -> int | str:
        match self.shown, self.unit:
            case Veil() as veil, _:
                return veil.value
            case int(ten_thousandths), Unit.EURO:
                cents = self._cents(ten_thousandths)
                return f"{cents // 100}.{cents % 100:02}"
            case number, _:
                return number

    def _cents(self, ten_thousandths: int) -> int:
        """To the nearest; of what may be more, no more than it is."""
        return ten_thousandths // 100 if self.at_least else (ten_thousandths + 50) // 100

    def in_french(self) -> str:
        if isinstance(self.shown, Veil):
            return text(self.shown)
        match self.unit:
            case Unit.EURO:
                cents = self._cents(self.shown)
                said = f"{_number(cents // 100)},{cents % 100:02} €"
            case Unit.PERCENT:
                said = f"{self.shown} %"
            case _:
                said = _number(self.shown)
        return f"au moins {said}" if self.at_least and self.shown else said


def added(figures: Iterable[Shown], *, exact: bool, unit: Unit = Unit.COUNT) -> Amount:
    """The sum of what is shown; hidden where nothing of it is."""
    found = [one for one in figures if one != 0]
    numbers = [one for one in found if not isinstance(one, Veil)]
    if not found:
        return Amount(shown=0, unit=unit)
    if not numbers:
        alone = found[0] if len(found) == 1 else Veil.HIDDEN
        return Amount(shown=alone, unit=unit)
    alone = len(found) == 1
    return Amount(shown=sum(numbers), unit=unit, at_least=not exact and not alone)


def share(part: Shown, rest: Shown, *, exact: bool) -> Amount:
    """How many of a hundred ``part`` is at least, of itself and the rest, from both as shown."""
    if isinstance(part, Veil) or rest is Veil.HIDDEN:
        return Amount(shown=Veil.HIDDEN, unit=Unit.PERCENT)
    if exact and not isinstance(rest, Veil):
        whole = part + rest
        return Amount(shown=round(100 * part / whole) if whole else 0, unit=Unit.PERCENT)
    # As many as there may be behind the figure: below ten nine, else up to the next step.
    most = LEAST - 1 if isinstance(rest, Veil) else rest + (STEP - 1 if rest else 0)
    whole = part + most
    percent = 100 * part // whole if whole else 0
    return Amount(
        shown=percent - percent % SHARE_STEP, unit=Unit.PERCENT, at_least=bool(most or part)
    )


def change(now: Amount, before: Amount | None) -> str:
    """What became of it since another season, in French; empty where one of the two isn't shown."""
    if before is None or isinstance(now.shown, Veil) or isinstance(before.shown, Veil):
        return ""
    if before.shown == 0 or now.unit is Unit.PERCENT:
        points = now.shown - before.shown
        unit = " points" if now.unit is Unit.PERCENT else ""
        if now.unit is Unit.EURO:
            return "autant" if not points else ""
        return _signed(points, unit)
    return _signed(round(100 * (now.shown - before.shown) / before.shown), " %")


def _signed(number: int, unit: str) -> str:
    if not number:
        return "autant"
    return f"{'+' if number > 0 else '−'} {_number(abs(number))}{unit}"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")
