"""This machine's clock, disk, keys and time zones, as they are."""

import ctypes
import importlib.resources
import os
import shutil
import stat
import zoneinfo
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from scheduler.domain.doctor.seen import KeysSeen

#: What adjtimex(2) returns while nothing keeps the clock.
_TIME_ERROR = 5
#: Its structure is some 200 octets; a zeroed one asks and sets nothing.
_TIMEX = 512


def clock_is_kept() -> bool | None:
    """As the kernel says; None: it doesn't."""
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_TIMEX))
    except (OSError, AttributeError):
        return None
    return None if state < 0 else state != _TIME_ERROR


def free_megabytes(folder: Path) -> int | None:
    """Where a folder is, or will be made; None: it can't be seen."""
    there = next((one for one in (folder, *folder.parents) if one.exists()), None)
    try:
        return shutil.disk_usage(there).free // 1_000_000 if there else None
    except OSError:
        return None


def keys_seen(file: Path, ledger: Path | None) -> KeysSeen:
    """``ledger``: a SQLite file; None: it is a server's."""
    try:
        found = file.stat()
    except OSError:
        return KeysSeen(exists=False)
    return KeysSeen(
        exists=True,
        is_open_to_others=_is_open(found),
        is_beside_ledger=ledger is not None and file.resolve().parent == ledger.resolve().parent,
        is_on_ledgers_volume=ledger is not None
        and ledger.parent.exists()
        and ledger.parent.stat().st_dev == found.st_dev,
    )


def _is_open(found: os.stat_result) -> bool:
    """A secret that is mounted for a group (Kubernetes' fsGroup) is read by it: the group's right
    is then this user's only one."""
    by_group = found.st_mode & (stat.S_IRWXG if found.st_uid == os.geteuid() else stat.S_IWGRP)
    return bool(by_group or found.st_mode & stat.S_IRWXO)


def zones_seen(zones: Sequence[str], now: datetime) -> tuple[list[str], list[str]]:
    """Those that the system and the package tzdata tell otherwise for a year, and those unknown."""
    differing, missing = [], []
    for zone in zones:
        try:
            here = zoneinfo.ZoneInfo.no_cache(zone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            missing.append(zone)
            continue
        ours = _packaged(zone)
        if ours is not None and _offsets(here, now) != _offsets(ours, now):
            differing.append(zone)
    return differing, missing


def _packaged(zone: str) -> zoneinfo.ZoneInfo | None:
    file = importlib.resources.files("tzdata") / "zoneinfo"
    try:
        with file.joinpath(*zone.split("/")).open("rb") as opened:
            return zoneinfo.ZoneInfo.from_file(opened, zone)
    except (OSError, ValueError):
        return None


def _offsets(zone: zoneinfo.ZoneInfo, now: datetime) -> list[timedelta | None]:
    """At noon of each day: a change of clocks is seen the day after."""
    days = (now.replace(hour=12, minute=0, tzinfo=None) + timedelta(days=n) for n in range(366))
    return [day.replace(tzinfo=zone).utcoffset() for day in days]
