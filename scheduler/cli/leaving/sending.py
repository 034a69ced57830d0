"""calendar, rehearse, report: what leaves, when, and what became of it."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from scheduler.cli.context import run
from scheduler.cli.language import say

if TYPE_CHECKING:
    from scheduler.flow.agenda import Agenda

WIDE = typer.Option(
    False,
    "--wide",
    help="One line each, however wide; an identifier has no line of its own.",
)
JSON = typer.Option(False, "--json", help="Print JSON.")
DAY = ["%Y-%m-%d"]


def register(app: typer.Typer) -> None:
    for command in (calendar, rehearse, report):
        app.command()(command)


def calendar(
    context: typer.Context,
    start: datetime | None = typer.Option(None, "--from", formats=DAY, help="First date."),
    end: datetime | None = typer.Option(None, "--to", formats=DAY, help="Last date."),
    ics: Path | None = typer.Option(None, "--ics", help="Write a calendar file instead."),
    wide: bool = WIDE,
    as_json: bool = JSON,
) -> None:
    """What will leave, and when: twelve months from today unless dates are given."""
    from scheduler.cli.leaving.exactness import figures_of
    from scheduler.cli.output.calendar import print_calendar
    from scheduler.cli.output.printing import print_json
    from scheduler.flow.showing.titles import message_of
    from scheduler.flow.showing.year import year_ahead

    async def step() -> Any:
        async with context.obj.opened() as app:
            found = await year_ahead(app.agenda, app.ledger, app.clock(), _day(start), _day(end))
            titles = [message_of(app.agenda, one.campaign, one.episode)[1] for one in found]
            return found, titles, await figures_of(app)

    entries, titles, figures = run(step())
    if ics is not None:
        from scheduler.bootstrap import utc_now
        from scheduler.content.calendar_file import publish

        ics.write_bytes(publish(entries, context.obj.load().settings.time_zone, utc_now()))
        say(f"{len(entries)} occurrences written to {ics}")
    elif as_json:
        print_json([entry.as_json(figures) for entry in entries])
    else:
        print_calendar(entries, titles, figures, wide=wide)


def rehearse(
    context: typer.Context,
    start: datetime = typer.Option(..., "--from", formats=DAY, help="First nominal date."),
    end: datetime = typer.Option(..., "--to", formats=DAY, help="Last nominal date."),
    keep: str = typer.Option("20", "--keep", help="Messages kept of each kind, or all."),
    whole: bool = typer.Option(
        False, "--all", help="Also each audience, channel and territory of each occurrence."
    ),
    wide: bool = WIDE,
    as_json: bool = JSON,
) -> None:
    """Play the dates under a simulated clock, on a copy, into an outbox; exit 1 on a conflict."""
    from dataclasses import replace

    from scheduler.cli.leaving.exactness import figures_of
    from scheduler.cli.output.progress import progress_bar
    from scheduler.cli.output.rehearsal import print_rehearsal
    from scheduler.daemon.samples import rehearse_into
    from scheduler.flow.showing.figures import whole_source

    if keep != "all" and not keep.isdigit():
        raise typer.BadParameter("a number, or all", param_hint="--keep")
    if end < start:
        raise typer.BadParameter("it ends before it starts", param_hint="--to")

    async def step() -> Any:
        async with context.obj.opened() as app:
            folder = app.configuration.var / "rehearsal"
            most = None if keep == "all" else int(keep)
            with progress_bar("Rehearsing") as progress:
                result = await rehearse_into(app, folder, start.date(), end.date(), most, progress)
            counts = list(whole_source(result.counts, app.agenda.audiences))
            titled = {one.occurrence: _titled(app.agenda, one.occurrence) for one in counts}
            return replace(result, counts=counts), await figures_of(app), titled

    result, figures, titled = run(step())
    print_rehearsal(result, figures, titled, as_json=as_json, whole=whole, wide=wide)
    if result.conflicts:
        raise typer.Exit(1)


def _titled(agenda: "Agenda", printed: str) -> tuple[str, str]:
    """Date and title of an occurrence, by its id."""
    from scheduler.cli.output.moments import day
    from scheduler.domain.names.occurrence_ids import plain_id
    from scheduler.flow.showing.titles import message_of

    campaign, episode, at = plain_id(printed).split("/")
    return day(date.fromisoformat(at)), message_of(agenda, campaign, episode)[1]


def report(
    context: typer.Context,
    occurrence: str = typer.Argument("", help="One occurrence, or else a campaign's season."),
    campaign: str = typer.Option("", "--campaign", help="The report of this campaign's season."),
    season: str = typer.Option("", "--season", help="Its season: a year, such as 2026."),
    html: Path | None = typer.Option(None, "--html", help="Write that report as a page."),
    csv: Path | None = typer.Option(None, "--csv", help="Write its figures for spreadsheets."),
    evidence: bool = typer.Option(
        False, "--evidence", help="Also dates, texts with fingerprints and approvals; no names."
    ),
    people: bool = typer.Option(False, "--people", help="Who got it, to --out instead."),
    unreached: bool = typer.Option(
        False, "--unreached", help="Whom it didn't reach and why, to --out instead."
    ),
    out: Path | None = typer.Option(None, "--out", help="The CSV file to write."),
    exact: bool = typer.Option(
        False, "--exact", help="Figures to the last person, for who answers for data protection."
    ),
    by: str = typer.Option("", "--by", help="Who looks at people, for the audit log."),
    wide: bool = WIDE,
    as_json: bool = JSON,
) -> None:
    """Figures of one occurrence, by audience, channel and territory, and what each received; or
    the report of a campaign's season."""
    whole = (campaign, season, html, csv, evidence)
    if not occurrence or any(whole):
        from scheduler.cli.leaving.season import Wanted, tell_season

        if people or unreached:
            raise typer.BadParameter("--people and --unreached go with one occurrence: name it")
        other = bool(occurrence or out)
        wanted = Wanted(campaign, season, html, csv, evidence, as_json, exact, by, other)
        tell_season(context.obj, wanted)
    elif people or unreached or out is not None:
        from scheduler.cli.leaving.recipients import write_recipients

        write_recipients(context.obj, occurrence, out, by, people=people, unreached=unreached)
    else:
        from scheduler.cli.leaving.occurrence import tell_occurrence

        tell_occurrence(context.obj, occurrence, exact=exact, by=by, wide=wide, as_json=as_json)


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None
