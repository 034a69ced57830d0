"""« Aide »: how each thing is done here, in the words of whoever does it."""

from starlette.requests import Request
from starlette.responses import Response

from scheduler.web.desk.pages import Desk


class HelpPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, request: Request) -> Response:
        return self._desk.page(request, "help")
