"""Says a command as an operator does, in this process: ``reflexe(config, "check", "--json")``."""

import io
import json
import os
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scheduler.cli.app import main
from tests.parts.daemon import FOUND


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def reflexe(config: Path, *words: str, typed: str = "", columns: int | None = None) -> Answer:
    """Run ``reflexe --config CONFIG …`` through its real entry point."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr("sys.argv", ["reflexe", "--config", str(config), *words])
        patch.setenv("LC_ALL", "C.UTF-8")
        for name, value in FOUND.items():
            patch.setenv(name, os.environ.get(name, value))
        patch.delenv("COLUMNS", raising=False)
        if columns is not None:
            patch.setenv("COLUMNS", str(columns))
        patch.setattr("sys.stdin", io.StringIO(typed))
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Answer(code=code, out=out.getvalue(), err=err.getvalue())
