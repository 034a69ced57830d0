"""What a dropped file is kept by: small files that are whole or not there, and a lock."""

import fcntl
import json
import os
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

#: How often a lock is asked for that is being let go of, and the seconds between.
_TRIES, _MOMENT = 50, 0.01


def taken(path: Path, *, ending: bool = False) -> int | None:
    """A lock, as the number of an open file; None while somebody has it. ``ending``: whoever has it
    has answered, and lets go within a moment."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    for tries in range(_TRIES if ending else 1):
        time.sleep(_MOMENT if tries else 0)
        with suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return lock
    os.close(lock)
    return None


def let_go(lock: int) -> None:
    """Of a lock that was handed on, once its order is answered."""
    fcntl.flock(lock, fcntl.LOCK_UN)


def read(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def write(path: Path, told: Mapping[str, Any]) -> None:
    fresh = path.with_suffix(f".{secrets.token_hex(4)}")
    with open(fresh, "x", encoding="utf-8", opener=private) as file:
        json.dump(told, file, ensure_ascii=False)
    fresh.replace(path)


def private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
