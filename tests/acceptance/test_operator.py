"""An operator's day at the command line, with the daemon running beside."""

import csv
import json
import re
import shutil
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import CompletedProcess
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from tests.commands import reflexe
from tests.parts.daemon import status
from tests.parts.installation import PROJECT, PROOF, Installation, install, staff
from tests.parts.processes import free_port, wait_until

#: A Thursday of September, at 11:00 in Paris.
THURSDAY = datetime(2026, 9, 17, 9, tzinfo=UTC)
ANNOUNCEMENT = "cybermois/annonce/2026-10-02"
FIRST = "cybermois/1-fermer-sa-porte/2026-10-04"


@pytest.fixture
def home(tmp_path: Path) -> Installation:
    return install(tmp_path / "home", THURSDAY)


def done(said: CompletedProcess[str], code: int = 0) -> str:
    """What it printed, after its exit code."""
    assert said.returncode == code, said.stdout + said.stderr
    assert "Traceback" not in said.stderr
    return said.stdout


def contact_file(folder: Path, rows: list[dict[str, str]], encoding: str = "utf-8") -> Path:
    file = folder / "personnel.csv"
    with file.open("w", encoding=encoding, newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return file


IMPORT = ("--origin", "export du 17 septembre", "--basis", "legitimate-interest")


def test_the_walk_from_an_empty_ledger_to_the_report(home: Installation, tmp_path: Path) -> None:
    people = [staff(number, prenom="Zoë") for number in range(4)]
    people.append(staff(4, email="pas une adresse", telephone=""))
    file = contact_file(tmp_path, people, "cp1252")

    assert "Rien" in done(home.say("check", "cybermois/annonce"))
    said = done(home.say("import", "staff", str(file), *IMPORT), code=1)
    assert re.search(r"\b5 people added", said)
    assert re.search(r"\b1 cells left aside", said)
    assert home.ask("contacts", "list")[0]["email"] != "a00000@example.org"
    assert {row["occurrence"] for row in home.ask("calendar")} >= {ANNOUNCEMENT, FIRST}
    rehearsed = home.ask("rehearse", "--from", "2026-10-01", "--to", "2026-10-04")
    assert rehearsed["conflicts"] == []
    done(
        home.say("send-test", "cybermois/annonce", "--audience", "staff", "--to", "moi@example.org")
    )
    home.set(web__desk_bind=f"127.0.0.1:{free_port()}", web__public_bind=f"127.0.0.1:{free_port()}")
    with home.daemon() as running:
        done(home.say("optout", "add", "a00003@example.org"))
        for _twice in range(2):
            done(home.say("send-now", "cybermois/annonce", "--yes", "--by", "moi"))
        wait_until(lambda: home.count("sent", "email") == 3, "the e-mails are sent")
        # People who never heard from us get the e-mail first.
        home.look_at(running, THURSDAY + timedelta(minutes=31))
        wait_until(lambda: home.occurrence_state("annonce") == "finished", "it is finished")
        done(home.say("health"))
        assert done(home.say("status"))
        report = home.ask("report", ANNOUNCEMENT)

    assert report["state"] == "finished"
    assert home.states("email") == {
        "a00000@example.org": "sent",
        "a00001@example.org": "sent",
        "a00002@example.org": "sent",
        "a00003@example.org": "left-out",
        "": "left-out",
    }
    assert home.count("sent", "sms") == 4
    # Three mails and the trial; the rehearsal's are elsewhere.
    outbox = home.folder / "var" / "outbox"
    assert len(list(outbox.rglob("*.txt"))) == 4
    assert len(list(outbox.rglob("*.eml"))) == 3 + 1


def test_pausing_resuming_and_cancelling(home: Installation) -> None:
    home.import_people("staff", [staff(number) for number in range(3)])
    with home.daemon() as running:
        wait_until(lambda: home.occurrence_state("annonce") != "", "the calendar is known")
        done(home.say("pause", FIRST))
        done(home.say("cancel", ANNOUNCEMENT, "--yes"))
        home.look_at(running, datetime(2026, 10, 2, 8, 30, tzinfo=UTC))
        home.look_at(running, datetime(2026, 10, 4, 8, 30, tzinfo=UTC))
        assert home.deliveries() == []
        done(home.say("resume", FIRST))
        wait_until(lambda: home.count("sent", "email") == 3, "it goes on")
        again = home.say("send-now", "cybermois/annonce", "--yes")
        assert again.returncode == 2
        assert "cancelled" in again.stderr
        unknown = home.say("pause", "cybermois/annonce/2026-10-03")
        assert unknown.returncode == 2
        assert ANNOUNCEMENT in unknown.stderr

    assert home.deliveries(episode="annonce") == []


def test_the_desk_beyond_the_machine_itself_demands_a_token(home: Installation) -> None:
    port = free_port()
    home.set(
        web__desk_bind=f"0.0.0.0:{port}",
        web__public_bind=f"127.0.0.1:{free_port()}",
    )
    with home.daemon() as running:
        # Named in the log by its file alone.
        token = (home.folder / "var" / "desk-token").read_text(encoding="ascii").strip()
        assert token not in running.log()
        assert len(token) >= 20
        here = f"http://127.0.0.1:{port}/"

        assert status(f"{here}healthz") == 200
        assert status(here) in (401, 403)
        assert status(f"{here}?token=x{token[1:]}x") in (401, 403)
        visitor = build_opener(HTTPCookieProcessor())
        with visitor.open(f"{here}?token={token}", timeout=60) as opened:
            assert opened.status == 200
            assert "token" not in opened.url


def test_who_reaches_people_is_told_to_give_the_desk_accounts(tmp_path: Path) -> None:
    smtp = {"provider": "smtp", "smtp__host": "127.0.0.1", "smtp__port": free_port()}
    real = {f"channels__email__{name}": value for name, value in smtp.items()}
    for settings, is_told in (({}, False), (real, True)):
        home = install(tmp_path / f"home-{is_told}", THURSDAY, **settings)
        with home.daemon() as running:
            wait_until(lambda: "daemon.ready" in running.log(), "it says that it is ready")
            assert ("desk.no_accounts" in running.log()) is is_told
            here = running.desk + "/"
            assert status(here) == (401 if is_told else 200)


def test_a_taken_port_names_the_key_that_changes_it(home: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        home.set(web__desk_bind=f"127.0.0.1:{port}", web__public_bind=f"127.0.0.1:{free_port()}")
        said = home.say("run")

    done(said, code=2)
    for word in ("web.desk_bind", "REFLEXE_WEB__DESK_BIND", str(port)):
        assert word in said.stderr


def test_a_provider_nobody_wrote_is_refused_before_anything_is_made(home: Installation) -> None:
    text = home.config.read_text(encoding="utf-8").replace(
        "provider: outbox ", "provider: smpt ", 1
    )
    home.config.write_text(text, encoding="utf-8")
    line = text.partition("provider: smpt ")[0].count("\n") + 1

    said = home.say("run")

    done(said, code=2)
    for word in (
        f"config.yaml:{line}",
        "channels.email.provider",
        "did you mean 'smtp'",
        "outbox, smtp",
    ):
        assert word in said.stderr
    assert not (home.folder / "var").exists()


def test_keys_that_are_gone_refuse_the_start(home: Installation) -> None:
    home.import_people("staff", [staff(1)])
    (home.folder / "var" / "keys.json").unlink()

    said = home.say("run")

    done(said, code=2)
    assert "keys.json" in said.stderr
    assert not (home.folder / "var" / "keys.json").exists()


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped configuration, to be spoilt and put back."""
    folder = tmp_path_factory.mktemp("shipped")
    for name in ("audiences", "templates"):
        shutil.copytree(PROJECT / name, folder / name)
    shutil.copy(PROJECT / "config.yaml", folder)
    return folder / "config.yaml"


#: What is replaced, by what, and what the refusal names.
WRONG = [
    ("time_zone: Europe/Paris", "time_zone: Paris", ["time_zone", "config.yaml:5"]),
    ("time_zone: Europe/Paris", "timezone: Europe/Paris", ["timezone", "time_zone"]),
    ("https://cyber.example.org\n", "http://cyber.example.org\n", ["web.public_url", "https"]),
    ("public_bind: 127.0.0.1:8081", "public_bind: everywhere", ["web.public_bind", "host:port"]),
    ("sender: CHEXEMPLE", "sender: '+33639980001'", ["channels.sms.sender", "36xxx"]),
    ("sender: CHEXEMPLE", "", ["channels.sms.sender", "REFLEXE_CHANNELS__SMS__SENDER"]),
    ("    provider: outbox           # outbox writes files; smtp", "    provider: smtp  #",
     ["channels.email.smtp"]),
    ("    provider: outbox           # outbox writes files; twilio", "    provider: twilio  #",
     ["channels.sms.twilio", "REFLEXE_CHANNELS__SMS__TWILIO__AUTH_TOKEN"]),
    ("at: \"10:00\"", "at: \"23:00\"", ["campaigns.cybermois.at"]),
    ("at: \"10:00\"", "at: \"02:30\"", ["campaigns.cybermois.at", "02:00"]),
    ("when: sunday-1", "when: sunday-9", ["campaigns.cybermois.episodes", "when"]),
    ("audiences: [staff, patients]", "audiences: [staff, clients]", ["clients"]),
    ("log:\n  format: text", "log:\n  format: !!python/object:os.system", ["config.yaml"]),
    ("log:\n  format: text", "log:\n  format: text\n  format: json", ["format"]),
    ("web:", "web: [", ["config.yaml"]),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "named"), WRONG)
def test_a_wrong_configuration_refuses_to_start_and_names_what_to_mend(
    shipped: Path, right: str, wrong: str, named: list[str]
) -> None:
    text = (PROJECT / "config.yaml").read_text(encoding="utf-8")
    assert right in text
    shipped.write_text(text.replace(right, wrong, 1), encoding="utf-8")

    answer = reflexe(shipped, "status")

    assert answer.code == 2
    assert "config.yaml" in answer.err
    for word in named:
        assert word in answer.err, answer.err
    assert "Traceback" not in answer.err
    assert "errors.pydantic.dev" not in answer.err


def test_a_secret_is_never_shown_by_a_refusal(
    shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(PROJECT / "config.yaml", shipped)
    monkeypatch.setenv("REFLEXE_CHANNELS__EMAIL__SMTP__PASSWORD", "motdepasse-secret")
    monkeypatch.setenv("REFLEXE_CHANNELS__EMAIL__SMTP__HOST", "relay.example.org")
    monkeypatch.setenv("REFLEXE_CHANNELS__EMAIL__SMTP__SECURITY", "none")

    answer = reflexe(shipped, "status")

    assert answer.code == 2
    assert "REFLEXE_CHANNELS__EMAIL__SMTP" in answer.err
    assert "motdepasse" not in answer.err + answer.out


def test_an_unknown_variable_of_ours_is_refused(
    shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(PROJECT / "config.yaml", shipped)
    monkeypatch.setenv("REFLEXE_CHANNELS__EMAIL__FORM", "x@example.org")

    answer = reflexe(shipped, "status")

    assert answer.code == 2
    assert "REFLEXE_CHANNELS__EMAIL__FORM" in answer.err


def test_an_import_says_what_it_left_and_can_be_said_again(
    home: Installation, tmp_path: Path
) -> None:
    rows = [staff(number) for number in range(3)]
    rows[1]["telephone"] = "+33 1 23"
    rows[2] |= dict.fromkeys(PROOF, "")
    file = contact_file(tmp_path, rows)

    first = home.ask("import", "staff", str(file), *IMPORT)
    again = home.ask("import", "staff", str(file), *IMPORT)

    assert (first["added"], first["left_aside"], first["without_proof"]) == (3, 1, {"sms": 1})
    assert (again["added"], again["renewed"]) == (0, 3)
    assert [bad["row"] for bad in first["bad_rows"]] == [3]
    wrong = home.say("import", "staff", str(file), "--origin", "x", "--basis", "consentement")
    assert wrong.returncode == 2
    shrunk = contact_file(tmp_path, rows[:1])
    refused = home.say("import", "staff", str(shrunk), *IMPORT, "--mode", "replace")
    assert refused.returncode == 2
    assert "--yes" in refused.stderr
    assert len(json.loads(home.say("contacts", "list", "--json").stdout)) == 3


def test_a_cell_that_a_spreadsheet_would_run_is_exported_as_text(
    home: Installation, tmp_path: Path
) -> None:
    rows = [staff(1, prenom="=HYPERLINK(1)"), staff(2, prenom="'@x"), staff(3, prenom="Ève")]
    home.import_people("staff", rows)
    out = tmp_path / "export.csv"

    done(home.say("contacts", "export", "staff", "--out", str(out)))

    assert out.stat().st_mode & 0o077 == 0
    text = out.read_text(encoding="utf-8-sig")
    assert not re.search(r'(^|[;,"])[=+@-]', text, re.MULTILINE)
    home.ask("import", "staff", str(out), *IMPORT, "--mode", "replace")
    shown = home.ask("contacts", "show", "a00001@example.org")
    assert "=HYPERLINK(1)" in json.dumps(shown, ensure_ascii=False)


def test_nobody_is_sent_anything_after_the_season_said_by_hand(home: Installation) -> None:
    home.import_people("staff", [staff(1, telephone="")])
    with home.daemon() as running:
        done(home.say("send-now", "cybermois/annonce", "--yes"))
        wait_until(lambda: home.count("sent") == 1, "it is sent")
        home.look_at(running, THURSDAY + timedelta(days=15))
        home.look_at(running, datetime(2026, 10, 2, 9, tzinfo=UTC))

    assert len(home.deliveries(episode="annonce")) == 1
