"""Whether a command's figures are exact: of invented people always, of others for who asks by name,
and the audit log keeps it."""

from typing import TYPE_CHECKING

from scheduler.cli.context import actor
from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.showing.small_numbers import EXACT, Figures, figures_for

if TYPE_CHECKING:
    from scheduler.bootstrap import App


async def figures_of(
    app: "App", subject: str = "", *, exact: bool = False, by: str = ""
) -> Figures:
    """``subject``: the occurrence whose exact figures ``by`` asks for."""
    invented = await app.ledger.people_are_invented()
    if exact and not invented:
        act = Act(actor=actor(by), act=AuditAct.EXACT_FIGURES, subject=subject)
        await app.people.note_export(act, app.clock())
        return EXACT
    return figures_for(invented=invented)
