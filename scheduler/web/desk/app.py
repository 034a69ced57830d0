"""The desk's routes. A GET changes nothing; what is done is a POST with a proof (``forms``)."""

from collections.abc import Awaitable, Callable, Collection
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
from scheduler.flow.steering.steer import How, resume_all, stop_all
from scheduler.web.battle.rooms import Rooms
from scheduler.web.desk import texts
from scheduler.web.desk.access import METRICS, ONLY_LOOKS, UNNAMED, TokenRequired
from scheduler.web.desk.account_door import AccountDoor
from scheduler.web.desk.account_pages import AccountPages
from scheduler.web.desk.approval_pages import ApprovalPages
from scheduler.web.desk.audit_pages import AuditPages
from scheduler.web.desk.battle_pages import BattlePages
from scheduler.web.desk.beside_pages import BesidePages
from scheduler.web.desk.calendar_pages import CalendarPages
from scheduler.web.desk.change_pages import ChangePages
from scheduler.web.desk.comment_pages import CommentPages
from scheduler.web.desk.draft_review import DraftReview
from scheduler.web.desk.field_pages import FieldPages
from scheduler.web.desk.figure_pages import FigurePages
from scheduler.web.desk.file_pages import FilePages
from scheduler.web.desk.first_account import FirstAccount
from scheduler.web.desk.forms import Forms
from scheduler.web.desk.guard import guarded, person_of
from scheduler.web.desk.help_pages import HelpPages
from scheduler.web.desk.history_pages import HistoryPages
from scheduler.web.desk.law_pages import LawPages
from scheduler.web.desk.leaving import Leaving
from scheduler.web.desk.loopback import LoopbackOnly
from scheduler.web.desk.message_pages import MessagePages
from scheduler.web.desk.metrics_page import MetricsPage
from scheduler.web.desk.newcomer_pages import NewcomerPages
from scheduler.web.desk.optout_pages import OptOutPages
from scheduler.web.desk.outbox_pages import OutboxPages
from scheduler.web.desk.own_account_pages import OwnAccountPages
from scheduler.web.desk.pages import PAGE_POLICY, Desk, DeskSource, make_templates
from scheduler.web.desk.pass_pages import PassPages
from scheduler.web.desk.patience import Patience
from scheduler.web.desk.patience_of_codes import CodeTries
from scheduler.web.desk.people_pages import PeoplePages
from scheduler.web.desk.proposal_pages import ProposalPages
from scheduler.web.desk.quiz_pages import QuizPages
from scheduler.web.desk.refusal_pages import RefusalPages
from scheduler.web.desk.reply_pages import ReplyPages
from scheduler.web.desk.report_pages import ReportPages
from scheduler.web.desk.review import Review
from scheduler.web.desk.season_pages import SeasonPages
from scheduler.web.desk.sending_pages import SendingPages
from scheduler.web.desk.session_pages import SessionPages
from scheduler.web.desk.sibling_pages import SiblingPages
from scheduler.web.desk.source_pages import SourcePages
from scheduler.web.desk.steering_pages import SteeringPages
from scheduler.web.desk.stops import Stops
from scheduler.web.desk.trial_pages import TrialPages
from scheduler.web.desk.trio_pages import TrioPages
from scheduler.web.desk.twin_pages import TwinPages
from scheduler.web.desk.uncertain_pages import UncertainPages
from scheduler.web.desk.whose_pages import WhosePages
from scheduler.web.desk.write_pages import WritePages
from scheduler.web.desk.writing_list import WritingList
from scheduler.web.limits import LARGEST_FILE, LARGEST_UPLOAD, BodyLimit
from scheduler.web.security import SecurityHeaders, security_headers
from scheduler.web.templating import STATIC
from scheduler.web.well_known import well_known

#: What browsers may keep of the style sheet (seconds).
_KEPT = 300
#: Pages that take a file, with its limit and what is said above it; and what begins the paths of
#: those that take a whole text.
_UPLOADS = {"/whose": LARGEST_UPLOAD, "/files": LARGEST_FILE}
_TOO_LARGE = {"/whose": texts.MAIL_TOO_LARGE, "/files": texts.FILE_TOO_LARGE}
_LARGE = ("/write/", "/drafts/")
OCCURRENCE = "/calendar/{campaign}/{episode}/{date}"


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
                    *_routes(desk, rooms or Rooms()),
                    Route(METRICS, MetricsPage(current, looked_at).show),
                ],
            ),
            *well_known(current),
            Route("/healthz", alive),
            Route("/readyz", readiness),
            Route("/static/desk.css", _static("desk.css", "text/css")),
            Route("/static/icon.svg", _static("icon.svg", "image/svg+xml")),
        ],
        middleware=[
            Middleware(SecurityHeaders, headers),
            Middleware(BodyLimit, refuse=_too_large(desk), uploads=_UPLOADS, below=_LARGE),
            _access(desk, token, local),
        ],
        exception_handlers={
            HTTPException: _refusal(desk),
            NotFound: _gone(desk),
            Exception: _fault(desk),
        },
    )
    # Starlette makes its redirection to a path without slash from the Host header.
    app.router.redirect_slashes = False
    return app


