"""« Quiz et avis »: each quiz as the public site has it, and what was counted; never who."""

from asyncio import to_thread

from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import host_name_of
from scheduler.domain.quizzes.counted import Pressed, Reaction, of_quiz
from scheduler.domain.quizzes.showing import told
from scheduler.domain.showing.small_numbers import Figures, Shown
from scheduler.flow.showing.quizzes import Shelf
from scheduler.web.desk.pages import Desk


class QuizPages:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._shelf = Shelf()

    async def show(self, request: Request) -> Response:
        app = self._desk.current()
        organisation = app.configuration.settings.organisation.name
        values = {"hote": host_name_of(app), "organisation": organisation}
        offered = await to_thread(self._shelf.all, app.configuration.templates, values)
        figures = await self._desk.figures()
        counts = await app.tallies.answers()
        shown = []
        for one in offered.values():
            found = of_quiz(counts, one.french)
            rows = [
                (question, told(found[question.key], question.right, figures))
                for question in one.french.questions
            ]
            shown.append((one, rows))
        return self._desk.page(
            request,
            "quizzes",
            quizzes=shown,
            page=app.links.quiz_page,
            labels={one.name: one.label for one in app.configuration.audiences},
            reactions=_by_message(await app.tallies.reactions(), figures),
            figures=figures,
        )


def _by_message(counts: dict[Pressed, int], figures: Figures) -> list[tuple[str, str, list[Shown]]]:
    """(message, audience, each reaction in its order)."""
    texts = sorted({(one.message, one.audience) for one in counts})
    return [
        (
            message,
            audience,
            [figures.of(counts.get(Pressed(message, audience, one), 0)) for one in Reaction],
        )
        for message, audience in texts
    ]
