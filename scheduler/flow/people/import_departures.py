"""How many an import may end the membership of: a wrong column or half a file ends nobody."""

from collections.abc import Sequence
from typing import Protocol

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.errors import ImportUnconfirmed
from scheduler.domain.people.contacts import Told
from scheduler.domain.people.imports import Departures, too_many_leave
from scheduler.flow.people.import_doubts import Doubts
from scheduler.flow.people.import_report import ImportReport


class MemberLedger(Protocol):
    """What is asked of the ledger; nothing is written."""

    async def count_active(self, audience: Audience) -> int:
        """Its members."""

    async def count_known(self, audience: Audience, keys: Sequence[str]) -> int:
        """How many of these keys are members'."""


async def check_departures(
    ledger: MemberLedger, audience: Audience, report: ImportReport, *, confirmed: bool
) -> None:
    aside = report.notes.ended
    if confirmed or not aside:
        return
    leaving = Departures(
        people=report.rows + len(aside),
        dead=report.notes.counts.get(Told.DECEASED, 0),
        aside=len(aside),
        aside_members=await ledger.count_known(audience, sorted(set(aside))),
        members=await ledger.count_active(audience),
    )
    if why := too_many_leave(leaving):
        raise ImportUnconfirmed(
            f"{why}: if the file is right, say it again with --yes; if a column is taken for what "
            "it isn't, say --columns death= or --columns birth=",
            why,
        )


async def check_absent(
    ledger: MemberLedger,
    audience: Audience,
    report: ImportReport,
    doubts: Doubts,
    *,
    confirmed: bool,
) -> None:
    if report.refused and not confirmed:
        raise ImportUnconfirmed(
            f"{report.refused} rows can't be read, and may be people who would leave the audience: "
            "mend them, or say it again with --yes",
            f"{report.refused} rows can't be read, and may be people who would leave the audience",
        )
    active = await ledger.count_active(audience)
    kept = await ledger.count_known(audience, sorted(doubts.kept))
    report.ended = active - report.renewed - kept
    if report.ended * 2 > active and not confirmed:
        raise ImportUnconfirmed(
            f"this would end the membership of {report.ended} of {active} people: "
            "if the file is right, say it again with --yes",
            f"this would end the membership of {report.ended} of {active} people",
        )
