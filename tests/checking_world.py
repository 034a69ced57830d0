"""``check`` as the command runs it, in this process, on an installation's files."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from scheduler.config.loading import load
from scheduler.content.proving_child import compose
from scheduler.domain.checking.findings import Finding
from scheduler.flow.writing.checking import Checker
from scheduler.flow.writing.checking_beside import Beside
from scheduler.flow.writing.ground import Grounds
from scheduler.flow.writing.judging import everything
from scheduler.flow.writing.passages import with_passages
from tests.parts.daemon import FOUND

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


def check(config: Path, messages: Sequence[str] = (), now: datetime = NOW) -> list[Finding]:
    return everything(load(config, FOUND), now, messages)


def check_here(config: Path, messages: Sequence[str] = (), now: datetime = NOW) -> list[Finding]:
    """The same, by the same steps, without the process that a text may cost too much."""
    configuration = load(config, {})
    grounds = Grounds.of(configuration)
    of_rest = Beside(configuration=configuration, config_file=config, now=now)
    names = of_rest.named(messages)
    found = list[Finding]()
    for name in names if messages else [*names, ""]:
        ground = grounds.of_message(name)
        checker = Checker(
            ground=ground, templates=configuration.templates, today=now.date(), prove=compose
        )
        said = checker.message(name) if name else checker.shared()
        known = {ground.file: ground.lines.text() if ground.lines else ()}
        found += with_passages(said, config.parent, known)
    return [*found, *of_rest.findings(messages)]


def judged_here(config: Path, message: str, environment: Mapping[str, str]) -> list[Finding]:
    """Of one message, in this process."""
    configuration = load(config, environment)
    checker = Checker(
        ground=Grounds.of(configuration).of_message(message),
        templates=configuration.templates,
        today=NOW.date(),
    )
    return checker.message(message)


def beside(config: Path, environment: Mapping[str, str]) -> list[Finding]:
    """What ``check`` says beside the texts."""
    configuration = load(config, environment)
    return Beside(configuration=configuration, config_file=config, now=NOW).findings([])
