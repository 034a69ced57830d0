"""The quizzes: a page of questions, its answers explained, a certificate and a sheet for a room.

Nobody is known: no cookie, no link of anybody's, nothing in the address but the quiz's own word.
"""

import secrets
from collections.abc import Callable
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from scheduler.bootstrap import App, host_name_of, host_of_pages
from scheduler.domain.names.tokens import FormToken
from scheduler.domain.quizzes.counted import chosen
from scheduler.domain.quizzes.quiz import Quiz, judged, score
from scheduler.domain.showing.public_pages import QUIZ
from scheduler.flow.answers.tallying import Tally
from scheduler.flow.showing.quizzes import Offered, Shelf
from scheduler.web.limits import read_form
from scheduler.web.public.languages import keep_punctuation, texts_in
from scheduler.web.public.rendering import Pages
from scheduler.web.public.stuffing import Gate

#: Before a question's key, in its form.
FIELD = "q-"
#: The hidden field of a form of ours.
FORM = "form"


class QuizPages:
    """Opening a page changes nothing."""

    def __init__(
        self, current: Callable[[], App], pages: Pages, shelf: Shelf, gate: Gate, tally: Tally
    ) -> None:
        self._current = current
        self._pages = pages
        self._shelf = shelf
        self._gate = gate
        self._tally = tally

    async def quiz(self, request: Request) -> Response:
        """The questions; by POST, what is right and why."""
        offered, quiz = self._asked(request)
        if request.method != "POST":
            return self._form(request, offered, quiz)
        form = await read_form(request)
        answers = judged(
            quiz,
            {name[len(FIELD) :]: text for name, text in form.items() if name.startswith(FIELD)},
        )
        if not any(one.chosen for one in answers):
            return self._form(request, offered, quiz, status=422)
        if self._counts(request, form.get(FORM, ""), quiz):
            self._tally.count(chosen(quiz, answers))
        return self._page(
            request, "quiz_answers", offered, quiz, answers=answers, right=score(answers)
        )

    async def certificate(self, request: Request) -> Response:
        """To print. It names nobody, and proves nothing."""
        offered, quiz = self._asked(request)
        return self._page(request, "quiz_certificate", offered, quiz)

    async def sheet(self, request: Request) -> Response:
        """For a trainer: the questions to print for a room, and apart their answers."""
        offered, quiz = self._asked(request)
        return self._page(request, "quiz_sheet", offered, quiz)

    def _asked(self, request: Request) -> tuple[Offered, Quiz]:
        """Raises HTTPException (404)."""
        app = self._current()
        settings = app.configuration.settings
        values = {"hote": host_name_of(app), "organisation": settings.organisation.name}
        found = self._shelf.all(app.configuration.templates, values)
        offered = found.get(request.path_params["address"])
        if offered is None:
            raise HTTPException(404)
        return offered, offered.best(request.query_params.get("lang"))

    def _form(self, request: Request, offered: Offered, quiz: Quiz, status: int = 200) -> Response:
        token = FormToken(page=_page_of(quiz), made_at=self._now(), nonce=secrets.token_bytes(8))
        return self._page(
            request,
            "quiz",
            offered,
            quiz,
            status,
            token=self._current().ledger.tokens.form(token),
            nothing=status != 200,
        )

    def _page(
        self,
        request: Request,
        name: str,
        offered: Offered,
        quiz: Quiz,
        status: int = 200,
        **values: object,
    ) -> Response:
        texts = texts_in(quiz.variant, quiz.variant[:2])
        if texts.language == "fr":
            values = {name: keep_punctuation(one) for name, one in values.items()}
            quiz = keep_punctuation(quiz)
        return self._pages.page(
            request,
            name,
            texts,
            status,
            quiz=quiz,
            words=texts.quiz,
            variants=[one for one in offered.by_variant if one != quiz.variant],
            lang="" if quiz.variant == "fr" else f"?lang={quiz.variant}",
            field=FIELD,
            host=host_of_pages(self._current()),
            **values,
        )

    def _counts(self, request: Request, token: str, quiz: Quiz) -> bool:
        found = self._current().ledger.tokens.open_form(token, _page_of(quiz))
        client = request.client.host if request.client else ""
        return self._gate.admits(found, client, self._now())

    def _now(self) -> datetime:
        return self._current().clock()


def _page_of(quiz: Quiz) -> str:
    return f"{QUIZ}{quiz.address}"
