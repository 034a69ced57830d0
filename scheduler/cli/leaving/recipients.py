"""report --people, --unreached: an occurrence's people in a file, for their data-protection officer
or for whoever writes them a letter."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scheduler.cli.context import Context, find_occurrence, note_look, run
from scheduler.cli.language import say

if TYPE_CHECKING:
    from scheduler.domain.people.person import ContactCard
    from scheduler.domain.showing.recipients import PersonsMessage, Reach


def write_recipients(
    context: Context, occurrence: str, out: Path | None, by: str, *, people: bool, unreached: bool
) -> None:
    """One of the two, in a file of mode 0600."""
    if people == unreached or out is None:
        raise typer.BadParameter("say --people or --unreached, and the file by --out")
    if people:
        _write_people(context, occurrence, out, by)
    else:
        _write_unreached(context, occurrence, out, by)


def _write_people(context: Context, occurrence: str, out: Path, by: str) -> None:
    from scheduler.cli.people.private_file import private_csv
    from scheduler.sources.recipient_export import export_people
    from scheduler.web.desk.words import DELIVERY_STATES

    async def step() -> "list[PersonsMessage]":
        from scheduler.domain.audit import AuditAct

        async with context.opened() as app:
            row = await find_occurrence(app, occurrence)
            ledger = app.recipients
            found = await ledger.opened(await ledger.of(row.occurrence_id))
            detail = {"rows": len(found)}
            await note_look(app, AuditAct.LIST_RECIPIENTS, row.id, by, detail)
            return found

    rows = run(step())
    words = {state.value: label for state, (label, *_) in DELIVERY_STATES.items()}
    with private_csv(out) as file:
        count = export_people(rows, words, file)
    say(f"{count} messages written to {out}: personal data, keep it safe.")


def _write_unreached(context: Context, occurrence: str, out: Path, by: str) -> None:
    from scheduler.cli.people.private_file import private_csv
    from scheduler.sources.recipient_export import export_unreached

    async def step() -> "tuple[Reach, dict[int, ContactCard]]":
        from scheduler.domain.audit import AuditAct
        from scheduler.domain.showing.recipients import reach

        async with context.opened() as app:
            row = await find_occurrence(app, occurrence)
            ledger = app.recipients
            found = reach(await ledger.of(row.occurrence_id))
            cards = await ledger.cards({one.contact for one in found.unreached})
            detail = {"people": len(found.unreached)}
            await note_look(app, AuditAct.LIST_UNREACHED, row.id, by, detail)
            return found, {card.contact: card for card in cards}

    found, cards = run(step())
    with private_csv(out) as file:
        count = export_unreached(found.unreached, cards, file)
    say(f"{count} people written to {out}: personal data, keep it safe.")
    say(f"{found.reached} were reached.")
    if found.to_come:
        say(f"{found.to_come} may still get it: say this again once nothing waits.")
    if erased := len(found.unreached) - count:
        say(f"{erased} of those it didn't reach are erased: nobody knows who they were.")
