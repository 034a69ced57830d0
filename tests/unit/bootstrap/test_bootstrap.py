"""The one place that builds, and what a command pays for it."""

import subprocess
import sys

from scheduler import bootstrap

#: What takes long to load and what only a daemon, a writer or a provider needs.
HEAVY = ("aiohttp", "aiosmtplib", "apscheduler", "icalendar", "jinja2", "psycopg", "twilio")


def test_every_name_of_the_place_is_there() -> None:
    for name in bootstrap.__all__:
        assert getattr(bootstrap, name) is not None


def test_opening_a_ledger_loads_nothing_that_sends_or_renders() -> None:
    said = f"""
import sys
from scheduler.bootstrap import App, open_app
print(*[name for name in {HEAVY} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)

    assert done.stdout.split() == []
