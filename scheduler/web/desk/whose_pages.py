"""« À nous ou pas ? »: a mail is dropped here, and the answer says why. Nothing of it is kept."""

from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import whose_mail
from scheduler.domain.answers.whose import AGAINST
from scheduler.domain.words.whose import SIGNS, VERDICTS
from scheduler.flow.showing.titles import message_of
from scheduler.web.desk import texts
from scheduler.web.desk.forms import Wrong
from scheduler.web.desk.pages import Desk
from scheduler.web.limits import read_upload


class WhosePages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, request: Request) -> Response:
        return self._desk.page(request, "whose", wrong=None, answer=None)

    async def ask(self, request: Request) -> Response:
        raw = await read_upload(request, "mail")
        asked = await self._desk.forms.read(request)
        raw = raw or asked.fields.get("source", "").strip().encode("utf-8", "replace")
        if not raw:
            wrong = Wrong(sentence=texts.NO_MAIL, field="mail")
            return self._desk.page(request, "whose", 400, wrong=wrong, answer=None)
        app = self._desk.current()
        answer = await whose_mail(app, raw)
        title = ""
        if answer.sent is not None:
            _, title = message_of(app.agenda, answer.sent.campaign, answer.sent.episode)
        return self._desk.page(
            request,
            "whose",
            wrong=None,
            answer=answer,
            verdict=VERDICTS[answer.verdict],
            signs=[(one in AGAINST, SIGNS[one]) for one in answer.signs],
            title=title,
            zone=self._desk.zone(),
        )
