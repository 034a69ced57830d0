"""optout: what people told us on paper or by telephone, and the list of all opt-outs."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from scheduler.cli.context import Context, note_look, run
from scheduler.cli.family import Family
from scheduler.cli.language import say
from scheduler.cli.leaving.asked_channel import asked_channel
from scheduler.cli.output import words
from scheduler.cli.output.moments import when
from scheduler.cli.people.refusing import import_list

if TYPE_CHECKING:
    from datetime import datetime

    from scheduler.domain.audit import AuditAct
    from scheduler.domain.people.person import OptOutRow, Refusal

JSON = typer.Option(False, "--json", help="Print JSON.")
CHANNEL = typer.Option(
    "", "--channel", help="Absent: the channel of the address or number that is given."
)
FILE = typer.Option(
    None, "--file", help="A text file with an address or number a line, instead of one."
)
PERSON = typer.Option(
    "",
    "--person",
    help="Whose wish it is, where several people have that address: an id or a source's key.",
)
BY = typer.Option("", "--by", help="Who acts, for the audit log. Default: this account's name.")
OUT = typer.Option(..., "--out", help="The CSV file to write.")


def register(app: typer.Typer) -> None:
    optout = Family(
        name="optout", help="Who asked for no more, and from what.", no_args_is_help=True
    )
    optout.command("import")(import_list)
    for command in (list_optouts, show, add, remove, export):
        optout.command(command.__name__.removesuffix("_optouts"))(command)
    app.add_typer(optout)


def list_optouts(
    context: typer.Context,
    clear: bool = typer.Option(False, "--clear", help="Show addresses and numbers whole."),
    by: str = BY,
    as_json: bool = JSON,
) -> None:
    """Every opt-out that holds, oldest first."""
    from scheduler.cli.output.printing import print_json, print_table
    from scheduler.domain.audit import AuditAct

    act = AuditAct.LIST_OPT_OUTS if clear else None
    rows = [_line(row, clear=clear) for row in run(_listed(context.obj, act, by))]
    if as_json:
        print_json(rows)
    else:
        titles = ("At", "Channel", "Scope", "Reason", "Route", "Contact", "Address")
        print_table(titles, map(_cells, rows), last="Address")


def show(
    context: typer.Context,
    who: str = typer.Argument(metavar="ADDRESS|NUMBER"),
    by: str = BY,
    as_json: bool = JSON,
) -> None:
    """What was refused at an address, since when and by which route; after an erasure too."""
    from scheduler.cli.output.printing import print_json
    from scheduler.cli.output.refusal import as_data, print_refusals

    async def step() -> "tuple[str, list[Refusal], Mapping[str, int]]":
        from scheduler.domain.audit import AuditAct
        from scheduler.flow.people.persons import address_of

        address = address_of(who)
        async with context.obj.opened() as app:
            found = await app.people.refusals(address.kind, address.identity)
            name = app.people.name_of(address.kind, address.identity)
            await note_look(app, AuditAct.SHOW_OPT_OUTS, name, by, {"refusals": len(found)})
            return address.masked, found, app.ledger.journalled({one.digest for one in found})

    masked, found, lines = run(step())
    if as_json:
        print_json(as_data(masked, found, lines))
    else:
        print_refusals(masked, found, lines)
    if not found:
        raise typer.Exit(1)


def add(
    context: typer.Context,
    who: str = typer.Argument("", metavar="ADDRESS|NUMBER"),
    channel: str = CHANNEL,
    file: Path | None = FILE,
    person: str = PERSON,
    by: str = BY,
    deceased: bool = typer.Option(
        False, "--deceased", help="Whoever had it has died: everything, on every channel."
    ),
) -> None:
    """Record an opt-out, of anybody; it holds before the next message leaves."""
    if deceased and (channel or person):
        raise typer.BadParameter("--deceased closes every channel, to everybody who has it")
    if bool(who) == bool(file):
        raise typer.BadParameter("give an address or number, or --file, and not both")
    if file is not None and person:
        raise typer.BadParameter("--person is of one address, and not of a --file")
    if file is not None:
        _add_all(context.obj, file, channel, by, deceased=deceased)
        return

    async def step() -> tuple[str, int]:
        from scheduler.domain.audit import AuditAct
        from scheduler.domain.consent.optout import ALL_CHANNELS
        from scheduler.flow.people.persons import address_of
        from scheduler.flow.people.wishes import close_of_deceased, opt_out

        address = address_of(who)
        async with context.obj.opened(create=True, anyhow=True) as app:
            wanted = asked_channel(channel) or address.channel
            if deceased:
                wanted = ALL_CHANNELS
                new = await close_of_deceased(app.people, address, app.clock())
            else:
                new = await opt_out(app.people, address, wanted, app.clock(), by=person)
            name = app.people.name_of(address.kind, address.identity)
            detail: dict[str, str | int] = {"channel": wanted, "new": new}
            if deceased:
                detail["reason"] = "deceased"
            await note_look(app, AuditAct.OPT_OUT, name, by, detail)
            return address.masked, new

    masked, new = run(step())
    say(f"{masked} is opted out." if new else f"{masked} was opted out already.")


def remove(
    context: typer.Context,
    who: str = typer.Argument(metavar="ADDRESS|NUMBER"),
    channel: str = CHANNEL,
    by: str = typer.Option("", "--by", help="Who took the person's request."),
    person: str = PERSON,
) -> None:
    """End an opt-out, when the person themselves asks for it."""

    async def step() -> "tuple[str, int, datetime | None]":
        from scheduler.domain.audit import AuditAct
        from scheduler.flow.people.persons import address_of
        from scheduler.flow.people.wishes import take_back
        from scheduler.log import get_logger

        address = address_of(who)
        async with context.obj.opened() as app:
            wanted = asked_channel(channel) or address.channel
            ended = await take_back(app.people, address, wanted, app.clock(), by=person)
            name = app.people.name_of(address.kind, address.identity)
            await note_look(
                app, AuditAct.LIFT_OPT_OUT, name, by, {"channel": wanted, "ended": ended}
            )
            closed = await app.bounces.closed_at(address.kind, address.identity)
        get_logger("cli").info("optout.removed", channel=wanted, by=by, ended=ended)
        return address.masked, ended, closed

    masked, ended, closed = run(step())
    if not ended:
        say(
            f"{masked} has no opt-out of this kind that its holder can end. Where several people "
            "have it, --person says which of them comes back.",
            err=True,
        )
    if closed is not None:
        # Not its holder's to lift: what was refused may be refused again.
        say(
            f"{masked} is closed since {closed:%Y-%m-%d}, as mail or an SMS to it was refused: "
            "`reflexe bounce reopen ADDRESS --reason …` opens it.",
            err=True,
        )
    if not ended:
        raise typer.Exit(1)
    if closed is None:
        say(f"{masked} may be written to again.")
    else:
        say(f"{masked} has no opt-out any more.")


def export(
    context: typer.Context,
    out: Path = OUT,
    by: str = BY,
) -> None:
    """Write every opt-out that holds to a CSV file."""
    from scheduler.cli.people.private_file import private_csv
    from scheduler.domain.audit import AuditAct
    from scheduler.sources.optout_export import export_opt_outs

    rows = run(_listed(context.obj, AuditAct.EXPORT_OPT_OUTS, by))
    with private_csv(out) as file:
        count = export_opt_outs(rows, file)
    say(f"{count} opt-outs written to {out}: personal data, keep it safe.")


def _add_all(context: Context, file: Path, channel: str, by: str, *, deceased: bool) -> None:
    """Each line that can be used; exit 1 when some can't."""

    async def step() -> tuple[int, int, list[str]]:
        from scheduler.domain.audit import AuditAct
        from scheduler.domain.errors import AddressRefused, NotFound
        from scheduler.flow.people.persons import address_of
        from scheduler.flow.people.wishes import close_of_deceased, opt_out
        from scheduler.sources.address_lines import address_lines

        read, new, refused = 0, 0, []
        async with context.opened(create=True, anyhow=True) as app:
            asked = asked_channel(channel)
            for number, line in enumerate(address_lines(file), 1):
                if not line:
                    continue
                try:
                    address = address_of(line)
                    if deceased:
                        new += bool(await close_of_deceased(app.people, address, app.clock()))
                    else:
                        wanted = asked or address.channel
                        new += bool(await opt_out(app.people, address, wanted, app.clock()))
                    read += 1
                except (AddressRefused, NotFound) as error:
                    refused.append(f"line {number}: {error}")
            detail = {"read": read, "new": new}
            await note_look(app, AuditAct.OPT_OUT, "a list of addresses", by, detail)
        return read, new, refused

    read, new, refused = run(step())
    for line in refused:
        say(line, err=True)
    say(f"{read} addresses and numbers are opted out, {new} of them newly.")
    if refused:
        raise typer.Exit(1)


async def _listed(context: Context, act: "AuditAct | None", by: str) -> "list[OptOutRow]":
    async with context.opened() as app:
        found = await app.people.opt_outs()
        if act is not None:
            await note_look(app, act, "every address", by, {"opt_outs": len(found)})
        return found


def _cells(row: Mapping[str, Any]) -> tuple[object, ...]:
    return (
        when(row["at"]),
        words.channel(row["channel"]),
        words.scope(row["scope"]),
        words.reason(row["reason"]),
        words.route(row["route"]),
        row["contact"] or "",
        row["address"],
    )


def _line(row: "OptOutRow", *, clear: bool) -> dict[str, Any]:
    from scheduler.domain.message import AddressKind
    from scheduler.domain.people.addresses import mask_email, mask_phone

    mask = mask_email if row.kind is AddressKind.EMAIL else mask_phone
    shown = row.address if clear or not row.address else mask(row.address)
    return {
        "kind": row.kind.value,
        "address": shown,
        "digest": row.digest,
        "contact": row.contact,
        "channel": row.channel,
        "scope": row.scope,
        "reason": row.reason,
        "route": row.route,
        "at": row.at,
    }
