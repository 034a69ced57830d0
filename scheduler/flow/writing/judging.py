"""What ``check`` says of writers' texts, asked of a process apart and remembered.

Judged once as they are: the answer is known by a digest of every file it may depend on, of the
configuration and of the day, and costs a look at a few files from then on. A text that is too slow
or too large for a rule ends the child, never the daemon, and is itself a finding.
"""

import asyncio
import atexit
import hashlib
import json
import os
import pickle
import select
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.config.loading import Configuration
from scheduler.config.secretless import without_secrets
from scheduler.content import apart
from scheduler.content.rules.passage import finding
from scheduler.domain.calendar.campaigns import is_over
from scheduler.domain.checking.findings import Finding, Hold, Severity, in_reading_order
from scheduler.domain.errors import ReflexeError
from scheduler.flow.writing.checking import Checker
from scheduler.log import get_logger

log = get_logger(__name__)

#: Seconds on the clock for one file.
PATIENCE = 60.0
#: Answers kept.
KEPT = 2_000
_COMMAND = apart.command("scheduler.flow.writing.judging_child")
#: What every message is made with.
_SHARED = ("_snippets", "_layouts", "_images")

#: Campaign and episode.
Use = tuple[str, str]


class JudgeAway(ReflexeError):
    """The texts can't be judged now: nothing is said of them."""


