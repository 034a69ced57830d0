"""The twins of the shipped messages: what their writers chose, and what is made of it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from scheduler.config.loading import load
from scheduler.content.folder import MessageFolder
from scheduler.domain.host import OURS, VICTOR
from scheduler.domain.twins import LONGEST_LINE, LONGEST_POINT, Twin
from scheduler.flow.agenda import Agenda
from scheduler.flow.writing.twins import Asked, make
from tests.shipped import ROOT, folders

#: Characters: large words for whoever reads with effort.
_LONGEST_EASY = 75
CHOSEN = [folder for folder in folders() if folder.twins]
_BLOCKS = [
    pytest.param(folder, audience, variant, id=f"{folder.path} {audience} {variant}")
    for folder in CHOSEN
    for audience, variant in folder.twins
]
#: What was four all along: October's reflexes, and whom to call in which order.
_IN_FOUR = {
    *(("cybermois/bilan", audience) for audience in ("staff", "patients")),
    ("rappels/12-dans-l-heure", "staff"),
}
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
        own = {("staff", "fr"), ("patients", "fr")}
        assert {*folder.twins} >= own or {*folder.twins} == {("patients", "fr-falc")}


@pytest.mark.parametrize(("folder", "audience", "variant"), _BLOCKS)
def test_three_points_are_read_from_afar_and_a_line_begins_the_post(
    folder: MessageFolder, audience: str, variant: str
) -> None:
    block = folder.twins[audience, variant]

    is_easy = variant == "fr-falc"
    assert len(block.points) == (4 if (folder.path, audience) in _IN_FOUR else 3)
    assert max(map(len, block.points)) <= (_LONGEST_EASY if is_easy else LONGEST_POINT)
    assert (0 if is_easy else 1) <= len(block.post) <= LONGEST_LINE
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
            yield from filter(None, (*block.points, block.post))


@pytest.mark.parametrize("folder", CHOSEN, ids=lambda folder: folder.path)
async def test_an_easy_poster_has_words_as_large_as_the_other(folder: MessageFolder) -> None:
    if ("patients", "fr-falc") not in folder.twins:
        return
    agenda = Agenda(load(ROOT / "config.yaml"))
    points = {}
    for language in ("fr", "fr-falc"):
        asked = Asked(message=folder.path, kind=Twin.POSTER, audience="patients", language=language)
        page = (await make(agenda, None, asked, datetime(2026, 9, 1, tzinfo=UTC))).text
        (size,) = re.findall(r"^li \{.*?font-size: ([\d.]+)rem", page, re.MULTILINE)
        points[language] = float(size)

    assert points["fr-falc"] >= max(2.0, points["fr"])
