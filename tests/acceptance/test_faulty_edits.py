"""A typo saved in mid-run, then every command that must work; and a start with it still there."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.parts.daemon import status
from tests.parts.installation import Installation, install, staff
from tests.parts.processes import free_port, wait_until

SATURDAY = datetime(2026, 10, 3, 8, tzinfo=UTC)
OCCURRENCE = "cybermois/1-fermer-sa-porte/2026-10-04"
#: File, what stands there, what is typed.
TYPOS = {
    "campaign": ("config.yaml", "kind: series", "kind: serie"),
    "quote": ("config.yaml", "kind: series", 'kind: "series'),
    "audience": ("audiences/patients.yaml", "label:", "labell:"),
    "message": ("templates/cybermois/1-fermer-sa-porte/message.yaml", "title:", "titel: ["),
    "web": ("config.yaml", "public_url:", "public_ulr:"),
}


@pytest.fixture
def home(tmp_path: Path) -> Installation:
    found = install(tmp_path / "home", SATURDAY)
    found.set(
        web__desk_bind=f"127.0.0.1:{free_port()}", web__public_bind=f"127.0.0.1:{free_port()}"
    )
    found.import_people("staff", [staff(1)])
    return found


def mistype(home: Installation, typo: str) -> None:
    name, old, new = TYPOS[typo]
    file = home.folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def everything_works(home: Installation) -> None:
    for words in (("stop-all",), ("health",), ("optout", "add", "x@example.org")):
        answer = home.say(*words)
        assert answer.returncode == 0, (words, answer.stderr)
    assert home.say("pause", OCCURRENCE).returncode == 0
    assert home.say("resume", OCCURRENCE).returncode == 0
    assert home.ask("status")["daemon"]["running"]
    assert home.say("resume-all").returncode == 0


@pytest.mark.parametrize("typo", TYPOS)
def test_a_typo_in_mid_run_and_over_a_restart(home: Installation, typo: str) -> None:
    with home.daemon():
        mistype(home, typo)
        everything_works(home)
    if typo == "web":
        refused = home.say("run")
        assert (refused.returncode, "public_ulr" in refused.stderr) == (2, True)
        return
    with home.daemon() as running:
        everything_works(home)
        assert status(f"{running.desk}/readyz") == 200
        if typo != "message":
            wait_until(lambda: ("config-faulty", "config.yaml") in home.alarms(), "the alarm")