@dataclass(kw_only=True, slots=True)
class Judge:
    """Keeps one child, started at need; it ends by itself when nothing comes. May be called from
    several threads."""

    command: tuple[str, ...] = _COMMAND
    patience: float = PATIENCE
    _known: dict[str, Sequence[Finding]] = field(default_factory=dict)
    _child: subprocess.Popen[bytes] | None = None
    _answers: bytearray = field(default_factory=bytearray)
    _lock: Lock = field(default_factory=Lock)
    _seed: tuple[Configuration, Checker, bytes] | None = None

    def of_message(
        self, configuration: Configuration, message: str, now: datetime, use: Use | None = None
    ) -> Sequence[Finding]:
        """What ``check`` says of one message, as one use of it or every use fills it. Raises
        JudgeAway."""
        return self._of(configuration, message, now, use)

    def of_shared(self, configuration: Configuration, now: datetime) -> Sequence[Finding]:
        """Of the layout and the shared texts. Raises JudgeAway."""
        return self._of(configuration, "", now, None)

    def knows(
        self, configuration: Configuration, message: str, now: datetime, use: Use | None = None
    ) -> bool:
        """Whether the answer would come at once."""
        return self.mark(configuration, message, now, use) in self._known

    def mark(
        self,
        configuration: Configuration,
        message: str,
        now: datetime | None,
        use: Use | None = None,
    ) -> str:
        """Digest of what the answer depends on. The day counts for advice, which holds nobody,
        and for what was read somewhere and may be told until a day."""
        _, _, configured = self._prepared(configuration)
        seen = hashlib.sha256(configured)
        day: object = now and _today(configuration, now)
        if use:
            day = _last_days(configuration, message, use, now)
        seen.update(repr((message, day, use)).encode())
        for file in _files(configuration.templates, message):
            seen.update(repr(file).encode("utf-8", "surrogatepass"))
            seen.update(_bytes(configuration.templates / file))
        return seen.hexdigest()

    def close(self) -> None:
        """End the child, if there is one. May be called again, and the judge used again."""
        child, self._child = self._child, None
        self._answers.clear()
        apart.end(child)

    def _of(
        self, configuration: Configuration, message: str, now: datetime, use: Use | None
    ) -> Sequence[Finding]:
        mark = self.mark(configuration, message, now, use)
        # Without the lock, which a thread holds while it judges: the loop asks for what is known.
        if (known := self._known.get(mark)) is not None:
            return known
        with self._lock:
            if mark not in self._known:
                found = self._asked(configuration, message, now, use)
                self._known[mark] = found
                if len(self._known) > KEPT:
                    self._known.pop(next(iter(self._known)))
            return self._known[mark]

    def _prepared(self, configuration: Configuration) -> tuple[Configuration, Checker, bytes]:
        seed = self._seed
        if seed is None or seed[0] is not configuration:
            plain = without_secrets(configuration)
            checker = Checker.of(plain, configuration.root / configuration.file, _EPOCH)
            digest = hashlib.sha256(pickle.dumps(checker))
            digest.update(_bytes(checker.config_file))
            self._seed = seed = (configuration, checker, digest.digest())
        return seed

    def _asked(
        self, configuration: Configuration, message: str, now: datetime, use: Use | None
    ) -> Sequence[Finding]:
        _, checker, _ = self._prepared(configuration)
        checker = replace(checker, now=now, only=use)
        ended: list[Finding] = []
        skip: list[str] = []
        while True:
            asked = {"checker": checker, "message": message, "skip": tuple(skip)}
            found, at = self._ask(pickle.dumps(asked))
            if found is not None:
                return in_reading_order([*found, *ended])
            ended.append(_too_costly(at))
            log.warning("text.too_costly", file=at, message=message)
            if at in skip:
                return ended
            skip.append(at)

    def _ask(self, request: bytes) -> tuple[list[Finding] | None, str]:
        """The findings; None when a text ended the child, and the file it was at: twice, for what
        ended it once may be the machine's. Raises JudgeAway."""
        ended = 0
        for fresh in (False, True, True):
            at = ""
            try:
                child = self._running(fresh=fresh)
                self._send(child, request)
                for line in self._lines(child):
                    if "away" in line:
                        raise JudgeAway(line["away"])
                    if "findings" in line:
                        return [_finding(one) for one in line["findings"]], ""
                    at = line["at"]
            except TimeoutError:
                self.close()
                raise JudgeAway("no answer in time") from None
            except OSError as error:
                self.close()
                if fresh:
                    raise JudgeAway(str(error.strerror)) from error
            # The end of the answers: the child went, or had gone before it was asked.
            self.close()
            ended += bool(at)
            if ended > 1:
                return None, at
        raise JudgeAway("the process that judges has ended")

    def _running(self, *, fresh: bool) -> subprocess.Popen[bytes]:
        if self._child is None or fresh or self._child.poll() is not None:
            self.close()
            self._child = apart.start(self.command)
        return self._child

    def _send(self, child: subprocess.Popen[bytes], request: bytes) -> None:
        sent, _ = apart.pipes(child)
        sent.write(len(request).to_bytes(8, "big") + request)
        sent.flush()

    def _lines(self, child: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
        """Until the child ends. Raises TimeoutError."""
        _, answers = apart.pipes(child)
        while True:
            line, end, rest = self._answers.partition(b"\n")
            if end:
                self._answers = rest
                yield json.loads(line)
                continue
            if not select.select([answers], [], [], self.patience)[0]:
                raise TimeoutError
            some = os.read(answers.fileno(), 1 << 16)
            if not some:
                return
            self._answers += some


async def judged(
    configuration: Configuration, message: str, now: datetime, use: Use
) -> Sequence[Finding]:
    """What ``check`` says of one use of a message and of what all share, without holding up the
    loop. Raises JudgeAway.
    """
    asked = ((message, use), ("", NO_USE))
    found: list[Finding] = []
    for name, of in asked:
        if _JUDGE.knows(configuration, name, now, of):
            found += _JUDGE.of_message(configuration, name, now, of)
        else:
            found += await asyncio.to_thread(_JUDGE.of_message, configuration, name, now, of)
    return found


def mark(configuration: Configuration, message: str, use: Use) -> str:
    """Digest of what ``judged`` depends on, the files among it."""
    return _JUDGE.mark(configuration, message, None, use)


def everything(
    configuration: Configuration, now: datetime, messages: Sequence[str] = ()
) -> list[Finding]:
    """``check``: every finding, in reading order, of these messages or of all and what they share.

    Raises NotFound for a message that isn't there, ConfigError for an unusable SMS sender.
    """
    checker = Checker.of(configuration, configuration.root / configuration.file, now)
    findings = [
        one
        for name in checker.named(messages)
        for one in _JUDGE.of_message(configuration, name, now)
    ]
    findings += checker.beside(messages)
    if not messages:
        findings += _JUDGE.of_shared(configuration, now)
    return in_reading_order(findings)


def _last_days(
    configuration: Configuration, message: str, use: Use | None, now: datetime | None
) -> tuple[bool, ...] | None:
    """Of what this use tells that was read somewhere: whether its last day is over. Of all that
    holds a message, this alone changes by itself. None: it tells nothing of the kind, or nobody
    asks of a day."""
    told = [
        episode.reference
        for campaign in configuration.campaigns
        for episode in campaign.episodes
        if (campaign.name, episode.name) == use and episode.message == message
    ]
    if now is None or not any(told):
        return None
    today = _today(configuration, now)
    return tuple(is_over(one, today) for one in told)


def _today(configuration: Configuration, now: datetime) -> date:
    """The organisation's."""
    zone = ZoneInfo(configuration.settings.time_zone)
    return now.astimezone(zone).date() if now.tzinfo else now.date()


def _files(templates: Path, message: str) -> list[str]:
    """What is read for one message, and what all share, sorted."""
    folders = (message, *_SHARED) if message else _SHARED
    found = [
        file.relative_to(templates).as_posix()
        for folder in folders
        for file in _entries(templates / folder)
    ]
    return sorted(found)


def _entries(folder: Path) -> list[Path]:
    try:
        return [file for file in folder.iterdir() if file.is_file()]
    except OSError:
        return []


def _bytes(file: Path) -> bytes:
    """Of what is larger than any text, the size and the time it was written."""
    try:
        stat = file.stat()
        if stat.st_size > _LARGEST:
            return f"{stat.st_size} {stat.st_mtime_ns}".encode()
        return file.read_bytes()
    except OSError:
        return b""


def _too_costly(file: str) -> Finding:
    return finding(
        "costly", file, None, "ce texte demande trop de temps ou de mémoire pour être relu"
    )


def _finding(stored: dict[str, Any]) -> Finding:
    return Finding(
        **{**stored, "severity": Severity(stored["severity"]), "hold": Hold(stored["hold"])}
    )


_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 (stands for no instant: each request has its own)
_LARGEST = 300_000
#: Of what all messages share.
NO_USE = ("", "")
#: One for the process; the desk has its own, so that nothing to be sent waits behind its pages.
_JUDGE = Judge()
atexit.register(_JUDGE.close)
