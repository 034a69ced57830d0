"""edits: what was published on the desk and stands over files: texts over those of templates/, and
changes of the calendar over config.yaml."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from scheduler.cli.context import Context, actor, run
from scheduler.cli.family import Family
from scheduler.cli.language import say, tr
from scheduler.cli.writing import calendar_changes as calendar

if TYPE_CHECKING:
    from scheduler.bootstrap.writing.taking_in import TakenIn
    from scheduler.domain.writing.edits import Edit

JSON = typer.Option(False, "--json", help="Print JSON.")
BY = typer.Option("", "--by", help="Who acts, for the audit log. Default: this account's name.")
APPROVED_BY = typer.Option(
    "", "--approved-by", help="Who else has read them, where a second person is asked for."
)
NOTHING = "Nothing from the desk stands over its file."
PATH = typer.Argument(metavar="PATH", help="The text's path under templates/.")


def register(app: typer.Typer) -> None:
    edits = Family(
        name="edits",
        help="Texts and changes of the calendar from the desk, which stand over their files.",
        no_args_is_help=True,
    )
    for command in (list_edits, show, diff, export, import_edits, withdraw):
        edits.command(command.__name__.removesuffix("_edits"))(command)
    app.add_typer(edits)


def list_edits(context: typer.Context, as_json: bool = JSON) -> None:
    """Every text, and every change of the calendar, that stands over its file: whose, and when."""
    from scheduler.cli.output.printing import print_json

    found, changes = run(_standing(context.obj)), calendar.standing_changes(context.obj)
    if as_json:
        print_json([*(_as_json(*one) for one in found), *map(calendar.as_json, changes)])
        return
    if not found and not changes:
        say(NOTHING)
    if found:
        _print_texts(found)
    if changes:
        calendar.print_changes(changes)


def _print_texts(found: "list[tuple[Edit, str | None]]") -> None:
    from scheduler.cli.output.moments import when
    from scheduler.cli.output.printing import print_table

    titles = ("Text", "Written by", "Published by", "When", "Its file")
    cells = [
        (one.path, one.written_by, one.published_by, when(one.at), tr(_state(one, file)))
        for one, file in found
    ]
    print_table(titles, cells)


def show(context: typer.Context, path: str = PATH) -> None:
    """One text as it was published, or what one change of the calendar says."""
    if change := calendar.named(calendar.standing_changes(context.obj), path):
        calendar.print_says(change)
        return
    one, _ = _one(context.obj, path)
    typer.echo(one.content, nl=False)


def diff(
    context: typer.Context,
    path: str = typer.Argument("", metavar="PATH", help="Only this text; all when absent."),
) -> None:
    """How each differs from its file, and how the file changed under it; exit 1 where one did."""
    changes = calendar.standing_changes(context.obj)
    change = calendar.named(changes, path)
    changes = [change] if change else ([] if path else changes)
    one_text = [_one(context.obj, path)] if path and not change else []
    found = one_text if path else run(_standing(context.obj))
    if not found and not changes:
        say(NOTHING)
    for one, file in found:
        if one.is_in_file(file):
            say(f"{one.path} says what its file says.")
            continue
        typer.echo(_unified(file, one.content, one.path, tr("the file"), tr("as published")))
        if one.is_behind(file):
            say(f"{one.path}: its file changed under it; say on the desk which of the two stands")
            before = tr("the file when it was published")
            typer.echo(_unified(one.base, file, one.path, before, tr("the file now")))
    to_decide = [calendar.print_difference(one) for one in changes]
    if any(to_decide) or any(one.is_behind(file) for one, file in found):
        raise typer.Exit(1)


def export(
    context: typer.Context,
    out: Path = typer.Argument(metavar="FOLDER", help="Where to; templates/ itself for git."),
) -> None:
    """Write the published texts as files, and config.yaml with the changes of the calendar laid in,
    with edits.json and calendar.json beside them: what `import` reads."""
    from scheduler.flow.writing.carrying import write_out

    found = [one for one, _ in run(_standing(context.obj))]
    files = context.obj.load(lacking=True).files
    in_place = out.absolute().resolve() == files.resolve()
    write_out(found, out, listed=not in_place)
    changes = calendar.export_changes(context.obj, out, in_place=in_place)
    if not found and not changes:
        say(NOTHING)
        return
    count = len(found)
    if count:
        say(
            f"1 text is written to {out}." if count == 1 else f"{count} texts are written to {out}."
        )
    say("Where a file says the same by now: `reflexe edits withdraw --in-files`.")


def import_edits(
    context: typer.Context,
    folder: Path = typer.Argument(metavar="FOLDER", help="As `reflexe edits export` wrote it."),
    by: str = BY,
    approved_by: str = APPROVED_BY,
) -> None:
    """Publish the texts of a folder, then its changes of the calendar, as the desk would: of each
    all, or none."""
    from scheduler.bootstrap import take_in
    from scheduler.flow.writing.carrying import LIST, read_in
    from scheduler.flow.writing.carrying_changes import read_list

    changes = read_list(folder)
    if changes is not None and not (folder / LIST).is_file():
        calendar.import_changes(context.obj, changes, by)
        return
    carried = read_in(folder, context.obj.load().files, actor(by))

    async def step() -> "TakenIn":
        async with context.obj.opened(create=True) as app:
            return await take_in(app, carried, actor(by), " ".join(approved_by.split()))

    taken = run(step())
    changed, stood = taken.changed, taken.stood
    if changed:
        many = f"{changed} texts stand over their files now."
        say("1 text stands over its file now." if changed == 1 else many)
    one = f"{changed} changed; 1 stands already."
    say(one if stood == 1 else f"{changed} changed; {stood} stand already.")
    if changes:
        calendar.import_changes(context.obj, changes, by)


def withdraw(
    context: typer.Context,
    path: str = typer.Argument("", metavar="PATH", help="The text's path under templates/."),
    in_files: bool = typer.Option(
        False, "--in-files", help="All those that say what their files say by now."
    ),
    by: str = BY,
    approved_by: str = APPROVED_BY,
) -> None:
    """Let the file stand again; the history keeps what was published."""
    if bool(path) == in_files:
        raise typer.BadParameter(tr("name a text, or say --in-files"))
    changes = calendar.standing_changes(context.obj)
    if change := calendar.named(changes, path):
        calendar.withdraw(context.obj, [change], by)
        return
    mine = [one for one in changes if in_files and one.stand == "in-file"]
    if mine:
        calendar.withdraw(context.obj, mine, by)
    found = [_one(context.obj, path)] if path else run(_standing(context.obj))
    gone = [one for one, file in found if path or one.is_in_file(file)]
    run(_withdrawn(context.obj, gone, actor(by), " ".join(approved_by.split())))
    if not gone and mine:
        return
    if not gone:
        say("No published text says what its file says: nothing is withdrawn.")
        return
    many = f"{len(gone)} texts are withdrawn: their files stand."
    say("1 text is withdrawn: its file stands." if len(gone) == 1 else many)


async def _withdrawn(context: Context, gone: "list[Edit]", by: str, second: str) -> None:
    from scheduler.bootstrap import withdraw_edits

    async with context.opened() as app:
        await withdraw_edits(app, gone, by, second)


async def _standing(context: Context) -> "list[tuple[Edit, str | None]]":
    from scheduler.content.standing import file_text

    async with context.opened(lacking=True) as app:
        _, found = await app.edits.standing()
        return [(one, file_text(app.configuration.files, one.path)) for one in found]


def _one(context: Context, path: str) -> "tuple[Edit, str | None]":
    from scheduler.domain.errors import NotFound

    wanted = path.removeprefix("templates/")
    for one, file in run(_standing(context)):
        if one.path == wanted:
            return one, file
    raise NotFound(f"no text stands over {wanted}: `reflexe edits list` shows those that do")


def _state(one: "Edit", file: str | None) -> str:
    if one.is_behind(file):
        return "is gone" if file is None else "changed under it"
    return "says the same" if one.is_in_file(file) else "as it was"


def _unified(old: str | None, new: str | None, path: str, before: str, after: str) -> str:
    from difflib import unified_diff

    first, second = ((one or "").splitlines(keepends=True) for one in (old, new))
    names = (f"templates/{path} ({before})", f"templates/{path} ({after})")
    return "".join(unified_diff(first, second, *names)).rstrip("\n")


def _as_json(one: "Edit", file: str | None) -> dict[str, Any]:
    return {
        "path": one.path,
        "number": one.number,
        "written_by": one.written_by,
        "published_by": one.published_by,
        "at": one.at,
        "file": _state(one, file),
    }
