"""A fault that two people let leave as it is: one asks and says why, another one allows it."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Protocol

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import App
from scheduler.domain.checking.passing import NotPassed, WhyNot
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.roles import PASS_ROLES
from scheduler.flow.steering import letting_pass
from scheduler.flow.steering.letting_pass import Held
from scheduler.flow.writing.judging import JudgeAway
from scheduler.web.desk import act_words, texts
from scheduler.web.desk.forms import Asked, Wrong, done
from scheduler.web.desk.guard import person_of
from scheduler.web.desk.pages import Desk
from scheduler.web.desk.review import judged

#: Letters of a reason that the audit log keeps.
LONGEST_REASON = 300
#: Seconds that a page waits for what nobody has judged yet.
PATIENCE = 0.8


class Shows(Protocol):
    """The page that the forms stand on."""

    async def show(
        self, request: Request, asked: Mapping[str, str], status: int, wrong: Wrong
    ) -> Response: ...


async def held_by_faults(app: App, message: str) -> Sequence[Held]:
    """What keeps texts of a message from leaving; nothing while nobody has judged them."""
    asked = letting_pass.held_of(app.agenda, app.hand, message, app.clock(), judged)
    try:
        return await asyncio.wait_for(asked, PATIENCE)
    except (TimeoutError, JudgeAway, ContentError, NotFound):
        return []


def _may(request: Request, asked: Asked) -> bool:
    """Whoever may do something to passes may not do all of it."""
    person, wanted = person_of(request), PASS_ROLES.get(asked.fields.get("act", ""))
    return person is not None and wanted is not None and wanted in person.roles


class PassPages:
    def __init__(self, desk: Desk, page: Shows) -> None:
        self._desk = desk
        self._page = page

    async def decide(self, request: Request) -> Response:
        """Ask, allow or hold again, once a form."""
        asked = await self._desk.forms.read(request)
        message, passage = request.path_params["path"], asked.fields.get("passage", "")
        if not _may(request, asked):
            raise HTTPException(403)
        if not asked.by:
            wrong = Wrong(sentence=texts.NO_NAME, field=f"by-{passage}")
            return await self._page.show(request, {}, 400, wrong)
        try:
            if self._desk.forms.take(asked):
                await self._carry_out(asked, message, passage)
        except NotPassed as refused:
            return await self._refused(request, passage, refused.why)
        except JudgeAway:
            return await self._page.show(request, {}, 503, Wrong(sentence=texts.LETTING_UNREAD))
        except NotFound:
            raise HTTPException(404) from None
        return done(request, asked, f"/messages/{message}#passes")

    async def _carry_out(self, asked: Asked, message: str, passage: str) -> None:
        app = self._desk.current()
        agenda, hand, now = app.agenda, app.hand, app.clock()
        if asked.fields.get("act") == "ask":
            reason = asked.fields.get("reason", "")[:LONGEST_REASON]
            await letting_pass.ask(agenda, hand, message, passage, reason, asked.by, now, judged)
        elif asked.fields.get("act") == "withdraw":
            await letting_pass.withdraw(agenda, hand, message, passage, asked.by, now, judged)
        elif asked.fields.get("act") == "allow":
            await letting_pass.allow(agenda, hand, message, passage, asked.by, now, judged)

    async def _refused(self, request: Request, passage: str, why: WhyNot) -> Response:
        field = {WhyNot.NO_NAME: f"by-{passage}", WhyNot.NO_REASON: f"reason-{passage}"}
        wrong = Wrong(sentence=act_words.why_not_passed(why), field=field.get(why, ""))
        return await self._page.show(request, {}, 400 if wrong.field else 409, wrong)
