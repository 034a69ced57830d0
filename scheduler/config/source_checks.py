"""Faults of ``sources:`` that only show beside the audiences."""

from collections.abc import Iterator, Sequence

from scheduler.config.settings import Settings
from scheduler.config.yaml_lines import Document, KeyPath
from scheduler.domain.calendar.campaigns import Audience

Finding = tuple[KeyPath, str, str]
#: Keys of a source that hold a secret, below its name.
SECRETS = (
    ("ldap", "password"),
    ("https", "password"),
    ("https", "token"),
    ("sftp", "password"),
    ("sftp", "private_key"),
    ("sftp", "passphrase"),
    ("sql", "password"),
)


def check(settings: Settings, audiences: Sequence[Audience]) -> Iterator[Finding]:
    own = {one.name: one for one in audiences if one.is_source}
    for name, source in settings.sources.items():
        key = ("sources", name)
        audience = own.get(name)
        if audience is None:
            what = f"there is no audience {name!r} with contacts of its own"
            yield key, what, "name one of audiences, or remove the source"
            continue
        bases = sorted({terms.basis for terms in audience.channels.values()})
        if source.basis not in bases:
            what = f"{source.basis.value!r} is no basis of {name}"
            yield (*key, "basis"), what, f"audiences/{name}.yaml names {', '.join(bases)}"


def secrets_in(document: Document, settings: Settings) -> Iterator[tuple[str, int]]:
    """Secrets that stand in the file itself, dotted, with their line."""
    for name, source in settings.sources.items():
        for kind, key in SECRETS:
            path = ("sources", name, kind, key)
            if path in document.lines:
                yield ".".join(path), document.lines[path]
        if source.sql and _has_password(source.sql.url):
            path = ("sources", name, "sql", "url")
            yield ".".join(path), document.lines.get(path, 1)


def _has_password(url: str) -> bool:
    account, at, _ = url.partition("://")[2].rpartition("@")
    return bool(at) and ":" in account
