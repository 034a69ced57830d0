"""Sendings that wait for a second person: who asked, for what, and a form to allow each."""

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from scheduler.bootstrap import App
from scheduler.domain.calendar.approval import Approval, NotAllowed
from scheduler.domain.checking.findings import Finding
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.names.occurrence_ids import named
from scheduler.flow.showing.titles import message_of
from scheduler.flow.steering import send_now as flow
from scheduler.web.desk import act_words, texts
from scheduler.web.desk.calendar_pages import printed_id
from scheduler.web.desk.forms import Asked, Wrong, done
from scheduler.web.desk.pages import Desk
from scheduler.web.desk.review import faults, unread, with_faults


class ApprovalPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def listing(self, request: Request) -> Response:
        return await self._show(request)

    async def allow(self, request: Request) -> Response:
        """Exactly what was shown: asked for anew, it is another."""
        asked = await self._desk.forms.read(request)
        approval = await self._find(printed_id(request), asked.fields.get("fingerprint", ""))
        if approval is None:
            return RedirectResponse("/approvals", 303)
        if not asked.by:
            wrong = Wrong(sentence=texts.NO_NAME, field=f"by-{approval.occurrence.id}")
            return await self._show(request, 400, wrong)
        if not self._desk.forms.take(asked):
            return done(request, asked, "/approvals")
        return await self._allow(request, asked, approval)

    async def _allow(self, request: Request, asked: Asked, approval: Approval) -> Response:
        app = self._desk.current()
        try:
            row = await flow.allow(
                app.agenda, app.ledger, app.hand, approval, asked.by, app.clock()
            )
        except NotAllowed as refused:
            sentence = act_words.why_not_allowed(refused.why)
        except (ContentError, NotFound):
            sentence = texts.NOT_SENT
        else:
            return done(request, asked, f"/calendar/{row.id}")
        return await self._show(request, 409, Wrong(sentence=sentence))

    async def _find(self, printed: str, fingerprint: str) -> Approval | None:
        waiting = await self._desk.current().hand.waiting_approvals()
        shown = {one.occurrence: one for one in waiting if one.fingerprint == fingerprint}
        meant = named(printed, list(shown))
        return shown[meant[0]] if len(meant) == 1 else None

    def _title(self, app: App, one: Approval) -> str:
        return message_of(app.agenda, one.occurrence.campaign, one.occurrence.episode)[1]

    async def _review(self, app: App, one: Approval) -> list[Finding]:
        """The faults of what would be allowed: who allows it lets pass those that may be."""
        reviewed = await self._desk.review.soon(app, [one.message])
        waits = unread(reviewed)
        return with_faults(faults(reviewed.findings), [waits] if waits else [])

    async def _show(
        self, request: Request, status: int = 200, wrong: Wrong | None = None
    ) -> Response:
        app = self._desk.current()
        waiting = await app.hand.waiting_approvals()
        reviews = await asyncio.gather(*(self._review(app, one) for one in waiting))
        return self._desk.page(
            request,
            "approvals",
            status,
            waiting=[
                (
                    one,
                    message_of(app.agenda, one.occurrence.campaign, one.occurrence.episode)[1],
                    found,
                )
                for one, found in zip(waiting, reviews, strict=True)
            ],
            labels={one.name: one.label for one in app.configuration.audiences},
            zone=self._desk.zone(),
            wrong=wrong,
        )
