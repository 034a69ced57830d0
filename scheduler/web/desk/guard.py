"""The table of roles, asked before any page of the desk answers (``domain.roles``)."""

from collections.abc import Awaitable, Callable
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, compile_path

from scheduler.domain import roles
from scheduler.domain.roles import Person
from scheduler.web.desk.visits import visit_of

Handler = Callable[[Request], Awaitable[Response]]
#: Renders the refusal of somebody who is signed in, and may not.
Refuse = Callable[[Request], Response]

_PATTERNS = [(method, compile_path(path)[0], path) for method, path in roles.WHO_MAY]


def guarded(route: Route, handler: Handler, refuse: Refuse) -> Route:
    """The same route, which answers those alone whom the table names."""

    async def answer(request: Request) -> Response:
        if not roles.may(person_of(request), request.method, route.path):
            return refuse(request)
        return await handler(request)

    return Route(route.path, answer, methods=[*(route.methods or ["GET"])])


def person_of(request: Request) -> Person | None:
    """Who is signed in."""
    visit = visit_of(request)
    return visit.person if visit else None


def may(person: Person | None, method: str, path: str) -> bool:
    """Whether a form or a link to this path is of any use to somebody."""
    route = _route_of(method, path)
    return route is not None and roles.may(person, method, route)


@lru_cache(maxsize=1000)
def _route_of(method: str, path: str) -> str | None:
    found = (route for wanted, shape, route in _PATTERNS if wanted == method and shape.match(path))
    return next(found, None)
