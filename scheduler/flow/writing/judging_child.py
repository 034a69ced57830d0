"""The other process, in which writers' texts are judged: some rule may be slow on some of them.

    python -I -m scheduler.flow.writing.judging_child

A request is its length and a pickle made by ``judging`` (our own parent, nobody else). Lines of
JSON come back: ``{"at": file}`` before each file, so that the parent knows which of them ended
this process, and at the end ``{"findings": […], "by": …}``, the program that found them, or
``{"away": why}``. It is given no environment, no secret and no contact. The kernel holds it to its
memory, and to its processor time for each file.
"""

import json
import pickle
import select
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from scheduler.content import judging_code
from scheduler.content.proving_child import compose, hold_to_limits, new_time
from scheduler.domain.channels import know
from scheduler.domain.checking.findings import Finding
from scheduler.domain.errors import ConfigError, NotFound
from scheduler.flow.writing.checking import Checker
from scheduler.flow.writing.passages import with_passages

#: Bytes of address space.
MEMORY = 768 * 1024 * 1024
#: Seconds without a request after which the process ends; the next one starts another.
IDLE = 30


def main() -> None:
    """Serve until the other end closes, or nothing comes for a while."""
    hold_to_limits(MEMORY)
    judging_code.digest()  # of the files that were just imported, not of those of an hour from now
    requests = sys.stdin.buffer
    # untaken: what another process does isn't measured
    while select.select([requests], [], [], IDLE)[0] and (size := requests.read(8)):
        asked = pickle.loads(requests.read(int.from_bytes(size, "big")))  # noqa: S301
        new_time()
        try:
            found = [asdict(one) for one in _judged(**asked)]
            _tell({"findings": found, "by": judging_code.digest()})
        # untaken: as above
        except (ConfigError, OSError) as unread:
            # Read anew while it is being written, or faulty now: nothing is known of these texts.
            _tell({"away": f"{type(unread).__name__}: a file can't be read now"})


def _judged(checker: Checker, message: str, skip: Sequence[str]) -> Sequence[Finding]:
    ground = checker.ground
    know(ground.channels)
    alone = replace(checker, prove=compose, begins=_begins, skip=frozenset(skip))
    try:
        found = alone.shared() if not message else alone.message(message)
    # untaken: as above
    except NotFound:
        return []  # its folder went away meanwhile
    known = {ground.file: ground.lines.text() if ground.lines else ()}
    return with_passages(found, checker.templates.parent, known)


def _begins(file: str) -> None:
    new_time()
    _tell({"at": file})


def _tell(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":  # untaken: as above
    main()
