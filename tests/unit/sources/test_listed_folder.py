"""A watched folder: a file is taken whole, quiet, and once by its content."""

import os
import time
from pathlib import Path

import pytest

from scheduler.domain.errors import SourceAway
from scheduler.domain.people.sourced import Cause
from scheduler.sources.listed import folder as folders
from scheduler.sources.listed.folder import Options, Source
from scheduler.sources.listed.seam import Known, Table

LATER = 1000.0


class Watching:
    """A folder, and the seconds since whatever is in it was put there."""

    def __init__(self, path: Path, **options: object) -> None:
        self.path = path
        self.known: dict[str, float] = {}
        self.age = LATER
        made = Options(path=path, quiet=30, **options)  # type: ignore[arg-type]
        self.source = Source(made, lambda: max(self._changed(), default=0.0) + self.age)

    def put(self, name: str, text: str = "email\na@example.org\n", at: float | None = None) -> Path:
        file = self.path / name
        file.write_text(text, encoding="utf-8")
        if at is not None:
            os.utime(file, (at, at))
        return file

    def look(self) -> Table | None:
        return self.source.fetch(Known(self.known), "")

    def take(self) -> str | None:
        """The name of what is given, which is settled by it."""
        table = self.look()
        if table is None:
            return None
        self.known[table.mark] = time.time()
        assert self.source.taken(table) == ""
        return table.name

    def _changed(self) -> list[float]:
        found = [entry.stat(follow_symlinks=False) for entry in os.scandir(self.path)]
        return [max(one.st_mtime, one.st_ctime) for one in found]


@pytest.fixture
def watching(tmp_path: Path) -> Watching:
    return Watching(tmp_path)


def test_a_file_is_taken_once_by_its_content_under_whatever_name(watching: Watching) -> None:
    watching.put("personnel.csv")

    assert watching.take() == "personnel.csv"
    assert watching.take() is None
    watching.put("personnel (1).csv")
    assert watching.take() is None
    watching.put("personnel.csv", "email\nb@example.org\n")
    assert watching.take() == "personnel.csv"


def test_what_an_older_file_said_is_taken_again_when_it_comes_back(watching: Watching) -> None:
    a, b = "email\na@example.org\n", "email\nb@example.org\n"
    for text in (a, b):
        watching.put("personnel.csv", text)
        assert watching.take() == "personnel.csv"
    time.sleep(0.01)
    watching.put("personnel.csv", a)

    assert watching.take() == "personnel.csv"
    assert watching.take() is None


@pytest.mark.parametrize("ahead", [0.0, 3600.0])
def test_an_older_file_that_still_lies_there_is_no_news(watching: Watching, ahead: float) -> None:
    """Whatever clock wrote them, and under whatever name it lies there since."""
    now = time.time()
    watching.put("a.csv", "email\na@example.org\n", now + ahead - 20)
    assert watching.take() == "a.csv"
    watching.put("b.csv", "email\nb@example.org\n", now + ahead - 10)
    assert watching.take() == "b.csv"
    (watching.path / "a.csv").rename(watching.path / "c.csv")

    assert watching.take() is None
    watching.source = Source(Options(path=watching.path), watching.source._clock)
    assert watching.take() is None


def test_a_file_that_is_still_changing_is_left_until_it_is_quiet(watching: Watching) -> None:
    watching.put("personnel.csv")

    watching.age = 29
    assert watching.look() is None
    watching.age = 30
    assert watching.look() is not None


def test_a_file_that_is_renamed_in_counts_from_its_name(watching: Watching, tmp_path: Path) -> None:
    old = watching.put("personnel.csv.part", at=1.0)
    assert watching.look() is None

    old.rename(tmp_path / "personnel.csv")

    watching.age = 10
    assert watching.look() is None
    watching.age = 31
    assert watching.look() is not None


def test_the_older_of_two_files_comes_first(watching: Watching) -> None:
    watching.put("z.csv", "email\nz@example.org\n")
    watching.put("a.csv", "email\na@example.org\n", at=4_000_000_000.0)

    assert [watching.take(), watching.take(), watching.take()] == ["z.csv", "a.csv", None]


@pytest.mark.parametrize("name", [".personnel.csv", "~$personnel.xlsx", "x.part", "x.csv.tmp"])
def test_what_programs_are_still_writing_is_no_file(watching: Watching, name: str) -> None:
    watching.put(name)

    assert watching.look() is None


def test_links_folders_and_pipes_are_no_files(watching: Watching, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-secret.csv"
    outside.write_text("email\nsecret@example.org\n")
    (tmp_path / "link.csv").symlink_to(outside)
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")

    assert watching.look() is None


def test_only_the_files_that_are_asked_for(tmp_path: Path) -> None:
    watching = Watching(tmp_path, files="personnel*.csv")
    watching.put("patients.csv")
    assert watching.look() is None

    watching.put("personnel-2027.csv", "email\nb@example.org\n")
    assert watching.take() == "personnel-2027.csv"


def test_what_is_taken_goes_to_done_under_its_content(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    watching = Watching(tmp_path / "in", done=tmp_path / "done")
    watching.put("personnel.csv")
    (mark,) = [table.mark for table in [watching.look()] if table]

    assert watching.take() == "personnel.csv"

    assert [one.name for one in (tmp_path / "done").iterdir()] == [f"{mark[:12]}-personnel.csv"]
    assert list((tmp_path / "in").iterdir()) == []


def test_a_file_that_somebody_took_away_before_is_done_with(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    watching = Watching(tmp_path / "in", done=tmp_path / "done")
    file = watching.put("personnel.csv")
    table = watching.look()
    assert table is not None

    file.unlink()

    assert watching.source.taken(table) == ""


def test_a_newer_file_of_that_name_stays_and_is_the_next_one(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    watching = Watching(tmp_path / "in", done=tmp_path / "done")
    watching.put("personnel.csv")
    table = watching.look()
    assert table is not None
    watching.put("personnel.csv", "email\nb@example.org\n")

    assert watching.source.taken(table) == ""

    watching.known[table.mark] = time.time()
    assert watching.take() == "personnel.csv"
    assert [one.name for one in (tmp_path / "in").iterdir()] == []


def test_a_done_folder_that_cannot_be_is_said_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "done").write_text("a file")
    watching = Watching(tmp_path / "in", done=tmp_path / "done")
    watching.put("personnel.csv")
    table = watching.look()
    assert table is not None

    assert "isn't read again" in watching.source.taken(table)


def test_a_folder_that_is_not_there_or_a_file_too_large_is_away(
    watching: Watching, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watching.put("personnel.csv")
    monkeypatch.setattr(folders, "MOST_BYTES", 10)
    with pytest.raises(SourceAway) as large:
        watching.look()
    assert large.value.cause == Cause.TOO_LARGE

    with pytest.raises(SourceAway) as gone:
        Source(Options(path=tmp_path / "nowhere")).fetch(Known(), "")
    assert gone.value.cause == Cause.UNREACHABLE


def test_a_known_file_is_not_read_every_minute(
    watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = watching.put("personnel.csv")
    assert watching.take() == "personnel.csv"

    opened: list[object] = []
    monkeypatch.setattr(os, "open", lambda *asked: opened.append(asked))

    assert watching.look() is None
    assert opened == []
    assert file.exists()
