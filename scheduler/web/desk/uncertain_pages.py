"""Deliveries of which nobody knows whether they left, and a person's decision about them.

With a provider that reaches the real world it counts them and shows nobody: a decision is then
about all those of an occurrence.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import groupby

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import App
from scheduler.domain.answers import doubt_figures
from scheduler.domain.answers.decisions import ClosedAs
from scheduler.domain.answers.uncertain import Decided, UncertainRow
from scheduler.domain.ids import DeliveryId
from scheduler.domain.people.addresses import mask_email, mask_phone
from scheduler.domain.values import frozen
from scheduler.flow.showing.titles import message_of
from scheduler.web.desk import act_words, texts
from scheduler.web.desk.calendar_pages import printed_id
from scheduler.web.desk.forms import Asked, Wrong, done
from scheduler.web.desk.pages import Desk

#: What a form may say.
DECISIONS = ("resend", "sent", "failed")
#: Of one occurrence, on the page at once; the others are counted.
MOST_SHOWN = 50


@frozen
class InDoubt:
    """Those of one occurrence."""

    occurrence: str
    title: str
    rows: Sequence[UncertainRow]

    @property
    def since(self) -> datetime:
        """When the first was tried."""
        return self.rows[0].since

    def by_cause(self) -> list[str]:
        """What left them in doubt, and what the proof found of each kind."""
        found = doubt_figures.by_cause(row.reason for row in self.rows)
        return [act_words.doubted(*one) for one in found]

    def by_channel(self) -> list[tuple[str, int]]:
        return sorted(Counter(row.channel for row in self.rows).items())


class UncertainPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def listing(self, request: Request) -> Response:
        return await self._show(request)

    async def one(self, request: Request) -> Response:
        """Decide one delivery."""
        if not self._desk.shows_people(request):
            raise HTTPException(404)
        asked = await self._desk.forms.read(request)
        number = DeliveryId(request.path_params["delivery"])
        return await self._decide(request, asked, [number], f"by-{number}")

    async def all_of(self, request: Request) -> Response:
        """Decide all those of an occurrence, if they are still as many as were shown."""
        asked = await self._desk.forms.read(request)
        app, printed = self._desk.current(), printed_id(request)
        row = await app.ledger.find_occurrence(printed)
        numbers = await app.doubts.uncertain_of(row.occurrence_id) if row else []
        if not numbers:
            return done(request, asked, "/uncertain")
        if asked.fields.get("shown") != str(len(numbers)):
            return await self._show(request, 409, Wrong(sentence=texts.OTHER_COUNT))
        return await self._decide(request, asked, numbers, f"by-{printed}")

    async def _decide(
        self, request: Request, asked: Asked, numbers: Collection[DeliveryId], field: str
    ) -> Response:
        decision = asked.fields.get("decision")
        if decision not in DECISIONS:
            raise HTTPException(400)
        if not asked.by:
            return await self._show(request, 400, Wrong(sentence=texts.NO_NAME, field=field))
        if self._desk.forms.take(asked):
            decided = await _carry_out(self._desk.current(), numbers, decision, asked.by)
            refused = Counter(one.refused for one in decided if one.refused is not None)
            if refused:
                wrong = Wrong(sentence=act_words.not_decided(refused))
                return await self._show(request, 409, wrong)
        return done(request, asked, "/uncertain")

    async def _show(
        self, request: Request, status: int = 200, wrong: Wrong | None = None
    ) -> Response:
        app = self._desk.current()
        return self._desk.page(
            request,
            "uncertain",
            status,
            doubts=_by_occurrence(app, await app.doubts.uncertain()),
            most=MOST_SHOWN if self._desk.shows_people(request) else 0,
            labels={one.name: one.label for one in app.configuration.audiences},
            mask=_mask,
            zone=self._desk.zone(),
            wrong=wrong,
        )


async def _carry_out(
    app: App, numbers: Collection[DeliveryId], decision: str, by: str
) -> list[Decided]:
    ledger, now = app.doubts, app.clock()
    match decision:
        case "sent" | "failed":
            return await ledger.close(numbers, ClosedAs(decision), by, now)
        case _:
            return await ledger.resend(numbers, by, now)


def _by_occurrence(app: App, rows: Sequence[UncertainRow]) -> list[InDoubt]:
    """The occurrence with the oldest first."""
    ordered = sorted(rows, key=lambda row: row.occurrence)
    found = [
        InDoubt(
            occurrence=name,
            title=message_of(app.agenda, *name.split("/")[:2])[1],
            rows=sorted(held, key=lambda row: (row.since, row.delivery)),
        )
        for name, held in groupby(ordered, key=lambda row: row.occurrence)
    ]
    return sorted(found, key=lambda one: one.since)


def _mask(to: str) -> str:
    return mask_email(to) if "@" in to else mask_phone(to)
