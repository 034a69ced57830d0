"""/metrics: what makes its figures is loaded when monitoring first asks; many are not watched."""

from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import App

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class MetricsPage:
    def __init__(
        self, current: Callable[[], App], looked_at: Callable[[], datetime | None]
    ) -> None:
        """``looked_at``: when the daemon last looked at the calendar; None: not yet."""
        self._current = current
        self._looked_at = looked_at

    async def show(self, _request: Request) -> Response:
        from scheduler.web.desk.metrics import current_families, exposition

        families = await current_families(self._current(), self._looked_at())
        return Response(exposition(families), media_type=MEDIA_TYPE)
