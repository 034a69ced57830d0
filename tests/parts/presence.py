"""Whether a real part can be had on this machine."""

import os
import shutil
from typing import NoReturn

import pytest

#: Where daemons live that are on no ordinary user's PATH.
PROGRAM_PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])


def lacking(reason: str) -> NoReturn:
    """Skip the test that needs a missing part; in CI, where everything is installed, fail it."""
    if os.environ.get("REFLEXE_CI") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def need_programs(**packages: str) -> None:
    """Skip unless every program is installed; each comes with the Debian package that has it."""
    missing = {
        package
        for program, package in packages.items()
        if shutil.which(program, path=PROGRAM_PATH) is None
    }
    if missing:
        lacking(f"needs Debian's {', '.join(sorted(missing))}")


def need_root(reason: str) -> None:
    if os.geteuid() != 0:
        lacking(f"needs root: {reason}")
