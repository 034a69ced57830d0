"""The counts of an occurrence as the desk shows them: sums of what a report shows of each audience
and territory. A sum of its own, rounded, would narrow down what a report hides."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from operator import methodcaller

from scheduler.domain.answers import arrivals as arrival_words
from scheduler.domain.answers.arrivals import Arrival
from scheduler.domain.channels import SMS
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.showing.amounts import added
from scheduler.domain.showing.desk import SlotView
from scheduler.domain.showing.report import Count
from scheduler.domain.showing.small_numbers import Figures, Shown
from scheduler.flow.showing.figures import ShownLine, lines_of, shown_lines, whole_source

#: What a card counts once its slots are planned.
_SHOWN = (
    DeliveryState.SENT,
    DeliveryState.WAITING,
    DeliveryState.UNCERTAIN,
    DeliveryState.FAILED,
    DeliveryState.CANCELLED,
    DeliveryState.LEFT_OUT,
)


def state_counts(
    slots: Iterable[SlotView], figures: Figures
) -> list[tuple[DeliveryState | Arrival, Shown]]:
    """Deliveries by state, in the order pages show them, and what was learnt of those that are
    sent; ``sending`` counts as waiting."""
    lines = shown_lines(lines_of(_counts(slots)), figures)

    def together(what: Callable[[ShownLine], Shown]) -> Shown:
        return added(map(what, lines), exact=figures.exact).shown

    found = {state for one in lines for state in one.line.states}
    shown: list[tuple[DeliveryState | Arrival, Shown]] = []
    for state in _SHOWN:
        if state is DeliveryState.LEFT_OUT and state in found:
            shown.append((state, together(lambda one: one.left_out)))
        elif state in found:
            shown.append((state, together(methodcaller("of", state))))
        if state is DeliveryState.SENT:
            arrivals = {one: together(partial(_arrived, arrival=one)) for one in Arrival}
            shown += arrival_words.told(arrivals)
    return shown


def _arrived(line: ShownLine, arrival: Arrival) -> Shown:
    return line.arrivals.get(arrival, 0)


def _counts(slots: Iterable[SlotView]) -> Iterator[Count]:
    """As a report has them."""
    held = list(slots)
    counts = (
        Count(
            occurrence="",
            audience=slot.audience.name,
            channel=slot.channel,
            territory=slot.place.territory,
            state=DeliveryState.WAITING if tally.state is DeliveryState.SENDING else tally.state,
            reason=tally.reason,
            rows=tally.rows,
            segments=0,
            cost=0,
            arrival=tally.arrival,
        )
        for slot in held
        for tally in slot.tallies
    )
    return whole_source(counts, {slot.audience.name: slot.audience for slot in held})


def reasons(
    slots: Iterable[SlotView], figures: Figures
) -> list[tuple[str, str, DeliveryState, str, Shown]]:
    """(channel, audience, state, reason, people) of those who got nothing."""
    ended = (DeliveryState.LEFT_OUT, DeliveryState.FAILED)
    every = list(slots)
    sms = [slot for slot in every if slot.channel == SMS.name and not is_kept_back(slot)]
    labels = {(slot.audience.source, slot.place.territory): slot.audience.label for slot in sms}
    found: dict[tuple[str, str, str], Counter[tuple[DeliveryState, str]]] = {}
    for slot in every:
        label = slot.audience.label
        if is_kept_back(slot):
            place = (slot.audience.source, slot.place.territory)
            if place not in labels and not figures.exact:
                continue  # of a service alone
            label = labels.get(place, label)
        for tally in slot.tallies:
            if tally.state in ended:
                key = (slot.channel, label, slot.place.territory)
                found.setdefault(key, Counter())[tally.state, tally.reason] += tally.rows
    # As a report has them, by territory; a sum is one of what is shown.
    told: dict[tuple[str, str, DeliveryState, str], list[Shown]] = {}
    for (channel, label, _), parts in found.items():
        for (state, reason), rows in figures.split(parts).items():
            told.setdefault((channel, label, state, reason), []).append(rows)
    return [(*key, added(some, exact=figures.exact).shown) for key, some in sorted(told.items())]


def count_of(slots: Iterable[SlotView]) -> int:
    return sum(slot.count() if slot.planned else slot.reachable for slot in slots)


def people_in(slots: Sequence[SlotView], figures: Figures) -> Shown:
    """Once planned, as a report tells them."""
    if not any(slot.planned for slot in slots):
        return figures.of(count_of(slots))
    planned = added(
        (one.planned for one in shown_lines(lines_of(_counts(slots)), figures)),
        exact=figures.exact,
    ).shown
    to_come = figures.of(count_of(slot for slot in slots if not slot.planned))
    return added((planned, to_come), exact=figures.exact).shown


def is_kept_back(slot: SlotView) -> bool:
    """Who of a service agreed to SMS is for no colleague."""
    return slot.channel == SMS.name and slot.audience.is_service
