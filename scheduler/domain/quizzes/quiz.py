"""A quiz: a few questions on one message, for anybody to answer, and how an answer is judged.

Nothing here knows who answers. The key of a question and the letter of an answer are the same in
every language: they are all that is counted.
"""

import re
from collections.abc import Mapping, Sequence

from scheduler.domain.values import frozen

#: Of each quiz; another number is advised against.
QUESTIONS = 5
#: Answers of a question, at least and at most.
FEWEST, MOST = 2, 5
#: The word in a quiz's address; it says nothing of who is asked.
ADDRESS = re.compile(r"[a-z][a-z0-9-]{1,29}")
KEY = re.compile(r"[a-z][a-z0-9-]{0,29}")
LETTER = re.compile(r"[a-e]")


@frozen
class Question:
    key: str
    ask: str
    #: Letter -> what it says, in the order shown.
    answers: Mapping[str, str]
    #: The letter of the right one.
    right: str
    #: Told once it is answered, right or not.
    why: str


@frozen
class Quiz:
    """One quiz in one language."""

    #: Its word on the public site; unlike those of all others.
    address: str
    #: Path of the message it belongs to, and the audience it is written for.
    message: str
    audience: str
    #: ``fr``, ``en``, ``fr-falc``.
    variant: str
    title: str
    intro: str
    questions: Sequence[Question]
    #: The one thing to do now.
    now: str
    #: (words, address) of what leads further.
    further: Sequence[tuple[str, str]] = ()
    #: Not on the public site yet.
    draft: bool = False


@frozen
class Answer:
    """One question with the letter that was chosen; empty: none, or none that it has."""

    question: Question
    chosen: str

    @property
    def is_right(self) -> bool:
        return self.chosen == self.question.right


def same_answers(one: Quiz, other: Quiz) -> bool:
    """Whether two languages of a quiz ask the same: their answers are counted together."""
    return one.address == other.address and _shape(one) == _shape(other)


def _shape(quiz: Quiz) -> Mapping[str, tuple[frozenset[str], str]]:
    return {one.key: (frozenset(one.answers), one.right) for one in quiz.questions}


def judged(quiz: Quiz, chosen: Mapping[str, str]) -> list[Answer]:
    """Every question in its order, by the letters chosen; whatever else was sent is nothing."""
    found = ((one, chosen.get(one.key, "")) for one in quiz.questions)
    return [
        Answer(question=one, chosen=letter if letter in one.answers else "")
        for one, letter in found
    ]


def score(answers: Sequence[Answer]) -> int:
    return sum(one.is_right for one in answers)
