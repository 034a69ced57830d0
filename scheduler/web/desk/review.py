"""What ``check`` says of the messages, for the pages; asked again only when something changed."""

import asyncio
import atexit
from collections.abc import Sequence
from datetime import datetime

from starlette.concurrency import run_in_threadpool

from scheduler.bootstrap import App
from scheduler.config.configuration import Configuration
from scheduler.domain.checking.findings import Finding, Severity
from scheduler.domain.errors import ConfigError, Fault
from scheduler.domain.values import frozen
from scheduler.flow.writing.judging import COSTLY, Judge, JudgeAway
from scheduler.flow.writing.marks import NO_USE, Use
from scheduler.web.desk.live import fingerprint
from scheduler.web.desk.patience import Patience

STILL_READ = Fault(
    where="relecture",
    what="ce message est encore à la relecture",
    remedy="revenez dans un instant ; un texte qui demande trop de temps sera refusé",
)


@frozen
class Reviewed:
    """What is known of some messages."""

    findings: Sequence[Finding]
    #: Those that nobody has read yet.
    unread: Sequence[str] = ()


class Review:
    """Remembers what was said of each message until a file of it changes."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._configuration: Configuration | None = None
        #: One text is read at a time, however many pages wait.
        self._turn = asyncio.Lock()
        self._kept: dict[str, tuple[str, Sequence[Finding]]] = {}

    async def findings(self, app: App, messages: Sequence[str]) -> list[Finding]:
        """Of these messages, which are there. The others of ``check``'s rules concern no message.

        Reading one takes a tenth of a second, and is done by a process apart: whatever a text
        costs, it isn't the event loop, where messages leave, that pays.
        """
        for message in self._unread(app, messages):
            async with self._turn:
                if self._unread(app, [message]):
                    seen = fingerprint(app.configuration.templates, message)
                    self._kept[message] = (
                        seen,
                        await run_in_threadpool(self._judged, app, message),
                    )
        return self._known(messages)

    async def faults_with(self, app: App, messages: Sequence[str]) -> list[Finding]:
        """Those of these messages and of what all share, as ``check`` would say them on the
        configuration of ``app``, which holds for one page alone."""
        return [
            one
            for message in ("", *dict.fromkeys(messages))
            for one in faults(await run_in_threadpool(self._judged, app, message))
        ]

    async def soon(self, app: App, messages: Sequence[str]) -> Reviewed:
        """What can be said within a moment; the rest is read meanwhile, for the next look."""
        key = ("review", id(app.configuration), *messages)
        found = await self._patience.within(key, self.findings(app, messages))
        if found is not None:
            return Reviewed(findings=found)
        unread = self._unread(app, messages)
        read = [one for one in messages if one not in unread]
        return Reviewed(findings=self._known(read), unread=unread)

    def _judged(self, app: App, message: str) -> Sequence[Finding]:
        """Never raises: a page says what is wrong."""
        try:
            return _JUDGE.of_message(app.configuration, message, app.clock())
        except ConfigError as broken:
            return [_finding(fault) for fault in broken.faults]
        except JudgeAway as away:
            what = f"ce message n'a pas pu être relu ({away})"
            remedy = "voyez la mémoire et la charge de la machine"
            return [_finding(Fault(where=f"templates/{message}", what=what, remedy=remedy))]

    def is_unread(self, app: App, message: str) -> bool:
        """Whether something of it changed since it was read, if it was asked for at all."""
        return message in self._kept and bool(self._unread(app, [message]))

    def _known(self, messages: Sequence[str]) -> list[Finding]:
        kept = (self._kept.get(message) for message in messages)
        return [finding for one in kept if one for finding in one[1]]

    def _unread(self, app: App, messages: Sequence[str]) -> list[str]:
        """Those of which something changed since they were read."""
        if app.configuration is not self._configuration:
            self._configuration, self._kept = app.configuration, {}
        templates = app.configuration.templates
        return [
            one for one in messages if self._kept.get(one, ("",))[0] != fingerprint(templates, one)
        ]


def faults(findings: Sequence[Finding]) -> list[Finding]:
    """Those that a message must not leave with."""
    return [one for one in findings if one.severity is Severity.FAULT]


def with_faults(findings: Sequence[Finding], refused: Sequence[Fault]) -> list[Finding]:
    """The findings, and what kept a preview from being made, where ``check`` didn't say so."""
    told = {(one.file, one.line) for one in faults(findings)}
    new = [one for one in dict.fromkeys(refused) if (one.where, one.line) not in told]
    return [*findings, *map(_finding, new)]


def _finding(fault: Fault) -> Finding:
    return Finding(
        file=fault.where,
        line=fault.line,
        rule="structure",
        severity=Severity.FAULT,
        message=fault.what,
        remedy=fault.remedy,
    )


def unread(reviewed: Reviewed) -> Fault | None:
    """Why a message may not be composed here: nobody has read it to its end yet, or nobody can."""
    costly = next((one for one in reviewed.findings if one.rule == COSTLY), None)
    if costly is not None:
        return Fault(where=costly.file, what=costly.message, remedy=costly.remedy)
    return STILL_READ if reviewed.unread else None


async def judged(
    configuration: Configuration, message: str, now: datetime, use: Use
) -> Sequence[Finding]:
    """What ``check`` says of one use of a message and of what all share, by the pages' own judge.

    Raises JudgeAway.
    """
    found = [
        await run_in_threadpool(_JUDGE.of_message, configuration, name, now, of)
        for name, of in ((message, use), ("", NO_USE))
    ]
    return [one for each in found for one in each]


#: The pages' own: nothing that is to be sent waits behind them.
_JUDGE = Judge()
atexit.register(_JUDGE.close)
