"""Files of people dropped on the desk: the program's alone, on this volume, an hour at most.

A drop is a folder under a name that nobody chose. What is asked of it and what was answered are
files of it too: whoever works on one is another process, which may be killed, and so may the desk.
A drop is worked on by whoever holds its lock, which the kernel lets go of with its last holder.
"""

import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from scheduler.domain.values import frozen
from scheduler.sources.dropped_parts import private, read, taken, write

#: How long one is kept that nobody takes in.
KEPT = timedelta(hours=1)
#: On one volume, and worked on at once.
MOST = 10
AT_ONCE = 2
_NAME = re.compile(r"[0-9a-f]{32}")
_WORKBOOK = (b"PK", b"\xd0\xcf\x11\xe0")


@frozen
class Order:
    """What is asked of a drop: to look at it, or to take it in."""

    #: Each order its own: an answer is that to this one, or to none.
    number: str = ""
    apply: bool = False
    #: Meaning -> column, as the operator settles it.
    chosen: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    mode: str = "add"
    same: Sequence[str] = ()
    other: Sequence[str] = ()
    origin: str = ""
    basis: str = ""
    own_file: bool = False
    #: Somebody said that the file is right, whatever is doubtful about it.
    sure: bool = False
    by: str = ""


@frozen
class Drop:
    """A file that is here; ``folder`` is its own."""

    id: str
    folder: Path
    audience: str
    by: str
    at: datetime
    size: int

    @property
    def table(self) -> Path:
        return self.folder / "fichier"

    @property
    def is_workbook(self) -> bool:
        with suppress(OSError), self.table.open("rb") as file:
            return file.read(4).startswith(_WORKBOOK)
        return False

    def order(self) -> Order:
        found = read(self.folder / "asked.json")
        return Order(**found) if found else Order()

    def answer(self) -> dict[str, Any] | None:
        """To the last order; None before it was answered."""
        found = read(self.folder / "told.json")
        return found if found and found.get("number") == self.order().number else None

    def progress(self) -> dict[str, Any]:
        return read(self.folder / "progress.json") or {}

    def is_at_work(self) -> bool:
        """Somebody has begun on its last order, and lives."""
        if self.answer() is not None:
            return False
        lock = taken(self.folder / "lock")
        if lock is not None:
            os.close(lock)
        return lock is None

    def is_waiting(self) -> bool:
        """Its last order waits until others are done."""
        return (self.folder / "turn.json").exists()

    def is_taken_in(self) -> bool:
        """The file itself is gone: what became of it alone is left."""
        return not self.table.exists()

    def tell(self, name: str, told: Mapping[str, Any]) -> None:
        """``told`` or ``progress``, whole or not at all. What is gone meanwhile stays gone."""
        with suppress(FileNotFoundError):
            write(self.folder / f"{name}.json", told)


class Drops:
    """Those of one volume."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes, audience: str, by: str, now: datetime) -> Drop | None:
        """None where there are too many already."""
        self.tidy(now)
        if len([*self._folders()]) >= MOST:
            return None
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = secrets.token_hex(16)
        folder = self._folder / name
        folder.mkdir(mode=0o700)
        drop = Drop(id=name, folder=folder, audience=audience, by=by, at=now, size=len(data))
        with open(drop.table, "xb", opener=private) as file:
            file.write(data)
        kept = {"audience": audience, "by": by, "at": now.isoformat(), "size": len(data)}
        write(folder / "drop.json", kept)
        return drop

    def get(self, name: str) -> Drop | None:
        if not _NAME.fullmatch(name):
            return None
        folder = self._folder / name
        found = read(folder / "drop.json")
        if found is None:
            return None
        at = datetime.fromisoformat(found.pop("at"))
        return Drop(id=name, folder=folder, at=at, **found)

    def all(self) -> list[Drop]:
        """The oldest first."""
        found = [drop for one in self._folders() if (drop := self.get(one.name)) is not None]
        return sorted(found, key=lambda drop: drop.at)

    def ask(self, drop: Drop, order: Order) -> tuple[Order, int] | None:
        """Note an order, and the lock for whoever carries it out: to be handed on, and closed. None
        while somebody works on it, or on too many others."""
        if self._are_busy():
            return None
        lock = taken(drop.folder / "lock", ending=drop.answer() is not None)
        if lock is None:
            return None
        (drop.folder / "turn.json").unlink(missing_ok=True)
        return _noted(drop, order), lock

    def wait(self, drop: Drop, order: Order, now: datetime) -> bool:
        """Note an order that is carried out when others are done; False while somebody works on
        this very file."""
        lock = taken(drop.folder / "lock", ending=drop.answer() is not None)
        if lock is None:
            return False
        try:
            _noted(drop, order)
            write(drop.folder / "turn.json", {"at": now.timestamp()})
        finally:
            os.close(lock)
        return True

    def next(self) -> tuple[Drop, int] | None:
        """Whichever has waited longest, and its lock, as ``ask`` gives it; None where none waits,
        or too many are worked on."""
        for drop in sorted((one for one in self.all() if one.is_waiting()), key=_turn):
            if self._are_busy():
                return None
            lock = taken(drop.folder / "lock")
            if lock is None:
                continue
            try:
                # Others look for their turn too: whoever takes this away has it.
                (drop.folder / "turn.json").unlink()
            except FileNotFoundError:
                os.close(lock)
                continue
            return drop, lock
        return None

    def _are_busy(self) -> bool:
        return sum(one.is_at_work() for one in self.all()) >= AT_ONCE

    def forget(self, drop: Drop) -> bool:
        """False while somebody works on it."""
        if drop.is_at_work():
            return False
        shutil.rmtree(drop.folder, ignore_errors=True)
        return True

    def tidy(self, now: datetime) -> int:
        """Forget what nobody took in; how many. What is from a time to come is as old."""
        gone = 0
        for folder in self._folders():
            drop = self.get(folder.name)
            if drop is not None and abs(now - drop.at) < KEPT:
                continue
            if drop is None and _age(folder, now) < KEPT:
                # Just being written.
                continue
            gone += self.forget(drop or _broken(folder, now))
        return gone

    def _folders(self) -> Iterator[Path]:
        with suppress(FileNotFoundError):
            yield from (one for one in self._folder.iterdir() if _NAME.fullmatch(one.name))


def _noted(drop: Drop, order: Order) -> Order:
    order = replace(order, number=secrets.token_hex(8))
    for old in ("told.json", "progress.json"):
        (drop.folder / old).unlink(missing_ok=True)
    write(drop.folder / "asked.json", asdict(order))
    return order


def _turn(drop: Drop) -> float:
    return float((read(drop.folder / "turn.json") or {}).get("at", 0.0))


def _broken(folder: Path, now: datetime) -> Drop:
    return Drop(id=folder.name, folder=folder, audience="", by="", at=now, size=0)


def _age(folder: Path, now: datetime) -> timedelta:
    try:
        return abs(now - datetime.fromtimestamp(folder.stat().st_mtime, tz=now.tzinfo))
    except OSError:
        return timedelta()
