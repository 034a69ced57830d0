"""Commands while config.yaml is faulty: what stops a sending or records an opt-out works on."""

import asyncio
import json
from pathlib import Path

import pytest

from scheduler.config import last_good
from scheduler.config.loading import load
from tests.commands import Answer, reflexe
from tests.flow_world import SERIES, edit, open_world, utc
from tests.samples.ledger import STAFF, person

OCCURRENCE = "cybermois/un/2026-10-04"
SECRETS = {
    "REFLEXE_WEB__DESK_TOKEN": "s3cret-desk-token-0123456789abcdef",
    "REFLEXE_CHANNELS__EMAIL__PROVIDER": "smtp",
    "REFLEXE_CHANNELS__EMAIL__SMTP__HOST": "relay.example.org",
    "REFLEXE_CHANNELS__EMAIL__SMTP__USERNAME": "reflexe",
    "REFLEXE_CHANNELS__EMAIL__SMTP__PASSWORD": "s3cret",
    "REFLEXE_CHANNELS__SMS__PROVIDER": "twilio",
    "REFLEXE_CHANNELS__SMS__TWILIO__ACCOUNT_SID": "AC" + "0" * 32,
    "REFLEXE_CHANNELS__SMS__TWILIO__AUTH_TOKEN": "s3cret",
}
#: What must work, and how it ends when all is well.
COMMANDS = {
    ("stop-all",): 0,
    ("pause", OCCURRENCE): 0,
    ("optout", "add", "marie@example.org"): 0,
    # No daemon runs here.
    ("status",): 1,
    ("health",): 1,
}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """An installation with a run under way, as a daemon left it."""

    async def make() -> Path:
        async with open_world(tmp_path, SERIES) as world:
            await world.book.take_in(STAFF, person(1))
            await world.look(utc(5, 8))
            return world.config

    return asyncio.run(make())


def noted(config: Path, environment: dict[str, str] | None = None) -> Path:
    configuration = load(config, environment or {})
    last_good.note(configuration, utc(4, 9, 30))
    return last_good.note_file(configuration.settings.keys.file)


def works(answer: Answer, code: int) -> None:
    assert answer.code == code, answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(("words", "code"), COMMANDS.items())
@pytest.mark.parametrize("typo", ["kind: serial", "kind: [series", "\tkind: series"])
def test_a_typo_in_a_campaign_keeps_nobody_from_it(
    config: Path, typo: str, words: tuple[str, ...], code: int
) -> None:
    edit(config, "kind: series", typo)

    answer = reflexe(config, *words)

    works(answer, code)
    assert "left aside, and sends nothing" in answer.err


@pytest.mark.parametrize(("words", "code"), COMMANDS.items())
@pytest.mark.parametrize("typo", ["web: {{public_url", "wbe: {public_url"])
def test_another_fault_goes_by_what_a_daemon_noted(
    config: Path, typo: str, words: tuple[str, ...], code: int
) -> None:
    noted(config)
    edit(config, "web: {public_url", typo)

    answer = reflexe(config, *words)

    works(answer, code)
    assert "the configuration of 2026-10-04 11:30, the last" in answer.err
    assert str(config) in answer.err


def test_without_a_note_it_is_refused_as_ever(config: Path) -> None:
    edit(config, "web: {public_url", "wbe: {public_url")

    answer = reflexe(config, "stop-all")

    assert answer.code == 2
    assert "wbe" in answer.err


def test_another_command_is_refused_and_so_is_the_daemon(config: Path) -> None:
    noted(config)
    edit(config, "web: {public_url", "wbe: {public_url")

    assert reflexe(config, "resume-all").code == 0
    assert reflexe(config, "calendar").code == 2
    assert reflexe(config, "run").code == 2


def test_a_missing_secret_file_goes_by_the_note(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted(config)
    monkeypatch.setenv("REFLEXE_WEB__DESK_TOKEN_FILE", "/nowhere")

    works(reflexe(config, "stop-all"), 0)


def test_another_ledger_is_asked_about(config: Path) -> None:
    noted(config)
    edit(config, "audiences: [", "database: {url: mysql}\naudiences: [")

    refused, agreed = reflexe(config, "stop-all"), reflexe(config, "stop-all", typed="y\n")

    assert refused.code == 1
    assert "mysql now, and was sqlite:///" in refused.err
    works(agreed, 0)
    assert "Every channel is stopped:" in agreed.out


def test_the_note_holds_no_secret_and_is_its_users_alone(config: Path) -> None:
    file = noted(config, SECRETS)

    text = file.read_text(encoding="utf-8")
    assert "s3cret" not in text
    assert "campaigns" not in [key for key, value in json.loads(text)["settings"].items() if value]
    assert file.stat().st_mode & 0o077 == 0


def test_a_password_in_the_ledgers_address_is_a_secret() -> None:
    url = "postgresql+psycopg://reflexe:s3cret@db.example.org:5432/reflexe?password=s3cret"

    shown = last_good.without_password(url)

    assert shown == "postgresql+psycopg://reflexe@db.example.org:5432/reflexe"


def test_the_password_that_is_given_now_is_used(config: Path) -> None:
    url = "postgresql+psycopg://reflexe:s3cret@db.example.org/reflexe"
    given = {"REFLEXE_DATABASE__URL": url}
    noted(config, given)
    edit(config, "web: {public_url", "wbe: {public_url")

    found = last_good.read(config, given)
    moved = last_good.read(config, {"REFLEXE_DATABASE__URL": url.replace("db.", "autre.")})

    assert found is not None
    assert moved is not None
    assert (found.configuration.settings.database.url, found.other_ledger) == (url, "")
    assert moved.other_ledger == "postgresql+psycopg://reflexe@autre.example.org/reflexe"


def test_it_is_found_beside_keys_that_lie_elsewhere(config: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "cles" / "keys.json"
    elsewhere.parent.mkdir()
    (config.parent / "var" / "keys.json").rename(elsewhere)
    edit(config, "audiences: [", f"keys: {{file: {elsewhere}}}\naudiences: [")
    noted(config)
    edit(config, "web: {public_url", "wbe: {public_url")

    works(reflexe(config, "stop-all"), 0)
