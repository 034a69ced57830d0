"""« Écrire »: one text as it is written, with what is found in it and what may be done with it."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from scheduler.content.head_fields import has_fields
from scheduler.content.standing import file_text
from scheduler.domain.errors import Overtaken
from scheduler.domain.values import frozen
from scheduler.domain.writing.differing import Piece, changes_of
from scheduler.domain.writing.drafts import DraftState
from scheduler.domain.writing.edits import fingerprint, plain
from scheduler.flow.writing.writing import is_of_service
from scheduler.web.desk import texts
from scheduler.web.desk.comment_pages import comments_of
from scheduler.web.desk.draft_review import DraftReview, Read
from scheduler.web.desk.forms import Asked, Wrong, done
from scheduler.web.desk.french import clock, typography
from scheduler.web.desk.looks import LOOKS, show
from scheduler.web.desk.pages import LIVE_POLICY, Desk, frame
from scheduler.web.desk.sms_facts import facts_for
from scheduler.web.desk.text_state import TextState, owner_of, text_state
from scheduler.web.desk.text_titles import title_of
from scheduler.web.desk.write_acts import FIELD, Refused, WriteActs, number
from scheduler.web.desk.writing_tools import Tools, tools_of

_VARIANT = re.compile(r"\.(?:[a-z]{2}-falc|(?!fr\.)[a-z]{2})\.(?=(?:md|txt)\Z)")


@frozen
class Other:
    """Another version of what somebody saves or publishes."""

    title: str
    content: str
    #: From it to theirs.
    pieces: list[Piece]


class WritePages:
    def __init__(self, desk: Desk, review: DraftReview) -> None:
        self._desk = desk
        self._review = review
        self._acts = WriteActs(desk, review)

    async def page(self, request: Request) -> Response:
        return await self._show(request, await self._state(request))

    async def panel(self, request: Request) -> Response:
        """What is said of the draft, for a page that is open."""
        state = await self._state(request)
        read, shown_in = await self._acts.read(request, state)
        return self._desk.page(
            request, "write_panel", **await self._told(request, state, read, shown_in)
        )

    async def frame(self, request: Request) -> Response:
        """The draft's page alone, locked up."""
        state = await self._state(request)
        shown_in = request.query_params.get("message", "")
        content = state.mine.content if state.mine else state.standing
        html = await self._review.html(self._desk.current(), state.path, content, shown_in)
        if html is None:
            raise HTTPException(404)
        look = request.query_params.get("look", "")
        return frame(show(html, look if look in LOOKS else LOOKS[0]))

    async def autosave(self, request: Request) -> Response:
        """Keep what is being typed; told in JSON to the page's script."""
        asked = await self._desk.forms.read(request)
        state = await self._state(request)
        app = self._desk.current()
        try:
            draft = await self._acts.keep(app, state, asked, owner_of(request))
        except Refused as refused:
            return JSONResponse({"fault": typography(refused.wrong.sentence)}, refused.status)
        except Overtaken:
            return JSONResponse({"fault": typography(texts.OTHER_WINDOW)}, 409)
        at = app.clock().astimezone(self._desk.zone())
        return JSONResponse(
            {
                "version": draft.version if draft else 0,
                "said": typography(f"{texts.SAVED_AUTO}, {clock(at)}."),
            }
        )

    async def act(self, request: Request) -> Response:
        """Whatever is asked for, what was typed is kept first."""
        asked = await self._desk.forms.read(request)
        state, app = await self._state(request), self._desk.current()
        if asked.fields.get("do") == "drop":
            return await self._drop(request, asked, state)
        try:
            draft = await self._acts.keep(app, state, asked, owner_of(request))
        except Refused as refused:
            return await self._show(request, state, asked, refused.wrong, status=refused.status)
        except Overtaken:
            return await self._overtaken_by_self(request, asked)
        state = replace(state, mine=draft)
        try:
            said = await self._acts.carry_out(request, asked, state, draft)
        except Refused as refused:
            return await self._show(request, state, asked, refused.wrong, status=refused.status)
        except Overtaken:
            return await self._overtaken(request, asked)
        return done(request, asked, self._address(request, state.path, asked, said))

    async def _drop(self, request: Request, asked: Asked, state: TextState) -> Response:
        if state.mine is not None and self._desk.forms.take(asked):
            if state.mine.version != number(asked, "version"):
                return await self._overtaken_by_self(request, asked)
            await self._desk.current().drafts.drop(state.mine)
        return done(request, asked, self._address(request, state.path, asked, "dropped"))

    async def _overtaken_by_self(self, request: Request, asked: Asked) -> Response:
        state = await self._state(request)
        wrong = Wrong(sentence=texts.OTHER_WINDOW, field=FIELD)
        kept = state.mine.content if state.mine else state.standing
        other = await run_in_threadpool(_other, typography(texts.IN_OTHER_WINDOW), kept, asked)
        return await self._show(request, state, asked, wrong, other, status=409)

    async def _overtaken(self, request: Request, asked: Asked) -> Response:
        """By whoever published meanwhile: the next try is written over what stands now."""
        state = await self._state(request)
        wrong = Wrong(sentence=texts.OTHER_PERSON, field=FIELD)
        title = texts.IN_FORCE_NOW
        if state.latest is not None:
            title = f"{title} ({state.latest.published_by})"
        other = await run_in_threadpool(_other, title, state.standing, asked)
        return await self._show(request, state, asked, wrong, other, status=409, anew=True)

    async def _state(self, request: Request) -> TextState:
        path = request.path_params["path"]
        return await text_state(self._desk.current(), path, owner_of(request))

    async def _show(
        self,
        request: Request,
        state: TextState,
        asked: Asked | None = None,
        wrong: Wrong | None = None,
        other: Other | None = None,
        *,
        status: int = 200,
        anew: bool = False,
    ) -> Response:
        """``asked``: what was typed, which stays; ``anew``: written over what stands now."""
        mine = state.mine
        content = mine.content if mine else state.standing
        filled = ""
        if not content and asked is None:
            filled = content = await run_in_threadpool(self._french, state.path)
        over, seen = (mine.over, mine.seen) if mine and not anew else (state.number, state.seen)
        # Whoever pressed a button is told what is wrong; a page says what is known.
        read, shown_in = await self._acts.read(request, state, filled, at_once=asked is None)
        page = self._desk.page(
            request,
            "write",
            status,
            title=await title_of(self._desk.current(), state.path),
            content=plain(asked.fields.get(FIELD, "")) if asked else content,
            version=mine.version if mine else 0,
            over=over,
            seen=seen,
            file_print=fingerprint(state.file),
            other=other,
            wrong=wrong,
            said=request.query_params.get("said", "") if asked is None else "",
            tools=await self._tools(state, shown_in),
            states=DraftState,
            filled=bool(filled),
            has_fields=has_fields(state.path),
            trio_offered=not filled and await run_in_threadpool(self._may_be_read, state.path),
            comments=await comments_of(self._desk.current(), state.path),
            changes=await run_in_threadpool(changes_of, state.standing, content) if mine else (),
            under=await run_in_threadpool(_under, state),
            **await self._told(request, state, read, shown_in),
        )
        page.headers["Content-Security-Policy"] = LIVE_POLICY
        return page

    def _may_be_read(self, path: str) -> bool:
        """By three: a text that readers see by itself, and of no service message."""
        if path.startswith("_") or path.endswith(".yaml"):
            return False
        return not is_of_service(self._desk.current().agenda.library, path.rpartition("/")[0])

    def _french(self, path: str) -> str:
        """Of a text that isn't there yet: the French one that it is to follow; empty: none is."""
        root = self._desk.current().configuration.templates
        return file_text(root, _VARIANT.sub(".fr.", path)) or "" if _VARIANT.search(path) else ""

    async def _told(
        self, request: Request, state: TextState, read: Read, shown_in: str
    ) -> dict[str, Any]:
        query = urlencode({"message": shown_in})
        return {
            "state": state,
            "read": read,
            "shown_in": shown_in,
            "frame": f"/frames/write/{quote(state.path)}?{query}",
            "zone": self._desk.zone(),
            "sender": self._desk.current().configuration.settings.channels.sms.sender,
            "sms": read.shown.sms if read.shown else None,
            "facts": facts_for(self._desk.current()),
        }

    async def _tools(self, state: TextState, shown_in: str) -> Tools:
        return await run_in_threadpool(tools_of, self._desk.current(), state.path, shown_in)

    def _address(self, request: Request, path: str, asked: Asked, said: str) -> str:
        shown_in = request.query_params.get("message", "")
        kept = {"message": shown_in} if shown_in else {}
        query = urlencode(kept | ({"said": said} if said else {}))
        return f"/write/{quote(path)}{'?' if query else ''}{query}"


def _other(title: str, content: str, asked: Asked) -> Other:
    mine = plain(asked.fields.get(FIELD, ""))
    return Other(title=title, content=content, pieces=changes_of(content, mine))


def _under(state: TextState) -> list[Piece]:
    """What changed in the file under the edit; nothing where nothing did."""
    if state.latest is None or not state.is_behind:
        return []
    return changes_of(state.latest.base or "", state.file or "")
