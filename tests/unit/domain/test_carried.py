"""Texts that a folder brings: which are written over whose, and who may be the second person."""

from datetime import UTC, datetime

import pytest

from scheduler.domain.writing.carried import Carried, is_overtaken, is_second, stands
from scheduler.domain.writing.edits import Edit, fingerprint

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)


def carried(content: str = "Nouveau.\n", exported: str | None = None) -> Carried:
    return Carried(
        path="cybermois/annonce/email.staff.fr.md",
        content=content,
        base="Le fichier.\n",
        written_by="Luc",
        published_by="Luc",
        is_listed=exported is not None,
        exported=fingerprint(exported) if exported else "",
    )


def history(*contents: str | None, by: str = "Ana") -> list[Edit]:
    """The newest first, as the ledger gives it; the oldest is said first."""
    return [
        Edit(
            path="cybermois/annonce/email.staff.fr.md",
            number=number,
            content=content,
            base="Le fichier.\n",
            written_by=by,
            published_by=by,
            at=AT,
        )
        for number, content in reversed([*enumerate(contents, 1)])
    ]


@pytest.mark.parametrize(
    ("latest", "file", "content", "already"),
    [
        (None, "Le fichier.\n", "Le fichier.\n", True),
        (None, "Le fichier.\n", "Nouveau.\n", False),
        ("Nouveau.\n", "Le fichier.\n", "Nouveau.\n", True),
        ("Nouveau.\n", "Le fichier.\n", "Le fichier.\n", False),
    ],
)
def test_what_readers_get_already(
    latest: str | None, file: str, content: str, already: bool
) -> None:
    edits = history(latest) if latest else []
    assert stands(carried(content), edits[0] if edits else None, file) is already


@pytest.mark.parametrize(
    ("one", "edits", "overtaken"),
    [
        (carried(), [], False),
        (carried(), history("Autre.\n"), True),
        (carried(), history("Autre.\n", by="luc"), False),
        (carried(), history("Autre.\n", None), False),
        (carried(), history("Nouveau.\n", None), False),
        (carried(exported="Un.\n"), history("Un.\n"), False),
        (carried(exported="Un.\n"), history("Un.\n", "Deux.\n"), True),
        (carried(exported="Un.\n"), history("Un.\n", "Deux.\n", by="Luc"), False),
        # The same folder once more, after its own people went on: nothing older comes back.
        (carried("Un.\n", "Un.\n"), history("Un.\n", "Deux.\n", by="Luc"), True),
        (carried("Un.\n"), history("Un.\n", "Deux.\n", by="Luc"), True),
        # Somebody went back to it in the folder, on purpose.
        (carried("Un.\n", "Deux.\n"), history("Un.\n", "Deux.\n", by="Ana"), False),
    ],
)
def test_what_somebody_published_since(one: Carried, edits: list[Edit], overtaken: bool) -> None:
    assert is_overtaken(one, edits, "Luc") is overtaken


def test_who_brings_or_wrote_a_text_is_no_second_person() -> None:
    assert is_second("Ana", "Marie", [carried()])
    assert not is_second("luc", "Marie", [carried()])
    assert not is_second("MARIE ", "Marie", [carried()])
    assert not is_second("--", "Marie", [])


def test_the_second_person_publishes_what_was_changed_and_a_name_kept_stays() -> None:
    assert carried().publication(2, "Ana").published_by == "Ana"
    assert carried("Un.\n", "Un.\n").publication(2, "Ana").published_by == "Luc"
    assert carried().publication(2).over == 2
