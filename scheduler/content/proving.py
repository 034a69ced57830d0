"""The second wall around writers' text: an unknown one is composed in a process apart first.

The grammar refuses what could loop or reach out, and output is capped. What slips through both
(an input on which a library is slow, a use of memory nobody thought of) stops a child process with
limits of time and memory, never the daemon. A text proved once is known by its fingerprint and is
composed in the daemon from then on; beside what ``check`` found, on disk, whoever asks next finds
it, while the program is the same. What was refused is tried again by each process.
"""

import asyncio
import atexit
import hashlib
import json
import select
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from scheduler.content import apart, judging_code
from scheduler.content.kept_findings import KeptFindings
from scheduler.domain.errors import ContentError

if TYPE_CHECKING:
    from scheduler.content.composing.content import Content

#: Seconds on the clock for one text. The child's processor time is far less: this is for a machine
#: that stands still, and isn't held against the text.
PATIENCE = 60.0
#: Fingerprints kept: many years of messages.
KEPT = 10_000
_COMMAND = apart.command("scheduler.content.proving_child")


@dataclass(kw_only=True, slots=True)
class Prover:
    """Keeps one child for all texts, started at need; it ends by itself when nothing comes.

    May be called from several threads.
    """

    command: tuple[str, ...] = _COMMAND
    patience: float = PATIENCE
    #: None: proved. Otherwise what was wrong, so that a bomb is tried once.
    _known: dict[str, ContentError | None] = field(default_factory=dict)
    _child: subprocess.Popen[bytes] | None = None
    _lock: Lock = field(default_factory=Lock)

    def prove(self, content: "Content", kept: Path | None = None) -> None:
        """Return when ``content`` composes within the limits, at once if that is known.
        ``kept``: the folder in which other processes look and note it too.

        Raises ContentError when it doesn't, or when it couldn't be tried (then it is tried again
        the next time). Blocks for as long as the child needs.
        """
        fingerprint = content.fingerprint
        with self._lock:
            if fingerprint not in self._known:
                is_proved = kept is not None and _noted(kept, fingerprint)
                self._remember(fingerprint, None if is_proved else self._tried(content, kept))
            refused = self._known[fingerprint]
        if refused is not None:
            fault = refused.fault
            raise ContentError(
                where=fault.where, what=fault.what, remedy=fault.remedy, line=fault.line
            )

    def knows(self, content: "Content") -> bool:
        """``prove`` would answer at once."""
        return content.fingerprint in self._known

    def close(self) -> None:
        """End the child, if there is one. May be called again, and the prover used again."""
        child, self._child = self._child, None
        apart.end(child)

    def _remember(self, fingerprint: str, refused: ContentError | None) -> None:
        self._known[fingerprint] = refused
        if len(self._known) > KEPT:
            self._known.pop(next(iter(self._known)))

    def _tried(self, content: "Content", kept: Path | None) -> ContentError | None:
        """None when it composes, which is noted; the fault of the text otherwise."""
        answer = self._ask(content)
        if answer is None:
            what = "le texte demande trop de temps ou de mémoire pour être composé"
            remedy = "simplifiez-le : moins de marques imbriquées, des paragraphes plus courts"
            return ContentError(where=content.where, what=what, remedy=remedy)
        if "what" not in answer:
            if kept is not None:
                _note(kept, content.fingerprint, answer.get("by", ""))
            return None
        return ContentError(
            where=content.where, what=answer["what"], remedy=answer["remedy"], line=answer["line"]
        )

    def _ask(self, content: "Content") -> dict[str, Any] | None:
        """The child's answer; None when the text ended it. A fresh child shows it was the text."""
        question = content.to_json().encode() + b"\n"
        for fresh in (False, True):
            try:
                child = self._running(fresh=fresh)
                line = self._exchange(child, question)
            except TimeoutError:
                self.close()
                raise _untried(content, "il n'a pas répondu à temps") from None
            except OSError as error:
                self.close()
                if fresh:
                    raise _untried(content, str(error.strerror)) from error
                continue
            if line:
                found: dict[str, Any] = json.loads(line)
                return found
            self.close()
        return None

    def _running(self, *, fresh: bool) -> subprocess.Popen[bytes]:
        if self._child is None or fresh or self._child.poll() is not None:
            self.close()
            self._child = apart.start(self.command)
        return self._child

    def _exchange(self, child: subprocess.Popen[bytes], question: bytes) -> bytes:
        """One line for another; empty when the child ended. Raises TimeoutError, OSError."""
        sent, answers = apart.pipes(child)
        try:
            sent.write(question)
            sent.flush()
        except BrokenPipeError:
            return b""
        if not select.select([answers], [], [], self.patience)[0]:
            raise TimeoutError
        return answers.readline()


async def prove(content: "Content", kept: Path | None = None) -> None:
    """``Prover.prove`` of the whole process, without holding up the loop."""
    if not _PROVER.knows(content):
        await asyncio.to_thread(_PROVER.prove, content, kept)
    _PROVER.prove(content)


def prove_now(content: "Content") -> None:
    """The same from a thread or a command, which may wait."""
    _PROVER.prove(content)


def _noted(folder: Path, fingerprint: str) -> bool:
    """A process with this very program has proved it."""
    by = judging_code.digest()
    return bool(by) and KeptFindings(folder=folder).get(_mark(fingerprint, by)) is not None


def _note(folder: Path, fingerprint: str, by: str) -> None:
    """``by``: the program that has proved it, which may be newer than the one that asked."""
    if by and by == judging_code.digest():
        KeptFindings(folder=folder).put(_mark(fingerprint, by), ())


def _mark(fingerprint: str, by: str) -> str:
    return hashlib.sha256(f"proved {fingerprint} {by}".encode()).hexdigest()


def _untried(content: "Content", why: str) -> ContentError:
    return ContentError(
        where=content.where,
        what=f"le texte n'a pas pu être essayé à part ({why})",
        remedy="rien à corriger dans le texte : voyez la mémoire et la charge de la machine",
    )


#: One for the process: a fingerprint proved is proved, whoever asks.
_PROVER = Prover()
atexit.register(_PROVER.close)
