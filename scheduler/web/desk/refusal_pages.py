"""Opening again, on the desk, what refusals closed: one address, or a domain's since a day."""

from datetime import date
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from scheduler.domain.answers.bursts import Reopened
from scheduler.domain.errors import AddressRefused
from scheduler.flow.people.reopening import reopen_address, reopen_domain
from scheduler.web.desk import texts
from scheduler.web.desk.forms import Asked, Wrong, done
from scheduler.web.desk.pages import Desk

#: Letters of a reason that the audit log keeps.
LONGEST_REASON = 300


class Shows(Protocol):
    """The page that the form stands on."""

    async def show(self, request: Request, status: int, wrong: Wrong) -> Response: ...


class _NotFilledIn(Exception):
    """A field is missing or can't be read: what is said beside it."""

    def __init__(self, sentence: str, field: str) -> None:
        super().__init__(sentence)
        self.wrong = Wrong(sentence=sentence, field=field)


class RefusalPages:
    def __init__(self, desk: Desk, page: Shows) -> None:
        self._desk = desk
        self._page = page

    async def reopen(self, request: Request) -> Response:
        asked = await self._desk.forms.read(request)
        try:
            _check(asked)
            if self._desk.forms.take(asked):
                opened = await self._open(asked)
                if not opened.addresses and not opened.held:
                    raise _NotFilledIn(texts.NOTHING_CLOSED, "refused")
        except _NotFilledIn as found:
            return await self._page.show(request, 400, found.wrong)
        return done(request, asked, "/reports")

    async def _open(self, asked: Asked) -> Reopened:
        app, why = self._desk.current(), asked.fields["reason"][:LONGEST_REASON]
        typed, since = asked.fields["refused"].strip(), asked.fields.get("since", "").strip()
        try:
            if not since:
                _, opened = await reopen_address(app.bounces, typed, why, asked.by, app.clock())
                return opened
            # Addresses that an older version took in learn their domain first.
            await app.regrouping.finish()
            _, opened = await reopen_domain(
                app.bounces, typed, _day(since), self._desk.zone(), why, asked.by, app.clock()
            )
        except AddressRefused:
            raise _NotFilledIn(texts.NOT_AN_ADDRESS, "refused") from None
        return opened


def _check(asked: Asked) -> None:
    if not asked.fields.get("refused", "").strip():
        raise _NotFilledIn(texts.NOT_AN_ADDRESS, "refused")
    if not asked.fields.get("reason", "").strip():
        raise _NotFilledIn(texts.NO_REASON, "reason")
    if not asked.by:
        raise _NotFilledIn(texts.NO_NAME, "by-reopen")


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise _NotFilledIn(texts.NOT_A_DAY, "since") from None
