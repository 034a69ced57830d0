"""What each command loads: heavy libraries are loaded where they are used, and nowhere else.

A command starts in the time that its imports take. What is heavy and isn't named for a command
here must not come back by an import at the head of some module.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

#: What takes long to load: libraries, and our own rooms of rules and pages.
HEAVY = {
    *("aiohttp", "aiosmtplib", "alembic", "apscheduler", "authlib", "cryptography", "css_inline"),
    *("dns", "holidays", "icalendar", "jinja2", "markdown_it", "nh3", "opentelemetry", "openpyxl"),
    *("phonenumbers", "prometheus_client", "psycopg", "pydantic", "rich", "sqlalchemy"),
    *("sqlalchemy.dialects.postgresql", "starlette", "twilio", "typer", "urllib.request"),
    *("uvicorn", "uvloop"),
    *("scheduler.channels.smtp", "scheduler.content.rules.speakers", "scheduler.daemon.life"),
    *("scheduler.domain.hearing.deciding", "scheduler.web.desk.app", "scheduler.web.public"),
}
#: Any command that reads config.yaml, or an option of its own.
CONFIGURED = {"pydantic", "typer"}
#: One that opens the ledger as well.
ON_LEDGER = CONFIGURED | {"cryptography", "sqlalchemy"}
#: What composes the texts of the coming days.
COMPOSING = {"jinja2", "markdown_it"}
#: What reads them as a writer's reader would.
READING = {*COMPOSING, "scheduler.content.rules.speakers"}

SAID = """
import sys
sys.argv[1:] = {words}
from scheduler.__main__ import main
try:
    main()
finally:
    print("loaded:", *sorted(one for one in {heavy} if one in sys.modules))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A config.yaml of the shipped year, and a ledger that is new."""
    folder = tmp_path_factory.mktemp("site")
    root = Path(__file__).parents[3]
    for name in ("config.yaml", "templates", "audiences"):
        (folder / name).symlink_to(root / name)
    loaded(folder, "migrate", "--make-keys")
    loaded(folder, "calendar")  # what it judges and proves for the first time is known from then on
    return folder


def loaded(folder: Path, *words: str) -> set[str]:
    """What of the heavy is there when the command has ended."""
    code = SAID.format(words=["--config", str(folder / "config.yaml"), *words], heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in done.stdout.splitlines() if line.startswith("loaded:")]
    assert told, done.stderr
    return set(told[-1].split()[1:])


@pytest.mark.parametrize(
    ("words", "may_load"),
    [
        (["--help"], {"typer"}),
        (["import", "--help"], CONFIGURED),
        (["health", "--json"], CONFIGURED | {"urllib.request"}),
        (["status"], ON_LEDGER),
        (["contacts"], ON_LEDGER),
        (["calendar"], ON_LEDGER | COMPOSING | {"holidays"}),
        (["report", "--campaign", "cybermois", "--season", "2027"], ON_LEDGER | COMPOSING),
        (["audit"], ON_LEDGER),
        (["optout", "nobody@example.org"], ON_LEDGER),
        (["check", "cybermois/annonce"], ON_LEDGER | READING | {"holidays"}),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)
def test_a_command_loads_nothing_heavy_but_what_it_uses(
    site: Path, words: list[str], may_load: set[str]
) -> None:
    assert loaded(site, *words) <= may_load
