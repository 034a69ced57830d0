"""How counts of answers are shown, so that no single answer is found out.

The one function for small numbers decides (``showing.small_numbers``); beside it, a group that is
small, or all of one mind, has no parts: they would say what each of it answered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from scheduler.domain.showing.amounts import Amount, added
from scheduler.domain.showing.small_numbers import (
    LEAST,
    STEP,
    Figures,
    Shown,
    Veil,
    give_away,
)
from scheduler.domain.values import frozen

#: All of one mind, a group is shown as parts from this size on.
OF_ONE_MIND = 2 * LEAST
#: A share is told where all that may be off together is a tenth of the answers at most.
UNSURE = 10


@frozen
class Told:
    """A question's answers, as they may be shown."""

    total: Shown
    #: Letter -> how often; empty: too few, of each or of all, or all of one mind.
    parts: Mapping[str, Shown]
    #: Right answers of a hundred, in steps of five; None where the parts aren't shown.
    right: int | None
    #: The total is the sum of parts as they are shown.
    at_least: bool = False

    @property
    def answers(self) -> Amount:
        """The total, as it is told."""
        return Amount(shown=self.total, at_least=self.at_least)


def told(counts: Mapping[str, int], right: str, figures: Figures) -> Told:
    total = sum(counts.values())
    if figures.exact:
        share = round(100 * counts.get(right, 0) / total) if total else None
        return Told(total=total, parts=dict(counts), right=share)
    unanimous = sum(1 for one in counts.values() if one) < 2
    if total < LEAST or (unanimous and total < OF_ONE_MIND):
        return Told(total=figures.of(total), parts={}, right=None)
    parts = figures.whole(counts).parts
    if give_away(counts):
        # A share beside parts would be the whole that is hidden.
        return Told(total=Veil.HIDDEN, parts=parts, right=None)
    numbers = [one for one in parts.values() if not isinstance(one, Veil)]
    if not any(numbers):
        return Told(total=figures.of(total), parts={}, right=None)
    share = _share(parts, right)
    return Told(total=sum(numbers), parts=parts, right=share, at_least=not unanimous)


def _share(parts: Mapping[str, Shown], right: str) -> int | None:
    """From the parts as they are shown, each in the middle of what it may be: the true share of
    eleven answers, « 91 % », says that one was wrong. None where they leave it too unsure."""
    middles = {name: _middle(one) for name, one in parts.items()}
    total = sum(middle for middle, _ in middles.values())
    unsure = sum(half for _, half in middles.values())
    if not total or unsure * UNSURE > total:
        return None
    percent = 100 * middles[right][0] // total if right in middles else 0
    return percent - percent % STEP


def _middle(shown: Shown) -> tuple[int, int]:
    """Of what stands behind a figure, and how far off it may be."""
    if isinstance(shown, Veil):
        return LEAST // 2, LEAST // 2 - 1
    return (shown + STEP // 2, STEP // 2) if shown else (0, 0)


@frozen
class Results:
    """What some questions came to, worked out from their answers as they may be shown."""

    answers: Amount
    #: Right ones of a hundred, in steps of five; None where no question tells.
    right: int | None


def results(questions: Iterable[Told], figures: Figures) -> Results:
    """Each question weighs as much as its answers that are shown."""
    found = list(questions)
    telling = [(one.right, one.total) for one in found if one.right is not None and one.total]
    weights = [(right, total) for right, total in telling if not isinstance(total, Veil)]
    whole = sum(total for _, total in weights)
    right = None
    if whole:
        percent = sum(right * total for right, total in weights) // whole
        right = percent - percent % STEP
    answers = added((one.total for one in found), exact=figures.exact)
    at_least = answers.at_least or any(one.at_least for one in found)
    return Results(answers=replace(answers, at_least=at_least), right=right)
