"""figures: what was read elsewhere and typed, with its source, its day and who typed it."""

from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from scheduler.cli.context import Context, actor, run
from scheduler.cli.family import Family
from scheduler.cli.language import is_french, say

if TYPE_CHECKING:
    from scheduler.bootstrap import App
    from scheduler.domain.measure.typed import FigureKind, KeptFigure

JSON = typer.Option(False, "--json", help="Print JSON.")
BY = typer.Option("", "--by", help="Who acts, for the audit log. Default: this account's name.")
#: A test finds each kind in it.
KINDS = (
    "What is counted: linkedin-reactions, linkedin-shares, webinar-attendance, "
    "workshop-attendance, help-desk-reports, printed or other."
)


def register(app: typer.Typer) -> None:
    figures = Family(
        name="figures",
        help="Figures read elsewhere: reactions, attendance, reports to the help desk.",
        no_args_is_help=True,
    )
    for command in (list_figures, add, remove):
        figures.command(command.__name__.removesuffix("_figures"))(command)
    app.add_typer(figures)


def list_figures(
    context: typer.Context,
    campaign: str = typer.Option("", "--campaign", help="Of this campaign alone."),
    as_json: bool = JSON,
) -> None:
    """Every figure that was typed, with its source, its day and who typed it."""
    from scheduler.cli.output.printing import print_json, print_table

    found = run(_listed(context.obj, campaign))
    if as_json:
        print_json([_as_json(one) for one in found])
        return
    cells = [
        (
            one.number,
            one.figure.campaign,
            one.figure.season,
            _kind(one.figure.kind),
            one.figure.amount,
            one.figure.source,
            one.figure.day,
            one.by,
        )
        for one in found
    ]
    titles = ("No.", "Campaign", "Season", "What", "Figure", "Source", "Read on", "Typed by")
    print_table(titles, cells)


def add(
    context: typer.Context,
    kind: str = typer.Argument(metavar="KIND", help=KINDS),
    amount: int = typer.Argument(metavar="FIGURE", help="The figure."),
    campaign: str = typer.Option(..., "--campaign", help="The campaign it is about."),
    season: str = typer.Option(..., "--season", help="Its season: a year, such as 2026."),
    source: str = typer.Option(
        ..., "--source", help="Where it was read: a page, a tool, an attendance sheet; no name."
    ),
    on: str = typer.Option("", "--on", help="When it was read; absent: today."),
    by: str = BY,
) -> None:
    """Keep a figure. The same one said twice is kept once."""
    from scheduler.domain.measure.typed import TypedFigure, checked

    async def step() -> Any:
        async with context.obj.opened(create=True) as app:
            today = app.clock().astimezone(_zone(app)).date()
            figure = TypedFigure(
                campaign=campaign,
                season=season,
                kind=_kind_named(kind),
                amount=amount,
                source=source,
                day=_day(on) if on else today,
            )
            kept = checked(figure, today)
            _known(app, kept.campaign)
            return await app.typed_figures.add(kept, actor(by), app.clock())

    say("Kept." if run(step()) else "It is there already.")


async def _listed(context: Context, campaign: str) -> "list[KeptFigure]":
    async with context.opened() as app:
        return await app.typed_figures.every(campaign)


def remove(
    context: typer.Context,
    number: int = typer.Argument(
        metavar="NUMBER", help="Its number, as `reflexe figures list` shows it."
    ),
    by: str = BY,
) -> None:
    """Take a figure away; the audit log keeps that it was there."""

    async def step() -> None:
        async with context.obj.opened() as app:
            await app.typed_figures.remove(number, actor(by), app.clock())

    run(step())
    say("The figure is removed.")


def _kind_named(typed: str) -> "FigureKind":
    from scheduler.domain.measure.typed import FigureKind

    try:
        return FigureKind(typed)
    except ValueError:
        known = ", ".join(FigureKind)
        raise typer.BadParameter(f"{typed} is no kind of figure; there are: {known}") from None


def _known(app: "App", campaign: str) -> None:
    """A name that is mistyped would be in no report."""
    known = sorted(one.name for one in app.configuration.campaigns)
    if campaign not in known:
        raise typer.BadParameter(f"there is no campaign {campaign}; there are: {', '.join(known)}")


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise typer.BadParameter(f"{typed} is no day: write 2026-10-04") from None


def _zone(app: "App") -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo(app.configuration.settings.time_zone)


def _kind(kind: "FigureKind") -> str:
    from scheduler.domain.words.figures import FIGURE_WORDS

    return f"{FIGURE_WORDS[kind]} ({kind.value})" if is_french() else kind.value


def _as_json(one: "KeptFigure") -> dict[str, Any]:
    return {
        "number": one.number,
        "campaign": one.figure.campaign,
        "season": one.figure.season,
        "kind": one.figure.kind.value,
        "figure": one.figure.amount,
        "source": one.figure.source,
        "read_on": one.figure.day,
        "typed_by": one.by,
        "typed_at": one.at,
    }
