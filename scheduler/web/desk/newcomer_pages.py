"""« Arrivants »: how many are greeted, what they get, and a form for those of whom a person is
asked."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from scheduler.domain.errors import Overtaken
from scheduler.flow.showing.titles import campaign_title, message_of
from scheduler.web.desk import texts
from scheduler.web.desk.forms import Wrong, done
from scheduler.web.desk.pages import Desk

#: What the two buttons say.
_ANSWERS = {"allow": True, "refuse": False}


class NewcomerPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, request: Request) -> Response:
        return await self._show(request)

    async def answer(self, request: Request) -> Response:
        asked = await self._desk.forms.read(request)
        answer = _ANSWERS.get(asked.fields.get("answer", ""))
        if answer is None:
            return await self._show(request, 400, Wrong(sentence=texts.NEWCOMERS_SAY))
        if not asked.by:
            wrong = Wrong(sentence=texts.NO_NAME, field="by-newcomers")
            return await self._show(request, 400, wrong)
        if self._desk.forms.take(asked):
            app = self._desk.current()
            shown = asked.fields.get("shown", "")
            try:
                await app.ledger.answer_newcomers(answer, shown, asked.by, app.clock())
            except Overtaken:
                return await self._show(request, 409, Wrong(sentence=texts.NEWCOMERS_OTHERS))
        return done(request, asked, "/newcomers?noted=1")

    async def _show(
        self, request: Request, status: int = 200, wrong: Wrong | None = None
    ) -> Response:
        app = self._desk.current()
        return self._desk.page(
            request,
            "newcomers",
            status,
            standing=await app.ledger.newcomers_standing(),
            figures=await self._desk.figures(),
            campaigns=app.agenda.onboarding,
            title=partial(campaign_title, app.agenda),
            titles={
                (campaign.name, one.name): message_of(app.agenda, campaign.name, one.name)[1]
                for campaign in app.agenda.onboarding
                for one in campaign.episodes
            },
            labels={one.name: one.label for one in app.configuration.audiences},
            days={
                episode.name: episode.when.removeprefix("after-")
                for campaign in app.agenda.onboarding
                for episode in campaign.episodes
            },
            noted="noted" in request.query_params,
            wrong=wrong,
        )
