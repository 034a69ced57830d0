"""What ``check`` says of the messages, for the pages; asked again only when something changed."""

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool

from scheduler.bootstrap import App, make_renderer
from scheduler.config.loading import Configuration
from scheduler.domain.errors import ConfigError, Fault
from scheduler.domain.findings import Finding, Severity
from scheduler.flow.checking import Checker
from scheduler.web.desk.live import fingerprint


class Review:
    """Remembers what was said of each message until a file of it changes."""

    def __init__(self) -> None:
        self._configuration: Configuration | None = None
        self._kept: dict[str, tuple[str, Sequence[Finding]]] = {}

    async def findings(self, app: App, messages: Sequence[str]) -> list[Finding]:
        """Of these messages, which are there. The others of ``check``'s rules concern no message.

        Reading one takes a tenth of a second: it is done beside the event loop, where messages
        leave.
        """
        if app.configuration is not self._configuration:
            self._configuration, self._kept = app.configuration, {}
        templates = app.configuration.templates
        seen = {message: fingerprint(templates, message) for message in messages}
        new = [one for one in messages if self._kept.get(one, ("",))[0] != seen[one]]
        for message in new:
            self._kept[message] = (seen[message], await run_in_threadpool(_check, app, message))
        return [finding for message in messages for finding in self._kept[message][1]]


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


def _check(app: App, message: str) -> list[Finding]:
    parts = make_renderer(app, test=True)
    checker = Checker(
        configuration=app.configuration,
        config_file=app.configuration.root / "config.yaml",
        organisation=parts.organisation,
        links=parts.links,
        email_sender=parts.email_sender,
        now=app.clock(),
    )
    try:
        return checker.check([message])
    except ConfigError as broken:
        return [_finding(fault) for fault in broken.faults]
