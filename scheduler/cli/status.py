"""status: where everything stands, and whether anything works at all."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import typer

from scheduler.cli.context import Context, run

if TYPE_CHECKING:
    from scheduler.domain.replicas import LastLook


def register(app: typer.Typer) -> None:
    app.command()(status)


def status(
    context: typer.Context,
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """What runs, what waits, what needs a person; exit 1 when something does, or when no daemon
    works."""
    from scheduler.cli.output import print_json

    report = run(_status(context.obj))
    if as_json:
        print_json(report)
    else:
        _print_status(report)
    daemon = report["daemon"]
    if report["alarms"] or not daemon["running"] or not daemon["ready"]:
        raise typer.Exit(1)


def _print_status(report: Any) -> None:
    from scheduler.cli.output import print_table
    from scheduler.domain.small_numbers import english

    typer.echo(_daemon_line(report["daemon"]))
    print_table(
        ("Occurrence", "State", "Reason"),
        [(one["occurrence"], one["state"], one["reason"]) for one in report["occurrences"]],
    )
    for state, count in report["deliveries"].items():
        told = ", ".join(f"{english(rows)} {one}" for one, rows in report["arrivals"].items())
        shown = english(count)
        typer.echo(f"{state}: {shown} ({told})" if state == "sent" else f"{state}: {shown}")
    for alarm in report["alarms"]:
        typer.echo(f"ALARM {alarm['kind']} {alarm['subject']}: {alarm['detail']}")
    for lane in report["resting"]:
        how = "one message is tried" if lane["half_open"] else f"until {lane['until']}"
        typer.echo(f"RESTS {lane['lane']} ({lane['failures']} in a row, {how}): {lane['reason']}")
    for one in report["replicas"]:
        how = "silent since" if one["silent"] else "seen"
        typer.echo(f"replica {one['host']}: {how} {one['seen_at']}")


def _daemon_line(daemon: Mapping[str, Any]) -> str:
    at = daemon["last_look"]
    if not daemon["ready"]:
        return f"NOT READY: the daemon's last look failed (a full disk?); its log says why ({at})"
    if daemon["running"]:
        return f"daemon {daemon['host']}: last look {at}"
    if at is None:
        return "NOT RUNNING: no daemon has ever looked at this ledger's calendar"
    how = "it was stopped since" if daemon["stopped"] else "it is silent since"
    return f"NOT RUNNING: the last look was {at} ({daemon['host']}); {how}"


def _of_daemon(look: "LastLook | None", *, ready: bool) -> dict[str, Any]:
    return {
        "ready": ready,
        "running": look is not None and look.running,
        "last_look": look.at.isoformat() if look else None,
        "host": look.host if look else "",
        "stopped": look is not None and look.stopped,
    }


async def _status(context: Context) -> Any:
    import asyncio
    from collections import Counter

    from scheduler.cli.exactness import figures_of
    from scheduler.cli.health import is_not_ready
    from scheduler.domain.arrivals import Arrival
    from scheduler.domain.delivery import OccurrenceState
    from scheduler.domain.planning import standing
    from scheduler.domain.sending import Lane

    async with context.opened(anyhow=True) as app:
        today = app.clock().date()
        rows = await app.ledger.occurrences()
        states: Counter[str] = Counter()
        arrivals: Counter[str] = Counter()
        for count in await app.ledger.counts():
            states[count.state.value] += count.rows
            if count.arrival is not None:
                arrivals[count.arrival.value] += count.rows
        alarms = await app.ledger.open_alarms()
        rests = await app.ledger.rests()
        replicas = await app.ledger.replicas(app.clock())
        look = await app.ledger.last_look(app.clock())
        figures = await figures_of(app)
        # What can't write can't say so in the ledger: it is asked.
        ready = not await asyncio.to_thread(is_not_ready, app.configuration)
    shown = [(row, standing(row, today)) for row in rows]
    waiting = [each for each in shown if each[1] == OccurrenceState.SCHEDULED]
    others = [each for each in shown if each[1] != OccurrenceState.SCHEDULED]
    return {
        "daemon": _of_daemon(look, ready=ready),
        "occurrences": [
            {"occurrence": row.id, "state": state, "reason": row.reason}
            for row, state in [*others[-10:], *waiting[:5]]
        ],
        "deliveries": dict(figures.split(states)),
        "arrivals": dict(figures.split({one.value: arrivals[one.value] for one in Arrival})),
        "alarms": [
            {
                "kind": one.kind,
                "subject": one.subject,
                "detail": one.detail,
                "raised_at": one.raised_at.isoformat(),
            }
            for one in alarms
        ],
        "resting": [
            {
                "lane": Lane(channel=one.channel, destination=one.destination).name,
                "until": one.until.isoformat(),
                "half_open": one.half_open,
                "failures": one.failures,
                "reason": one.reason,
            }
            for one in rests
        ],
        "replicas": [
            {"host": one.host, "seen_at": one.seen_at.isoformat(), "silent": one.silent}
            for one in replicas
        ],
    }
