"""« Affiche », « Écran », « Publication », « Intranet », « Voix »: a message elsewhere than in a
mailbox. What is made here is looked at, printed or copied; nothing leaves."""

from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.content.folder import MessageFolder
from scheduler.content.strays import voice_name
from scheduler.domain.channels import EMAIL
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.twins import LONGEST_POST, POST_AT, Twin
from scheduler.flow.writing.twins import Asked, Made, make
from scheduler.web.desk.choice import Choice
from scheduler.web.desk.pages import Desk, frame

#: They are pages by themselves: opened, and printed or put on a screen.
WHOLE = frozenset({Twin.POSTER, Twin.SCREEN})


class TwinPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, request: Request) -> Response:
        """What is copied, with what its user must know."""
        kind = _kind(request)
        try:
            made = await self._made(request, kind)
        except ContentError as broken:
            return self._page(request, kind, fault=broken.fault, made=None)
        return self._page(request, kind, fault=None, made=made)

    async def file(self, request: Request) -> Response:
        """The twin itself, locked up; of a post, its picture."""
        kind = _kind(request)
        try:
            made = await self._made(request, kind)
        except ContentError:
            raise HTTPException(404) from None
        if made.post is not None:
            if not made.post.picture:
                raise HTTPException(404)
            return Response(made.post.picture, media_type="image/png")
        if not made.is_page:
            raise HTTPException(404)
        return frame(made.text)

    def _page(self, request: Request, kind: Twin, *, fault: object, made: Made | None) -> Response:
        message = request.path_params["path"]
        voice = voice_name(made.audience.name, made.source.variant) if made else ""
        return self._desk.page(
            request,
            "twin",
            message=message,
            kind=kind,
            made=made,
            fault=fault,
            file=f"/frames/twins/{kind}/{quote(message)}?{urlencode(dict(request.query_params))}",
            whole=kind in WHOLE,
            most=LONGEST_POST,
            at=POST_AT,
            voice=f"templates/{message}/{voice}",
        )

    async def _made(self, request: Request, kind: Twin) -> Made:
        app = self._desk.current()
        query = request.query_params
        asked = Asked(
            message=request.path_params["path"],
            kind=kind,
            audience=query.get("audience", ""),
            language=query.get("variant", ""),
        )
        try:
            return await make(app.agenda, app.ledger.tokens, asked, app.clock())
        except NotFound:
            raise HTTPException(404) from None


def twin_links(choice: Choice, folder: MessageFolder) -> list[tuple[Twin, str]]:
    """Each twin of a message for the chosen readers; none without an e-mail to make it of."""
    asked = choice.asked(EMAIL.name)
    source = folder.pick(EMAIL.name, asked.audience, asked.language, asked.easy_to_read)
    if source is None or EMAIL.name not in choice.audience.channels:
        return []
    query = urlencode({"audience": asked.audience, "variant": source.variant})
    return [(kind, f"/twins/{kind}/{quote(folder.path)}?{query}") for kind in Twin]


def _kind(request: Request) -> Twin:
    try:
        return Twin(request.path_params["kind"])
    except ValueError:
        raise HTTPException(404) from None
