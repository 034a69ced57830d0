"""status: where everything stands, and whether anything works at all."""

from typing import TYPE_CHECKING, Any

import typer

from scheduler.cli.context import Context, run

if TYPE_CHECKING:
    from scheduler.domain.processes.replicas import LastLook

WIDE = typer.Option(
    False,
    "--wide",
    help="One line each, however wide; an identifier has no line of its own.",
)


def register(app: typer.Typer) -> None:
    app.command()(status)


def status(
    context: typer.Context,
    wide: bool = WIDE,
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """What runs, what waits, what needs a person; exit 1 when something does, or when no daemon
    works."""
    from scheduler.cli.output.printing import print_json
    from scheduler.cli.output.status import print_status

    report = run(_status(context.obj))
    if as_json:
        print_json(report)
    else:
        print_status(report, wide=wide)
    daemon = report["daemon"]
    if report["alarms"] or not daemon["running"] or not daemon["ready"]:
        raise typer.Exit(1)


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

    from scheduler.bootstrap.restoring import mark_at_risk
    from scheduler.cli.leaving.exactness import figures_of
    from scheduler.cli.upkeep.health import is_not_ready
    from scheduler.domain.answers.arrivals import Arrival
    from scheduler.domain.delivery import OccurrenceState
    from scheduler.domain.planning import standing
    from scheduler.domain.sending import Lane

    async with context.opened(anyhow=True) as app:
        today = app.clock().date()
        rows = await app.ledger.occurrences()
        states: Counter[str] = Counter()
        arrivals: Counter[str] = Counter()
        for count in await app.ledger.counted():
            states[count.state.value] += count.rows
            if count.arrival is not None:
                arrivals[count.arrival.value] += count.rows
        alarms = await app.ledger.open_alarms()
        rests = await app.ledger.rests()
        replicas = await app.ledger.replicas(app.clock())
        look = await app.ledger.last_look(app.clock())
        figures = await figures_of(app)
        untold = await app.ledger.never_told(app.clock())
        risk = mark_at_risk(app.configuration)
        # What can't write can't say so in the ledger: it is asked.
        ready = not await asyncio.to_thread(is_not_ready, app.configuration)
    shown = [(row, standing(row, today)) for row in rows]
    waiting = [each for each in shown if each[1] == OccurrenceState.SCHEDULED]
    others = [each for each in shown if each[1] != OccurrenceState.SCHEDULED]
    return {
        "daemon": _of_daemon(look, ready=ready),
        "warnings": [risk] if risk else [],
        "untold": [
            {
                "audience": one.audience,
                "origin": one.origin,
                "imported_at": one.at.isoformat(),
                "people": one.people,
            }
            for one in untold
        ],
        "occurrences": [
            {
                "occurrence": row.id,
                "date": row.date.isoformat(),
                "state": state,
                "reason": row.reason,
            }
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
