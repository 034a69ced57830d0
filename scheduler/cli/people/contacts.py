"""import and contacts: taking people in, listing them, giving them out."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import typer

from scheduler.cli.context import actor, myself, run
from scheduler.cli.family import Family
from scheduler.cli.language import say
from scheduler.cli.people import optouts, rights

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager
    from datetime import date

    from scheduler.bootstrap import App
    from scheduler.cli.context import Context
    from scheduler.config.configuration import Configuration
    from scheduler.domain.audit import AuditAct
    from scheduler.domain.calendar.campaigns import Audience
    from scheduler.domain.people.person import ContactCard
    from scheduler.flow.people.import_report import ImportReport
    from scheduler.sources.contact_file import Reading

JSON = typer.Option(False, "--json", help="Print JSON.")
AUDIENCE = typer.Argument("", help="An audience of config.yaml; all of them when absent.")
FILE = typer.Argument(help="A CSV file or a workbook, with a header.")
COLUMNS = typer.Option(
    [], "--columns", help="MEANING=COLUMN, by its name or number; MEANING= for none. Repeatable."
)
OUT = typer.Option(..., "--out", help="The CSV file to write.")
BY = typer.Option("", "--by", help="Who acts, for the audit log. Default: this account's name.")


def register(app: typer.Typer) -> None:
    app.command("import")(import_file)
    contacts = Family(
        name="contacts", help="People in the ledger, and their rights.", no_args_is_help=True
    )
    for command in (list_contacts, export):
        contacts.command(command.__name__.removesuffix("_contacts"))(command)
    rights.register(contacts)
    app.add_typer(contacts)
    optouts.register(app)


def import_file(
    context: typer.Context,
    audience: str = typer.Argument(help="An audience with contacts of its own."),
    file: Path = FILE,
    origin: str = typer.Option(..., "--origin", help="Where the file comes from, in words."),
    own_file: bool = typer.Option(
        False,
        "--own-file",
        help="Our own service asked the people themselves (HR, admissions): GDPR article 13.",
    ),
    basis: str = typer.Option(..., "--basis", help="One of the bases that the audience names."),
    mode: Literal["add", "replace"] = typer.Option(
        "add", "--mode", help="replace: those whom the file doesn't name leave the audience."
    ),
    same_person: list[str] = typer.Option(
        [], "--same-person", help="A key whose holder changed both name and address; repeatable."
    ),
    other_person: list[str] = typer.Option(
        [],
        "--other-person",
        help="A key that was given to somebody new: whoever had it leaves; repeatable.",
    ),
    columns: list[str] = COLUMNS,
    sheet: str = typer.Option("", "--sheet", help="The sheet of a workbook with the people."),
    dry_run: bool = typer.Option(
        False, "--dry-run", help="Show the columns with some cells, say what it would do; no more."
    ),
    yes: bool = typer.Option(
        False, "--yes", help="Let it end more than half of an audience, or take many for dead."
    ),
    by: str = BY,
    as_json: bool = JSON,
) -> None:
    """Take a contact file in; exit 1 when something in it was refused or left aside."""
    from scheduler.cli.output.imports import print_columns, print_report, watched
    from scheduler.domain.people.imports import ImportStart, Settled
    from scheduler.flow.people.importing import import_contacts

    async def step() -> "tuple[ImportReport, Reading]":
        async with _ledger(context.obj, dry_run=dry_run) as app:
            into = with_contacts(app.configuration, audience, origin, basis)
            source = await _read(app, into, file, _chosen(columns), sheet, dry_run=dry_run)
            if not as_json:
                print_columns(source.columns, samples=dry_run)
            start = ImportStart(
                audience=into,
                file_hash=source.digest,
                origin=origin,
                basis=basis,
                mode=mode,
                own_file=own_file,
                settled=Settled(same=frozenset(same_person), other=frozenset(other_person)),
                by=actor(by),
            )
            with watched(source) as rows:
                report = await import_contacts(
                    rows,
                    app.contact_files,
                    start,
                    app.clock,
                    by=myself(),
                    dry_run=dry_run,
                    confirmed=yes,
                )
        return report, source

    report, source = run(step())
    print_report(report, source.header_notes, source.columns, dry_run=dry_run, as_json=as_json)
    if report.refused or report.left_aside or report.strangers:
        raise typer.Exit(1)


async def _read(
    app: "App", into: "Audience", file: Path, chosen: dict[str, str], sheet: str, *, dry_run: bool
) -> "Reading":
    """The file, opened. Raises ImportRefused for one that must not be taken in."""
    from scheduler.domain.calendar.holidays import known_territory
    from scheduler.flow import renames
    from scheduler.sources import contact_file

    await renames.may_take_in(into, app.configuration.audiences, app.ledger, dry_run=dry_run)
    return contact_file.read(
        file, into, known_territory=known_territory, today=today_of(app), chosen=chosen, sheet=sheet
    )


def _ledger(context: "Context", *, dry_run: bool) -> "AbstractAsyncContextManager[App]":
    """A dry run makes none: where there is none, it compares with nobody, and says so."""
    return context.opened_to_look(said=True) if dry_run else context.opened(create=True)


def today_of(app: "App") -> "date":
    """The organisation's."""
    from zoneinfo import ZoneInfo

    return app.clock().astimezone(ZoneInfo(app.configuration.settings.time_zone)).date()


