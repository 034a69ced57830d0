"""« Chiffres saisis »: what was read elsewhere, with a form to type it and one to take it away."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from scheduler.domain.errors import FigureRefused, NotFound
from scheduler.domain.measure.typed import FigureKind, TypedFigure, checked
from scheduler.domain.words.figures import FIGURE_WORDS, counted
from scheduler.flow.showing.titles import campaign_title
from scheduler.web.desk import texts
from scheduler.web.desk.forms import Asked, Wrong, done
from scheduler.web.desk.pages import Desk

#: What a person types, to be shown again where something is wrong.
_FIELDS = ("campaign", "season", "kind", "amount", "source", "day")


class FigurePages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def listing(self, request: Request) -> Response:
        return await self._show(request)

    async def add(self, request: Request) -> Response:
        asked = await self._desk.forms.read(request)
        app = self._desk.current()
        try:
            figure = self._figure(asked)
            if not asked.by:
                raise FigureRefused("say who types it", "by")
            if self._desk.forms.take(asked):
                await app.typed_figures.add(figure, asked.by, app.clock())
        except FigureRefused as refused:
            return await self._show(request, 400, _wrong(refused), asked)
        return done(request, asked, "/figures?noted=1")

    async def remove(self, request: Request) -> Response:
        asked = await self._desk.forms.read(request)
        if not asked.by:
            wrong = Wrong(sentence=texts.WRONG_FIGURE["by"])
            return await self._show(request, 400, wrong, asked)
        if self._desk.forms.take(asked):
            app = self._desk.current()
            try:
                await app.typed_figures.remove(request.path_params["figure"], asked.by, app.clock())
            except NotFound:
                return await self._show(request, 404, Wrong(sentence=texts.FIGURE_GONE))
        return done(request, asked, "/figures?noted=1")

    def _figure(self, asked: Asked) -> TypedFigure:
        fields, today = asked.fields, self._desk.current().clock().astimezone(self._desk.zone())
        amount = "".join(fields.get("amount", "").split())
        if fields.get("campaign") not in self._campaigns():
            raise FigureRefused("no such campaign", "campaign")
        if fields.get("kind") not in set(FigureKind):
            raise FigureRefused("no such kind", "kind")
        if not (amount.isascii() and amount.isdecimal() and len(amount) < 12):
            raise FigureRefused("no number", "amount")
        figure = TypedFigure(
            campaign=fields["campaign"],
            season=fields.get("season", "").strip(),
            kind=FigureKind(fields["kind"]),
            amount=int(amount),
            source=fields.get("source", ""),
            day=_day(fields.get("day", "")),
        )
        return checked(figure, today.date())

    def _campaigns(self) -> list[str]:
        return [one.name for one in self._desk.current().configuration.campaigns]

    async def _show(
        self,
        request: Request,
        status: int = 200,
        wrong: Wrong | None = None,
        asked: Asked | None = None,
    ) -> Response:
        app = self._desk.current()
        today = app.clock().astimezone(self._desk.zone()).date()
        first = dict.fromkeys(_FIELDS, "") | {"season": str(today.year), "day": today.isoformat()}
        typed = {one: asked.fields.get(one, "") for one in _FIELDS} if asked else first
        return self._desk.page(
            request,
            "figures",
            status,
            found=list(reversed(await app.typed_figures.every())),
            kinds=FIGURE_WORDS,
            counted=counted,
            campaigns={
                one.name: campaign_title(app.agenda, one) for one in app.configuration.campaigns
            },
            typed=typed,
            today=today.isoformat(),
            noted="noted" in request.query_params,
            wrong=wrong,
        )


def _wrong(refused: FigureRefused) -> Wrong:
    if str(refused).startswith("figure "):
        return Wrong(sentence=texts.OTHER_FIGURE, field="amount")
    field = "by-figure" if refused.field == "by" else refused.field
    return Wrong(sentence=texts.WRONG_FIGURE[refused.field], field=field)


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise FigureRefused("no day", "day") from None
