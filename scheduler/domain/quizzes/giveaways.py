"""What gives a right answer away to who hasn't understood: its length, or its place."""

from collections import Counter
from collections.abc import Iterator, Sequence

from scheduler.domain.quizzes.quiz import Question
from scheduler.domain.values import frozen

#: The right answer is so much longer than the longest wrong one, in letters and in proportion.
LETTERS, TIMES = 15, 1.4
#: Of the questions: the right answer may be the longest in so many, and at one place in so many.
MOST_LONGEST = 0.6
MOST_AT_ONE_PLACE = 0.6
#: With fewer questions chance alone does it.
ENOUGH = 4


@frozen
class GiveAway:
    #: Key of the question; empty: the quiz as a whole.
    question: str
    what: str
    remedy: str


def give_aways(questions: Sequence[Question]) -> Iterator[GiveAway]:
    """In French, for writers."""
    for one in questions:
        yield from _of_one(one)
    if len(questions) < ENOUGH:
        return
    longest = sum(_is_longest(one) for one in questions)
    if longest > MOST_LONGEST * len(questions):
        yield GiveAway(
            question="",
            what=f"la bonne réponse est la plus longue {longest} fois sur {len(questions)}",
            remedy="raccourcissez-en quelques-unes, ou étoffez une réponse fausse",
        )
    place, often = Counter(_place(one) for one in questions).most_common(1)[0]
    if often > MOST_AT_ONE_PLACE * len(questions):
        yield GiveAway(
            question="",
            what=f"la bonne réponse est {often} fois sur {len(questions)} à la place {place + 1}",
            remedy="changez l'ordre des réponses",
        )


def _of_one(question: Question) -> Iterator[GiveAway]:
    right = question.answers[question.right]
    wrong = [text for letter, text in question.answers.items() if letter != question.right]
    most = max(map(len, wrong), default=0)
    if len(right) > most + LETTERS and len(right) > TIMES * most:
        yield GiveAway(
            question=question.key,
            what="la bonne réponse est bien plus longue que les autres",
            remedy="donnez à toutes à peu près la même longueur",
        )


def _is_longest(question: Question) -> bool:
    right = question.answers[question.right]
    others = (text for letter, text in question.answers.items() if letter != question.right)
    return all(len(right) > len(text) for text in others)


def _place(question: Question) -> int:
    return list(question.answers).index(question.right)
