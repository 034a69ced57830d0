"""``check`` as the command runs it, in this process, on an installation's files."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from scheduler.bootstrap import links_of, organisation_of
from scheduler.config.loading import load
from scheduler.domain.findings import Finding
from scheduler.domain.organisation import EmailSender
from scheduler.flow.checking import Checker

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


def check(config: Path, messages: Sequence[str] = (), now: datetime = NOW) -> list[Finding]:
    configuration = load(config, {})
    email = configuration.settings.channels.email
    checker = Checker(
        configuration=configuration,
        config_file=config,
        organisation=organisation_of(configuration.settings),
        links=links_of(configuration.settings),
        email_sender=EmailSender(
            sender=email.sender,
            reply_to=email.reply_to,
            return_path_domain=email.return_path_domain,
        ),
        now=now,
    )
    return checker.check(messages)
