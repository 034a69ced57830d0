"""« Sources »: when each was read, what it gave, and what of it a person may confirm."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import every_source
from scheduler.domain.errors import NotFound
from scheduler.domain.people.sourced import SourceLook
from scheduler.domain.values import frozen
from scheduler.domain.words import sourced as words
from scheduler.web.desk import texts
from scheduler.web.desk.forms import Wrong, done
from scheduler.web.desk.pages import Desk

#: Readings that are shown of each.
SHOWN = 30


@frozen
class _Shown:
    label: str
    kind: str
    every: str
    looks: list[SourceLook]
    #: The number of the one that waits for a person's word; 0: none.
    waits: int


class SourcePages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def listing(self, request: Request) -> Response:
        return await self._show(request)

    async def confirm(self, request: Request) -> Response:
        asked = await self._desk.forms.read(request)
        number = request.path_params["reading"]
        if not asked.by:
            wrong = Wrong(sentence=texts.NO_NAME, field=f"by-{number}")
            return await self._show(request, 400, wrong)
        if self._desk.forms.take(asked):
            app = self._desk.current()
            try:
                said = await app.sources.confirm(number, asked.by, app.clock())
            except NotFound:
                said = False
            if not said:
                wrong = Wrong(sentence=texts.SOURCE_NOT_WAITING)
                return await self._show(request, 404, wrong)
        return done(request, asked, "/sources?noted=1")

    async def _show(
        self, request: Request, status: int = 200, wrong: Wrong | None = None
    ) -> Response:
        app = self._desk.current()
        found = []
        for audience, settings in every_source(app):
            looks = await app.sources.history(audience.source, SHOWN)
            judged = await app.sources.latest_judged(audience.source, settings.kind)
            found.append(
                _Shown(
                    label=audience.label,
                    kind=words.kind(settings.kind),
                    every=_often(settings.interval.total_seconds()),
                    looks=looks,
                    waits=judged.number if judged and judged.may_be_confirmed else 0,
                )
            )
        return self._desk.page(
            request,
            "sources",
            status,
            found=found,
            words=words,
            local=self._local,
            noted="noted" in request.query_params,
            wrong=wrong,
        )

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self._desk.zone())


def _often(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes % 1440 == 0:
        days = minutes // 1440
        return "chaque jour" if days == 1 else f"tous les {days} jours"
    if minutes % 60 == 0:
        hours = minutes // 60
        return "chaque heure" if hours == 1 else f"toutes les {hours} heures"
    return "chaque minute" if minutes == 1 else f"toutes les {minutes} minutes"
