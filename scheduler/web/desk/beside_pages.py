"""Two versions of one text side by side, as readers see them, with what differs by words."""

from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.domain.values import frozen
from scheduler.domain.writing.differing import changes_of
from scheduler.web.desk.draft_review import DraftReview
from scheduler.web.desk.history_pages import stands, stood
from scheduler.web.desk.looks import LOOKS, show
from scheduler.web.desk.message_views import Shown
from scheduler.web.desk.pages import Desk, frame
from scheduler.web.desk.text_state import owner_of, text_state
from scheduler.web.desk.text_titles import title_of

#: Which of the two a frame shows.
OLD, NEW = "old", "new"


@frozen
class Side:
    """One of the two, as a page shows it."""

    #: None: it is still being read, or nobody reads it by itself.
    shown: Shown | None
    #: Where its frame is.
    frame: str
    waits: bool


async def side_of(
    desk: Desk, review: DraftReview, path: str, content: str, where: str, message: str = ""
) -> Side:
    read = await review.read(desk.current(), path, content, message, at_once=True)
    return Side(shown=read.shown, frame=where, waits=read.findings is None)


class BesidePages:
    def __init__(self, desk: Desk, review: DraftReview) -> None:
        self._desk = desk
        self._review = review

    async def show(self, request: Request) -> Response:
        """A publication beside what stood before it."""
        app, path = self._desk.current(), request.path_params["path"]
        await text_state(app, path, owner_of(request))
        number = request.query_params.get("number", "")
        old, new = await self._pair(path, number)
        sides = [
            await side_of(self._desk, self._review, path, content, _where(path, number, which))
            for which, content in ((OLD, old), (NEW, new))
        ]
        return self._desk.page(
            request,
            "beside",
            path_of=path,
            title=await title_of(app, path),
            sides=sides,
            changes=await run_in_threadpool(changes_of, old, new),
        )

    async def frame(self, request: Request) -> Response:
        """One of the two alone, locked up."""
        app, path = self._desk.current(), request.path_params["path"]
        await text_state(app, path, owner_of(request))
        asked = request.query_params
        old, new = await self._pair(path, asked.get("number", ""))
        content = old if asked.get("side") == OLD else new
        html = await self._review.html(app, path, content)
        if html is None:
            raise HTTPException(404)
        look = asked.get("look", "")
        return frame(show(html, look if look in LOOKS else LOOKS[0]))

    async def _pair(self, path: str, number: str) -> tuple[str, str]:
        history = await self._desk.current().edits.history(path)
        for place, one in enumerate(history):
            if str(one.number) == number:
                older = history[place + 1] if place + 1 < len(history) else None
                return stood(older, one), stands(one)
        raise HTTPException(404)


def _where(path: str, number: str, side: str) -> str:
    return f"/frames/beside/{quote(path)}?{urlencode({'number': number, 'side': side})}"
