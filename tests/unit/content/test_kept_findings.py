"""What was found in texts, on disk: told again whole, or not at all."""

import json
import multiprocessing
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from scheduler.content import kept_findings
from scheduler.content.kept_findings import KeptFindings
from scheduler.domain.checking.findings import Finding, Hold, Severity

MARK = "a1" * 32
FAULT = Finding(
    file="templates/essai/email.fr.md",
    line=7,
    rule="shortener",
    severity=Severity.FAULT,
    message="« bit.ly » cache où il mène",
    remedy="donnez l’adresse entière",
    hold=Hold.UNTIL_PASSED,
    passage="0123456789ab",
    value="lien",
)
ADVICE = Finding(
    file="config.yaml",
    line=None,
    rule="help-line",
    severity=Severity.WARNING,
    message="rien",
    remedy="quelque chose",
)


@pytest.fixture
def kept(tmp_path: Path) -> KeptFindings:
    return KeptFindings(folder=tmp_path / "var" / "ledger.db.findings")


def test_what_holds_comes_back_as_it_was(kept: KeptFindings) -> None:
    kept.put(MARK, [FAULT, ADVICE])
    kept.put("b2" * 32, [])

    again = KeptFindings(folder=kept.folder)
    assert again.get(MARK) == [FAULT, ADVICE]
    assert again.get("b2" * 32) == []
    assert again.get("c3" * 32) is None


def test_it_is_its_owners_alone(kept: KeptFindings) -> None:
    kept.put(MARK, [FAULT])

    assert kept.folder.stat().st_mode & 0o777 == 0o700
    assert [one.stat().st_mode & 0o777 for one in kept.folder.iterdir()] == [0o600]


def _torn(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


def _silenced(file: Path) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | {"findings": []}))


def _softened(file: Path) -> None:
    file.write_text(file.read_text().replace('"until-passed"', '"no"'))


def _of_another_mark(file: Path) -> None:
    other = KeptFindings(folder=file.parent)
    other.put("d4" * 32, [])
    (file.parent / ("d4" * 32)).replace(file)


def _a_list(file: Path) -> None:
    file.write_text("[1]")


def _deep(file: Path) -> None:
    file.write_text("[" * 100_000)


def _too_large(file: Path) -> None:
    file.write_text(file.read_text() + " " * kept_findings.LARGEST)


def _writable_by_a_group(file: Path) -> None:
    file.chmod(0o660)


def _in_a_folder_that_others_write(file: Path) -> None:
    file.parent.chmod(0o777)


def _a_link(file: Path) -> None:
    file.replace(file.parents[1] / "elsewhere")
    file.symlink_to(file.parents[1] / "elsewhere")


def _a_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file, 0o600)


def _a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _in_a_linked_folder(file: Path) -> None:
    folder = file.parent
    folder.rename(folder.with_name("moved"))
    folder.symlink_to(folder.with_name("moved"))


@pytest.mark.parametrize(
    "spoil",
    [
        _torn,
        _emptied,
        _silenced,
        _softened,
        _of_another_mark,
        _a_list,
        _deep,
        _too_large,
        _writable_by_a_group,
        _in_a_folder_that_others_write,
        _a_link,
        _a_pipe,
        _a_folder,
        _in_a_linked_folder,
    ],
)
def test_what_cannot_be_believed_is_not_known(
    kept: KeptFindings, spoil: Callable[[Path], None]
) -> None:
    kept.put(MARK, [FAULT])
    spoil(kept.folder / MARK)

    assert kept.get(MARK) is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize("whose", ["folder", "file"])
def test_what_another_user_owns_is_not_known(kept: KeptFindings, whose: str) -> None:
    kept.put(MARK, [FAULT])
    os.chown(kept.folder if whose == "folder" else kept.folder / MARK, 65534, -1)

    assert kept.get(MARK) is None


def test_nothing_is_written_where_others_write(kept: KeptFindings) -> None:
    kept.folder.mkdir(parents=True)
    kept.folder.chmod(0o777)

    kept.put(MARK, [FAULT])

    assert list(kept.folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")
    kept = KeptFindings(folder=tmp_path / "var" / "findings")

    kept.put(MARK, [FAULT])

    assert kept.get(MARK) is None


def test_an_answer_that_is_too_large_is_not_kept(kept: KeptFindings) -> None:
    kept.put(MARK, [FAULT] * 2_000)

    assert not kept.folder.exists()


def test_what_was_used_the_longest_ago_makes_room(
    kept: KeptFindings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_findings, "MOST", 3)
    monkeypatch.setattr(kept_findings, "_TIDIED_EVERY", 1)
    marks = [f"{number:064}" for number in range(5)]
    for days, mark in enumerate(marks[:4]):
        kept.put(mark, [])
        then = time.time() - 86_400 * (20 - days)
        os.utime(kept.folder / mark, (then, then))
    (kept.folder / "half.1.2.new").write_text("")
    os.utime(kept.folder / "half.1.2.new", (0, 0))

    assert kept.get(marks[1]) == []  # used today
    kept.put(marks[4], [])

    assert sorted(one.name for one in kept.folder.iterdir()) == [marks[1], marks[3], marks[4]]


def _writes(folder: Path) -> None:
    kept = KeptFindings(folder=folder)
    for number in range(200):
        kept.put(f"{number % 5:064}", [FAULT, ADVICE])
        assert kept.get(f"{(number + 1) % 5:064}") in (None, [FAULT, ADVICE])


def test_several_processes_at_once_do_no_harm(kept: KeptFindings) -> None:
    start = multiprocessing.get_context("fork").Process
    running = [start(target=_writes, args=(kept.folder,)) for _ in range(3)]
    for one in running:
        one.start()
    for one in running:
        one.join(60)

    assert [one.exitcode for one in running] == [0, 0, 0]
    assert {one.name for one in kept.folder.iterdir()} == {f"{n:064}" for n in range(5)}
    assert all(kept.get(f"{n:064}") == [FAULT, ADVICE] for n in range(5))
