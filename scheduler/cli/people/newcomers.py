"""newcomers: how many are greeted, and a person's answer for those held."""

from typing import TYPE_CHECKING

import typer

from scheduler.cli.context import actor, run
from scheduler.cli.language import say, tr

if TYPE_CHECKING:
    from scheduler.domain.calendar.newcomers import Standing


def register(app: typer.Typer) -> None:
    app.command()(newcomers)


def newcomers(
    context: typer.Context,
    allow: bool = typer.Option(False, "--allow", help="Greet those who are held."),
    refuse: bool = typer.Option(False, "--refuse", help="Never greet those who are held."),
    shown: str = typer.Option(
        "", "--shown", help="Whom the answer is about: the word that this command shows with them."
    ),
    by: str = typer.Option(
        "", "--by", help="Who acts, for the audit log. Default: this account's name."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Who entered lately and is greeted; and the answer for those whom a file brought in number."""
    from dataclasses import asdict

    from scheduler.cli.output.printing import print_json

    if allow and refuse:
        raise typer.BadParameter("give --allow or --refuse, and not both")

    async def step() -> "tuple[int, Standing, bool]":
        async with context.obj.opened() as app:
            answered = 0
            if allow or refuse:
                before = await app.ledger.newcomers_standing()
                if before.held and not shown:
                    raise typer.BadParameter(
                        tr(f"say of whom: --shown {before.shown} ({before.held} are held)")
                    )
                answered = await app.ledger.answer_newcomers(allow, shown, actor(by), app.clock())
            standing = await app.ledger.newcomers_standing()
            return answered, standing, bool(app.agenda.onboarding)

    answered, standing, greets = run(step())
    if as_json:
        print_json(asdict(standing))
        return
    if allow:
        say(f"{answered} newcomer(s) let go: their four weeks begin at the daemon's next look.")
    elif refuse:
        say(f"{answered} newcomer(s) are never greeted.")
    if not greets:
        say("Newcomers aren't greeted: no campaign of kind onboarding is enabled in config.yaml.")
    say(f"greeted in these two months: {standing.entered}")
    say(f"whose day is to come: {standing.to_come}")
    say(f"held, for a file brought many at once: {standing.held}")
    if standing.held:
        say(f"to answer for them: --allow or --refuse, with --shown {standing.shown}")
    say(f"not to be greeted, as somebody said: {standing.refused}")
