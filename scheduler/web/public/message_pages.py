"""The web version of a message: what was sent, for anybody to read or to compare with."""

import json
import re
from asyncio import to_thread
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response

from scheduler.bootstrap import App
from scheduler.content.strays import is_message, voice_name
from scheduler.domain.names.tokens import TWIN_LETTERS, FormToken
from scheduler.domain.quizzes.counted import Pressed, Reaction
from scheduler.domain.showing.feed import as_json
from scheduler.domain.showing.public_pages import WEB_VERSION
from scheduler.domain.showing.published import WEB_ID_LENGTH, WebVersion
from scheduler.flow.answers.tallying import Tally
from scheduler.flow.showing.called_off import Standing, standing_of
from scheduler.flow.showing.public_pages import WebVersions
from scheduler.web.limits import read_form
from scheduler.web.public.languages import texts_in
from scheduler.web.public.rendering import Pages
from scheduler.web.public.stuffing import SHARED, Gate
from scheduler.web.security import content_policy

_WEB_ID = re.compile(f"[0-9a-f]{{{WEB_ID_LENGTH}}}")
#: On a poster; ``domain.names.tokens`` makes them.
_WORD = re.compile(f"[{TWIN_LETTERS}]{{8}}")
FEED_TYPE = "application/feed+json"
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
#: A message brings its own styles, in its elements; it can load or run nothing.
POLICY = content_policy(
    {"style-src": "'unsafe-inline'", "img-src": "'self' data:", "form-action": "'none'"}
)
#: With buttons under it, which lead to us.
POLICY_OF_ADVICE = content_policy(
    {"style-src": "'unsafe-inline'", "img-src": "'self' data:", "form-action": "'self'"}
)
#: Under a web version's own address.
REACTION, THANKS, VOICE, FORWARD = "avis", "merci", "voix.mp3", "texte.txt"
#: Bytes: five minutes of a voice, several times over.
LARGEST_VOICE = 20_000_000
#: The same for everybody, and what was sent stays: it may be kept for a while (seconds).
KEPT = 300


