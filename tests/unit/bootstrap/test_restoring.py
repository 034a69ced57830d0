"""An installation whose ledger is put back from yesterday's backup, and its mailbox's keys."""

import shutil
from pathlib import Path

import pytest

from scheduler import bootstrap
from scheduler.config.loading import load
from scheduler.domain.consent.optout import by_short_link
from scheduler.domain.errors import ConfigError
from scheduler.store.optouts.high_water import advance
from scheduler.store.optouts.second_mark import SecondMark
from tests.worlds import Clock, make_world, write_config

MAILBOX = {
    "REFLEXE_CHANNELS__EMAIL__MAILBOX__HOST": "imap.example.org",
    "REFLEXE_CHANNELS__EMAIL__MAILBOX__USERNAME": "retour",
    "REFLEXE_CHANNELS__EMAIL__MAILBOX__PASSWORD": "secret",
}


async def test_the_journal_on_its_own_volume_gives_the_opt_outs_back(tmp_path: Path) -> None:
    environment = {"REFLEXE_OPTOUT__JOURNAL": "elsewhere/optout.journal"}
    app = await make_world(tmp_path, environment=environment)
    ledger, backup = tmp_path / "var" / "reflexe.db", tmp_path / "backup.db"
    await app.close()
    shutil.copy(ledger, backup)
    configuration = load(tmp_path / "config.yaml", environment)
    app = await bootstrap.open_app(configuration, Clock())
    (card,) = await app.people.find("A1", None)
    assert card.phone_id is not None
    await app.people.opt_out(card.phone_id, by_short_link(app.clock()))
    assert app.ledger.journal is not None
    app.ledger.journal.note_mark(3)
    await app.close()

    shutil.copy(backup, ledger)
    app = await bootstrap.open_app(configuration, Clock())
    found = await bootstrap.replay_opt_outs(app)

    assert (tmp_path / "elsewhere" / "optout.journal").exists()
    assert found.added == 1
    assert found.doubt
    assert await app.people.is_suppressed(card.phone_id, "sms")
    await bootstrap.accept_restored(app, "Nadia")
    assert (await bootstrap.replay_opt_outs(app)).doubt == ""
    await app.close()


async def test_a_whole_folder_put_back_with_its_journal_is_noticed_by_the_second_mark(
    tmp_path: Path,
) -> None:
    environment = {"REFLEXE_DAEMON__MARK": "elsewhere/mark"}
    app = await make_world(tmp_path, environment=environment)
    assert app.ledger.journal is not None
    app.ledger.journal.note_mark(await app.ledger.database.write(advance))
    await app.close()
    shutil.copytree(tmp_path / "var", tmp_path / "backup")
    configuration = load(tmp_path / "config.yaml", environment)
    app = await bootstrap.open_app(configuration, Clock())
    assert (await bootstrap.replay_opt_outs(app)).doubt == ""
    assert app.ledger.journal is not None
    app.ledger.journal.note_mark(await app.ledger.database.write(advance))
    await app.close()

    shutil.rmtree(tmp_path / "var")
    shutil.copytree(tmp_path / "backup", tmp_path / "var")
    app = await bootstrap.open_app(configuration, Clock())
    found = await bootstrap.replay_opt_outs(app)

    assert "has seen mark 2, the ledger is at 1" in found.doubt
    assert [one.kind for one in await app.ledger.open_alarms()] == ["ledger-restored"]
    await bootstrap.accept_restored(app, "Nadia")
    assert (await bootstrap.replay_opt_outs(app)).doubt == ""
    await app.close()


async def test_a_torn_mark_or_another_ledgers_says_nothing(tmp_path: Path) -> None:
    mark = SecondMark(tmp_path / "mark", "one")
    mark.note(12)
    mark.close()

    assert mark.read() == 12
    assert SecondMark(tmp_path / "mark", "other").read() == 0
    (tmp_path / "mark").write_bytes((tmp_path / "mark").read_bytes().replace(b"12", b"92"))
    assert mark.read() == 0
    (tmp_path / "mark").write_bytes(b"")
    assert mark.read() == 0


def test_both_on_one_volume_are_told_while_a_provider_is_real(tmp_path: Path) -> None:
    write_config(tmp_path)
    (tmp_path / "var").mkdir(exist_ok=True)
    real = {
        "REFLEXE_CHANNELS__EMAIL__PROVIDER": "smtp",
        "REFLEXE_CHANNELS__EMAIL__SMTP__HOST": "relay.example.org",
    }

    risk = bootstrap.mark_at_risk(load(tmp_path / "config.yaml", real))

    assert "on one volume" in risk
    assert "daemon.mark" in risk
    assert bootstrap.mark_at_risk(load(tmp_path / "config.yaml", {})) == ""


def test_the_journal_lies_beside_the_ledger_by_default(tmp_path: Path) -> None:
    configuration = load(write_config(tmp_path), {})

    assert configuration.optout_journal == tmp_path / "var" / "reflexe.db.optouts"


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("SECURITY", "none", "in the clear"),
        ("POLL_EVERY", "1", "POLL_EVERY"),
        ("FOLDER", "Désinscriptions", "FOLDER"),
        ("FOLDER", "a\r\nLOGOUT", "FOLDER"),
        ("PROCESSED", "Traité", "PROCESSED"),
    ],
)
def test_a_mailbox_that_cant_be_read_safely_is_refused(
    tmp_path: Path, key: str, value: str, said: str
) -> None:
    config = write_config(tmp_path)

    with pytest.raises(ConfigError, match=said):
        load(config, MAILBOX | {f"REFLEXE_CHANNELS__EMAIL__MAILBOX__{key}": value})


def test_a_mailbox_on_this_machine_may_be_read_in_the_clear(tmp_path: Path) -> None:
    near = {
        "REFLEXE_CHANNELS__EMAIL__MAILBOX__HOST": "127.0.0.1",
        "REFLEXE_CHANNELS__EMAIL__MAILBOX__SECURITY": "none",
        "REFLEXE_CHANNELS__EMAIL__MAILBOX__CA_FILE": "ca.pem",
    }

    settings = load(write_config(tmp_path), MAILBOX | near).settings

    mailbox = settings.channels.email.mailbox
    assert mailbox is not None
    assert mailbox.ca_file == tmp_path / "ca.pem"
