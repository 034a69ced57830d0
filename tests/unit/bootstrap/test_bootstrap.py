"""The one place that builds, and what a command pays for it."""

import ast
import subprocess
import sys
from functools import cached_property
from pathlib import Path

from scheduler import bootstrap
from tests.flow_world import open_world

#: What takes long to load and what only a daemon, a writer or a provider needs.
HEAVY = ("aiohttp", "aiosmtplib", "apscheduler", "icalendar", "jinja2", "psycopg", "twilio")


def test_every_name_of_the_place_is_there() -> None:
    assert dir(bootstrap) == sorted(_told_to_type_checkers())
    for name in dir(bootstrap):
        assert getattr(bootstrap, name) is not None


def _told_to_type_checkers() -> list[str]:
    """What the place imports where nothing runs."""
    place = ast.parse(Path(bootstrap.__file__).read_text(encoding="utf-8"))
    (unrun,) = (one for one in place.body if isinstance(one, ast.If))
    return [
        alias.name for one in unrun.body if isinstance(one, ast.ImportFrom) for alias in one.names
    ]


def test_opening_a_ledger_loads_nothing_that_sends_or_renders() -> None:
    said = f"""
import sys
from scheduler.bootstrap import App, open_app
print(*[name for name in {HEAVY} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)

    assert done.stdout.split() == []


async def test_what_is_of_an_app_is_made_once_and_a_daemon_makes_all_of_it_at_its_start(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path) as world:
        app = world.app
        assert app.hand is app.hand
        assert "gauges" not in vars(app)

        app.load()

        of_it = {name for name, one in vars(type(app)).items() if isinstance(one, cached_property)}
        assert {"people", "hand", "gauges", "public", "organisation"} <= of_it
        assert of_it <= set(vars(app))
