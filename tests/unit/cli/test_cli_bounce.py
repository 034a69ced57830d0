"""bounce, said as an operator says it."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler import bootstrap
from scheduler.config.loading import load
from scheduler.domain.answers.decisions import ReportDecision
from scheduler.domain.ids import DeliveryId
from scheduler.inbox.reports.reading import read_report
from tests.commands import reflexe
from tests.new_ledger import with_ledger
from tests.samples.report import automatic, dsn, feedback
from tests.worlds import write_config

NOW = datetime(2026, 10, 6, 9, tzinfo=UTC)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return with_ledger(write_config(tmp_path))


def saved(folder: Path, **messages: bytes) -> list[str]:
    files = []
    for name, raw in messages.items():
        file = folder / f"{name}.eml"
        file.write_bytes(raw)
        files.append(str(file))
    return files


def test_a_message_is_explained_recipient_by_recipient(config: Path, tmp_path: Path) -> None:
    reflexe(config, "migrate", "--make-keys")
    token = bootstrap.tokens_of(load(config).settings).bounce(DeliveryId(7))
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


STAFF = "matricule;prenom;nom;service;email\nA1;Ana;Petit;Soins;p1@ch.example\n"


@pytest.fixture
def closed(config: Path, tmp_path: Path) -> Path:
    """Somebody whose address a refusal has closed."""
    reflexe(config, "migrate", "--make-keys")
    file = tmp_path / "staff.csv"
    file.write_text(STAFF, encoding="utf-8")
    words = ("--origin", "essai", "--basis", "legitimate-interest")
    assert reflexe(config, "import", "staff", str(file), *words).code == 0

    async def refuse() -> None:
        app = await bootstrap.open_app(load(config), lambda: NOW)
        await app.bounces.take_unproven([read_report(dsn(recipient="p1@ch.example"))], NOW)
        (waiting,) = await app.bounces.open_reports()
        await app.bounces.close_report(waiting.id, ReportDecision.BOUNCED, "Ana", NOW)
        await app.close()

    asyncio.run(refuse())
    return config


def opt_outs(config: Path) -> list[str]:
    return [one["reason"] for one in reflexe(config, "optout", "list", "--json").json]


def test_optout_remove_says_which_command_opens_what_was_refused(closed: Path) -> None:
    refused = reflexe(closed, "optout", "remove", "p1@ch.example")

    assert refused.code == 1
    assert "bounce reopen" in refused.err
    assert "2026-10-06" in refused.err
    assert opt_outs(closed) == ["bounced"]


def test_a_refused_address_is_opened_with_a_reason_and_no_import_does_it(closed: Path) -> None:
    words = ("--origin", "essai", "--basis", "legitimate-interest")
    file = closed.parent / "staff.csv"
    file.write_text(STAFF, encoding="utf-8")
    reflexe(closed, "import", "staff", str(file), *words)
    assert opt_outs(closed) == ["bounced"]
    assert reflexe(closed, "bounce", "reopen", "p1@ch.example", "--reason", " ").code == 2
    assert reflexe(closed, "bounce", "reopen", "p1@ch.example").code == 2

    why = ("--reason", "annuaire en panne", "--by", "Ana")
    opened = reflexe(closed, "bounce", "reopen", "p1@ch.example", *why)
    again = reflexe(closed, "bounce", "reopen", "p1@ch.example", *why)

    assert (opened.code, again.code) == (0, 1)
    assert "1 reopened" in opened.out
    assert opt_outs(closed) == []
    (act,) = [
        one for one in reflexe(closed, "audit", "list", "--json").json if one["act"] == "reopen"
    ]
    assert (act["actor"], act["detail"]["reason"]) == ("Ana", "annuaire en panne")


def test_a_domain_is_opened_since_a_day(closed: Path) -> None:
    why = ("--reason", "panne", "--by", "Ana")
    lacks = reflexe(closed, "bounce", "reopen", "--domain", "ch.example", *why)
    both = reflexe(closed, "bounce", "reopen", "p1@ch.example", "--domain", "ch.example", *why)
    late = reflexe(
        closed, "bounce", "reopen", "--domain", "ch.example", "--since", "2026-10-07", *why
    )
    wrong = reflexe(closed, "bounce", "reopen", "--domain", "ch.example", "--since", "hier", *why)
    assert (lacks.code, both.code, late.code, wrong.code) == (2, 2, 1, 2)

    opened = reflexe(
        closed, "bounce", "reopen", "--domain", "@CH.example", "--since", "2026-10-06", *why
    )

    assert opened.code == 0
    assert "ch.example: 1 reopened" in opened.out
    assert opt_outs(closed) == []