def _chosen(columns: list[str]) -> dict[str, str]:
    """Raises BadParameter for what isn't MEANING=COLUMN."""
    chosen = {}
    for one in columns:
        meaning, equals, column = one.partition("=")
        if not equals or not meaning.strip():
            raise typer.BadParameter(f"{one!r}: write MEANING=COLUMN, such as phone=Portable")
        chosen[meaning.strip()] = column.strip()
    return chosen


def with_contacts(configuration: "Configuration", name: str, origin: str, basis: str) -> "Audience":
    """Raises NotFound, and ImportRefused for a file that must not go in like this."""
    from scheduler.domain.errors import ImportRefused

    audience = configuration.audience(name)
    if not audience.is_source:
        raise ImportRefused(
            f"{name} selects from {audience.source} and has no contacts of its own: "
            f"import into {audience.source}"
        )
    bases = sorted({terms.basis for terms in audience.channels.values()})
    if not origin.strip():
        raise ImportRefused("--origin is empty: say where the file comes from")
    if basis not in bases:
        raise ImportRefused(
            f"{basis!r} is no basis of {name}: audiences/{name}.yaml names {', '.join(bases)}"
        )
    return audience


def list_contacts(
    context: typer.Context,
    audience: str = AUDIENCE,
    clear: bool = typer.Option(False, "--clear", help="Show addresses and numbers whole."),
    by: str = BY,
    as_json: bool = JSON,
) -> None:
    """Who is in the ledger; addresses masked unless told otherwise."""
    from scheduler.cli.output.printing import print_json, print_table

    async def step() -> "list[ContactCard]":
        from scheduler.flow.people.persons import members

        async with context.obj.opened() as app:
            of = _audience(app.configuration, audience)
            cards = [card async for card in members(app.people, of)]
            if clear:
                from scheduler.domain.audit import AuditAct

                await _note(app, AuditAct.LIST_CLEAR, audience, len(cards), by)
            return cards

    rows = [_line(card, clear=clear) for card in run(step())]
    if as_json:
        print_json(rows)
    else:
        titles = ("Id", "Audience", "Key", "E-mail", "Phone", "Language", "Territory", "Zone")
        print_table(titles, [list(row.values()) for row in rows], last="Key")


def export(
    context: typer.Context,
    audience: str = AUDIENCE,
    out: Path = OUT,
    all_proofs: bool = typer.Option(
        False,
        "--all-proofs",
        help="Also who of the staff agreed on their own phone: to move to another ledger.",
    ),
    by: str = BY,
) -> None:
    """Write contacts to a CSV file. One audience's can be imported again."""

    async def step() -> "tuple[Audience, list[Any]]":
        from scheduler.domain.audit import AuditAct
        from scheduler.flow.people.persons import contact_rows, private_channels

        async with context.obj.opened() as app:
            of = _audience(app.configuration, audience)
            private = {} if all_proofs else private_channels(app.configuration.audiences)
            rows = await contact_rows(app.people, of, private)
            await _note(
                app,
                AuditAct.EXPORT_PROOFS if all_proofs else AuditAct.EXPORT,
                audience,
                len(rows),
                by,
            )
            return of, rows

    from scheduler.cli.people.private_file import private_csv
    from scheduler.sources.csv_export import export_rows

    of, rows = run(step())
    with private_csv(out) as file:
        count = export_rows(rows, of, file)
    say(f"{count} contacts written to {out}: personal data, keep it safe.")


async def _note(app: "App", act: "AuditAct", audience: str, count: int, by: str) -> None:
    from scheduler.domain.audit import Act

    entry = Act(
        actor=actor(by), act=act, subject=audience or "every audience", detail={"contacts": count}
    )
    await app.people.note_export(entry, app.clock())


def _audience(configuration: "Configuration", name: str) -> "Audience":
    from scheduler.flow.people.persons import everyone

    if name:
        return configuration.audience(name)
    return everyone([one for one in configuration.audiences if one.is_source])


def _line(card: "ContactCard", *, clear: bool) -> dict[str, Any]:
    from scheduler.domain.people.addresses import mask_email, mask_phone

    # Without a key of its own, a contact's is its address.
    key_is_address = card.key.lower() in (card.email.lower(), card.phone)
    return {
        "id": card.contact,
        "audience": card.audience,
        "key": "" if key_is_address and not clear else card.key,
        "email": card.email if clear or not card.email else mask_email(card.email),
        "phone": card.phone if clear or not card.phone else mask_phone(card.phone),
        "language": card.language + ("-falc" if card.easy_to_read else ""),
        "territory": card.territory,
        "zone": card.zone,
    }
