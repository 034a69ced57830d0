"""What ``edits`` says of the changes of the calendar that were decided on the desk."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from scheduler.cli.context import Context, actor, run
from scheduler.cli.language import say, tr

if TYPE_CHECKING:
    from scheduler.domain.calendar.changes import Laid, Says
    from scheduler.flow.writing.carrying_changes import CarriedChange

#: How a change stands to config.yaml, by ``Stand``.
STATES = {
    "over": "as it was",
    "in-file": "says the same",
    "behind": "changed under it",
    "gone": "is gone",
    "unfit": "can't be used",
}


def standing_changes(context: Context) -> "list[Laid]":
    async def step() -> "list[Laid]":
        async with context.opened(lacking=True) as app:
            return [*app.configuration.changes]

    return run(step())


def print_changes(found: "Sequence[Laid]") -> None:
    from scheduler.cli.output.moments import when
    from scheduler.cli.output.printing import print_table

    titles = ("Change", "Asked by", "Decided by", "When", "Its file")
    cells = [
        (
            one.decision.change.subject,
            one.decision.asked_by,
            one.decision.decided_by,
            when(one.decision.at),
            tr(STATES[one.stand]),
        )
        for one in found
    ]
    print_table(titles, cells)


def as_json(one: "Laid") -> dict[str, Any]:
    decision = one.decision
    return {
        "subject": decision.change.subject,
        "kind": decision.change.kind,
        "number": decision.number,
        "asked_by": decision.asked_by,
        "decided_by": decision.decided_by,
        "at": decision.at,
        "says": decision.change.says,
        "file": STATES[one.stand],
    }


def named(found: "Sequence[Laid]", subject: str) -> "Laid | None":
    return next((one for one in found if one.decision.change.subject == subject), None)


def print_says(one: "Laid") -> None:
    typer.echo(_lines(one.decision.change.says), nl=False)


def print_difference(one: "Laid") -> bool:
    """Whether a person has something to decide."""
    from scheduler.bootstrap import utc_now
    from scheduler.domain.calendar.changes import Stand

    asks = one.asks(utc_now().date())
    decision, subject = one.decision, one.decision.change.subject
    if one.stand is Stand.IN_FILE:
        say(f"{subject} says what config.yaml says.")
        return False
    if one.why:
        say(f"{subject} does nothing: {one.why}")
        return asks
    typer.echo(_unified(one.file, decision.change.says, subject, tr("the file"), tr("as decided")))
    if asks:
        say(f"{subject}: config.yaml changed under it; say on the desk which of the two stands")
        before = tr("the file when it was decided")
        typer.echo(_unified(decision.base, one.file, subject, before, tr("the file now")))
    return asks


def export_changes(context: Context, out: Path, *, in_place: bool) -> int:
    """How many."""
    from scheduler.bootstrap import write_changes

    async def step() -> int:
        async with context.opened(lacking=True) as app:
            return len(write_changes(app, out, in_place=in_place))

    count = run(step())
    if count:
        where = context.config if in_place else str(out / Path(context.config).name)
        many = f"{count} changes of the calendar are laid into {where}."
        say(f"1 change of the calendar is laid into {where}." if count == 1 else many)
    return count


def import_changes(context: Context, carried: "Sequence[CarriedChange]", by: str) -> None:
    from scheduler.bootstrap import take_in_changes

    async def step() -> tuple[int, int]:
        async with context.opened(create=True) as app:
            return await take_in_changes(app, carried, actor(by))

    changed, stood = run(step())
    say(f"Of the calendar: {changed} changed, {stood} stand already.")


def withdraw(context: Context, gone: "Sequence[Laid]", by: str) -> None:
    from scheduler.bootstrap import withdraw_changes

    async def step() -> None:
        async with context.opened(lacking=True) as app:
            await withdraw_changes(app, gone, actor(by))

    run(step())
    many = f"{len(gone)} changes of the calendar are withdrawn: config.yaml stands."
    one = "1 change of the calendar is withdrawn: config.yaml stands."
    say(one if len(gone) == 1 else many)


def _lines(says: "Says | None") -> str:
    import yaml

    if says is None:
        return ""
    return str(yaml.safe_dump(dict(says), allow_unicode=True, sort_keys=False))


def _unified(old: "Says | None", new: "Says | None", subject: str, before: str, after: str) -> str:
    from difflib import unified_diff

    first, second = (_lines(one).splitlines(keepends=True) for one in (old, new))
    names = (f"config.yaml, {subject} ({before})", f"config.yaml, {subject} ({after})")
    return "".join(unified_diff(first, second, *names)).rstrip("\n")
