"""A folder instead of the world: rehearsals, trials, and a first day without any account.

Takes any channel. One file a message, named by its reference: ``.eml`` for e-mail, opened by any
mail program, ``.txt`` for the rest.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from scheduler.domain.channels import ChannelKind
from scheduler.domain.delivery import Receipt
from scheduler.domain.errors import Permanent, Temporary, Uncertain
from scheduler.domain.message import Message
from scheduler.domain.provider import Begin, Given, HandingOver, unasked
from scheduler.domain.provider import Provider as Port
from scheduler.domain.values import frozen

CHANNEL: ChannelKind | None = None
PROVIDER = "outbox"

Failure = Literal["temporary", "permanent", "uncertain"]

_REFERENCE = re.compile(r"[A-Za-z0-9_-]{1,128}")


def _keep_all(message: Message) -> bool:
    return True


@frozen
class Options:
    path: Path
    #: What becomes of messages to some recipients: outcome to glob patterns of addresses or
    #: numbers (``{"permanent": ["*@nowhere.example.org"]}``).
    fail: Mapping[Failure, Sequence[str]] = field(default_factory=dict)
    #: Which messages to write. The others are accepted and counted only: a rehearsal of a year
    #: looks at a few of each and counts the rest.
    keep: Callable[[Message], bool] = _keep_all


def read_options(given: Given) -> Options:
    return Options(path=given.section["path"], fail=given.section.get("fail", {}))


class Provider(Port):
    """On the file system. Handing the same message over again replaces it."""

    #: Whether made-up telephone numbers may be handed over: nobody is reached from here.
    carries_fiction = True

    def __init__(self, options: Options) -> None:
        self._options = options
        self._made: set[str] = set()
        self.concurrency = 64

    async def send(
        self, message: Message, handing_over: HandingOver, begin: Begin = unasked
    ) -> Receipt:
        if not _REFERENCE.fullmatch(message.reference):
            raise Permanent("reference", "the reference can't be a file's name")
        await begin(message.delivery)
        self._fail_when_told(message, handing_over)
        handing_over(message.delivery)
        if not self._options.keep(message):
            return Receipt(provider_id="", segments=message.segments)
        try:
            name = self._write(message)
        except OSError as error:
            detail = f"can't be written: {error.strerror}"
            raise Temporary("outbox", detail, of_channel=True) from None
        return Receipt(provider_id=name, segments=message.segments)

    def _fail_when_told(self, message: Message, handing_over: HandingOver) -> None:
        for outcome, patterns in self._options.fail.items():
            if not any(fnmatchcase(message.to, pattern) for pattern in patterns):
                continue
            if outcome == "temporary":
                raise Temporary("outbox", "told to fail for now")
            if outcome == "permanent":
                raise Permanent("outbox", "told to fail for good")
            handing_over(message.delivery)
            raise Uncertain("outbox", "told to give no answer")

    def _write(self, message: Message) -> str:
        """Write the whole file or none; its path below the outbox's."""
        # A hundred thousand files in one folder open slowly everywhere.
        folder = message.reference[:2]
        ending = "eml" if "@" in message.to else "txt"
        name = f"{folder}/{message.reference}.{ending}"
        target = self._options.path / name
        if folder not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        draft = target.with_suffix(".tmp")
        draft.write_bytes(message.body)
        draft.replace(target)
        return name
