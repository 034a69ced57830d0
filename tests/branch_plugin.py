"""``pytest --branches``: what of ``domain/`` and ``flow/`` their tests take; fails below the floor.

Loaded by ``-p tests.branch_plugin``, before anything of the program is imported.
"""

import json
from pathlib import Path

import pytest

from tests.parts import branches

FOLDER = Path(__file__).parents[1] / ".branches"
_running = branches.install()
_told: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--branches", metavar="FILE", help="Write the branches that no test took to this file."
    )


def pytest_configure(config: pytest.Config) -> None:
    if _worker(config) == "main":
        for last in FOLDER.glob("*.json"):
            last.unlink()


def pytest_runtest_logstart(nodeid: str) -> None:
    _running.counts(does=nodeid.startswith(branches.TESTS))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    branches.write(_running, FOLDER, _worker(session.config))
    if _worker(session.config) != "main" or not session.config.getoption("--branches"):
        return
    parts = [json.loads(one.read_text()) for one in sorted(FOLDER.glob("*.json"))]
    told: list[str] = []
    try:
        told += branches.judge(branches.all_arms(), parts)
    except AssertionError as fewer:
        told.append(str(fewer))
        session.exitstatus = max(session.exitstatus, pytest.ExitCode.TESTS_FAILED)
    Path(session.config.getoption("--branches")).write_text("\n".join([*told, ""]))
    _told[:] = [one for one in told if ": never " not in one]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in _told:
        terminalreporter.write_line(line)


def _worker(config: pytest.Config) -> str:
    return str(getattr(config, "workerinput", {}).get("workerid", "main"))
