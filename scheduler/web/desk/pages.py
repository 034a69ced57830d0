"""Turning views into pages, and what the handlers share."""

from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from scheduler.bootstrap import App
from scheduler.domain.answers.arrivals import Arrival
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.processes.replicas import Replica
from scheduler.domain.roles import PASS_ROLES, ROLE_WORDS, Role
from scheduler.domain.sending import Rest
from scheduler.domain.showing.desk import Alarm, DeliveryLine, PersonLine
from scheduler.domain.showing.objections_counted import Objected
from scheduler.domain.showing.small_numbers import Figures, figures_for
from scheduler.domain.values import frozen
from scheduler.flow.showing.desk import CalendarSource, Kinds
from scheduler.web.desk import act_words, french, running_words, texts, words
from scheduler.web.desk.forms import Forms, name_of
from scheduler.web.desk.guard import may, person_of
from scheduler.web.desk.patience_of_codes import CodeTries
from scheduler.web.desk.review import Review
from scheduler.web.desk.stops import Stops
from scheduler.web.desk.visits import accounts_wait, visit_of
from scheduler.web.security import content_policy, security_headers
from scheduler.web.templating import make_pages

#: Pages hold frames of our own; what is in them is locked up by its own policy.
PAGE_POLICY = content_policy({"frame-src": "'self'"})
#: The live preview, which a script of ours loads again when a file changes.
LIVE_POLICY = content_policy(
    {"frame-src": "'self'", "script-src": "'self'", "connect-src": "'self'"}
)
#: A message in its frame: an origin of its own, no script, no form, nothing fetched from anywhere.
FRAME_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data: cid:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)


class DeskSource(CalendarSource, Protocol):
    """What the desk asks of a ledger; it writes nothing."""

    async def alarms(self) -> list[Alarm]:
        """What needs a person, oldest first."""

    async def rests(self) -> list[Rest]:
        """Circuit breakers that aren't closed, by channel and destination group."""

    async def replicas(self, now: datetime) -> list[Replica]:
        """Those that haven't left, the latest heard first; none on SQLite."""

    async def objected(self, since: datetime) -> list[Objected]:
        """Who asked for no more since then, an act each."""

    async def any_delivery(self) -> bool:
        """Whether anything was ever planned there."""

    async def totals(self) -> list[tuple[str, DeliveryState | Arrival, int]]:
        """(channel, state, deliveries), over everything."""

    async def people(self, page: int) -> tuple[int, list[PersonLine]]:
        """How many living contacts there are, and those of one page (from 1)."""

    async def person(self, contact_id: int) -> PersonLine | None:
        """One contact."""

    async def deliveries(self, contact_id: int) -> list[DeliveryLine]:
        """What became of each message for one contact, in time order."""


@frozen
class Desk:
    """What every handler works with. ``current`` is asked at each request."""

    current: Callable[[], App]
    #: The rehearsal's own ledger, under the same configuration; None: nothing was rehearsed.
    rehearsal: Callable[[], App | None]
    #: Where the rehearsal's outbox wrote.
    rehearsal_outbox: Path
    source: Callable[[App], DeskSource]
    #: Channels whose provider reaches the real world.
    real_channels: Collection[str]
    templates: Environment
    forms: Forms
    #: What ``check`` says of the messages, and what would hold them.
    review: Review
    stops: Stops
    #: Of accounts' second codes.
    code_tries: CodeTries

    def kinds(self) -> Kinds:
        return {name: kind.address_kind for name, kind in self.current().channels.items()}

    async def figures(self) -> Figures:
        """Of invented people alone they are exact."""
        return figures_for(invented=await self.current().ledger.people_are_invented())

    async def is_of_samples(self) -> bool:
        """Nobody real is behind it: no provider reaches anybody, and everybody is invented."""
        return not self.real_channels and await self.current().ledger.people_are_invented()

    def shows_people(self, request: Request) -> bool:
        """Invented ones, where no provider reaches the real world, to whom may see people."""
        person = person_of(request)
        sees = person is not None and Role.PRIVACY in person.roles
        return sees and not self.real_channels

    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.current().configuration.settings.time_zone)

    def page(self, request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
        visit = visit_of(request)
        person = visit.person if visit else None
        body = self.templates.get_template(f"desk/{name}.html").render(
            organisation=self.current().configuration.settings.organisation.name,
            real=bool(self.real_channels),
            path=request.url.path,
            proof=partial(self.forms.proof, visit),
            by=name_of(request),
            visitor=person,
            may=partial(may, person),
            accounts_wait=accounts_wait(request),
            has_token=visit is not None and visit.has_token,
            greets=bool(self.current().agenda.onboarding),
            plays=self.current().configuration.settings.web.battle,
            can_leave=visit is not None and visit.leave is not None,
            **values,
        )
        return HTMLResponse(body, status)


def frame(html: str) -> Response:
    """A message's HTML by itself, which only a frame of ours may show (RFC 7034's successor)."""
    return HTMLResponse(html, headers=security_headers(FRAME_POLICY, https=False))


def make_templates() -> Environment:
    """The desk's templates, with its texts and its typography."""
    environment = make_pages()
    environment.globals |= {
        "t": _Typeset(texts),
        "w": words,
        "acts": act_words,
        "told": running_words,
        "fr": french,
        "pass_roles": PASS_ROLES,
        "role_words": ROLE_WORDS,
    }
    environment.filters |= {"fr": french.typography}
    return environment


class _Typeset:
    """The texts with their French spaces, looked up by name."""

    def __init__(self, module: object) -> None:
        self._module = module

    def __getattr__(self, name: str) -> object:
        found = getattr(self._module, name)
        return french.typography(found) if isinstance(found, str) else found
