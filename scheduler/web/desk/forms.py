"""What every form of the desk has: a proof that it is ours, and the name of who acts.

A proof is made for one visitor, one action and one display of the form: another site can't make
it, another page of ours can't lend it, and a form that is sent again (two clicks, the back button)
does nothing twice.
"""

import hmac
import re
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from urllib.parse import quote, unquote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from scheduler.domain.values import frozen
from scheduler.web.desk.access import from_elsewhere
from scheduler.web.desk.visits import Visit, set_cookie, visit_of
from scheduler.web.limits import read_form

#: How long a form may stay open.
GOOD_FOR = timedelta(hours=12)
#: Letters of a name that the audit log keeps.
LONGEST_NAME = 80
#: Who acted last in this browser.
NAME_COOKIE = "reflexe_desk_name"
_NAME_KEPT = 30 * 24 * 3600
_PROOF = re.compile(r"([0-9]{1,12}-[A-Za-z0-9_-]{16})\.([0-9a-f]{64})")


@frozen
class Wrong:
    """What keeps a form from being carried out."""

    sentence: str
    #: The field that it is about; empty: none.
    field: str = ""


@frozen
class Asked:
    """A form of ours that was sent."""

    fields: Mapping[str, str]
    #: Who acts; empty when nobody said.
    by: str
    #: The display of the form that it comes from.
    sheet: str


class Forms:
    """Remembers which forms were carried out, as long as they could be sent again."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._taken: dict[str, datetime] = {}

    def proof(self, visit: Visit | None, action: str) -> str:
        """For a new form of this visitor, sent to ``action`` (a path)."""
        sheet = f"{int(self._clock().timestamp())}-{secrets.token_urlsafe(12)}"
        return f"{sheet}.{_signature(visit, action, sheet)}"

    async def read(self, request: Request) -> Asked:
        """What was sent. Raises HTTPException: 403 unless the form is ours."""
        fields = await read_form(request)
        found = _PROOF.fullmatch(fields.get("proof", ""))
        if found is None or from_elsewhere(request):
            raise HTTPException(403)
        sheet, signature = found.groups()
        expected = _signature(visit_of(request), request.scope["path"], sheet)
        if not hmac.compare_digest(signature, expected) or self._is_old(sheet):
            raise HTTPException(403)
        by = _proven_name(request) or _name(fields.get("by", ""))
        return Asked(fields=fields, by=by, sheet=sheet)

    def take(self, asked: Asked) -> bool:
        """To be asked just before carrying it out; False for one that was sent before."""
        now = self._clock()
        self._taken = {sheet: at for sheet, at in self._taken.items() if now < at + GOOD_FOR}
        if asked.sheet in self._taken:
            return False
        self._taken[asked.sheet] = now
        return True

    def give_back(self, asked: Asked) -> None:
        """It wasn't carried out after all, and may be sent again."""
        self._taken.pop(asked.sheet, None)

    def _is_old(self, sheet: str) -> bool:
        made = int(sheet.partition("-")[0])
        return self._clock().timestamp() >= made + GOOD_FOR.total_seconds()


def done(request: Request, asked: Asked, path: str) -> Response:
    """On to the page that shows what stands; the name is kept for the next form."""
    answer = RedirectResponse(path, 303)
    if not _proven_name(request):
        set_cookie(answer, request, NAME_COOKIE, quote(asked.by), _NAME_KEPT)
    return answer


def name_of(request: Request) -> str:
    """Who acted last in this browser."""
    return _name(unquote(request.cookies.get(NAME_COOKIE, "")))


def _proven_name(request: Request) -> str:
    """Of whoever signed in by it: nobody acts under another name than theirs."""
    visit = visit_of(request)
    return visit.person.name if visit else ""


def _name(typed: str) -> str:
    """One line, of signs that can be seen."""
    seen = "".join(sign if sign.isprintable() else " " for sign in typed)
    return " ".join(seen.split())[:LONGEST_NAME].strip()


def _signature(visit: Visit | None, action: str, sheet: str) -> str:
    """Nobody's forms are good for nothing: behind a door there is always a visit."""
    key = visit.key if visit else secrets.token_bytes(32)
    return hmac.digest(key, f"{action}\n{sheet}".encode(), "sha256").hex()
