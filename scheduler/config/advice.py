"""What works and should be mended: secrets in a file that is shared, or that anybody can read."""

from collections.abc import Mapping
from pathlib import Path

from scheduler.config import shapes, source_checks
from scheduler.config.environment import FILE_KEYS, PREFIX
from scheduler.config.settings import Settings
from scheduler.config.yaml_lines import Document

#: Keys that hold a secret. config.yaml is shared and kept in git: they belong elsewhere.
SECRET_KEYS = (
    ("web", "desk_token"),
    ("web", "metrics_token"),
    ("web", "oidc", "client_secret"),
    ("channels", "email", "smtp", "password"),
    ("channels", "email", "dkim", "rsa", "key"),
    ("channels", "email", "dkim", "ed25519", "key"),
    ("channels", "email", "mailbox", "password"),
    ("channels", "email", "mailbox", "oauth2", "client_secret"),
    ("channels", "sms", "twilio", "auth_token"),
    ("reported", "password"),
    ("reported", "oauth2", "client_secret"),
)


def secret_files(environment: Mapping[str, str]) -> dict[str, Path]:
    """The files that hold a secret each, by the variable that names them."""
    return {
        name: Path(value)
        for name, value in environment.items()
        if name.startswith(PREFIX) and name.endswith("_FILE") and not name.endswith(FILE_KEYS)
    }


def is_open_to_all(path: Path) -> bool:
    return path.is_file() and bool(path.stat().st_mode & 0o007)


def warnings_of(
    document: Document, environment: Mapping[str, str], settings: Settings
) -> list[str]:
    warnings = []
    secrets = [(".".join(key), document.lines[key]) for key in SECRET_KEYS if key in document.lines]
    warnings += [
        f"{document.path}:{line}: {name} is a secret in a file that is shared — "
        "give it by the environment or a *_FILE variable"
        for name, line in [*secrets, *source_checks.secrets_in(document, settings)]
    ]
    if advice := shapes.alignment_advice(settings, document):
        warnings.append(advice)
    files = secret_files(environment)
    for name, path in (files | {"keys.file": settings.keys.file}).items():
        if is_open_to_all(path):
            warnings.append(f"{name}: {path} can be read by every user — chmod 600 {path}")
    return warnings
