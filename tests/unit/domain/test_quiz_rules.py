"""Quizzes: what is judged, what is counted, what gives an answer away, what is shown of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.quizzes.counted import Chosen, Pressed, chosen, of_quiz
from scheduler.domain.quizzes.giveaways import give_aways
from scheduler.domain.quizzes.quiz import Question, Quiz, judged, same_answers, score
from scheduler.domain.quizzes.showing import Told, results, told
from scheduler.domain.showing.small_numbers import EXACT, ROUNDED, Veil

SHORT = {"a": "Le laisser", "b": "Le fermer", "c": "Le prêter"}


def question(key: str, right: str = "b", **answers: str) -> Question:
    return Question(key=key, ask="?", answers={**SHORT, **answers}, right=right, why="Voilà.")


def quiz(*questions: Question, variant: str = "fr", address: str = "essai") -> Quiz:
    return Quiz(
        address=address,
        message="cybermois/annonce",
        audience="staff",
        variant=variant,
        title="Essai",
        intro="",
        questions=questions,
        now="",
    )


def test_what_a_form_sends_beside_the_quiz_is_nothing() -> None:
    asked = quiz(question("un"), question("deux"), question("trois"))

    answers = judged(asked, {"un": "b", "deux": "z", "quatre": "a", "trois": "b" * 9000})

    assert [one.chosen for one in answers] == ["b", "", ""]
    assert score(answers) == 1
    assert chosen(asked, answers) == [Chosen("essai", "un", "b")]


def test_counters_of_two_kinds_are_never_one() -> None:
    assert len({Chosen("a", "b", "c"), Pressed("a", "b", "c")}) == 2


def test_only_answers_that_a_quiz_has_today_are_told_of_it() -> None:
    counts = {Chosen("essai", "un", "b"): 3, Chosen("essai", "parti", "a"): 9}

    assert of_quiz(counts, quiz(question("un"))) == {"un": {"a": 0, "b": 3, "c": 0}}


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (quiz(question("un"), question("deux"), variant="en"), True),
        (quiz(question("deux"), question("un"), variant="en"), True),
        (quiz(question("un", right="a"), question("deux"), variant="en"), False),
        (quiz(question("un"), variant="en"), False),
        (quiz(question("un", d="Autre"), question("deux"), variant="en"), False),
        (quiz(question("un"), question("deux"), variant="en", address="autre"), False),
    ],
)
def test_two_languages_are_counted_together_only_if_they_ask_the_same(
    other: Quiz, same: bool
) -> None:
    assert same_answers(other, quiz(question("un"), question("deux"))) is same


def test_a_right_answer_that_is_far_longer_gives_itself_away() -> None:
    long = question("un", b="Le fermer, puis le dire à une collègue qui passe par là")

    (found,) = give_aways([long])

    assert found.question == "un"
    assert not list(give_aways([question("un", b="Le fermer bien")]))


def test_a_right_answer_always_the_longest_or_always_at_one_place_is_told() -> None:
    always = [question(f"q{number}", b="Le fermer bien") for number in range(5)]
    turning = [question(f"q{number}", right="abcab"[number]) for number in range(5)]

    assert [one.question for one in give_aways(always)] == ["", ""]
    assert not list(give_aways(turning))


@pytest.mark.parametrize(
    ("counts", "total", "parts", "right"),
    [
        ({"a": 0, "b": 0}, 0, {}, None),
        ({"a": 2, "b": 7}, Veil.FEW, {}, None),
        # All of one mind, and not many: what each of them said would be known.
        ({"a": 0, "b": 14}, 10, {}, None),
        ({"a": 0, "b": 23}, 20, {"a": 0, "b": 20}, 100),
        ({"a": 12, "b": 37}, 45, {"a": 10, "b": 35}, 75),
        # What is left of the whole would be the small part.
        ({"a": 3, "b": 37}, Veil.HIDDEN, {"a": Veil.FEW, "b": 35}, None),
    ],
)
def test_small_numbers_of_answers_are_veiled(
    counts: dict[str, int], total: object, parts: dict[str, object], right: int | None
) -> None:
    shown = told(counts, "b", ROUNDED)

    assert (shown.total, dict(shown.parts), shown.right) == (total, parts, right)


def test_answers_of_invented_people_are_exact() -> None:
    shown = told({"a": 1, "b": 2}, "b", EXACT)

    assert (shown.total, dict(shown.parts), shown.right) == (3, {"a": 1, "b": 2}, 67)


@given(st.lists(st.integers(0, 60), min_size=2, max_size=4))
def test_no_single_answer_is_found_by_subtraction(counts: list[int]) -> None:
    """What is shown of a whole and its parts leaves no part of one to nine exactly known."""
    named = dict(zip("abcd", counts, strict=False))
    shown = told(named, "a", ROUNDED)

    for letter, part in shown.parts.items():
        if 0 < named[letter] < 10:
            others = [one for name, one in shown.parts.items() if name != letter]
            # Each figure is a step of five below the truth: the rest is never one number.
            assert part is Veil.FEW
            small = sum(1 for name in named if 0 < named[name] < 10)
            assert shown.total is Veil.HIDDEN or small > 1 or Veil.HIDDEN in others


def some(*pairs: tuple[int, int]) -> list[Told]:
    """Questions with so many right and wrong answers."""
    return [told({"a": right, "b": wrong}, "a", ROUNDED) for right, wrong in pairs]


def test_results_are_worked_out_from_what_is_shown_alone() -> None:
    came_to = results(some((53, 12), (12, 53), (2, 3), (40, 3)), ROUNDED)

    # 60 at 80 of a hundred, 60 at 15; the third has too few, the fourth would give three away.
    assert (came_to.answers.shown, came_to.answers.at_least, came_to.right) == (120, True, 45)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        # Of 38 answers only twenty are shown.
        ({"a": 20, "b": 9, "c": 9}, "au moins 20"),
        ({"a": 23, "b": 14}, "au moins 30"),
        ({"a": 20, "b": 0}, "20"),
        ({"a": 20, "b": 9}, "non montré"),
    ],
)
def test_a_total_of_what_is_shown_is_told_to_be_that(counts: dict[str, int], said: str) -> None:
    shown = told(counts, "a", ROUNDED)

    assert shown.answers.in_french() == said
    assert results([shown], ROUNDED).answers.in_french() == said


def test_results_of_too_few_say_nothing() -> None:
    assert results([], ROUNDED).right is None
    assert results(some((2, 3)), ROUNDED).answers.shown is Veil.FEW
    assert results(some((2, 3), (4, 5)), ROUNDED).answers.shown is Veil.HIDDEN
