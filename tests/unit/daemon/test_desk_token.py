"""Where the desk's token comes from, and what is said of it."""

import stat
from pathlib import Path

import pytest

from scheduler.config.configuration import Configuration
from scheduler.config.loading import load
from scheduler.daemon.desk_token import DeskToken, shown_address, token_of
from scheduler.domain.errors import ConfigError
from tests.worlds import write_config

EVERYWHERE = {"REFLEXE_WEB__DESK_BIND": "0.0.0.0:8080"}


def configured(folder: Path, **more: str) -> Configuration:
    return load(write_config(folder), {**EVERYWHERE, **more})


def test_one_is_made_for_its_owner_alone_and_kept(tmp_path: Path) -> None:
    configuration = configured(tmp_path)
    configuration.settings.keys.file.parent.mkdir(parents=True, exist_ok=True)

    made, again = token_of(configuration), token_of(configuration)

    assert made is not None
    assert made == again
    assert made.file == configuration.settings.keys.file.parent / "desk-token"
    assert stat.S_IMODE(made.file.stat().st_mode) == 0o600
    assert made.file.read_text(encoding="ascii").strip() == made.value
    assert len(made.value) >= 32


def test_a_file_that_others_may_read_is_replaced(tmp_path: Path) -> None:
    configuration = configured(tmp_path)
    configuration.settings.keys.file.parent.mkdir(parents=True, exist_ok=True)
    first = token_of(configuration)
    assert first is not None
    assert first.file is not None
    first.file.chmod(0o644)

    second = token_of(configuration)

    assert second is not None
    assert second.value != first.value
    assert stat.S_IMODE(first.file.stat().st_mode) == 0o600


def test_where_the_keys_are_takes_none_the_other_folder_does(tmp_path: Path) -> None:
    # A secret is mounted as a file, in a folder that isn't ours.
    configuration = configured(tmp_path, REFLEXE_KEYS__FILE=str(tmp_path / "nowhere" / "keys.json"))
    configuration.var.mkdir(exist_ok=True)

    made = token_of(configuration)

    assert made is not None
    assert made.file == configuration.var / "desk-token"


def test_without_any_folder_it_must_be_given(tmp_path: Path) -> None:
    keys = str(tmp_path / "nowhere" / "keys.json")
    database = f"sqlite:///{tmp_path}/nothing/reflexe.db"
    configuration = configured(tmp_path, REFLEXE_KEYS__FILE=keys, REFLEXE_DATABASE__URL=database)
    for folder in (configuration.var, Path(keys).parent):
        assert not folder.exists()

    with pytest.raises(ConfigError, match="REFLEXE_WEB__DESK_TOKEN_FILE"):
        token_of(configuration)


def test_none_is_asked_for_on_loopback_unless_it_is_given(tmp_path: Path) -> None:
    here = {"REFLEXE_WEB__DESK_BIND": "127.0.0.1:8080"}
    config = write_config(tmp_path)

    assert token_of(load(config, here)) is None
    given = token_of(load(config, {**here, "REFLEXE_WEB__DESK_TOKEN": "a-token-of-ours"}))
    assert given == DeskToken(value="a-token-of-ours")


@pytest.mark.parametrize(
    ("bind", "token", "said"),
    [
        ("127.0.0.1:8080", None, "http://127.0.0.1:8080/"),
        ("0.0.0.0:8080", DeskToken(value="secret"), "http://127.0.0.1:8080/"),
        (
            "[::]:8080",
            DeskToken(value="secret", file=Path("var/desk-token")),
            "http://127.0.0.1:8080/ (its token is in var/desk-token)",
        ),
        ("192.0.2.7:80", DeskToken(value="secret"), "http://192.0.2.7:80/"),
    ],
)
def test_the_address_can_be_opened_and_tells_no_token(
    bind: str, token: DeskToken | None, said: str
) -> None:
    assert shown_address(bind, token) == said
