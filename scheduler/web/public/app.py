"""The public server's routes. Its paths are in messages already sent: they are for ever."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from scheduler.bootstrap import App
from scheduler.domain.errors import LedgerBusy, NotRecorded
from scheduler.domain.provider import Provider
from scheduler.domain.showing.public_pages import (
    ACCESSIBILITY,
    BATTLE,
    CERTIFICATE,
    FEED,
    HELP,
    OPT_OUT,
    PREFERENCES,
    PROMISES,
    QUIZ,
    QUIZ_SHEET,
    ROOM,
    ROOM_NAMES,
    ROOM_POINTS,
    ROOM_SCREEN,
    ROOM_STATE,
    ROOM_TEAM,
    SHEET,
    SUBSCRIBE,
    TRIO,
    VERIFY,
    WEB_VERSION,
    is_way_out,
)
from scheduler.flow.answers.tallying import Tally
from scheduler.flow.showing.public_pages import WebVersions
from scheduler.flow.showing.quizzes import Shelf
from scheduler.flow.showing.web_version import DRAWING_FILE
from scheduler.web.battle.rooms import Rooms
from scheduler.web.limits import BodyLimit
from scheduler.web.public.battle_pages import BattlePages
from scheduler.web.public.choice_pages import ChoicePages
from scheduler.web.public.help_pages import HelpPages
from scheduler.web.public.message_pages import (
    FORWARD,
    REACTION,
    THANKS,
    VOICE,
    MessagePages,
)
from scheduler.web.public.one_click import OneClick
from scheduler.web.public.quiz_pages import QuizPages
from scheduler.web.public.receipts import Receipts
from scheduler.web.public.rendering import Pages
from scheduler.web.public.room_pages import RoomPages
from scheduler.web.public.stuffing import Gate
from scheduler.web.public.subscribe_pages import SubscribePages
from scheduler.web.public.texts import Notice, Texts
from scheduler.web.public.trio_pages import TrioPages
from scheduler.web.public.way_out_pages import NOT_NOW, RETRY_AFTER, WayOutPages
from scheduler.web.security import SecurityHeaders, security_headers
from scheduler.web.templating import STATIC
from scheduler.web.well_known import well_known

#: What browsers may keep of the style sheet (seconds).
_KEPT = 3600


def make_public(
    current: Callable[[], App],
    providers: Callable[[], Mapping[str, Provider]],
    *,
    ready: Callable[[], bool],
    tally: Tally | None = None,
    rooms: Rooms | None = None,
) -> ASGIApp:
    """The public server, for uvicorn. It never believes a Host header, and keeps no cookie.

    ``current`` is asked at each request, so a configuration read again holds at once.
    ``providers`` are by their own name, as /receipts/{provider} says it; ``ready`` answers /readyz.
    ``tally`` gathers what is counted; whoever gives one closes it.
    ``rooms`` of the password battle are those that the desk opens.
    """
    tally = tally or Tally(lambda: current().tallies)
    pages = Pages(current)
    ways_out = WayOutPages(current, pages)
    headers = security_headers(https=True)

    async def readiness(_request: Request) -> Response:
        return PlainTextResponse("ok") if ready() else PlainTextResponse("not ready", 503)

    def too_large(request: Request) -> Response:
        return _refusal(pages, request, HTTPException(413))

    app = Starlette(
        routes=[
            *_people(current, pages, ways_out),
            *_reading(current, pages, tally),
            *_playing(current, rooms or Rooms()),
            Route("/receipts/{provider}", Receipts(current, providers).take, methods=["POST"]),
            *well_known(current),
            Route("/healthz", _alive),
            Route("/readyz", readiness),
            Route("/static/public.css", _static("public.css", "text/css")),
            Route("/static/icon.svg", _static("icon.svg", "image/svg+xml")),
            # Last: what is none of the above may be the short address of a way out.
            Route("/{token}", ways_out.by_short_link, methods=["GET", "POST"]),
        ],
        middleware=[
            Middleware(SecurityHeaders, headers),
            Middleware(BodyLimit, refuse=too_large),
        ],
        exception_handlers=_faults(pages, headers),
    )
    # Starlette makes its redirection to a path without slash from the Host header.
    app.router.redirect_slashes = False
    clicks = OneClick(
        app, ways_out.click, headers, lambda token: current().ledger.tokens.answered(token)
    )
    return _behind(clicks, tally)


def _people(current: Callable[[], App], pages: Pages, ways_out: WayOutPages) -> list[Route]:
    """What the holder of a link does: leave, choose, ask to be written to."""
    choices = ChoicePages(current, pages)
    joining = SubscribePages(current, pages)
    return [
        Route(f"{OPT_OUT}{{token}}", ways_out.by_email, methods=["GET", "POST"]),
        Route(f"{PREFERENCES}{{token}}", choices.choices, methods=["GET", "POST"]),
        Route(SUBSCRIBE, joining.form, methods=["GET", "POST"]),
        Route(f"{SUBSCRIBE}/{{token}}", joining.confirmation, methods=["GET", "POST"]),
    ]


def _reading(current: Callable[[], App], pages: Pages, tally: Tally) -> list[Route]:
    """What anybody may read, answer or play; nobody is known there."""
    versions = WebVersions()
    gate = Gate()
    about = HelpPages(current, pages, versions)
    messages = MessagePages(current, pages, versions, gate, tally)
    quizzes = QuizPages(current, pages, Shelf(), gate, tally)
    return [
        Route("/", about.welcome),
        Route(HELP, about.help),
        Route(VERIFY, about.verify),
        Route(PROMISES, about.promises),
        Route(SHEET, about.sheet),
        Route(ACCESSIBILITY, about.accessibility),
        Route(f"{WEB_VERSION}{{id}}", messages.web_version),
        Route(f"{WEB_VERSION}{{id}}/{DRAWING_FILE}", messages.drawing),
        Route(f"{WEB_VERSION}{{id}}/{VOICE}", messages.voice),
        Route(f"{WEB_VERSION}{{id}}/{FORWARD}", messages.forward),
        Route(f"{WEB_VERSION}{{id}}/{REACTION}", messages.react, methods=["POST"]),
        Route(f"{WEB_VERSION}{{id}}/{THANKS}", messages.thanks),
        Route(FEED, messages.feed),
        Route(f"{TRIO}{{token}}", TrioPages(current, pages).read, methods=["GET", "POST"]),
        Route(f"{QUIZ}{{address}}", quizzes.quiz, methods=["GET", "POST"]),
        Route(f"{QUIZ}{{address}}/{CERTIFICATE}", quizzes.certificate),
        Route(f"{QUIZ}{{address}}/{QUIZ_SHEET}", quizzes.sheet),
    ]


def _playing(current: Callable[[], App], rooms: Rooms) -> list[Route]:
    """The password battle, on one screen or in a room."""
    battle, room = BattlePages(current), RoomPages(current, rooms)
    return [
        Route(BATTLE, battle.page),
        Route(f"{BATTLE}/{{name}}", battle.file),
        Route(ROOM, room.door),
        Route(f"{ROOM}/{{code}}", room.phone),
        Route(f"{ROOM}/{{code}}/{ROOM_SCREEN}", room.screen),
        Route(f"{ROOM}/{{code}}/{ROOM_STATE}", room.inside(room.state)),
        Route(f"{ROOM}/{{code}}/{ROOM_NAMES}", room.inside(room.names)),
        Route(f"{ROOM}/{{code}}/{ROOM_TEAM}", room.inside(room.join), methods=["POST"]),
        Route(f"{ROOM}/{{code}}/{ROOM_POINTS}", room.inside(room.score), methods=["POST"]),
    ]


def _faults(pages: Pages, headers: Mapping[str, str]) -> dict[Any, Any]:
    """What is answered where something went wrong: never a trace, never a silence."""

    async def fault(_request: Request, _error: Exception) -> Response:
        words = "Une erreur est survenue. Something went wrong.\n"
        return PlainTextResponse(words, 500, headers)

    async def not_now(_request: Request, _error: Exception) -> Response:
        return PlainTextResponse(NOT_NOW, 503, {**headers, "Retry-After": RETRY_AFTER})

    async def refusal(request: Request, error: Exception) -> Response:
        return _refusal(pages, request, error)

    return {
        HTTPException: refusal,
        NotRecorded: not_now,
        LedgerBusy: not_now,
        Exception: fault,
    }


def _behind(site: ASGIApp, tally: Tally) -> ASGIApp:
    """While somebody opts out, what is counted waits."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        leaves = scope["type"] == "http" and scope["method"] == "POST" and is_way_out(scope["path"])
        with tally.behind() if leaves else nullcontext():
            await site(scope, receive, send)

    return answer


async def _alive(_request: Request) -> Response:
    return PlainTextResponse("ok")


def _static(name: str, media_type: str) -> Callable[[Request], Response]:
    content = (STATIC / name).read_bytes()
    headers = {"Cache-Control": f"public, max-age={_KEPT}"}

    def answer(_request: Request) -> Response:
        return Response(content, media_type=media_type, headers=headers)

    return answer


def _refusal(pages: Pages, request: Request, error: Exception) -> Response:
    """A small neutral page for a request that HTTP itself refuses."""
    assert isinstance(error, HTTPException)  # noqa: S101 - what the handler is registered for
    answer = pages.notice(request, _notice_for(error.status_code), error.status_code)
    answer.headers.update(error.headers or {})
    return answer


def _notice_for(status: int) -> Callable[[Texts], Notice]:
    if status == 404:
        return lambda texts: texts.missing
    if status == 413:
        return lambda texts: texts.too_large
    return lambda texts: texts.refused
