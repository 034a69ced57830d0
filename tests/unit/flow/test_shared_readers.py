"""Which messages are made with a shared text: read once, and again when any file changes."""

import shutil
from pathlib import Path

import pytest

from scheduler.content.library import Library
from scheduler.content.stamp import stamp
from scheduler.flow.writing.readers import shared_readers
from scheduler.flow.writing.writing import readers_of
from tests.flow_world import write_installation

SHIPPED = Path(__file__).parents[3] / "templates"
SHARED = "_snippets/signaler-staff.fr.md"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    root = tmp_path / "templates"
    for name in ("cybermois", "_snippets", "_layouts"):
        shutil.copytree(SHIPPED / name, root / name)
    return Library(root)


def test_they_are_read_once_until_a_file_changes(library: Library) -> None:
    first = readers_of(library, SHARED)
    known = shared_readers(library)
    text = library.root / first[0]
    for file in text.glob("email.staff*.md"):
        said = file.read_text(encoding="utf-8").replace('{{ snippet("signaler-staff") }}', "Fin.")
        file.write_text(said, encoding="utf-8")

    assert shared_readers(library) is not known
    assert readers_of(library, SHARED) == first[1:]
    assert shared_readers(library) is shared_readers(library)
    assert readers_of(library, "cybermois/annonce/email.staff.fr.md") == ["cybermois/annonce"]


def test_a_head_that_cant_be_read_takes_its_message_out_alone(library: Library) -> None:
    first = readers_of(library, SHARED)
    (library.root / first[0] / "message.yaml").write_text("title: [", encoding="utf-8")

    assert readers_of(library, SHARED) == first[1:]


def test_a_stamp_tells_every_change_and_no_look(library: Library) -> None:
    seen = [stamp(library.root)]
    assert stamp(library.root) == seen[0]
    file = library.root / SHARED
    file.write_text(file.read_text(encoding="utf-8") + "!", encoding="utf-8")
    seen.append(stamp(library.root))
    file.rename(file.with_name("autre.fr.md"))
    seen.append(stamp(library.root))
    (library.root / "lien.md").symlink_to(library.root / "nowhere")
    seen.append(stamp(library.root))

    # A link that leads nowhere is no file.
    assert len(set(seen)) == 3
    assert stamp(library.root / "gone") == stamp(library.root / "gone too")


def test_the_folders_looked_at_last_are_remembered(tmp_path: Path) -> None:
    libraries = []
    for name in "abcde":
        write_installation(tmp_path / name)
        libraries.append(Library(tmp_path / name / "templates"))
    known = [shared_readers(one) for one in libraries]

    assert shared_readers(libraries[-1]) is known[-1]
    assert shared_readers(libraries[0]) is not known[0]
    assert shared_readers(libraries[0]) == known[0]
