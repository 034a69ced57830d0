"""What `send-now` says before it asks."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.domain.findings import Finding, Severity
from scheduler.domain.prices import Prices, euros
from scheduler.domain.small_numbers import Figures, english, gauge
from scheduler.flow.forecast import Forecast, SlotForecast


def forecast_text(
    found: Forecast,
    findings: Sequence[Finding],
    prices: Prices,
    now: datetime,
    figures: Figures,
) -> str:
    """Some lines: how many, who is left out and why, when where, what it costs, which faults."""
    lines = [line for group in _groups(found.slots) for line in _lines(group, now, figures)]
    if not found.slots:
        lines.append("Nobody: no audience of it has a member and a text.")
    if found.segments:
        parts = figures.of(found.segments)
        least = gauge(parts)
        cost = euros(prices.cost("", least))
        about = "about " if prices.by_prefix or not figures.exact else ""
        lines.append(f"It costs {about}{cost:.2f} € ({english(parts)} SMS parts).")
    if found.untold:
        lines.append(
            f"{english(figures.of(found.untold))} who hold the date can't be told: they refused "
            "since, or have no address any more."
        )
    faults = [one for one in findings if one.severity is Severity.FAULT]
    lines += [f"Fault: {one}" for one in faults]
    if not faults:
        lines.append("Its texts have no fault.")
    return "\n".join(lines)


def _groups(slots: Sequence[SlotForecast]) -> Iterator[list[SlotForecast]]:
    """The slots of each audience on each channel."""
    groups: dict[tuple[str, str], list[SlotForecast]] = {}
    for one in slots:
        groups.setdefault((one.audience, one.channel), []).append(one)
    yield from groups.values()


def _lines(group: Sequence[SlotForecast], now: datetime, figures: Figures) -> Iterator[str]:
    left_out: Counter[str] = Counter()
    for one in group:
        left_out.update(one.left_out)
    first, sent = group[0], sum(one.to_send for one in group)
    left = figures.whole(dict(left_out.most_common()))
    why = ", ".join(f"{english(count)} {reason}" for reason, count in left.parts.items())
    told = f", {english(left.total)} left out ({why})" if why else ""
    yield f"{first.audience}, {first.channel}: {english(figures.of(sent))} to send{told}"
    moments: dict[str, list[SlotForecast]] = {}
    for one in group:
        if one.to_send:
            moments.setdefault(_moment(one, now), []).append(one)
    for moment, some in moments.items():
        split = figures.split(Counter({one.place: one.to_send for one in some}))
        where = ", ".join(f"{one.territory} ({english(shown)})" for one, shown in split.items())
        yield f"  {moment}: {where}"


def _moment(one: SlotForecast, now: datetime) -> str:
    """The same words for all who get it at once, and for all whose clock shows the same."""
    if one.due_at is None:
        return f"never ({one.reason})"
    if one.due_at <= now:
        return "at once"
    local = one.due_at.astimezone(ZoneInfo(one.place.zone))
    return f"{local:%a %d %b %H:%M} local time"
