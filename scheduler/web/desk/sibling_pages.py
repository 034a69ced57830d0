"""« Relu »: somebody says that a text still follows its French text, and it is flagged no more."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import App
from scheduler.content.folder import MessageFolder
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.showing.siblings import Behind, Seen, behind
from scheduler.flow.showing.siblings import texts_in
from scheduler.web.desk import texts
from scheduler.web.desk.forms import Wrong, done
from scheduler.web.desk.pages import Desk


class Shows(Protocol):
    """The page that the form stands on."""

    async def show(
        self, request: Request, asked: Mapping[str, str], status: int, wrong: Wrong
    ) -> Response: ...


async def behind_in(app: App, folder: MessageFolder) -> list[Behind]:
    """Its texts that are older than their French text."""
    return behind(texts_in(folder), await app.ledger.seen_texts())


def counted(app: App, messages: Sequence[str], seen: Mapping[str, Seen]) -> dict[str, int]:
    """How many there are in each message that can be read."""
    found = {}
    for message in messages:
        try:
            found[message] = len(behind(texts_in(app.agenda.library.load(message)), seen))
        except (ContentError, NotFound):
            continue
    return found


class SiblingPages:
    def __init__(self, desk: Desk, page: Shows) -> None:
        self._desk = desk
        self._page = page

    async def read_again(self, request: Request) -> Response:
        asked = await self._desk.forms.read(request)
        app, message = self._desk.current(), request.path_params["path"]
        try:
            folder = app.agenda.library.load(message)
        except (ContentError, NotFound):
            raise HTTPException(404) from None
        if not asked.by:
            wrong = Wrong(sentence=texts.NO_NAME, field=f"by-{asked.fields.get('text', '')}")
            return await self._page.show(request, asked.fields, 400, wrong)
        # What was shown: a text edited meanwhile isn't the one that was read again.
        wanted = (asked.fields.get("text"), asked.fields.get("digest"))
        for one in await behind_in(app, folder):
            if (one.text.path, one.text.digest) == wanted and self._desk.forms.take(asked):
                seen = Seen(digest=one.text.digest, since=app.clock())
                await app.hand.read_again(one.text.path, seen, asked.by)
        return done(request, asked, f"/messages/{message}")
