"""Whether a watched file changed: looked at every two seconds."""

from pathlib import Path

import pytest

from scheduler.daemon.reload import Watch


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "templates" / "cybermois" / "annonce").mkdir(parents=True)
    (tmp_path / "audiences").mkdir()
    (tmp_path / "templates" / "cybermois" / "annonce" / "email.fr.md").write_text("Bonjour")
    path = tmp_path / "config.yaml"
    path.write_text("a: 1")
    return path


def test_nothing_changed(config: Path) -> None:
    watch = Watch(config)
    assert not watch.changed()


@pytest.mark.parametrize(
    "name", ["config.yaml", "templates/cybermois/annonce/email.fr.md", "audiences/equipe.yaml"]
)
def test_a_file_that_is_written_is_noticed_once(config: Path, name: str) -> None:
    watch = Watch(config)
    (config.parent / name).write_text("autre chose")
    assert watch.changed()
    assert not watch.changed()


def test_a_folder_that_comes_goes_or_is_named_anew_is_noticed(config: Path) -> None:
    watch, folder = Watch(config), config.parent / "templates" / "cybermois"
    (folder / "relance").mkdir()
    assert watch.changed()
    (folder / "relance").rmdir()
    assert watch.changed()
    (folder / "annonce").rename(folder / "faire-part")
    assert watch.changed()


def test_a_file_behind_a_link_is_looked_at(
    config: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "patients.yaml").write_text("a")
    (config.parent / "audiences" / "patients.yaml").symlink_to(other / "patients.yaml")
    watch = Watch(config)
    (other / "patients.yaml").write_text("b et plus")
    assert watch.changed()


def test_folders_that_are_not_there_change_nothing(tmp_path: Path) -> None:
    watch = Watch(tmp_path / "config.yaml")
    assert not watch.changed()
