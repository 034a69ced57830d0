"""« Réglages et droit »: how each rule of the register stands, for the data-protection officer."""

from asyncio import to_thread

from starlette.requests import Request
from starlette.responses import Response

from scheduler.domain.law.codes import State
from scheduler.domain.law.standing import weakest_first
from scheduler.domain.law.words import state_word, summary
from scheduler.flow.law.standing import law_of
from scheduler.web.desk.pages import Desk


class LawPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, request: Request) -> Response:
        # It reads the audiences' files and the messages' cards.
        found = await to_thread(law_of, self._desk.current().configuration)
        return self._desk.page(
            request,
            "law",
            weakened=[one for one in weakest_first(found) if one.state is not State.HELD],
            held=[one for one in found if one.state is State.HELD],
            summary=summary(found),
            state_word=state_word,
        )
