"""What is counted: how often an answer was chosen, how often a button was pressed.

A counter has no date, language, place or person: it can only grow. Answers are answers, never
people: one person may give several, and a program too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.quizzes.quiz import Answer, Quiz


class Reaction(StrEnum):
    """What a reader says of a message, on its web version."""

    #: « Ce conseil m’a été utile. »
    USEFUL = "useful"
    #: « Pas pour moi. »
    NOT_FOR_ME = "not-for-me"
    #: « Je l’ai montré à un proche. »
    SHOWN = "shown"


@dataclass(frozen=True, order=True, slots=True)
class Chosen:
    """A counter of a quiz."""

    quiz: str
    question: str
    option: str


@dataclass(frozen=True, order=True, slots=True)
class Pressed:
    """A counter of a message's reactions, for one audience's text."""

    message: str
    audience: str
    reaction: str


Counter = Chosen | Pressed


def chosen(quiz: Quiz, answers: Sequence[Answer]) -> list[Counter]:
    """What one form adds to: a question without an answer adds nothing."""
    return [Chosen(quiz.address, one.question.key, one.chosen) for one in answers if one.chosen]


def of_quiz(counts: Mapping[Chosen, int], quiz: Quiz) -> dict[str, dict[str, int]]:
    """Question -> letter -> how often, of those that the quiz has today."""
    return {
        one.key: {
            letter: counts.get(Chosen(quiz.address, one.key, letter), 0) for letter in one.answers
        }
        for one in quiz.questions
    }
