"""calendar, rehearse, send-now, report, pause, resume, cancel: what leaves, and when."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from scheduler.cli.context import Context, run

if TYPE_CHECKING:
    from scheduler.bootstrap import App
    from scheduler.domain.planning import OccurrenceRow

JSON = typer.Option(False, "--json", help="Print JSON.")
DAY = ["%Y-%m-%d"]


def register(app: typer.Typer) -> None:
    for command in (calendar, rehearse, send_now, report, pause, resume, cancel):
        app.command(command.__name__.replace("_", "-"))(command)


def calendar(
    context: typer.Context,
    start: datetime | None = typer.Option(None, "--from", formats=DAY, help="First date."),
    end: datetime | None = typer.Option(None, "--to", formats=DAY, help="Last date."),
    ics: Path | None = typer.Option(None, "--ics", help="Write a calendar file instead."),
    as_json: bool = JSON,
) -> None:
    """What will leave, and when: twelve months from today unless dates are given."""
    from scheduler.cli.output import print_json, print_table
    from scheduler.flow.year import year_ahead

    async def step() -> Any:
        async with context.obj.opened() as app:
            today = app.clock().date()
            return await year_ahead(app.agenda, app.ledger, today, _day(start), _day(end))

    entries = run(step())
    if ics is not None:
        from scheduler.bootstrap import utc_now
        from scheduler.content.calendar_file import publish

        ics.write_bytes(publish(entries, context.obj.load().settings.time_zone, utc_now()))
        typer.echo(f"{len(entries)} occurrences written to {ics}")
    elif as_json:
        print_json([entry.as_json() for entry in entries])
    else:
        print_table(
            ("Occurrence", "Local time", "Audiences", "Channels", "People", "State"),
            [entry.as_row() for entry in entries],
        )


def rehearse(
    context: typer.Context,
    start: datetime = typer.Option(..., "--from", formats=DAY, help="First nominal date."),
    end: datetime = typer.Option(..., "--to", formats=DAY, help="Last nominal date."),
    keep: str = typer.Option("20", "--keep", help="Messages kept of each kind, or all."),
    as_json: bool = JSON,
) -> None:
    """Play the dates under a simulated clock, on a copy, into an outbox; exit 1 on a conflict."""
    from scheduler.cli.progress import progress_bar
    from scheduler.cli.rehearsal_output import print_rehearsal
    from scheduler.daemon.samples import rehearse_into

    if keep != "all" and not keep.isdigit():
        raise typer.BadParameter("a number, or all", param_hint="--keep")
    if end < start:
        raise typer.BadParameter("it ends before it starts", param_hint="--to")

    async def step() -> Any:
        async with context.obj.opened() as app:
            folder = app.configuration.var / "rehearsal"
            most = None if keep == "all" else int(keep)
            with progress_bar("Rehearsing") as progress:
                return await rehearse_into(app, folder, start.date(), end.date(), most, progress)

    result = run(step())
    print_rehearsal(result, as_json=as_json)
    if result.conflicts:
        raise typer.Exit(1)


def send_now(
    context: typer.Context,
    what: str = typer.Argument(metavar="CAMPAIGN/EPISODE"),
    audience: str = typer.Option("", "--audience", help="Only this audience."),
    key: str = typer.Option("", "--key", help="Name of this sending, for an off-calendar message."),
    by: str = typer.Option("", "--by", help="Who asks."),
    yes: bool = typer.Option(False, "--yes", help="Don't ask for confirmation."),
) -> None:
    """Bring an occurrence forward: the daemon sends it now, within hours and opt-outs."""
    campaign, _, episode = what.partition("/")
    row = run(_send_now(context.obj, campaign, episode, audience, key, by, yes=yes))
    typer.echo(f"{row.id} is due now; `reflexe report {row.id}` says how it goes.")


async def _send_now(
    context: Context, campaign: str, episode: str, audience: str, key: str, by: str, *, yes: bool
) -> "OccurrenceRow":
    from scheduler.domain.delivery import OccurrenceState
    from scheduler.domain.errors import NotFound
    from scheduler.flow.by_hand import occurrence_to_send
    from scheduler.log import get_logger

    async with context.opened() as app:
        now = app.clock()
        one = occurrence_to_send(app.agenda, campaign, episode, key, now.date())
        names = app.configuration.campaign(campaign).audiences
        if audience and audience not in names:
            raise NotFound(f"{campaign} does not address {audience!r}: it has {', '.join(names)}")
        if not yes:
            typer.confirm(f"Send {one.id} now to {audience or ', '.join(names)}?", abort=True)
        row = await app.ledger.bring_forward(one, [audience] if audience else names, now)
        if row.state is OccurrenceState.CANCELLED:
            raise NotFound(f"{row.id} was cancelled: it is not sent again")
        if row.state is OccurrenceState.PAUSED:
            raise NotFound(f"{row.id} is paused: reflexe resume {row.id}, then it leaves at once")
        await app.ledger.clear_alarm("slot-missed", row.id, now)
        get_logger("cli").info("occurrence.brought_forward", occurrence=row.id, by=by)
        return row


def report(
    context: typer.Context, occurrence: str = typer.Argument(), as_json: bool = JSON
) -> None:
    """Figures of one occurrence, by audience, channel and territory."""
    from scheduler.cli.output import print_json
    from scheduler.cli.rehearsal_output import print_counts

    async def step() -> Any:
        async with context.obj.opened() as app:
            row = await _find(app, occurrence)
            return row, await app.ledger.counts([row.row])

    row, counts = run(step())
    if as_json:
        from scheduler.flow.figures import as_figures

        print_json(
            {
                "occurrence": row.id,
                "state": row.state,
                "reason": row.reason,
                "figures": as_figures(counts),
            }
        )
    else:
        print_counts(counts)


def pause(context: typer.Context, occurrence: str = typer.Argument()) -> None:
    """Stop an occurrence for now; what is left waits."""
    _steer(context.obj, occurrence, "paused")


def resume(context: typer.Context, occurrence: str = typer.Argument()) -> None:
    """Go on with a paused occurrence, where it stopped."""
    _steer(context.obj, occurrence, "resumed")


def cancel(
    context: typer.Context,
    occurrence: str = typer.Argument(),
    yes: bool = typer.Option(False, "--yes", help="Don't ask for confirmation."),
) -> None:
    """End an occurrence for good; what has not left is cancelled."""
    if not yes:
        typer.confirm(f"Cancel {occurrence} for good?", abort=True)
    _steer(context.obj, occurrence, "cancelled")


def _steer(context: Context, occurrence: str, how: str) -> None:
    from scheduler.flow.steer import steer

    async def step() -> Any:
        async with context.opened() as app:
            row = await _find(app, occurrence)
            return await steer(app.ledger, row, how, app.clock())

    typer.echo(run(step()))


async def _find(app: "App", printed: str) -> "OccurrenceRow":
    from scheduler.domain.errors import NotFound

    row = await app.ledger.find_occurrence(printed)
    if row is None:
        known = [one.id for one in await app.ledger.occurrences()]
        near = ", ".join(one for one in known if printed.split("/")[0] in one) or "none"
        raise NotFound(f"there is no occurrence {printed!r}; there are: {near}")
    return row


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None
