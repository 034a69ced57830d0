"""A text that three people are asked to read, by whoever has its link. Nobody is known there: no
name, no cookie, and what is said is only added up."""

import re
import secrets
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import App
from scheduler.domain.writing.trio import READERS, Trio, marks_of
from scheduler.flow.writing.writing import is_of_service
from scheduler.web.limits import read_form
from scheduler.web.public import trio_words
from scheduler.web.public.languages import keep_punctuation, texts_in
from scheduler.web.public.rendering import Pages

_VALUE = re.compile(r"[A-Za-z0-9_-]{20,60}")
_SHEET = re.compile(r"[A-Za-z0-9_-]{16}")
_LANGUAGE = re.compile(r"\.([a-z]{2})(?:-falc)?\.(?:md|txt)\Z")


class TrioPages:
    """Opening the page changes nothing."""

    def __init__(self, current: Callable[[], App], pages: Pages) -> None:
        self._current = current
        self._pages = pages

    async def read(self, request: Request) -> Response:
        app, value = self._current(), request.path_params["token"]
        found = await app.trios.linked(value) if _VALUE.fullmatch(value) else None
        if found is None:
            raise HTTPException(404)
        message = found.path.rpartition("/")[0]
        # Of a message that became one of service meanwhile, nothing is read out any more.
        is_over = await run_in_threadpool(is_of_service, app.agenda.library, message)
        if request.method == "POST" and not is_over:
            return await self._end(request, value, found)
        if is_over or not found.is_open(app.clock()):
            return self._page(request, "trio_over", 410)
        return self._form(request, found)

    async def _end(self, request: Request, value: str, found: Trio) -> Response:
        form = await read_form(request)
        said = marks_of(form, len(found.paragraphs))
        if not any(one.clear is not None or one.smile for one in said):
            return self._form(request, found, 422)
        sheet = form.get("sheet", "")
        if not _SHEET.fullmatch(sheet):
            sheet = secrets.token_urlsafe(12)
        app = self._current()
        if not await app.trios.end(value, sheet, said, app.clock()):
            return self._page(request, "trio_over", 410)
        return self._page(request, "trio_thanks", 200)

    def _form(self, request: Request, found: Trio, status: int = 200) -> Response:
        known = _LANGUAGE.search(found.path)
        return self._page(
            request,
            "trio",
            status,
            paragraphs=found.paragraphs,
            lang=known[1] if known else "fr",
            sheet=secrets.token_urlsafe(12),
            nothing=status != 200,
        )

    def _page(self, request: Request, name: str, status: int, **values: object) -> Response:
        words = {key: keep_punctuation(one) for key, one in trio_words.WORDS.items()}
        answer = self._pages.page(
            request, name, texts_in("fr"), status, words=words, readers=READERS, **values
        )
        answer.headers["X-Robots-Tag"] = "noindex"
        return answer
