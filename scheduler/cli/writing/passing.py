"""pass-fault: a fault that check tells of, and that two people let leave as it is."""

from typing import TYPE_CHECKING

import typer

from scheduler.cli.context import actor, run
from scheduler.cli.language import tr

if TYPE_CHECKING:
    from scheduler.flow.steering.letting_pass import Held

MESSAGE = typer.Argument(help="Its folder's path under templates/.")
FAULT = typer.Argument("", help="Which one, as this command names it; all are listed when absent.")
REASON = typer.Option("", "--reason", help="Why it may leave as it is: whoever says it asks.")
BY = typer.Option("", "--by", help="Who asks, or the other person who allows it.")
WITHDRAW = typer.Option(False, "--withdraw", help="It holds its text again.")


def register(app: typer.Typer) -> None:
    app.command("pass-fault")(pass_fault)


def pass_fault(
    context: typer.Context,
    message: str = MESSAGE,
    fault: str = FAULT,
    reason: str = REASON,
    by: str = BY,
    withdraw: bool = WITHDRAW,
) -> None:
    """List the faults that hold texts of a message, or let one pass: one asks, another allows."""
    from scheduler.flow.steering import letting_pass

    name = message.strip("/")

    async def step() -> str:
        async with context.obj.opened() as app:
            agenda, hand, now = app.agenda, app.hand, app.clock()
            if not fault:
                return _table(await letting_pass.held_of(agenda, hand, name, now))
            if withdraw:
                one = await letting_pass.withdraw(agenda, hand, name, fault, actor(by), now)
                return f"{one.finding.passage} {tr('holds its text again')}"
            if reason:
                one = await letting_pass.ask(agenda, hand, name, fault, reason, actor(by), now)
                todo = tr("waits for another person")
                return (
                    f"{one.finding.passage} {todo}: "
                    f"reflexe pass-fault {name} {one.finding.passage} --by …"
                )
            one = await letting_pass.allow(agenda, hand, name, fault, actor(by), now)
            return f"{one.finding.passage} {tr('passes until its words are edited')}"

    typer.echo(run(step()))


def _table(held: "list[Held]") -> str:
    if not held:
        return tr("nothing holds a text of this message")
    return "\n".join(f"{one.finding.passage}  {_standing(one)}  {one.finding}" for one in held)


def _standing(one: "Held") -> str:
    from scheduler.domain.checking.findings import Hold

    if one.finding.hold is Hold.ALWAYS:
        return tr("never passes")
    if one.asked is None:
        return tr("holds")
    if one.passes:
        return f"{tr('passes')} ({one.asked.asked_by}, {one.asked.allowed_by})"
    return f"{tr('asked')} ({one.asked.asked_by})"
