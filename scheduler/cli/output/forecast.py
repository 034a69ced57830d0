"""What `send-now` says before it asks."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.cli.language import is_french, tr
from scheduler.cli.output.words import figure, money
from scheduler.cli.output.words import left_out as clause
from scheduler.domain.checking.findings import Finding, Severity
from scheduler.domain.measure.prices import Prices, euros
from scheduler.domain.showing.small_numbers import Figures, gauge
from scheduler.flow.steering.forecast import Forecast, SlotForecast
from scheduler.web.desk.french import short_weekday


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
        lines.append(f"It costs {about}{money(cost)} ({figure(parts)} SMS parts).")
    if found.untold:
        lines.append(
            f"{figure(figures.of(found.untold))} who hold the date can't be told: they refused "
            "since, or have no address any more."
        )
    faults = [one for one in findings if one.severity is Severity.FAULT]
    lines += [f"Fault: {one}" for one in faults]
    if not faults:
        lines.append("Its texts have no fault.")
    return "\n".join(map(tr, lines))


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
    why = ", ".join(f"{figure(count)} {clause(reason)}" for reason, count in left.parts.items())
    told = f", {figure(left.total)} left out ({why})" if why else ""
    yield f"{first.audience}, {first.channel}: {figure(figures.of(sent))} to send{told}"
    moments: dict[str, list[SlotForecast]] = {}
    for one in group:
        if one.to_send:
            moments.setdefault(_moment(one, now), []).append(one)
    for moment, some in moments.items():
        split = figures.split(Counter({one.place: one.to_send for one in some}))
        where = ", ".join(f"{one.territory} ({figure(shown)})" for one, shown in split.items())
        yield f"  {moment}: {where}"


def _moment(one: SlotForecast, now: datetime) -> str:
    """The same words for all who get it at once, and for all whose clock shows the same."""
    if one.due_at is None:
        return tr(f"never ({one.reason})")
    if one.due_at <= now:
        return tr("at once")
    local = one.due_at.astimezone(ZoneInfo(one.place.zone))
    if is_french():
        return f"{short_weekday(local.date())} {local:%d/%m %H:%M}, heure locale"
    return f"{local:%a %d %b %H:%M} local time"
