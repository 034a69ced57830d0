"""The desk as an application: its routes, who comes in, and what is said of what goes wrong."""

from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from scheduler.bootstrap import App
from scheduler.domain.errors import NotFound
from scheduler.domain.processes.replicas import INSTANCE_HEADER
from scheduler.domain.roles import Person
from scheduler.web.battle.rooms import Rooms
from scheduler.web.desk import texts
from scheduler.web.desk.access import METRICS, ONLY_LOOKS, UNNAMED, TokenRequired
from scheduler.web.desk.account_door import AccountDoor
from scheduler.web.desk.forms import Forms
from scheduler.web.desk.guard import guarded, person_of
from scheduler.web.desk.loopback import LoopbackOnly
from scheduler.web.desk.metrics_page import MetricsPage
from scheduler.web.desk.pages import PAGE_POLICY, Desk, DeskSource, make_templates
from scheduler.web.desk.patience import Patience
from scheduler.web.desk.patience_of_codes import CodeTries
from scheduler.web.desk.review import Review
from scheduler.web.desk.routes import routes
from scheduler.web.desk.static_files import static
from scheduler.web.desk.stops import Stops
from scheduler.web.desk.unanswered import UPLOADS, broken, gone, refusal, too_large
from scheduler.web.limits import BodyLimit
from scheduler.web.security import SecurityHeaders, security_headers
from scheduler.web.well_known import well_known

#: What begins the paths of the pages that take a whole text.
_LARGE = ("/write/", "/drafts/")


def make_desk(
    current: Callable[[], App],
    rehearsal: Callable[[], App | None],
    *,
    source: Callable[[App], DeskSource],
    rehearsal_outbox: Path,
    real_channels: Collection[str],
    token: str | None,
    ready: Callable[[], bool],
    looked_at: Callable[[], datetime | None],
    instance: str = "",
    local: Person | None = None,
    rooms: Rooms | None = None,
) -> Starlette:
    """The desk, for uvicorn.

    ``current`` and ``rehearsal`` are asked at each request, so a configuration read again holds
    at once. ``source`` reads an app's ledger for the desk. With a channel in ``real_channels``
    (its provider doesn't carry fiction) nobody is shown, only counts. ``token`` is None on
    loopback, where a request must name this machine. ``ready`` answers /readyz; ``looked_at`` is
    when the daemon last looked at the calendar, for /metrics. ``instance`` tells /healthz's
    reader which of several daemons answers. ``local`` is who comes in by the token, or sits at the
    machine; None: somebody without a name, who acts where everybody is invented. ``rooms`` of the
    password battle are those that the public server plays in.
    """
    patience = Patience()
    desk = Desk(
        current=current,
        rehearsal=rehearsal,
        rehearsal_outbox=rehearsal_outbox,
        source=source,
        real_channels=real_channels,
        templates=make_templates(),
        forms=Forms(lambda: current().clock()),
        review=Review(patience),
        stops=Stops(patience),
        code_tries=CodeTries(lambda: current().clock()),
    )

    async def readiness(_request: Request) -> Response:
        told = {INSTANCE_HEADER: instance}
        return PlainTextResponse("ok" if ready() else "not ready", 200 if ready() else 503, told)

    async def alive(_request: Request) -> Response:
        return PlainTextResponse("ok", headers={INSTANCE_HEADER: instance})

    headers = security_headers(PAGE_POLICY, https=False)
    app = Starlette(
        routes=[
            *_guarded(
                desk,
                [
                    *routes(desk, rooms or Rooms()),
                    Route(METRICS, MetricsPage(current, looked_at).show),
                ],
            ),
            *well_known(current),
            Route("/healthz", alive),
            Route("/readyz", readiness),
            Route("/static/desk.css", static("desk.css", "text/css")),
            Route("/static/icon.svg", static("icon.svg", "image/svg+xml")),
        ],
        middleware=[
            Middleware(SecurityHeaders, headers),
            Middleware(BodyLimit, refuse=too_large(desk), uploads=UPLOADS, below=_LARGE),
            _access(desk, token, local),
        ],
        exception_handlers={
            HTTPException: refusal(desk),
            NotFound: gone(desk),
            Exception: broken(desk),
        },
    )
    # Starlette makes its redirection to a path without slash from the Host header.
    app.router.redirect_slashes = False
    return app


def _guarded(desk: Desk, pages: list[Route]) -> list[Route]:
    """Each behind the table that says who may: a route that it doesn't name is nobody's."""

    def refuse(request: Request) -> Response:
        person = person_of(request)
        why = texts.NOT_YOUR_ROLE if person is None or person.acts else texts.NOBODY_ACTS
        return desk.page(request, "error", 403, code=403, sentence=why)

    return [guarded(route, route.endpoint, refuse) for route in pages]


def _access(desk: Desk, token: str | None, local: Person | None) -> Middleware:
    async def whose() -> Person:
        return local or (UNNAMED if await desk.is_of_samples() else ONLY_LOOKS)

    def refuse(request: Request, status: int) -> Response:
        name = "first_steps" if status == 401 else "error"
        return desk.page(request, name, status, code=status)

    def login(request: Request, status: int, fault: str) -> Response:
        return desk.page(request, "login", status, fault=fault)

    def before(app: ASGIApp) -> ASGIApp:
        if token is None:
            return LoopbackOnly(app, refuse, whose)
        return TokenRequired(app, token, login, lambda: desk.current().clock(), whose)

    def page(request: Request, name: str, status: int, fault: str, whose: str) -> Response:
        values: dict[str, object] = {"fault": fault, "whose": whose}
        if name == "error":
            values = {"sentence": fault}
        if name == "sign_in":
            web = desk.current().configuration.settings.web
            values |= {"by_portal": web.sign_in is not None, "by_oidc": web.oidc is not None}
        return desk.page(request, name, status, code=status, **values)

    return Middleware(AccountDoor, before, desk.current, page, desk.code_tries)
