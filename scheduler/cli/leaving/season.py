"""report --campaign --season: what a season came to, as a page, a file or JSON."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scheduler.cli.context import Context, run
from scheduler.cli.language import say

if TYPE_CHECKING:
    from scheduler.domain.showing.season_report import Cell, SeasonReport, Table


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked on the command line."""

    campaign: str
    season: str
    html: Path | None
    csv: Path | None
    evidence: bool
    as_json: bool
    exact: bool
    by: str
    #: Options that are an occurrence's.
    others: bool


def tell_season(context: Context, wanted: Wanted) -> None:
    if wanted.others or not (wanted.campaign and wanted.season):
        raise typer.BadParameter("name one occurrence, or --campaign and --season")
    report = run(_report(context, wanted))
    if wanted.html is not None:
        from scheduler.web.season.page import alone

        _write(wanted.html, alone(report))
    if wanted.csv is not None:
        _write_csv(wanted.csv, report)
    if wanted.as_json:
        from scheduler.cli.output.printing import print_json

        print_json(report.as_json())
    elif wanted.html is None and wanted.csv is None:
        _print(report)


async def _report(context: Context, wanted: Wanted) -> "SeasonReport":
    from scheduler.bootstrap import season_report
    from scheduler.cli.leaving.exactness import figures_of
    from scheduler.domain.calendar.seasons import seasons_of

    async with context.opened() as app:
        known = {one.name: one for one in app.configuration.campaigns}
        if wanted.campaign not in known:
            names = ", ".join(sorted(known))
            raise typer.BadParameter(f"there is no campaign {wanted.campaign}; there are: {names}")
        seasons = seasons_of(await app.ledger.occurrences(), wanted.campaign)
        if wanted.season not in seasons:
            names = ", ".join(seasons) or "–"
            raise typer.BadParameter(f"there is no season {wanted.season}; there are: {names}")
        subject = f"{wanted.campaign}/{wanted.season}"
        figures = await figures_of(app, subject, exact=wanted.exact, by=wanted.by)
        campaign = known[wanted.campaign]
        return await season_report(app, campaign, wanted.season, figures, evidence=wanted.evidence)


def _write(path: Path, text: str) -> None:
    from scheduler.cli.people.private_file import write_private

    write_private(path, text)
    say(f"The report is written to {path}.")


def _write_csv(path: Path, report: "SeasonReport") -> None:
    from scheduler.cli.people.private_file import private_csv
    from scheduler.sources.season_export import export_season

    with private_csv(path) as file:
        export_season(report, file)
    say(f"The report is written to {path}.")


def _print(report: "SeasonReport") -> None:
    """Its words are French, as on the page: it is for who reads that."""
    from scheduler.cli.output.printing import print_table
    from scheduler.web.season.page import cell

    typer.echo(f"{report.organisation}, {report.campaign} {report.season}")
    for one in report.facts:
        before = f" ({one.change or cell(one.before)})" if one.before else ""
        typer.echo(f"  {cell(one.amount)} {one.label}{before}")
    for title, day in report.coming:
        typer.echo(f"  {day.isoformat()} {title}")
    for table in (*report.tables, *report.evidence):
        typer.echo("")
        typer.echo(table.title)
        print_table([one.title for one in table.columns], _rows(table))


def _rows(table: "Table") -> list[list[str]]:
    return [[_said(value) for value in row] for row in table.rows]


def _said(value: "Cell") -> str:
    from scheduler.web.season.page import cell

    return value.isoformat() if isinstance(value, date) else cell(value)