class MessagePages:
    def __init__(
        self,
        current: Callable[[], App],
        pages: Pages,
        versions: WebVersions,
        gate: Gate,
        tally: Tally,
    ) -> None:
        self._gate = gate
        self._tally = tally
        self._current = current
        self._pages = pages
        self._versions = versions

    async def web_version(self, request: Request) -> Response:
        """A page that says no more of an unknown message than of one that is yet to leave."""
        if _WORD.fullmatch(request.path_params["id"]):
            return await self._by_word(request)
        found = await self._found(request)
        app = self._current()
        texts = texts_in(found.language)
        standing = await standing_of(app.agenda, app.public, found.campaign)
        off = standing is Standing.CALLED_OFF
        token = self._token(request) if found.is_advice else ""
        values: dict[str, Any] = {
            "version": found,
            "token": token,
            "reactions": list(Reaction),
            "path": request.path_params["id"],
            "forward": FORWARD,
            "voice": VOICE if await to_thread(self._voice, found) else "",
        }
        if found.html:
            part = self._pages.part
            answer = HTMLResponse(
                surrounded(
                    found.html,
                    head=part(request, "web_version_head", texts),
                    top=part(request, "web_version_top", texts, version=found, called_off=off),
                    end=part(request, "web_version_end", texts, **values),
                )
            )
            policy = POLICY_OF_ADVICE if token else POLICY
            if values["voice"]:
                policy += "; media-src 'self'"
            answer.headers["Content-Security-Policy"] = policy
        else:
            answer = self._pages.page(request, "message_text", texts, called_off=off, **values)
        answer.headers["Cache-Control"] = _kept(standing)
        answer.headers["X-Robots-Tag"] = "noindex"
        return answer

    async def _by_word(self, request: Request) -> Response:
        """The address on a poster leads to what was sent last, each year anew."""
        app = self._current()
        word = request.path_params["id"]
        source, tokens = app.public, app.ledger.tokens
        web_id = await self._versions.by_word(word, source, lambda: app.writer, tokens, app.clock())
        if web_id is None:
            raise HTTPException(404)
        headers = {"Location": web_id, "Cache-Control": "no-cache", "X-Robots-Tag": "noindex"}
        return Response(status_code=303, headers=headers)

    async def feed(self, _request: Request) -> Response:
        """Of what is for everybody: any page elsewhere may read it."""
        app = self._current()
        items = await self._versions.week(app.public, lambda: app.writer, app.clock())
        value = as_json(app.writer.organisation.name, app.links, items)
        headers = {
            "Cache-Control": f"public, max-age={KEPT}",
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return Response(text, media_type=FEED_TYPE, headers=headers)

    async def react(self, request: Request) -> Response:
        """A button under the message. What is counted is the button, and nobody."""
        found = await self._found(request)
        form = await read_form(request)
        word = form.get("reaction", "")
        if not found.is_advice or word not in list(Reaction):
            raise HTTPException(400)
        app = self._current()
        token = app.ledger.tokens.open_form(form.get("form", ""), _page_of(request))
        client = request.client.host if request.client else ""
        if self._gate.admits(token, client, app.clock()):
            self._tally.count([Pressed(found.message, found.audience, word)])
        # Relative: loaded again, the page that follows counts nothing.
        return Response(status_code=303, headers={"Location": THANKS})

    async def thanks(self, request: Request) -> Response:
        """The same for whoever opens it."""
        found = await self._found(request)
        texts = texts_in(found.language)
        return self._pages.page(request, "notice_alone", texts, notice=texts.message.reacted)

    def _token(self, request: Request) -> str:
        """The page is kept, and the same for all: so is its form, for ten minutes."""
        app = self._current()
        now = app.clock()
        begun = now.replace(minute=now.minute - now.minute % 10, second=0, microsecond=0)
        form = FormToken(page=_page_of(request), made_at=begun, nonce=SHARED)
        return app.ledger.tokens.form(form)

    async def drawing(self, request: Request) -> Response:
        """The picture that the page shows, from our own address and the same for everybody."""
        found = await self._found(request)
        if not found.drawing:
            raise HTTPException(404)
        headers = {"Cache-Control": f"public, max-age={KEPT}", "X-Robots-Tag": "noindex"}
        return Response(found.drawing, media_type="image/png", headers=headers)

    async def forward(self, request: Request) -> Response:
        """What may be passed on: the text, nobody's, and where it can be read."""
        found = await self._found(request)
        address = f"{self._current().links.public_url}{_page_of(request)}"
        app = self._current()
        standing = await standing_of(app.agenda, app.public, found.campaign)
        off = standing is Standing.CALLED_OFF
        first = f"{texts_in(found.language).message.called_off}\n\n" if off else ""
        told = f"{first}{found.title}\n\n{found.plain.strip()}\n\n{address}\n"
        headers = {"Cache-Control": _kept(standing), "X-Robots-Tag": "noindex"}
        return PlainTextResponse(told, headers=headers)

    async def voice(self, request: Request) -> Response:
        """What a person read out and put beside the message's texts."""
        file = await to_thread(self._voice, await self._found(request))
        if file is None:
            raise HTTPException(404)
        headers = {"Cache-Control": f"public, max-age={KEPT}", "X-Robots-Tag": "noindex"}
        return FileResponse(file, media_type="audio/mpeg", headers=headers)

    def _voice(self, found: WebVersion) -> Path | None:
        """The recording of a text; None: there is none, or it is no recording of ours."""
        if not found.html or not is_message(found.message):
            return None
        templates = self._current().configuration.templates
        file = templates / found.message / voice_name(found.audience, found.variant)
        try:
            fits = 0 < file.stat().st_size <= LARGEST_VOICE
        except OSError:
            return None
        return file if fits and file.is_file() else None

    async def _found(self, request: Request) -> WebVersion:
        web_id = request.path_params["id"]
        if not _WEB_ID.fullmatch(web_id):
            raise HTTPException(404)
        app = self._current()
        found = await self._versions.find(web_id, app.public, lambda: app.writer, app.clock())
        if found is None:
            raise HTTPException(404)
        return found


def _kept(standing: Standing) -> str:
    """An event may be called off at any moment."""
    return f"public, max-age={KEPT}" if standing is Standing.NO_EVENT else "no-cache"


def _page_of(request: Request) -> str:
    return f"{WEB_VERSION}{request.path_params['id']}"


def surrounded(html: str, *, head: str, top: str, end: str) -> str:
    """A message's page with what a web page needs around it; a layout without <body> too."""
    before, closing, after = html.rpartition("</body>")
    page = f"{before}{end}{closing}{after}" if closing else html + end
    opening = _BODY.search(page)
    position = opening.end() if opening else 0
    page = f"{page[:position]}{top}{page[position:]}"
    return page.replace("</head>", f"{head}</head>", 1)
