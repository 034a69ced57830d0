"""The desk's routes. A GET changes nothing; what is done is a POST with a proof (``forms``)."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from scheduler.flow.steering.steer import How, resume_all, stop_all
from scheduler.web.battle.rooms import Rooms
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
from scheduler.web.desk.help_pages import HelpPages
from scheduler.web.desk.history_pages import HistoryPages
from scheduler.web.desk.law_pages import LawPages
from scheduler.web.desk.leaving import Leaving
from scheduler.web.desk.message_pages import MessagePages
from scheduler.web.desk.newcomer_pages import NewcomerPages
from scheduler.web.desk.optout_pages import OptOutPages
from scheduler.web.desk.outbox_pages import OutboxPages
from scheduler.web.desk.own_account_pages import OwnAccountPages
from scheduler.web.desk.pages import Desk
from scheduler.web.desk.pass_pages import PassPages
from scheduler.web.desk.people_pages import PeoplePages
from scheduler.web.desk.proposal_pages import ProposalPages
from scheduler.web.desk.quiz_pages import QuizPages
from scheduler.web.desk.refusal_pages import RefusalPages
from scheduler.web.desk.reply_pages import ReplyPages
from scheduler.web.desk.report_pages import ReportPages
from scheduler.web.desk.season_pages import SeasonPages
from scheduler.web.desk.sending_pages import SendingPages
from scheduler.web.desk.session_pages import SessionPages
from scheduler.web.desk.sibling_pages import SiblingPages
from scheduler.web.desk.source_pages import SourcePages
from scheduler.web.desk.static_files import static
from scheduler.web.desk.steering_pages import SteeringPages
from scheduler.web.desk.trial_pages import TrialPages
from scheduler.web.desk.trio_pages import TrioPages
from scheduler.web.desk.twin_pages import TwinPages
from scheduler.web.desk.uncertain_pages import UncertainPages
from scheduler.web.desk.whose_pages import WhosePages
from scheduler.web.desk.write_pages import WritePages
from scheduler.web.desk.writing_list import WritingList

OCCURRENCE = "/calendar/{campaign}/{episode}/{date}"


def routes(desk: Desk, rooms: Rooms) -> list[Route]:
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
        Route("/static/live.js", static("live.js", "text/javascript")),
        Route("/static/write.js", static("write.js", "text/javascript")),
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
