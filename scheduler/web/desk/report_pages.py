"""Reports that came back by mail and that nothing proves: one form decides each. Beside them, the
domains that are left alone, and the form that opens what refusals closed."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.domain.answers.decisions import ReportDecision
from scheduler.domain.people.addresses import mask_email
from scheduler.web.desk import texts
from scheduler.web.desk.forms import Wrong, done
from scheduler.web.desk.pages import Desk

#: On the page at once, the oldest first.
MOST_SHOWN = 100


class ReportPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def listing(self, request: Request) -> Response:
        return await self.show(request)

    async def decide(self, request: Request) -> Response:
        """Once: a second form on the same report finds it closed."""
        asked = await self._desk.forms.read(request)
        number, decision = request.path_params["report"], asked.fields.get("decision", "")
        if decision not in set(ReportDecision):
            raise HTTPException(400)
        if not asked.by:
            wrong = Wrong(sentence=texts.NO_NAME, field=f"by-{number}")
            return await self.show(request, 400, wrong)
        if self._desk.forms.take(asked):
            app = self._desk.current()
            await app.bounces.close_report(number, ReportDecision(decision), asked.by, app.clock())
        return done(request, asked, "/reports")

    async def show(
        self, request: Request, status: int = 200, wrong: Wrong | None = None
    ) -> Response:
        bounces = self._desk.current().bounces
        return self._desk.page(
            request,
            "reports",
            status,
            reports=(await bounces.open_reports())[:MOST_SHOWN],
            held=await bounces.bursts(),
            mask=mask_email,
            zone=self._desk.zone(),
            wrong=wrong,
        )