def _routes(desk: Desk, rooms: Rooms) -> list[Route]:
    calendar, messages, outbox = CalendarPages(desk), MessagePages(desk), OutboxPages(desk)
    twins, arriving = TwinPages(desk), NewcomerPages(desk)
    sources = SourcePages(desk)
    optouts, figures, seasons = OptOutPages(desk), FigurePages(desk), SeasonPages(desk)
    return [
        Route("/", calendar.year),
        Route(OCCURRENCE, calendar.occurrence),
        Route("/archives/{year:int}", calendar.archive),
        Route("/messages", messages.listing),
        Route("/messages/{path:path}", messages.message),
        Route("/frames/messages/{path:path}", messages.frame),
        Route("/live/messages/{path:path}", messages.live),
        Route("/twins/{kind}/{path:path}", twins.show),
        Route("/frames/twins/{kind}/{path:path}", twins.file),
        Route("/quizzes", QuizPages(desk).show),
        Route("/season", seasons.latest),
        Route("/season/{campaign}/{season}", seasons.show),
        Route("/figures", figures.listing),
        _act("/figures", figures.add),
        _act("/figures/{figure:int}", figures.remove),
        Route("/newcomers", arriving.show),
        _act("/newcomers", arriving.answer),
        Route("/sources", sources.listing),
        _act("/sources/{reading:int}", sources.confirm),
        Route("/law", LawPages(desk).show),
        Route("/optouts", optouts.show),
        _act("/optouts", optouts.add),
        Route("/outbox", outbox.people),
        Route("/outbox/{contact:int}", outbox.person),
        Route("/outbox/{contact:int}/{delivery:int}", outbox.delivery),
        Route("/frames/outbox/{contact:int}/{delivery:int}", outbox.frame),
        *_acts(desk, calendar),
        *_changes(ChangePages(desk)),
        *_files(FilePages(desk)),
        *_battle(BattlePages(desk, rooms)),
        *_own(OwnAccountPages(desk, desk.code_tries), HelpPages(desk).show),
        _act("/trials/{path:path}", TrialPages(desk, messages).send),
        _act("/passes/{path:path}", PassPages(desk, messages).decide),
        _act("/siblings/{path:path}", SiblingPages(desk, messages).read_again),
        *_writing(desk),
        Route("/static/live.js", _static("live.js", "text/javascript")),
        Route("/static/write.js", _static("write.js", "text/javascript")),
    ]


def _changes(changes: ChangePages) -> list[Route]:
    return [
        Route("/changes", changes.listing),
        Route("/change/{kind}", changes.ask),
        _act("/change/{kind}", changes.decide),
    ]


def _writing(desk: Desk) -> list[Route]:
    review = DraftReview()
    write, proposals = WritePages(desk, review), ProposalPages(desk, review)
    history, beside = HistoryPages(desk), BesidePages(desk, review)
    trios, fields = TrioPages(desk, review), FieldPages(desk, review)
    return [
        Route("/writing", WritingList(desk).show),
        Route("/write/{path:path}", write.page),
        _act("/write/{path:path}", write.act),
        _act("/drafts/{path:path}", write.autosave),
        Route("/panels/{path:path}", write.panel),
        Route("/frames/write/{path:path}", write.frame),
        Route("/history/{path:path}", history.show),
        _act("/history/{path:path}", history.act),
        _act("/comments/{path:path}", CommentPages(desk).add),
        Route("/fields/{path:path}", fields.show),
        _act("/fields/{path:path}", fields.keep),
        Route("/trios/{path:path}", trios.show),
        _act("/trios/{path:path}", trios.act),
        Route("/beside/{path:path}", beside.show),
        Route("/frames/beside/{path:path}", beside.frame),
        Route("/proposals/{draft:int}", proposals.show),
        _act("/proposals/{draft:int}", proposals.decide),
        Route("/frames/proposals/{draft:int}", proposals.frame),
    ]


