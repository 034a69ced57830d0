"""How the figures of a rehearsal and of a report are printed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from scheduler.cli.language import say
from scheduler.cli.output import words
from scheduler.cli.output.printing import print_table
from scheduler.cli.output.words import figure, money
from scheduler.domain.answers import arrivals as arrival_words
from scheduler.domain.answers.arrivals import Arrival
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.ids import ContentId
from scheduler.domain.measure.prices import euros
from scheduler.domain.showing.report import Count
from scheduler.domain.showing.small_numbers import LEAST, STEP, Figures, Shown, Veil, is_many
from scheduler.flow.showing.figures import ShownLine, lines_of, shown_lines
from scheduler.flow.showing.received import Received

_OTHERS = {
    DeliveryState.FAILED: "failed",
    DeliveryState.UNCERTAIN: "uncertain",
    DeliveryState.CANCELLED: "cancelled",
    DeliveryState.WAITING: "waiting",
}


def print_counts(counts: Iterable[Count], figures: Figures, *, wide: bool = False) -> None:
    """A line an occurrence, audience, channel and territory, then all together."""
    lines = shown_lines(lines_of(counts), figures)
    titles = (
        "Audience",
        "Channel",
        "Terr.",
        "Planned",
        "Sent",
        "Left out",
        "Others",
        "Parts",
        "Cost",
        "Occurrence",
    )
    print_table(titles, [_row(one) for one in lines], last="Occurrence", wide=wide)
    _print_total(lines, figures)


def print_sums(
    counts: Iterable[Count],
    figures: Figures,
    titled: Mapping[str, tuple[str, str]],
    *,
    wide: bool = False,
) -> None:
    """A line an occurrence, with its date and title (``titled``), then why people are left out,
    then all together."""
    lines = shown_lines(lines_of(counts), figures)
    by_id: dict[str, list[ShownLine]] = {}
    for one in lines:
        by_id.setdefault(one.line.occurrence, []).append(one)
    sums = ("Planned", "Sent", "Left out", "Others", "Parts", "Cost")
    rows = [
        (*titled.get(name, ("", "")), *_sums(some, figures), name) for name, some in by_id.items()
    ]
    print_table(("Date", "Title", *sums, "Occurrence"), rows, last="Occurrence", wide=wide)
    reasons: Counter[str] = Counter()
    for one in lines:
        reasons.update({why: _number(count) for why, count in one.reasons.items()})
    if +reasons:
        told = (f"{count} {words.left_out(why)}" for why, count in (+reasons).most_common())
        say(f"Left out: {', '.join(told)}")
    _print_total(lines, figures)


def print_texts(texts: Sequence[Received], sent: Mapping[ContentId, Shown]) -> None:
    """What each audience received; nothing as long as nobody has."""
    if not texts:
        return
    say("")
    say("Texts received")
    for one in texts:
        kept = one.text
        again = f", {kept.revision}" if kept.revision else ""
        name = f"{words.channel(kept.channel)}, {kept.audience}, {kept.variant}{again}"
        say(f"  {name}: {figure(sent[kept.content_id])} × “{one.says}”")
        say(f"    {one.address}   fingerprint {kept.fingerprint[:12]}…")


def _print_total(lines: Sequence[ShownLine], figures: Figures) -> None:
    arrivals = {one: _total(line.arrivals.get(one, 0) for line in lines) for one in Arrival}
    planned = _total(one.planned for one in lines)
    sent = _total(line.of(DeliveryState.SENT) for line in lines)
    arrived = _arrived(arrivals)
    parts = _total(one.segments for one in lines)
    cost = money(euros(_total(one.cost for one in lines)))
    if figures.exact:
        say(f"In all: {planned} planned, {sent} sent{arrived}, {parts} SMS parts, {cost}")
    else:
        say(f"In all, at least: {planned} planned, {sent} sent{arrived}, {parts} SMS parts, {cost}")
        say(
            f"Nobody must be guessed: a group of fewer than {LEAST} is not shown, above it figures "
            f"go by steps of {STEP}."
        )


def _total(shown: Iterable[Shown]) -> int:
    """Of what is shown alone: so a total gives nothing away that its parts don't."""
    return sum(map(_number, shown))


def _number(shown: Shown) -> int:
    return 0 if isinstance(shown, Veil) else shown


def _arrived(arrivals: Mapping[Arrival, Shown]) -> str:
    """`` (30 delivered, 3 undelivered, 7 unknown)``; nothing where nothing was said."""
    told = ", ".join(
        f"{figure(rows)} {words.arrival(one, many=is_many(rows))}"
        for one, rows in arrival_words.told(arrivals)
    )
    return f" ({told})" if told else ""


def _sums(some: Sequence[ShownLine], figures: Figures) -> tuple[object, ...]:
    """What is rounded, or not shown, makes a sum that is the least."""
    least = "" if figures.exact else "≥ "
    others = {name: _total(one.of(state) for one in some) for state, name in _OTHERS.items()}
    cost = _total(one.cost for one in some)
    return (
        f"{least}{_total(one.planned for one in some)}",
        f"{least}{_total(one.of(DeliveryState.SENT) for one in some)}",
        f"{least}{_total(one.left_out for one in some)}",
        _others(others),
        _total(one.segments for one in some) or "",
        money(euros(cost)) if cost else "",
    )


def _row(one: ShownLine) -> tuple[object, ...]:
    reasons = sorted(one.reasons.items())
    return (
        one.line.audience,
        one.line.channel,
        one.line.territory,
        figure(one.planned),
        f"{figure(one.of(DeliveryState.SENT))}{_arrived(one.arrivals)}",
        ", ".join(f"{figure(count)} {words.left_out(why)}" for why, count in reasons),
        _others({name: one.of(state) for state, name in _OTHERS.items()}),
        figure(one.segments) if one.segments else "",
        _cost(one.cost) if one.cost else "",
        one.line.occurrence,
    )


def _others(counts: Mapping[str, Shown]) -> str:
    return ", ".join(
        f"{figure(count)} {words.outcome(name)}" for name, count in counts.items() if count
    )


def _cost(cost: Shown) -> str:
    return figure(cost) if isinstance(cost, Veil) else money(euros(cost))
