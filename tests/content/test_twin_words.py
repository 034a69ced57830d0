"""The twins of the shipped messages: what their writers chose, and what is made of it."""

import re
from collections.abc import Iterator

import pytest

from scheduler.content.folder import MessageFolder
from scheduler.domain.host import OURS, VICTOR
from scheduler.domain.twins import LONGEST_LINE, LONGEST_POINT
from tests.shipped import folders

CHOSEN = [folder for folder in folders() if folder.twins]
_BLOCKS = [
    pytest.param(folder, audience, variant, id=f"{folder.path} {audience} {variant}")
    for folder in CHOSEN
    for audience, variant in folder.twins
]
#: A service, an organisation's own line, an address: the program puts them there.
_NOT_THERE = re.compile(r"https?:|www\.|@|\d{4}|\b(?:ce|le) (?:lundi|mardi|dimanche)\b")


def test_octobers_four_episodes_and_the_first_reminder_have_their_own_words() -> None:
    assert {folder.path for folder in CHOSEN} >= {
        "cybermois/1-fermer-sa-porte",
        "cybermois/2-ne-pas-donner-ses-cles",
        "cybermois/3-verifier-qui-frappe",
        "cybermois/4-ne-pas-se-devoiler",
        "rappels/01-lien-douteux",
    }
    for folder in CHOSEN:
        assert {*folder.twins} >= {("staff", "fr"), ("patients", "fr")}


@pytest.mark.parametrize(("folder", "audience", "variant"), _BLOCKS)
def test_three_points_are_read_from_afar_and_a_line_begins_the_post(
    folder: MessageFolder, audience: str, variant: str
) -> None:
    block = folder.twins[audience, variant]

    assert len(block.points) == 3
    assert max(map(len, block.points)) <= LONGEST_POINT
    assert 0 < len(block.post) <= LONGEST_LINE
    assert not _NOT_THERE.search(" ".join((*block.points, block.post)))
    for words in (*block.points, block.post):
        assert VICTOR.name not in words
        assert OURS.name not in words


def test_no_line_is_said_twice() -> None:
    said = [*_said()]

    assert len(said) == len({*said})


def _said() -> Iterator[str]:
    for folder in CHOSEN:
        for block in folder.twins.values():
            yield from (*block.points, block.post)
