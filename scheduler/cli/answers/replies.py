"""replies: what people answered by SMS that the program left to a person."""

from typing import Any

import typer

from scheduler.cli.context import actor, note_look, run
from scheduler.cli.family import Family
from scheduler.cli.language import say
from scheduler.cli.output.moments import when
from scheduler.domain.answers.decisions import ReplyDecision

BY = typer.Option("", "--by", help="Who looks, for the audit log.")
JSON = typer.Option(False, "--json", help="Print JSON.")


def register(app: typer.Typer) -> None:
    replies = Family(
        name="replies", help="What people answered, for a person to read.", no_args_is_help=True
    )
    replies.command("list")(list_replies)
    replies.command("close")(close)
    app.add_typer(replies)


def list_replies(
    context: typer.Context,
    clear: bool = typer.Option(False, "--clear", help="Show numbers whole."),
    by: str = BY,
    as_json: bool = JSON,
) -> None:
    """Those that wait for a person, oldest first, in their own words."""
    from scheduler.cli.output.printing import print_json, print_table
    from scheduler.domain.answers.replies import OpenReply
    from scheduler.domain.audit import AuditAct
    from scheduler.domain.people.addresses import mask_phone

    async def step() -> list[OpenReply]:
        async with context.obj.opened() as app:
            found: list[OpenReply] = await app.replies.open_replies()
            if found:
                detail = {"replies": len(found), "clear": int(clear)}
                await note_look(app, AuditAct.LIST_REPLIES, "open replies", by, detail)
            return found

    rows: list[dict[str, Any]] = [
        {
            "id": one.id,
            "at": one.at,
            "channel": one.channel,
            "kind": one.kind,
            "from": one.sender if clear or not one.sender else mask_phone(one.sender),
            "text": one.text,
        }
        for one in run(step())
    ]
    if as_json:
        print_json(rows)
    else:
        titles = ("Id", "At", "Channel", "Kind", "From", "Text")
        print_table(titles, [[*({**row, "at": when(row["at"])}).values()] for row in rows])


def close(
    context: typer.Context,
    number: int = typer.Argument(metavar="ID"),
    decision: ReplyDecision = typer.Option(
        ...,
        "--as",
        help="opt-out: they want no more SMS. noted: read; what was held in doubt goes on. "
        "wrong-person, deceased: the number is closed. reopen: it is theirs after all, or they "
        "didn't leave the series.",
    ),
    by: str = typer.Option("", "--by", help="Who decides, for the audit log."),
) -> None:
    """Decide one. An opt-out holds before the next message leaves."""

    async def step() -> bool:
        async with context.obj.opened() as app:
            closed: bool = await app.replies.close_reply(number, decision, actor(by), app.clock())
            return closed

    if not run(step()):
        say(f"reply {number} is not there, was decided already, or can't be {decision}", err=True)
        raise typer.Exit(1)
    say(f"Reply {number} is closed: {decision}.")
