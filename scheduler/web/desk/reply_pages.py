"""What people answered by SMS, for a person to read: one form decides each."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.domain.answers.replies import DECISION_WORDS, KIND_WORDS, decisions_on
from scheduler.domain.people.addresses import mask_phone
from scheduler.web.desk import texts
from scheduler.web.desk.forms import Wrong, done
from scheduler.web.desk.pages import Desk

#: On the page at once, the oldest first.
MOST_SHOWN = 100


class ReplyPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def listing(self, request: Request) -> Response:
        return await self._show(request)

    async def decide(self, request: Request) -> Response:
        """Once: a second form on the same reply finds it closed."""
        asked = await self._desk.forms.read(request)
        number, decision = request.path_params["reply"], asked.fields.get("decision", "")
        if decision not in list(DECISION_WORDS):
            raise HTTPException(400)
        if not asked.by:
            wrong = Wrong(sentence=texts.NO_NAME, field=f"by-{number}")
            return await self._show(request, 400, wrong)
        if self._desk.forms.take(asked):
            app = self._desk.current()
            await app.replies.close_reply(number, decision, asked.by, app.clock())
        return done(request, asked, "/replies")

    async def _show(
        self, request: Request, status: int = 200, wrong: Wrong | None = None
    ) -> Response:
        return self._desk.page(
            request,
            "replies",
            status,
            replies=(await self._desk.current().replies.open_replies())[:MOST_SHOWN],
            kinds=KIND_WORDS,
            decisions_on=decisions_on,
            decision_words=DECISION_WORDS,
            mask=mask_phone,
            zone=self._desk.zone(),
            wrong=wrong,
        )
