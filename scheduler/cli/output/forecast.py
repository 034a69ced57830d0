"""What `send-now` says before it asks."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.cli.language import is_french, tr
from scheduler.cli.output.words import figure, money
from scheduler.cli.output.words import left_out as clause
from scheduler.domain.calendar.campaigns import Audience, Place
from scheduler.domain.checking.findings import Finding, Severity
from scheduler.domain.measure.prices import Prices, euros
from scheduler.domain.showing.small_numbers import Figures, Veil, gauge
from scheduler.flow.showing.figures import counted_as, is_told_apart
from scheduler.flow.steering.forecast import Forecast, SlotForecast
from scheduler.web.desk.french import short_weekday


def forecast_text(
    found: Forecast,
    findings: Sequence[Finding],
    prices: Prices,
    now: datetime,
    figures: Figures,
    audiences: Mapping[str, Audience],
) -> str:
    """Some lines: how many, who is left out and why, when where, what it costs, which faults."""
    lines = [
        line
        for (name, channel), group in _groups(found.slots, audiences).items()
        for line in _lines(name, channel, group, now, _as_told(name, group, figures))
    ]
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


def _groups(
    slots: Sequence[SlotForecast], audiences: Mapping[str, Audience]
) -> dict[tuple[str, str], list[SlotForecast]]:
    """The slots of each audience on each channel; a service's SMS are told with all the staff."""
    groups: dict[tuple[str, str], list[SlotForecast]] = {}
    for one in slots:
        name = counted_as(one.audience, one.channel, audiences)
        groups.setdefault((name, one.channel), []).append(one)
    return groups


def _as_told(name: str, group: Sequence[SlotForecast], figures: Figures) -> Figures | None:
    """None: of services alone, for no colleague."""
    is_told = figures.exact or any(one.audience == name for one in group)
    return figures if is_told else None


def _lines(
    audience: str,
    channel: str,
    group: Sequence[SlotForecast],
    now: datetime,
    figures: Figures | None,
) -> Iterator[str]:
    name = f"{audience}, {channel}"
    if figures is None:
        yield f"{name}: {figure(Veil.HIDDEN)} to send"
        return
    left_out: Counter[str] = Counter()
    for one in group:
        left_out.update(one.left_out)
    sent = sum(one.to_send for one in group)
    left = figures.whole(dict(sorted(left_out.items())))
    parts = sorted(left.parts.items(), key=lambda one: -gauge(one[1]))
    why = ", ".join(f"{figure(count)} {clause(reason)}" for reason, count in parts)
    told = f", {figure(left.total)} left out ({why})" if why else ""
    yield f"{name}: {figure(figures.of(sent))} to send{told}"
    moments: dict[str, Counter[Place]] = {}
    sendings = [(_moment(one, now), one) for one in group if one.to_send]
    for moment, one in sendings:
        moments.setdefault(moment, Counter())[one.place] += one.to_send
    is_told = figures.exact or is_told_apart(
        (moment, one.place, one.audience != audience) for moment, one in sendings
    )
    for moment, people in moments.items():
        split = figures.split(people)
        where = ", ".join(
            f"{one.territory} ({figure(shown)})" if is_told else one.territory
            for one, shown in split.items()
        )
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
