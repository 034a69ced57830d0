"""The loop that the daemon stays in: the quick one where there is one, the usual one elsewhere."""

import asyncio
import sys

import pytest

from scheduler.cli.context import run, run_long


async def _loop() -> str:
    return type(asyncio.get_running_loop()).__module__.partition(".")[0]


def test_the_daemon_runs_on_the_quick_loop_where_the_machine_has_it() -> None:
    pytest.importorskip("uvloop")

    assert run_long(_loop()) == "uvloop"


def test_it_runs_on_the_usual_one_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvloop", None)

    assert run_long(_loop()) == "asyncio"


def test_a_command_loads_no_other_loop() -> None:
    assert run(_loop()) == "asyncio"
