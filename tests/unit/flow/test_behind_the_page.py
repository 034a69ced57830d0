"""What stands behind the page on which texts are written: what stands, who says yes."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.config.configuration import Configuration
from scheduler.config.loading import load
from scheduler.content.library import Library
from scheduler.domain.checking.findings import Finding, Hold, Severity
from scheduler.domain.errors import NotFound, Overtaken
from scheduler.domain.writing.drafts import Draft, DraftState
from scheduler.domain.writing.edits import Edit, fingerprint
from scheduler.flow.writing import behind, passages, writing
from tests.flow_world import MESSAGES, open_world, write_installation

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
TEXT, FOOTER = "essai/email.fr.md", "_snippets/pied.fr.md"
HEAD = MESSAGES["essai/message.yaml"]


def edit(content: str | None, base: str | None = MESSAGES[TEXT]) -> Edit:
    return Edit(
        path=TEXT,
        number=1,
        content=content,
        base=base,
        written_by="Ana",
        published_by="Léa",
        at=NOW,
    )


def draft(content: str, seen: str) -> Draft:
    return Draft(
        id=1,
        path=TEXT,
        owner="Ana",
        content=content,
        over=1,
        seen=fingerprint(seen),
        version=1,
        state=DraftState.WRITTEN,
        begun_at=NOW,
        saved_at=NOW,
    )


def configured(folder: Path, head: str = HEAD) -> tuple[Configuration, Library]:
    files = {"essai/message.yaml": head}
    configuration = load(write_installation(folder, messages=files), {})
    return configuration, Library(configuration.templates)


def test_what_stands_is_what_was_published_else_the_file(tmp_path: Path) -> None:
    configuration, _ = configured(tmp_path)

    assert writing.standing(configuration, edit("Mieux dit.\n"), TEXT) == "Mieux dit.\n"
    # It was withdrawn.
    assert writing.standing(configuration, edit(None), TEXT) == MESSAGES[TEXT]
    assert writing.standing(configuration, None, TEXT) == MESSAGES[TEXT]
    assert writing.standing(configuration, None, "essai/email.en.md") == ""


def test_only_a_text_that_is_there_is_written(tmp_path: Path) -> None:
    configuration, _ = configured(tmp_path)

    writing.refuse_unknown(configuration, TEXT)
    for path in ("../config.yaml", "essai/notes.txt", "nulle-part/email.fr.md"):
        with pytest.raises(NotFound):
            writing.refuse_unknown(configuration, path)


def test_a_shared_text_is_shown_in_a_message_that_is_made_with_it(tmp_path: Path) -> None:
    _, library = configured(tmp_path)

    assert writing.message_of(library, TEXT) == "essai"
    assert writing.message_of(library, FOOTER) == "essai"
    assert writing.message_of(library, FOOTER, asked="essai") == "essai"
    assert writing.message_of(library, "_snippets/absent.fr.md", asked="essai") == ""


@pytest.mark.parametrize(
    ("head", "second", "service"),
    [
        (HEAD, False, False),
        (HEAD + "approval: true\n", True, False),
        (HEAD.replace("awareness", "service"), True, True),
        # One that can't be read now may be such a one.
        ("title: [\n", True, True),
    ],
)
def test_a_second_person_reads_what_is_about_somebodys_own_affairs(
    tmp_path: Path, head: str, second: bool, service: bool
) -> None:
    _, library = configured(tmp_path, head)

    assert writing.asks_second(library, TEXT) is second
    assert writing.is_of_service(library, "essai") is service
    assert not writing.asks_second(library, "nulle-part/email.fr.md")


def test_a_draft_is_published_over_what_its_writer_saw(tmp_path: Path) -> None:
    configuration, _ = configured(tmp_path)
    file = MESSAGES[TEXT]

    new = writing.publication(configuration, None, draft("Mieux.\n", file), published_by="Léa")
    assert (new.content, new.base, new.written_by) == ("Mieux.\n", file, "Ana")
    # Who goes back to what the file says takes the edit away.
    back = writing.publication(
        configuration, edit("Mieux.\n"), draft(file, "Mieux.\n"), published_by="Léa"
    )
    assert back.content is None
    with pytest.raises(Overtaken, match="changed meanwhile"):
        writing.publication(configuration, None, draft("Mieux.\n", "Avant.\n"), published_by="L")


async def test_a_file_changed_under_its_edit_calls_a_person_until_it_is_decided(
    tmp_path: Path,
) -> None:
    class Edits:
        def __init__(self) -> None:
            self.stands = [edit("Mieux dit.\n", base="Autrefois.\n")]

        async def standing(self) -> tuple[int, list[Edit]]:
            return 1, self.stands

    async with open_world(tmp_path) as world:
        edits, files = Edits(), world.config.parent / "templates"

        await behind.look(edits, files, world.app.ledger, NOW)
        await behind.look(edits, files, world.app.ledger, NOW)
        assert await world.alarms() == [f"text-behind templates/{TEXT}"]
        edits.stands = []
        await behind.look(edits, files, world.app.ledger, NOW)
        assert await world.alarms() == []


def test_a_finding_in_a_file_that_is_gone_is_of_no_words(tmp_path: Path) -> None:
    one = Finding(
        file="templates/perdu.md",
        line=3,
        rule="urgency",
        severity=Severity.FAULT,
        message="x",
        remedy="",
        hold=Hold.UNTIL_PASSED,
    )

    (found,) = passages.with_passages([one], tmp_path, {})

    assert len(found.passage) == passages.LENGTH
