"""uncertain: deliveries that may have left, and a person's decision about each."""

from typing import TYPE_CHECKING, Any

import typer

from scheduler.cli.context import Context, actor, find_occurrence, run
from scheduler.cli.family import Family
from scheduler.cli.language import say, tr
from scheduler.cli.output.moments import when
from scheduler.domain.answers.decisions import ClosedAs
from scheduler.domain.ids import DeliveryId

if TYPE_CHECKING:
    from scheduler.bootstrap import App
    from scheduler.domain.answers.uncertain import Decided, UncertainRow

BY = typer.Option("", "--by", help="Who decides, for the audit log; absent: this account's name.")
NUMBERS = typer.Argument(None, metavar="NUMBER", help="As `reflexe uncertain list` says.")
ALL = typer.Option("", "--all", metavar="OCCURRENCE", help="All those of this occurrence instead.")


def register(app: typer.Typer) -> None:
    uncertain = Family(
        name="uncertain",
        help="Messages that may have left: nobody knows, a person decides.",
        no_args_is_help=True,
    )
    uncertain.command("list")(list_uncertain)
    uncertain.command("resend")(resend)
    uncertain.command("close")(close)
    app.add_typer(uncertain)


def list_uncertain(
    context: typer.Context, as_json: bool = typer.Option(False, "--json", help="Print JSON.")
) -> None:
    """Those that wait for a decision, oldest first. Recipients are masked."""
    from scheduler.cli.output.printing import print_json, print_table
    from scheduler.domain.answers.uncertain import Cause
    from scheduler.domain.people.addresses import mask_email, mask_phone

    async def step() -> "list[UncertainRow]":
        obj: Context = context.obj
        async with obj.opened() as app:
            return await app.doubts.uncertain()

    rows: list[dict[str, Any]] = [
        {
            "number": one.delivery,
            "occurrence": one.occurrence,
            "channel": one.channel,
            "audience": one.audience,
            "since": one.since,
            "reason": one.reason,
            "cause": Cause.of(one.reason).value,
            "to": mask_email(one.to) if "@" in one.to else mask_phone(one.to),
        }
        for one in run(step())
    ]
    if as_json:
        print_json(rows)
    else:
        titles = ("No.", "Occurrence", "Channel", "Audience", "Since", "Reason", "To")
        print_table(
            titles,
            [
                [row[name] for name in ("number", "occurrence", "channel", "audience")]
                + [when(row["since"]), row["reason"], row["to"]]
                for row in rows
            ],
            last="Occurrence",
        )
        _tell_shares([str(row["reason"]) for row in rows])


def _tell_shares(reasons: "list[str]") -> None:
    """What the proof found of their kinds: a sample, for whoever has to decide."""
    from scheduler.domain.answers.doubt_figures import by_cause

    for cause, count, found in by_cause(reasons):
        if found is None:
            typer.echo(f"{cause.value} ({count}): the last proof had none like it.")
        else:
            typer.echo(
                f"{cause.value} ({count}): of {found.of} like it, the last proof found "
                f"{found.arrived} arrived ({found.percent} %)."
            )


def resend(
    context: typer.Context, numbers: list[int] = NUMBERS, every: str = ALL, by: str = BY
) -> None:
    """Send them again, with the same Message-ID: whoever has it already gets it twice."""

    async def step() -> "list[Decided]":
        obj: Context = context.obj
        async with obj.opened() as app:
            chosen = await _chosen(app, numbers, every)
            return await app.doubts.resend(chosen, actor(by), app.clock())

    _tell(run(step()), "waiting again")


def close(
    context: typer.Context,
    numbers: list[int] = NUMBERS,
    every: str = ALL,
    decision: ClosedAs = typer.Option(
        ..., "--as", help="What became of them; nothing is sent either way."
    ),
    by: str = BY,
) -> None:
    """Say what became of them, once you know."""

    async def step() -> "list[Decided]":
        obj: Context = context.obj
        async with obj.opened() as app:
            chosen = await _chosen(app, numbers, every)
            return await app.doubts.close(chosen, decision, actor(by), app.clock())

    _tell(run(step()), decision)


async def _chosen(app: "App", numbers: list[int], occurrence: str) -> list[DeliveryId]:
    if bool(numbers) == bool(occurrence):
        raise typer.BadParameter("give numbers, or --all OCCURRENCE", param_hint="NUMBER")
    if not occurrence:
        return [DeliveryId(one) for one in dict.fromkeys(numbers)]
    row = await find_occurrence(app, occurrence)
    return await app.doubts.uncertain_of(row.occurrence_id)


def _tell(decided: "list[Decided]", done: str) -> None:
    refused = [one for one in decided if one.refused is not None]
    say(f"{len(decided) - len(refused)} {tr(done)}.")
    for one in refused:
        say(f"{one.delivery}: {one.refused}", err=True)
    if refused:
        raise typer.Exit(1)
