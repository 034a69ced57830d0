"""Taking a change of the calendar back: what is decided then, of it and of what hangs on it."""

from collections.abc import Sequence
from dataclasses import replace

from scheduler.domain.calendar.changes import Change, ChangeKind, Decision, Facet, Laid, Stand


def taken_back(found: Laid, ever: Sequence[Decision]) -> Change:
    """``ever``: all that was decided. A move of an event that is in no file is undone to the dates
    of before, and the adding stands: it goes with the adding alone."""
    change = found.decision.change
    moved_here = change.facet is Facet.EVENT and change.kind is ChangeKind.EVENT_MOVED
    if moved_here and found.stand is Stand.OVER and found.file is None:
        before = _before(found.decision, ever)
        if before is not None:
            return before
    return replace(change, says=None)


def _before(decision: Decision, ever: Sequence[Decision]) -> Change | None:
    """What stood before a move; what was undone itself is skipped."""
    steps: list[Change] = []
    for one in sorted(ever, key=lambda one: one.number):
        if one.change.subject != decision.change.subject or one.number > decision.number:
            continue
        if one.change.says is None:
            steps.clear()
        elif len(steps) > 1 and steps[-2].print == one.change.print:
            steps.pop()
        elif not steps or steps[-1].print != one.change.print:
            steps.append(one.change)
    return steps[-2] if len(steps) > 1 else None


def with_it(change: Change, standing: Sequence[Decision], *, in_files: bool) -> list[Change]:
    """All that is decided with it: whatever else stands of an event that is nowhere any more goes
    too."""
    if change.facet is not Facet.EVENT or change.says is not None or in_files:
        return [change]
    others = [
        replace(one.change, says=None)
        for one in standing
        if one.change.campaign == change.campaign and one.change.subject != change.subject
    ]
    return [change, *others]
