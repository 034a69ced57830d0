"""Whom a request comes from: what every door of the desk leaves for the pages behind it."""

from collections.abc import Awaitable, Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Scope, Send

from scheduler.domain.accounts import DeskSession
from scheduler.domain.roles import Person
from scheduler.domain.values import frozen

#: Holds a session's value; on loopback, a number that tells one browser from another.
COOKIE = "reflexe_desk"
_PLACE = "reflexe.visit"
_WAITING = "reflexe.accounts-wait"


@frozen
class Visit:
    """One visitor, as far as the desk knows."""

    #: What the proofs of their forms are made with.
    key: bytes
    #: Who it is.
    person: Person
    #: Ends their session; None where nobody needs one.
    leave: Callable[[], Awaitable[None]] | None = None
    #: In the ledger; None where it is kept elsewhere, or there is none.
    session: DeskSession | None = None
    #: Where the portal that named them ends its session, empty when nobody said; None: no portal
    #: named them.
    portal: str | None = None
    #: They came in by the desk's token.
    has_token: bool = False


def note_visit(scope: Scope, visit: Visit) -> None:
    scope[_PLACE] = visit


def visit_of(request: Request) -> Visit | None:
    """None outside the door: the login page, a refusal."""
    found = request.scope.get(_PLACE)
    return found if isinstance(found, Visit) else None


def note_waiting(scope: Scope, are_waiting: bool) -> None:
    """Nobody signs in yet; ``are_waiting``: accounts are made, without a password so far."""
    scope[_WAITING] = are_waiting


def accounts_wait(request: Request) -> bool:
    return bool(request.scope.get(_WAITING))


def set_cookie(
    answer: Response, request: Request, name: str, value: str, seconds: int | None
) -> None:
    """A cookie for this desk alone, that no script reads; ``seconds`` None: while they browse."""
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )


def with_cookie(send: Send, request: Request, value: str, seconds: int | None) -> Send:
    """Give the visitor's cookie along with whatever is answered."""
    holder = Response()
    set_cookie(holder, request, COOKIE, value, seconds)

    async def send_with_cookie(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("set-cookie", holder.headers["set-cookie"])
        await send(message)

    return send_with_cookie
