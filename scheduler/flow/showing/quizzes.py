"""The quizzes that the public site has: read from the writers' files, as they are today.

A quiz is there when its French file can be read and is no draft; another language, when its
questions, letters and right answers are the French one's: what is counted is the same.
"""

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from scheduler.content import quizzes
from scheduler.content.quizzes import QuizFile
from scheduler.domain.errors import ContentError
from scheduler.domain.quizzes.quiz import Question, Quiz, same_answers
from scheduler.domain.values import frozen

#: The files are looked at again after so long (seconds).
AGAIN = 2.0


@frozen
class Offered:
    """A quiz with its languages."""

    #: Variant -> the quiz, the French one first.
    by_variant: Mapping[str, Quiz]

    @property
    def french(self) -> Quiz:
        return self.by_variant["fr"]

    def best(self, *variants: str | None) -> Quiz:
        """The first of these that there is; else their language, else French."""
        for variant in variants:
            for one in (variant or "", (variant or "").partition("-")[0]):
                if one in self.by_variant:
                    return self.by_variant[one]
        return self.french


class Shelf:
    """Looks at the files now and then: a page that anybody opens reads none."""

    def __init__(self, again: float = AGAIN) -> None:
        self._again = again
        self._looked: tuple[float, Path, Mapping[str, str]] | None = None
        self._offered: Mapping[str, Offered] = {}
        self._spoken: dict[str, tuple[QuizFile, Quiz]] = {}

    def all(self, root: Path, values: Mapping[str, str]) -> Mapping[str, Offered]:
        """Every quiz that is open, by its address. ``values`` fill the fields of their words."""
        seen = self._looked
        fresh = seen is not None and time.monotonic() - seen[0] < self._again
        if not fresh or seen is None or seen[1:] != (root, values):
            if seen is not None and seen[2] != values:
                self._spoken.clear()
            self._offered = offered([one for one in self._read(root, values) if not one.draft])
            self._looked = (time.monotonic(), root, values)
        return self._offered

    def _read(self, root: Path, values: Mapping[str, str]) -> list[Quiz]:
        found = []
        for path in quizzes.everywhere(root):
            try:
                file = quizzes.read(root, path)
            except ContentError:
                continue  # ``check`` tells
            known = self._spoken.get(path)
            if known is None or known[0] is not file:
                self._spoken[path] = known = (file, spoken(file.quiz, values))
            found.append(known[1])
        return found


def offered(found: list[Quiz]) -> Mapping[str, Offered]:
    """By address; of two that say the same address, the first one's message has it."""
    first: dict[str, Quiz] = {}
    for one in found:
        if one.variant == "fr":
            first.setdefault(one.address, one)
    return {
        address: Offered(
            by_variant={
                one.variant: one
                for one in (french, *found)
                if (one.message, one.audience) == (french.message, french.audience)
                and same_answers(one, french)
            }
        )
        for address, french in sorted(first.items())
    }


def spoken(quiz: Quiz, values: Mapping[str, str]) -> Quiz:
    """With its fields filled."""

    def said(text: str) -> str:
        return quizzes.filled(text, values) if "{" in text else text

    def of(question: Question) -> Question:
        answers = {letter: said(text) for letter, text in question.answers.items()}
        return replace(question, ask=said(question.ask), why=said(question.why), answers=answers)

    return replace(
        quiz,
        title=said(quiz.title),
        intro=said(quiz.intro),
        now=said(quiz.now),
        questions=tuple(map(of, quiz.questions)),
    )
