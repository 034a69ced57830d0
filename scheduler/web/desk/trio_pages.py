"""« Lecture à trois »: a link for three readers, and what they said once all have ended."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from scheduler.domain.showing.desk import EmailView
from scheduler.domain.showing.public_pages import TRIO
from scheduler.domain.words.writing import WHY_NO_TRIO
from scheduler.domain.writing.edits import fingerprint
from scheduler.domain.writing.trio import (
    DAYS,
    READERS,
    NoTrio,
    ending,
    paragraphs_of,
    why_none,
)
from scheduler.flow.writing.writing import is_of_service
from scheduler.web.desk import texts
from scheduler.web.desk.draft_review import DraftReview
from scheduler.web.desk.forms import Asked, Wrong, done
from scheduler.web.desk.pages import Desk
from scheduler.web.desk.text_state import TextState, owner_of, text_state
from scheduler.web.desk.text_titles import title_of


class TrioPages:
    def __init__(self, desk: Desk, review: DraftReview) -> None:
        self._desk = desk
        self._review = review

    async def show(self, request: Request) -> Response:
        return await self._page(request, await self._state(request))

    async def act(self, request: Request) -> Response:
        """Ask three people for the draft, or for what stands; or take that away."""
        asked = await self._desk.forms.read(request)
        state = await self._state(request)
        if not asked.by:
            return await self._page(request, state, Wrong(sentence=texts.NO_NAME, field="by-trio"))
        if asked.fields.get("do") == "drop":
            return await self._drop(request, asked, state)
        found = await self._paragraphs(state)
        days = asked.fields.get("days", "")
        if isinstance(found, NoTrio) or days not in map(str, DAYS):
            sentence = WHY_NO_TRIO[found] if isinstance(found, NoTrio) else texts.TRIO_DAYS_WRONG
            return await self._page(request, state, Wrong(sentence=sentence))
        if not self._desk.forms.take(asked):
            return await self._page(request, state, Wrong(sentence=texts.TRIO_SHOWN_ONCE))
        app = self._desk.current()
        now = app.clock()
        made = await app.trios.make(
            state.path,
            fingerprint(_content(state)),
            found,
            asked.by,
            ending(int(days), now),
            now,
        )
        if isinstance(made, NoTrio):
            return await self._page(request, state, Wrong(sentence=WHY_NO_TRIO[made]))
        return await self._page(request, state, link=f"{app.links.public_url}{TRIO}{made}")

    async def _drop(self, request: Request, asked: Asked, state: TextState) -> Response:
        number = asked.fields.get("trio", "")
        if not (number.isascii() and number.isdecimal() and len(number) < 19):
            return await self._page(request, state, Wrong(sentence=texts.TRIO_GONE))
        if self._desk.forms.take(asked):
            app = self._desk.current()
            await app.trios.drop(state.path, int(number), asked.by, app.clock())
        return done(request, asked, request.url.path)

    async def _paragraphs(self, state: TextState) -> list[str] | NoTrio:
        """As readers get them."""
        app = self._desk.current()
        if state.path.startswith("_"):
            return NoTrio.UNREADABLE
        if await run_in_threadpool(self._is_of_service, state.path):
            return NoTrio.SERVICE
        read = await self._review.read(app, state.path, _content(state))
        if read.findings is None:
            return NoTrio.NOT_YET
        preview = read.shown.preview if read.shown else None
        if preview is None or preview.source.removeprefix("templates/") != state.path:
            return NoTrio.UNREADABLE
        view = preview.view
        found = paragraphs_of(view.text if isinstance(view, EmailView) else view.body)
        return why_none(found) or found

    def _is_of_service(self, path: str) -> bool:
        message = path.rpartition("/")[0]
        return not path.startswith("_") and is_of_service(
            self._desk.current().agenda.library, message
        )

    async def _state(self, request: Request) -> TextState:
        return await text_state(
            self._desk.current(), request.path_params["path"], owner_of(request)
        )

    async def _page(
        self, request: Request, state: TextState, wrong: Wrong | None = None, link: str = ""
    ) -> Response:
        app = self._desk.current()
        now = app.clock()
        is_refused = await run_in_threadpool(self._is_of_service, state.path)
        return self._desk.page(
            request,
            "trio",
            409 if wrong else 200,
            state=state,
            title=await title_of(app, state.path),
            trios=await app.trios.of_text(state.path, now),
            text=fingerprint(_content(state)),
            readers=READERS,
            days=DAYS,
            now=now,
            zone=self._desk.zone(),
            link=link,
            wrong=wrong,
            refused=WHY_NO_TRIO[NoTrio.SERVICE] if is_refused else "",
        )


def _content(state: TextState) -> str:
    return state.mine.content if state.mine else state.standing
