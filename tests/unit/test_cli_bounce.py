"""bounce, said as an operator says it."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler import bootstrap
from scheduler.config.loading import load
from scheduler.inbox.bounces import read_report
from tests.commands import reflexe
from tests.report_samples import automatic, dsn, feedback
from tests.worlds import write_config

NOW = datetime(2026, 10, 6, 9, tzinfo=UTC)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return write_config(tmp_path)


def saved(folder: Path, **messages: bytes) -> list[str]:
    files = []
    for name, raw in messages.items():
        file = folder / f"{name}.eml"
        file.write_bytes(raw)
        files.append(str(file))
    return files


def test_a_message_is_explained_recipient_by_recipient(config: Path, tmp_path: Path) -> None:
    reflexe(config, "migrate", "--make-keys")
    token = bootstrap.tokens_of(load(config).settings).bounce(7)
    files = saved(
        tmp_path,
        ours=dsn(sender=f"b+{token}@retour.example.org"),
        forged=dsn(),
        complaint=feedback("abuse"),
        robot=automatic(),
    )

    answer = reflexe(config, "bounce", "explain", *files, "--json")

    assert answer.code == 0
    ours, forged, complaint, robot = (one["recipients"][0] for one in answer.json)
    assert ours == {
        "recipient": "e***@e***.org",
        "kind": "hard",
        "status": "5.1.1",
        "reply_code": "550",
        "reason": "user-unknown",
        "proven": True,
        "effect": "ends the address by e-mail",
        "words": "550 5.1.1 [address] Recipient address rejected: User unknown",
    }
    assert (forged["kind"], forged["proven"]) == ("hard", False)
    assert forged["effect"].startswith("nothing")
    assert (complaint["kind"], robot["kind"]) == ("complaint", "auto-reply")


def test_without_keys_nobody_can_say_whose_it_is(config: Path, tmp_path: Path) -> None:
    answer = reflexe(config, "bounce", "explain", *saved(tmp_path, one=dsn()), "--json")

    assert answer.code == 0
    assert answer.json[0]["recipients"][0]["proven"] is None
    assert "keys" in answer.err


def test_a_report_s_words_are_never_obeyed(config: Path, tmp_path: Path) -> None:
    said = "smtp; 550 5.1.1 [red]User unknown[/bold] \x1b[2J <script>"
    files = saved(tmp_path, one=dsn(said=said, text="\x1b]0;x\x07"))

    answer = reflexe(config, "bounce", "explain", *files)

    assert answer.code == 0
    assert "\x1b" not in answer.out
    assert "\x1b" not in reflexe(config, "bounce", "explain", *files, "--json").json[0]["file"]


def test_a_file_that_is_not_there_is_named(config: Path) -> None:
    answer = reflexe(config, "bounce", "explain", "nulle-part.eml")

    assert answer.code == 2
    assert "nulle-part.eml" in answer.err


def test_what_waits_is_listed_masked_and_decided_once(config: Path) -> None:
    reflexe(config, "migrate", "--make-keys")

    async def arrive() -> None:
        app = await bootstrap.open_app(load(config))
        await app.bounces.take_unproven([read_report(dsn())], NOW)
        await app.close()

    asyncio.run(arrive())

    (row,) = reflexe(config, "bounce", "list", "--json").json
    assert (row["recipient"], row["kind"], row["known"]) == ("e***@e***.org", "hard", False)
    assert "essai" not in reflexe(config, "bounce", "list").out
    closed = reflexe(config, "bounce", "close", str(row["id"]), "--as", "noted", "--by", "Ana")
    again = reflexe(config, "bounce", "close", str(row["id"]), "--as", "noted")
    assert (closed.code, again.code) == (0, 1)
    assert reflexe(config, "bounce", "list", "--json").json == []