def _acts(desk: Desk, calendar: CalendarPages) -> list[Route]:
    steering, approvals = SteeringPages(desk, calendar), ApprovalPages(desk)
    sessions, first, people = SessionPages(desk), FirstAccount(desk), PeoplePages(desk)
    whose, accounts = WhosePages(desk), AccountPages(desk)
    sending = SendingPages(desk, calendar)
    doubts, reports, replies = UncertainPages(desk), ReportPages(desk), ReplyPages(desk)
    return [
        Route(f"{OCCURRENCE}/cancel", steering.ask_to_cancel),
        _act(f"{OCCURRENCE}/cancel", steering.one(How.CANCELLED)),
        Route(f"{OCCURRENCE}/send", sending.ask),
        _act(f"{OCCURRENCE}/send", sending.send),
        _act(f"{OCCURRENCE}/refresh", sending.refresh),
        Route("/audit", AuditPages(desk).listing),
        _act(f"{OCCURRENCE}/pause", steering.one(How.PAUSED)),
        _act(f"{OCCURRENCE}/resume", steering.one(How.RESUMED)),
        _act("/stop-all", steering.every(stop_all)),
        _act("/resume-all", steering.every(resume_all)),
        _act("/halts/{campaign}/{channel}", steering.go_on),
        Route("/approvals", approvals.listing),
        _act("/approvals/{campaign}/{episode}/{date}", approvals.allow),
        Route("/uncertain", doubts.listing),
        _act("/uncertain/{delivery:int}", doubts.one),
        _act("/uncertain/{campaign}/{episode}/{date}", doubts.all_of),
        Route("/people", people.show),
        _act("/people", people.find),
        _act("/people/lift", people.lift),
        _act("/people/{contact:int}/export", people.export),
        _act("/people/{contact:int}/freeze", people.frozen(True)),
        _act("/people/{contact:int}/unfreeze", people.frozen(False)),
        _act("/people/{contact:int}/erase", people.erase),
        Route("/whose", whose.show),
        _act("/whose", whose.ask),
        Route("/reports", reports.listing),
        _act("/reports/{report:int}", reports.decide),
        Route("/replies", replies.listing),
        _act("/replies/{reply:int}", replies.decide),
        _act("/reports/reopen", RefusalPages(desk, reports).reopen),
        Route("/accounts", accounts.listing),
        _act("/accounts", accounts.add),
        _act("/accounts/{account:int}/link", accounts.link),
        _act("/accounts/{account:int}/roles", accounts.roles),
        _act("/accounts/{account:int}/address", accounts.address),
        _act("/accounts/{account:int}/remove", accounts.remove),
        Route("/sessions", sessions.listing),
        _act("/sessions/{session:int}", sessions.end),
        _act("/logout", Leaving(desk).leave),
        Route("/first-account", first.show),
        _act("/first-account", first.make),
    ]


def _files(files: FilePages) -> list[Route]:
    return [
        Route("/files", files.listing),
        _act("/files", files.drop),
        Route("/files/{drop}", files.show),
        _act("/files/{drop}/look", files.look),
        _act("/files/{drop}/apply", files.apply),
        _act("/files/{drop}/forget", files.forget),
    ]


def _battle(battle: BattlePages) -> list[Route]:
    return [
        Route("/battle", battle.show),
        _act("/battle", battle.open),
        _act("/battle/{code}", battle.act),
        Route("/live/battle", battle.live),
    ]


def _own(own: OwnAccountPages, help_page: Callable[[Request], Awaitable[Response]]) -> list[Route]:
    return [
        Route("/help", help_page),
        Route("/my-account", own.show),
        _act("/my-account/code", own.begin_code),
        _act("/my-account/code/prove", own.prove_code),
        _act("/my-account/code/remove", own.remove_code),
        _act("/my-account/agenda", own.make_agenda),
        _act("/my-account/agenda/remove", own.end_agenda),
    ]


def _act(path: str, handler: Callable[[Request], Awaitable[Response]]) -> Route:
    return Route(path, handler, methods=["POST"])


def _guarded(desk: Desk, routes: list[Route]) -> list[Route]:
    """Each behind the table that says who may: a route that it doesn't name is nobody's."""

    def refuse(request: Request) -> Response:
        person = person_of(request)
        why = texts.NOT_YOUR_ROLE if person is None or person.acts else texts.NOBODY_ACTS
        return desk.page(request, "error", 403, code=403, sentence=why)

    return [guarded(route, route.endpoint, refuse) for route in routes]


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


def _refusal(desk: Desk) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - what it is registered for
        page = desk.page(request, "error", error.status_code, code=error.status_code)
        page.headers.update(error.headers or {})
        return page

    return answer


def _too_large(desk: Desk) -> Callable[[Request], Response]:
    """Nobody is known there yet, so the page tells nothing and leads back to what was asked."""

    def answer(request: Request) -> Response:
        path = request.url.path
        told = {"sentence": _TOO_LARGE[path], "back": path} if path in _UPLOADS else {}
        return desk.page(request, "error", 413, code=413, **told)

    return answer


def _gone(desk: Desk) -> Callable[[Request, Exception], Awaitable[Response]]:
    """What was there when the form was read was taken away before it was carried out."""

    async def answer(request: Request, _error: Exception) -> Response:
        return desk.page(request, "error", 404, code=404)

    return answer


def _fault(desk: Desk) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Something broke: it is answered outside every middleware, so it brings its own headers."""

    async def answer(request: Request, _error: Exception) -> Response:
        page = desk.page(request, "error", 500, code=500)
        page.headers.update(security_headers(PAGE_POLICY, https=False))
        return page

    return answer


def _static(name: str, media_type: str) -> Callable[[Request], Awaitable[Response]]:
    content = (STATIC / name).read_bytes()
    headers = {"Cache-Control": f"public, max-age={_KEPT}"}

    async def answer(_request: Request) -> Response:
        return Response(content, media_type=media_type, headers=headers)

    return answer
