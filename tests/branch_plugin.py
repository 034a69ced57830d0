"""``pytest --branches``: what of ``domain/`` and ``flow/`` their tests take; fails for each arm
that has neither a test nor a reason.

Loaded by ``-p tests.branch_plugin``, before anything of the program is imported.
"""

import json
from pathlib import Path

import pytest

from tests.parts import branches

#: So many of them are told at the end of the run; the file has all.
MOST = 20
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
    arms = [one for one in told if ": never " in one]
    more = [f"… and {len(arms) - MOST} more"] if len(arms) > MOST else []
    _told[:] = [*arms[:MOST], *more, *(one for one in told if one not in arms)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in _told:
        terminalreporter.write_line(line)


def _worker(config: pytest.Config) -> str:
    return str(getattr(config, "workerinput", {}).get("workerid", "main"))
