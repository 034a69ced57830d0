"""A text that somebody proposes: what it changes, how it is read, and a second person's word."""

from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.domain.audit import AuditAct
from scheduler.domain.errors import Overtaken
from scheduler.domain.values import frozen
from scheduler.domain.words.writing import WHY_NOT
from scheduler.domain.writing.differing import changes_of
from scheduler.domain.writing.drafts import (
    LONGEST_WORDS,
    Draft,
    DraftState,
    NotTaken,
    why_not,
)
from scheduler.flow.writing.writing import publication
from scheduler.web.desk import texts
from scheduler.web.desk.beside_pages import NEW, OLD, Side, side_of
from scheduler.web.desk.comment_pages import comments_of
from scheduler.web.desk.draft_review import DraftReview, Read
from scheduler.web.desk.forms import Asked, Wrong, done
from scheduler.web.desk.looks import LOOKS, show
from scheduler.web.desk.pages import Desk, frame
from scheduler.web.desk.sms_facts import facts_for
from scheduler.web.desk.text_state import TextState, owner_of, text_state
from scheduler.web.desk.text_titles import title_of
from scheduler.web.desk.words import stopped_by


@frozen
class _Proposed:
    draft: Draft
    state: TextState


class ProposalPages:
    def __init__(self, desk: Desk, review: DraftReview) -> None:
        self._desk = desk
        self._review = review

    async def show(self, request: Request) -> Response:
        """Who comes back to it once it was answered is told so: the way back leads here."""
        draft = await self._desk.current().drafts.one(request.path_params["draft"])
        if draft is None or draft.state is not DraftState.PROPOSED:
            return self._desk.page(request, "proposal_gone", 410, sentence="")
        return await self._show(request, await self._find(request))

    async def frame(self, request: Request) -> Response:
        """The proposed page alone, or the one that stands, locked up."""
        found = await self._find(request)
        is_old = request.query_params.get("side") == OLD
        content = found.state.standing if is_old else found.draft.content
        html = await self._review.html(self._desk.current(), found.draft.path, content)
        if html is None:
            raise HTTPException(404)
        look = request.query_params.get("look", "")
        return frame(show(html, look if look in LOOKS else LOOKS[0]))

    async def decide(self, request: Request) -> Response:
        """Of exactly what was read, by somebody else than who wrote it."""
        asked = await self._desk.forms.read(request)
        draft = await self._desk.current().drafts.one(request.path_params["draft"])
        read = asked.fields.get("fingerprint", "")
        why = why_not(draft, read, asked.by)
        refuses = asked.fields.get("do") == "refuse"
        if why is None and refuses and not asked.fields.get("reason", "").strip():
            why = NotTaken.NO_REASON
        if why is not None or draft is None:
            return await self._not_taken(request, why or NotTaken.GONE)
        try:
            return await (self._refuse if refuses else self._approve)(request, asked, draft)
        except Overtaken:
            return await self._not_taken(request, NotTaken.GONE)

    async def _refuse(self, request: Request, asked: Asked, draft: Draft) -> Response:
        if self._desk.forms.take(asked):
            reason = asked.fields["reason"].strip()[:LONGEST_WORDS]
            app = self._desk.current()
            await app.drafts.refuse(draft, asked.by, reason, app.clock())
        return done(request, asked, "/writing?said=refused")

    async def _approve(self, request: Request, asked: Asked, draft: Draft) -> Response:
        app = self._desk.current()
        found = await self._find(request)
        if not found.state.stands_under(draft):
            return await self._show(request, found, 409, Wrong(sentence=texts.STANDS_CHANGED))
        read = await self._review.read(app, draft.path, draft.content, whole=True)
        if read.findings is None or read.stops:
            sentence = stopped_by(len(read.stops)) if read.stops else texts.STILL_BEING_READ
            return await self._show(request, found, 409, Wrong(sentence=sentence))
        try:
            made = await run_in_threadpool(
                publication,
                app.configuration,
                found.state.latest,
                draft,
                published_by=asked.by,
            )
        except Overtaken:
            return await self._show(request, found, 409, Wrong(sentence=texts.STANDS_CHANGED))
        if self._desk.forms.take(asked):
            await app.drafts.publish(draft, made, AuditAct.APPROVE_TEXT, app.clock())
        return done(request, asked, f"/history/{quote(draft.path)}?said=published")

    async def _not_taken(self, request: Request, why: NotTaken) -> Response:
        fields = {NotTaken.NAMELESS: "by-proposal", NotTaken.NO_REASON: "reason"}
        status = 400 if why in fields else 409
        wrong = Wrong(sentence=WHY_NOT[why], field=fields.get(why, ""))
        draft = await self._desk.current().drafts.one(request.path_params["draft"])
        if draft is None or draft.state is not DraftState.PROPOSED:
            return self._desk.page(request, "proposal_gone", status, sentence=wrong.sentence)
        return await self._show(request, await self._find(request), status, wrong)

    async def _find(self, request: Request) -> _Proposed:
        """Raises HTTPException (404) where nothing is proposed: nobody else reads a draft."""
        app = self._desk.current()
        draft = await app.drafts.one(request.path_params["draft"])
        if draft is None or draft.state is not DraftState.PROPOSED:
            raise HTTPException(404)
        return _Proposed(draft=draft, state=await text_state(app, draft.path, owner_of(request)))

    async def _show(
        self, request: Request, found: _Proposed, status: int = 200, wrong: Wrong | None = None
    ) -> Response:
        app, draft = self._desk.current(), found.draft
        read = await self._review.read(app, draft.path, draft.content, at_once=status == 200)
        return self._desk.page(
            request,
            "proposal",
            status,
            draft=draft,
            title=await title_of(app, draft.path),
            sides=await self._sides(found),
            comments=await comments_of(app, draft.path),
            changes=await run_in_threadpool(changes_of, found.state.standing, draft.content),
            wrong=wrong,
            is_own=why_not(draft, draft.fingerprint, owner_of(request)) is NotTaken.SAME_PERSON,
            **self._told(found, read),
        )

    async def _sides(self, found: _Proposed) -> list[Side]:
        """What stands and what is proposed, as readers see them; nothing of a text that is new."""
        state, draft = found.state, found.draft
        if not state.standing:
            return []
        where = f"/frames/proposals/{draft.id}?side="
        return [
            await side_of(self._desk, self._review, draft.path, state.standing, where + OLD),
            await side_of(self._desk, self._review, draft.path, draft.content, where + NEW),
        ]

    def _told(self, found: _Proposed, read: Read) -> dict[str, Any]:
        return {
            "state": found.state,
            "read": read,
            "shown_in": "",
            "frame": f"/frames/proposals/{found.draft.id}?",
            "zone": self._desk.zone(),
            "sender": self._desk.current().configuration.settings.channels.sms.sender,
            "sms": read.shown.sms if read.shown else None,
            "facts": facts_for(self._desk.current()),
        }
