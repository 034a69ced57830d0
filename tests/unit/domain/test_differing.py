"""What differs between two texts, by words."""

import pytest

from scheduler.domain.writing.differing import Kind, Piece, changes_of, differences

SAME, GONE, NEW = Kind.SAME, Kind.GONE, Kind.NEW


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "", []),
        ("Bonjour.\n", "Bonjour.\n", [(SAME, "Bonjour.\n")]),
        ("", "Bonjour.\n", [(NEW, "Bonjour.\n")]),
        ("Bonjour.\n", "", [(GONE, "Bonjour.\n")]),
        (
            "Fermez la porte.\n",
            "Fermez votre porte.\n",
            [(SAME, "Fermez "), (GONE, "la"), (NEW, "votre"), (SAME, " porte.\n")],
        ),
        ("a\nb\n", "a\nb\nc\n", [(SAME, "a\nb\n"), (NEW, "c\n")]),
        ("a\nb\nc\n", "a\nc\n", [(SAME, "a\n"), (GONE, "b\n"), (SAME, "c\n")]),
    ],
)
def test_words_that_went_and_came_are_told_in_reading_order(
    old: str, new: str, found: list[tuple[Kind, str]]
) -> None:
    assert differences(old, new) == [Piece(kind, text) for kind, text in found]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("un deux trois\nquatre\n", "un trois\nquatre cinq\n"),
        ("x" * 9000, "y " * 5000),
        ("é’", "e"),
        ("\n" * 40_000, "\n" * 20_000 + "z" + "\n" * 20_000),
        ("a " * 1_500, "b" + " a" * 1_500),
    ],
)
def test_each_text_can_be_read_out_of_the_differences(old: str, new: str) -> None:
    found = differences(old, new)

    assert "".join(one.text for one in found if one.kind is not NEW) == old
    assert "".join(one.text for one in found if one.kind is not GONE) == new


def test_of_a_long_text_the_lines_around_a_change_are_shown() -> None:
    lines = [f"ligne {number}\n" for number in range(40)]
    other = [*lines[:20], "une autre\n", *lines[21:]]

    found = changes_of("".join(lines), "".join(other))

    kinds = [one.kind for one in found]
    assert kinds[0] is kinds[-1] is Kind.LEFT_OUT
    shown = "".join(one.text for one in found if one.kind is not Kind.LEFT_OUT)
    assert "ligne 17\n" in shown
    assert "ligne 23\n" in shown
    assert "ligne 10\n" not in shown
    assert "".join(one.text for one in found if one.kind is not NEW) == "".join(lines)


def test_where_nothing_differs_nothing_is_shown() -> None:
    assert changes_of("a\n" * 30, "a\n" * 30) == []
