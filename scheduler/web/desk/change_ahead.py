"""What a change of the calendar would come to, as its page shows it before anybody says yes."""

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Any

from scheduler.bootstrap import App, count_ahead
from scheduler.domain.calendar.changes import Change, Facet
from scheduler.domain.checking.findings import Finding
from scheduler.domain.measure.prices import Prices
from scheduler.domain.showing.small_numbers import Figures
from scheduler.domain.values import frozen
from scheduler.flow.showing.titles import message_of
from scheduler.flow.steering.change_forecast import COUNTED, ChangeForecast, Coming
from scheduler.flow.steering.forecast import Forecast
from scheduler.web.desk.change_forms import Ground
from scheduler.web.desk.change_views import asks_second, messages_of, title_at
from scheduler.web.desk.counting import Counting
from scheduler.web.desk.forecast_view import LeavingView, cost, leaving, outline
from scheduler.web.desk.live import fingerprint
from scheduler.web.desk.pages import Desk


@frozen
class Meant:
    """What somebody would decide, on the calendar of now."""

    ground: Ground
    number: int
    change: Change
    #: On the calendar with the change.
    after: App
    #: Nobody is counted.
    forecast: ChangeForecast

    @property
    def fingerprint(self) -> str:
        """Of the change, and of the calendar and the people that it was shown on."""
        told = f"{self.number} {self.change.print} {self.forecast.print}"
        return hashlib.sha256(told.encode()).hexdigest()


@frozen
class _Read:
    """What the texts were found to have."""

    #: What ``check`` holds against the texts of what is switched on; None: nothing is.
    faults: Sequence[Finding] | None


class ChangeAhead:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._counting = Counting()
        #: Apart from the people: a text is mended while nobody comes or goes.
        self._reading = Counting()

    async def values(self, meant: Meant, seconds: float | None = None) -> dict[str, Any]:
        """For the page; while people are counted, all but the counts. ``seconds``: of patience."""

        async def count() -> ChangeForecast:
            return await count_ahead(meant.after, meant.forecast)

        counted, read = await asyncio.gather(
            self._counting.of(meant.fingerprint, count, seconds), self._read(meant, seconds)
        )
        app, figures = meant.ground.app, await self._desk.figures()
        forecast = counted or meant.forecast
        sms = app.configuration.settings.channels.sms
        prices = Prices(default=sms.price_per_segment, by_prefix=sms.prices)
        slots = [slot for one in forecast.coming for slot in one.slots or ()]
        together = Forecast(slots=slots, untold=None)
        return {
            "coming": [
                (one, _title(meant, one.occurrence), self._leaving(meant, place, one, figures))
                for place, one in enumerate(forecast.coming)
            ],
            "is_long": len(forecast.coming) > COUNTED,
            "is_counting": counted is None or read is None,
            "faults": read.faults if read else None,
            "title_of": lambda one: _title(meant, one),
            "cost": cost(together, prices, figures),
            "sms_parts": figures.of(together.segments),
            "figures": figures,
            "asks_second": asks_second(app, meant.change),
        }

    async def _read(self, meant: Meant, seconds: float | None) -> _Read | None:
        """As the files are now; None: they are still read."""
        if meant.change.facet is not Facet.ENABLED or not meant.forecast.coming:
            return _Read(faults=None)
        messages = [message for _, message in messages_of(meant.after, meant.change)]

        async def read() -> _Read:
            return _Read(faults=await self._desk.review.faults_with(meant.after, messages))

        files = fingerprint(meant.after.configuration.templates)
        key = (self._desk.current().agenda, files, meant.fingerprint)
        return await self._reading.of(key, read, seconds)

    def _leaving(
        self, meant: Meant, place: int, one: Coming, figures: Figures
    ) -> LeavingView | None:
        """None: too far down the list."""
        audiences, now = meant.after.agenda.audiences, meant.after.clock()
        if one.slots is not None:
            return leaving(Forecast(slots=one.slots, untold=None), audiences, figures, now)
        return outline(one.planned, audiences, now) if place < COUNTED else None


def _title(meant: Meant, one: Any) -> str:
    app = meant.ground.app
    known = {each.name for each in app.configuration.campaigns}
    if one.campaign not in known and meant.change.says:
        messages = meant.change.says.get("episodes", {})
        path = messages.get(one.episode, {}).get("message", "")
        return title_at(app, path) or str(one.episode)
    return message_of(app.agenda, one.campaign, one.episode)[1]
