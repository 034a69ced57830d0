"""Blanks of a message: what fills them, and the remedy when it can't."""

from pathlib import Path

import pytest

from scheduler.content import event_values
from scheduler.content.library import Library
from scheduler.content.placeholders import filled
from scheduler.domain.errors import ContentError
from tests.flow_world import MESSAGES, write_installation

HEAD = MESSAGES["essai/message.yaml"] + (
    "placeholders:\n  lieu: {label: Lieu, example: salle Jade, default: '', max_length: 20}\n"
)


def library(folder: Path) -> Library:
    sms = {"essai/message.yaml": HEAD, "essai/sms.fr.txt": "Rendez-vous {{ lieu }}"}
    return Library(write_installation(folder, messages=sms).parent / "templates")


def test_an_empty_default_fills_a_blank(tmp_path: Path) -> None:
    message = library(tmp_path).load("essai")

    assert filled(message, {}, "message.yaml") == {"lieu": ""}


def test_the_remedy_teaches_no_misspelling(tmp_path: Path) -> None:
    message = library(tmp_path).load("essai")

    remedies = [remedy for _, remedy in event_values.faults(message, "lieu", "place reçue")]

    assert remedies == ["choisissez un autre mot, sans cette lettre"]


def test_a_tab_is_named_with_its_line(tmp_path: Path) -> None:
    config = write_installation(tmp_path, messages={"essai/message.yaml": "title: a\n\tclass: b\n"})

    with pytest.raises(ContentError) as faulty:
        Library(config.parent / "templates").load("essai")

    fault = faulty.value.fault
    assert (fault.what, fault.line) == ("une tabulation est dans ces lignes", 2)
    assert "espaces" in fault.remedy
