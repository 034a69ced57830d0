"""What ``check`` says of the campaign's host: whose the character is, and who permitted it."""

from collections.abc import Iterator
from pathlib import Path

from scheduler.config.configuration import Configuration
from scheduler.config.yaml_lines import read_yaml
from scheduler.content.composing.texts import is_shown
from scheduler.content.fields import HOST
from scheduler.content.library import Library
from scheduler.content.rules.passage import finding
from scheduler.domain.checking.findings import Finding
from scheduler.domain.errors import ContentError
from scheduler.domain.host import THE_AGENCY, VICTOR_CODE


def host_findings(
    configuration: Configuration, config_file: Path, library: Library
) -> Iterator[Finding]:
    """Advice, once texts that show the host reach people and nobody has permitted another."""
    settings = configuration.settings
    if settings.host.permission or not settings.channels.reach_people or not _is_shown(library):
        return
    name = settings.host.name
    owner = THE_AGENCY if name == VICTOR_CODE else "son auteur"
    yield finding(
        "host",
        config_file.name,
        read_yaml(config_file).line(("host",)),
        f"les textes parlent par {library.host.name}, qui est à nous : « {name} » attend une "
        f"permission, et un crédit n'en est pas une ({owner})",
        "demandez-la, puis écrivez host: {permission: {by: …, date: …}} ; sans elle, tout part "
        f"au nom de {library.host.name}",
    )


def _is_shown(library: Library) -> bool:
    for name in library.messages():
        try:
            sources = library.load(name).sources
        except ContentError:
            continue  # told of where it stands
        if any(is_shown(HOST, one.subject, one.preheader, one.body) for one in sources):
            return True
    return False
