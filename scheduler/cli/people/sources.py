"""sources: when the audiences' sources were read, and reading one now."""

from typing import TYPE_CHECKING, Any

import typer

from scheduler.cli.context import Context, actor, run
from scheduler.cli.family import Family
from scheduler.cli.language import say, tr

if TYPE_CHECKING:
    from scheduler.bootstrap import App
    from scheduler.bootstrap.listing import ListedSource
    from scheduler.config.sections.sources import SourceSettings
    from scheduler.domain.calendar.campaigns import Audience
    from scheduler.domain.people.sourced import SourceEnd, SourceLook
    from scheduler.flow.people.import_report import ImportReport
    from scheduler.sources.listed.reading import TableReading

JSON = typer.Option(False, "--json", help="Print JSON.")
BY = typer.Option("", "--by", help="Who acts, for the audit log. Default: this account's name.")
#: Readings that are listed of each.
SHOWN = 20


def register(app: typer.Typer) -> None:
    sources = Family(
        name="sources",
        help="Audiences whose people a directory, a folder, an address or a query lists.",
        no_args_is_help=True,
    )
    for command in (list_sources, read):
        sources.command(command.__name__.removesuffix("_sources"))(command)
    app.add_typer(sources)


def list_sources(
    context: typer.Context,
    audience: str = typer.Argument("", help="An audience with a source; all of them when absent."),
    as_json: bool = JSON,
) -> None:
    """When each source was read, what it gave, and what was refused."""
    from scheduler.cli.output.moments import when
    from scheduler.cli.output.printing import print_json, print_table

    found = run(_listed(context.obj, audience))
    if as_json:
        print_json([_as_json(name, look) for name, look in found])
        return
    cells = [
        (
            look.number,
            name,
            look.kind,
            when(look.at),
            _outcome(look.outcome),
            "" if look.people is None else look.people,
            look.added,
            look.ended,
            tr(look.detail),
        )
        for name, look in found
    ]
    titles = ("No.", "Audience", "Kind", "Read at", "Outcome", "People", "New", "Left", "Why")
    print_table(titles, cells, last="Why")


def read(
    context: typer.Context,
    audience: str = typer.Argument(help="An audience with a source in config.yaml."),
    dry_run: bool = typer.Option(
        False, "--dry-run", help="Show the columns with some cells, say what it would do; no more."
    ),
    yes: bool = typer.Option(
        False, "--yes", help="Let it end more than half of an audience, or take many for dead."
    ),
    by: str = BY,
) -> None:
    """Read a source now; exit 1 when nothing of it was taken in."""
    if dry_run:
        _show(*run(_looked_at(context.obj, audience)))
        return
    found = run(_read(context.obj, audience, by, confirmed=yes))
    if found is None:
        say("There is nothing new to read.")
        return
    from scheduler.domain.people.sourced import Outcome

    if found.outcome is Outcome.TAKEN:
        say(f"{found.people} people with an address are taken in.")
        say(f"{found.added:>9} {tr('people added')}")
        say(f"{found.ended:>9} {tr('people who left the audience')}")
        if found.detail:
            say(f"note: {tr(found.detail)}")
        return
    if found.outcome is Outcome.UNCHANGED:
        say("The source says that nothing has changed.")
        return
    say(f"Nothing was changed: {tr(found.detail)}", err=True)
    raise typer.Exit(1)


async def _listed(context: Context, audience: str) -> "list[tuple[str, SourceLook]]":
    from scheduler.bootstrap import every_source, source_of

    async with context.opened() as app:
        wanted = [source_of(app, audience)] if audience else list(every_source(app))
        return [
            (one.name, look)
            for one, _ in wanted
            for look in await app.sources.history(one.source, SHOWN)
        ]


async def _read(context: Context, audience: str, by: str, *, confirmed: bool) -> "SourceEnd | None":
    from scheduler.bootstrap import make_sourcing

    async with context.opened(create=True) as app:
        into, settings, source = _source(app, audience)
        step = make_sourcing(app, into, settings, source)
        return await step.read(by=actor(by), confirmed=confirmed)


async def _looked_at(
    context: Context, audience: str
) -> "tuple[ImportReport | None, TableReading | None]":
    """Nothing is written, and nothing noted: the same file is there for the next reading."""
    from scheduler.domain.people.imports import ImportStart
    from scheduler.flow.people.importing import import_contacts

    async with context.opened_to_look(said=True) as app:
        into, settings, source = _source(app, audience)
        table = await source.fetch({}, "")
        if table is None:
            return None, None
        start = ImportStart(
            audience=into,
            file_hash=table.digest,
            origin=settings.origin,
            basis=settings.basis.value,
            mode=settings.mode,
            own_file=settings.own_file,
        )
        report = await import_contacts(
            table, app.contact_files, start, app.clock, dry_run=True, confirmed=True
        )
        return report, table


def _source(app: "App", name: str) -> "tuple[Audience, SourceSettings, ListedSource]":
    from scheduler.bootstrap import listed_source, source_of

    into, settings = source_of(app, name)
    return into, settings, listed_source(app, into, settings)


def _show(report: "ImportReport | None", table: "TableReading | None") -> None:
    from scheduler.cli.output.imports import print_columns, print_report

    if report is None or table is None:
        say("There is nothing new to read.")
        return
    print_columns(table.columns, samples=True)
    print_report(report, table.header_notes, table.columns, dry_run=True, as_json=False)


def _outcome(word: str) -> str:
    from scheduler.cli.language import is_french
    from scheduler.domain.words.sourced import outcome

    return outcome(word) if is_french() else word


def _as_json(name: str, look: "SourceLook") -> dict[str, Any]:
    return {
        "number": look.number,
        "audience": name,
        "kind": look.kind,
        "at": look.at,
        "ended_at": look.ended_at,
        "outcome": look.outcome,
        "people": look.people,
        "added": look.added,
        "ended": look.ended,
        "cause": look.cause,
        "detail": look.detail,
        "by": look.by,
        "confirmed_by": look.confirmed_by,
    }
