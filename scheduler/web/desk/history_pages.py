"""What was published of one text: who, when, what changed by words; and back to any of it."""

from collections.abc import Sequence
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.domain.audit import AuditAct
from scheduler.domain.errors import Overtaken
from scheduler.domain.values import frozen
from scheduler.domain.writing.differing import Piece, changes_of
from scheduler.domain.writing.edits import Edit, Publication, fingerprint
from scheduler.web.desk import texts
from scheduler.web.desk.comment_pages import comments_of
from scheduler.web.desk.forms import Asked, Wrong, done
from scheduler.web.desk.pages import Desk
from scheduler.web.desk.text_state import TextState, owner_of, text_state
from scheduler.web.desk.text_titles import title_of

#: Publications that are shown; the ledger keeps them all.
MOST = 50


@frozen
class Published:
    """One publication, beside what stood before it."""

    edit: Edit
    pieces: Sequence[Piece]
    #: What stands now.
    is_last: bool


class HistoryPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, request: Request) -> Response:
        return await self._show(request)

    async def act(self, request: Request) -> Response:
        """Back to an older text, or to the file, is a draft: it is checked, and read by a second
        person where one is asked for, as any other."""
        asked = await self._desk.forms.read(request)
        state = await self._state(request)
        try:
            if asked.fields.get("do") == "keep":
                return await self._keep(request, asked, state)
            return await self._draft(request, asked, state)
        except Overtaken:
            return await self._show(request, 409, Wrong(sentence=texts.NOTHING_CHANGED))

    async def _keep(self, request: Request, asked: Asked, state: TextState) -> Response:
        """The edit stands over its file as it was shown."""
        app, latest = self._desk.current(), state.latest
        if latest is None or not state.is_behind:
            raise Overtaken(state.path)
        if asked.fields.get("file", "") != fingerprint(state.file):
            return await self._show(request, 409, Wrong(sentence=texts.FILE_CHANGED))
        if not asked.by:
            return await self._show(request, 400, Wrong(sentence=texts.NO_NAME, field="by-keep"))
        if self._desk.forms.take(asked):
            made = Publication(
                path=state.path,
                content=latest.content,
                base=state.file,
                over=latest.number,
                written_by=latest.written_by,
                published_by=asked.by,
            )
            await app.edits.publish(made, AuditAct.KEEP_TEXT, app.clock())
        return done(request, asked, f"/history/{quote(state.path)}?said=kept")

    async def _draft(self, request: Request, asked: Asked, state: TextState) -> Response:
        content = await self._older(asked, state)
        if state.mine is not None and state.mine.content != content:
            return await self._show(request, 409, Wrong(sentence=texts.HAS_DRAFT))
        if state.mine is None:
            app = self._desk.current()
            await app.drafts.save(
                state.path,
                owner_of(request),
                content,
                over=state.number,
                seen=state.seen,
                version=0,
                now=app.clock(),
            )
        return done(request, asked, f"/write/{quote(state.path)}")

    async def _older(self, asked: Asked, state: TextState) -> str:
        """What is gone back to: a publication by its number, else the file. Raises HTTPException
        where there is none."""
        wanted = asked.fields.get("number", "")
        history = await self._desk.current().edits.history(state.path)
        found = [one.content for one in history if str(one.number) == wanted]
        content = found[0] if found else state.file
        if content is None or bool(wanted) != bool(found):
            raise HTTPException(404)
        return content

    async def _state(self, request: Request) -> TextState:
        path = request.path_params["path"]
        return await text_state(self._desk.current(), path, owner_of(request))

    async def _show(
        self, request: Request, status: int = 200, wrong: Wrong | None = None
    ) -> Response:
        state = await self._state(request)
        history = await self._desk.current().edits.history(state.path)
        latest = state.latest
        under: Sequence[Piece] = ()
        if latest is not None and state.is_behind:
            under = await run_in_threadpool(changes_of, latest.base or "", state.file or "")
        return self._desk.page(
            request,
            "history",
            status,
            state=state,
            title=await title_of(self._desk.current(), state.path),
            history=await run_in_threadpool(_published, history),
            more=max(len(history) - MOST, 0),
            under=under,
            file_print=fingerprint(state.file),
            said=request.query_params.get("said", ""),
            zone=self._desk.zone(),
            comments=await comments_of(self._desk.current(), state.path),
            wrong=wrong,
        )


def _published(history: Sequence[Edit]) -> list[Published]:
    """The newest first, ``MOST`` at most."""
    before = [*history[1:], None] if history else []
    return [
        Published(
            edit=one,
            pieces=changes_of(stood(older, one), stands(one)),
            is_last=number == 0,
        )
        for number, (one, older) in enumerate(zip(history, before, strict=True))
        if number < MOST
    ]


def stands(one: Edit) -> str:
    """What readers got by it."""
    return one.content if one.content is not None else one.base or ""


def stood(older: Edit | None, one: Edit) -> str:
    """What it was published over: the edit before it, else the file as it was."""
    if older is not None and older.content is not None:
        return older.content
    return (older.base if older is not None else one.base) or ""
