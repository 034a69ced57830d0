"""send-now --to-list, --to-everybody: to whom, counted before it asks."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.cli.language import say, tr

if TYPE_CHECKING:
    from scheduler.bootstrap import App
    from scheduler.domain.calendar.campaigns import Occurrence
    from scheduler.flow.steering.listing import Addressed

#: Row numbers told one by one.
MOST = 20


async def addressed(
    app: "App",
    one: "Occurrence",
    audiences: Sequence[str],
    file: Path | None,
    by: str,
    *,
    everybody: bool,
) -> "Addressed":
    """Read the list and keep it; what it holds is told."""
    from scheduler.flow.steering.listing import address
    from scheduler.sources import list_file

    sought = list_file.read(file) if file is not None else None
    given = await address(
        app.agenda,
        app.ledger,
        app.hand,
        one,
        audiences,
        sought,
        by,
        app.clock(),
        everybody=everybody,
    )
    _tell(given, app.agenda.episode(one).message, audiences)
    return given


def named(given: "Addressed", audiences: Sequence[str]) -> str:
    """To whom, in the question."""
    everybody = ", ".join(audiences)
    if given.kept is None:
        return everybody
    if not given.kept.restricts:
        return f"EVERYBODY in {everybody}"
    return f"the {given.kept.people} people of the list"


def _tell(given: "Addressed", message: str, audiences: Sequence[str]) -> None:
    if given.found is not None:
        found = given.found
        say(f"The list: {found.rows} rows, {len(found.people)} people known here.")
        if found.unknown:
            rows = ", ".join(map(str, found.unknown[:MOST]))
            more = tr(f" and {len(found.unknown) - MOST} more") if len(found.unknown) > MOST else ""
            say(f"Unknown here: {len(found.unknown)} (rows {rows}{more}).")
    elif given.kept is not None and given.kept.restricts:
        say(f"To the list that was given before: {given.kept.people} people.")
    if given.unsaid:
        say(
            f"warning: {message}/message.yaml doesn't say to whom it goes, so it goes to everybody "
            f"in {', '.join(audiences)}: write `recipients: list` there, and give --to-list FILE",
            err=True,
        )
