"""``check`` as the command runs it, in this process, on an installation's files."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from scheduler.config.loading import load
from scheduler.domain.checking.findings import Finding
from scheduler.flow.writing.judging import everything

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


def check(config: Path, messages: Sequence[str] = (), now: datetime = NOW) -> list[Finding]:
    return everything(load(config, {}), now, messages)
