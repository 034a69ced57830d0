"""What ``check`` says of writers' texts, asked of a process apart and remembered.

Judged once as they are: the answer is known by a digest of all that it may depend on (``marks``),
in this process and on disk, and costs a look at a few files from then on: the rules themselves are
loaded where one of them is asked. A text that is too slow or too large for a rule ends the child,
never the daemon, and is itself a finding.
"""

import asyncio
import atexit
import json
import os
import pickle
import select
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from typing import Any

from scheduler.config.configuration import Configuration
from scheduler.content import apart, judging_code
from scheduler.content.kept_findings import KeptFindings, told
from scheduler.domain.checking.findings import Finding, in_reading_order
from scheduler.domain.errors import ReflexeError
from scheduler.flow.writing.marks import NO_USE, Files, Mark, Marks, Use, day_for, shared_files
from scheduler.log import get_logger

log = get_logger(__name__)

#: Seconds on the clock for one file.
PATIENCE = 60.0
#: Answers kept in memory.
KEPT = 2_000
#: The rule of what could not be read to its end.
COSTLY = "costly"
_COMMAND = apart.command("scheduler.flow.writing.judging_child")


class JudgeAway(ReflexeError):
    """The texts can't be judged now: nothing is said of them."""


@dataclass(kw_only=True, slots=True)
class Judge:
    """Keeps one child, started at need; it ends by itself when nothing comes. May be called from
    several threads."""

    command: tuple[str, ...] = _COMMAND
    patience: float = PATIENCE
    #: What is kept on disk is believed.
    believes: bool = True
    _known: dict[str, Sequence[Finding]] = field(default_factory=dict)
    _child: subprocess.Popen[bytes] | None = None
    _answers: bytearray = field(default_factory=bytearray)
    _lock: Lock = field(default_factory=Lock)
    _marks: Marks = field(default_factory=Marks)
    _kept: KeptFindings | None = None

    def of_message(
        self, configuration: Configuration, message: str, now: datetime, use: Use | None = None
    ) -> Sequence[Finding]:
        """What ``check`` says of one message, as one use of it or every use fills it. Raises
        JudgeAway."""
        return self._of(configuration, message, now, use)

    def of_messages(
        self, configuration: Configuration, messages: Sequence[str], now: datetime
    ) -> list[Finding]:
        """The same of several, and of what they share for an empty name. Raises JudgeAway."""
        shared = shared_files(configuration.templates)
        return [
            one for name in messages for one in self._of(configuration, name, now, None, shared)
        ]

    def known(
        self,
        configuration: Configuration,
        message: str,
        now: datetime,
        use: Use | None = None,
        shared: Files | None = None,
    ) -> Sequence[Finding] | None:
        """The answer, where it comes at once. ``shared``: as ``Marks.of`` has it."""
        day = day_for(configuration, message, now, use)
        return self._known.get(self._marks.of(configuration, message, day, use, shared).digest)

    def mark(self, configuration: Configuration, message: str, use: Use) -> str:
        """Digest of what the answer on one use depends on."""
        return self._marks.of(configuration, message, None, use).digest

    def close(self) -> None:
        """End the child, if there is one. May be called again, and the judge used again."""
        child, self._child = self._child, None
        self._answers.clear()
        apart.end(child)

    def _of(
        self,
        configuration: Configuration,
        message: str,
        now: datetime,
        use: Use | None,
        shared: Files | None = None,
    ) -> Sequence[Finding]:
        day = day_for(configuration, message, now, use)
        mark = self._marks.of(configuration, message, day, use, shared)
        # Without the lock, which a thread holds while it judges: the loop asks for what is known.
        if (known := self._known.get(mark.digest)) is not None:
            return known
        kept = self._kept_for(configuration)
        if self.believes and (known := kept.get(mark.digest)) is not None:
            self._remember(mark, known)
            return known
        with self._lock:
            if (known := self._known.get(mark.digest)) is not None:
                return known
            found, by = self._asked(configuration, message, day, use)
            if self._marks.of(configuration, message, day, use) != mark:
                # Edited meanwhile: nobody can tell which words these findings are about.
                return found
            self._remember(mark, found)
            # A text that cost too much may owe it to the machine, which a new start tries again.
            if by and by == judging_code.digest() and all(one.rule != COSTLY for one in found):
                kept.put(mark.digest, found)
            return found

    def _remember(self, mark: Mark, found: Sequence[Finding]) -> None:
        self._known[mark.digest] = found
        if len(self._known) > KEPT:
            self._known.pop(next(iter(self._known)), None)

    def _kept_for(self, configuration: Configuration) -> KeptFindings:
        folder = configuration.kept_findings
        if self._kept is None or self._kept.folder != folder:
            self._kept = KeptFindings(folder=folder)
        return self._kept

    def _asked(
        self, configuration: Configuration, message: str, day: date, use: Use | None
    ) -> tuple[list[Finding], str]:
        """The findings, and which program found them."""
        from scheduler.flow.writing.checking import Checker

        checker = Checker(
            ground=self._marks.ground(configuration, message),
            templates=configuration.templates,
            today=day,
            only=use,
        )
        ended: list[Finding] = []
        skip: list[str] = []
        while True:
            asked = {"checker": checker, "message": message, "skip": tuple(skip)}
            answer, at = self._ask(pickle.dumps(asked))
            if answer is not None:
                found = [told(one) for one in answer["findings"]]
                return in_reading_order([*found, *ended]), answer.get("by", "")
            ended.append(_too_costly(at))
            log.warning("text.too_costly", file=at, message=message)
            if at in skip:
                return ended, ""
            skip.append(at)

    def _ask(self, request: bytes) -> tuple[dict[str, Any] | None, str]:
        """The answer; None when a text ended the child, and the file it was at: twice, for what
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
                        return line, ""
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
    found: list[Finding] = []
    shared: Files | None = shared_files(configuration.templates)
    for name, of in ((message, use), ("", NO_USE)):
        said = _JUDGE.known(configuration, name, now, of, shared)
        if said is None:
            said = await asyncio.to_thread(_JUDGE.of_message, configuration, name, now, of)
            # They may have been edited meanwhile.
            shared = None
        found += said
    return found


def mark(configuration: Configuration, message: str, use: Use) -> str:
    """Digest of what ``judged`` depends on, the files among it."""
    return _JUDGE.mark(configuration, message, use)


def everything(
    configuration: Configuration,
    now: datetime,
    messages: Sequence[str] = (),
    *,
    anew: bool = False,
) -> list[Finding]:
    """``check``: every finding, in reading order, of these messages or of all and what they share;
    ``anew``: whatever was found before.

    Raises NotFound for a message that isn't there, ConfigError for an unusable SMS sender.
    """
    from scheduler.flow.writing.checking_beside import Beside

    beside = Beside(
        configuration=configuration,
        config_file=configuration.root / configuration.file,
        now=now,
    )
    names = beside.named(messages)
    judge = Judge(believes=False) if anew else _JUDGE
    try:
        findings = judge.of_messages(configuration, names if messages else [*names, ""], now)
    finally:
        if anew:
            judge.close()
    return in_reading_order([*findings, *beside.findings(messages)])


def _too_costly(file: str) -> Finding:
    from scheduler.content.rules.passage import finding

    return finding(
        COSTLY, file, None, "ce texte demande trop de temps ou de mémoire pour être relu"
    )


#: One for the process; the desk has its own, so that nothing to be sent waits behind its pages.
_JUDGE = Judge()
atexit.register(_JUDGE.close)
