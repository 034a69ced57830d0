"""The last good configuration, noted by a daemon beside its keys: without secrets and calendar.

It is for the few commands that must work while config.yaml is faulty: those that stop a sending,
record an opt-out, or look.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from pydantic import SecretStr, ValidationError

from scheduler.config.absolute_paths import absolute_url
from scheduler.config.by_section import read_sections
from scheduler.config.configuration import Configuration
from scheduler.config.environment import merge, read_environment
from scheduler.config.settings import DatabaseSettings, KeysSettings, Settings
from scheduler.domain.errors import ConfigError
from scheduler.domain.values import frozen

#: What of a channel is no secret, whatever its provider is.
_OF_CHANNELS = {
    "email": ("from", "reply_to", "return_path_domain", "window", "pace", "bounces"),
    "sms": ("sender", "weekdays", "saturday"),
}


@frozen
class LastGood:
    """What was noted, and how config.yaml stands to it."""

    configuration: Configuration
    file: Path
    noted_at: datetime
    #: The ledger that config.yaml, as far as it can be read, names now; empty: the same.
    other_ledger: str = ""


def note_file(keys: Path) -> Path:
    return keys.with_name(f"{keys.name}.last-good")


def note(configuration: Configuration, now: datetime) -> None:
    """Raises OSError; what was noted before is then still there."""
    file = note_file(configuration.settings.keys.file)
    fresh = file.with_name(f"{file.name}.new")
    told = {
        "noted_at": now.isoformat(),
        "root": str(configuration.root),
        "settings": _without_secrets(configuration.settings),
    }
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(told, out, ensure_ascii=False, indent=1)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)


def _without_secrets(settings: Settings) -> dict[str, Any]:
    # Neither the calendar nor whom an outbox pretends to fail for: those may be people.
    dumped = settings.model_dump(by_alias=True, exclude={"campaigns", "audiences", "holidays"})
    dumped["outbox"].pop("fail", None)
    url = settings.database.url
    channels = {
        name: {key: one for key, one in dumped["channels"][name].items() if key in plain}
        for name, plain in _OF_CHANNELS.items()
    }
    told = dumped | {"channels": channels, "database": {"url": without_password(url)}}
    plain: dict[str, Any] = json.loads(json.dumps(_plain(told), default=str))
    return plain | {"campaigns": {}, "audiences": []}


def _plain(value: Any) -> Any:
    """Without secrets, wherever they are."""
    if isinstance(value, dict):
        return {
            key: _plain(one) for key, one in value.items() if not isinstance(one, SecretStr | None)
        }
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.strftime("%H:%M") if hasattr(value, "strftime") and _is_time(value) else value


def _is_time(value: object) -> bool:
    return hasattr(value, "hour") and not hasattr(value, "year")


def without_password(url: str) -> str:
    """What says which database it is. An option may hold a password as well."""
    if url.startswith("sqlite"):
        return url
    parts = urlsplit(url)
    user, _, host = parts.netloc.rpartition("@")
    who = f"{user.partition(':')[0]}@" if user else ""
    return urlunsplit((parts.scheme, f"{who}{host}", parts.path, "", ""))


def read(config: Path, environment: Mapping[str, str] | None = None) -> LastGood | None:
    """What was noted beside the keys of a config.yaml that can't be used; None: nothing was."""
    config = config.absolute()
    variables, _ = read_environment(os.environ if environment is None else environment)
    data, is_whole = _readable(config, variables)
    for keys in _keys(config.parent, data):
        with suppress(OSError, ValueError, KeyError, TypeError, ValidationError):
            file = note_file(keys)
            told = json.loads(file.read_text(encoding="utf-8"))
            found = Configuration(
                root=Path(told["root"]),
                settings=Settings.model_validate(told["settings"]),
                audiences=(),
                campaigns=(),
            )
            at = datetime.fromisoformat(told["noted_at"])
            good = LastGood(configuration=found, file=file, noted_at=at)
            return _compared(good, _url(config.parent, data, is_whole=is_whole))
    return None


def _readable(config: Path, variables: Mapping[str, Any]) -> tuple[Mapping[str, Any], bool]:
    """The keys that can be read, and whether ``database`` is as it was meant."""
    try:
        sections = read_sections(config)
    except ConfigError:
        return variables, False
    lost = {"database", ""} & set(sections.broken)
    return merge(sections.document.data, variables), not lost


def _keys(root: Path, data: Mapping[str, Any]) -> list[Path]:
    section = data.get("keys")
    given = section.get("file") if isinstance(section, dict) else None
    files = [Path(given)] if isinstance(given, str) else []
    return [root / one for one in [*files, KeysSettings().file]]


def _url(root: Path, data: Mapping[str, Any], *, is_whole: bool) -> str:
    """The ledger that is named now; empty where that can't be read."""
    section = data.get("database", {})
    given = section.get("url") if isinstance(section, dict) else None
    if isinstance(given, str):
        return absolute_url(given, root)
    return absolute_url(DatabaseSettings().url, root) if is_whole and section == {} else ""


def _compared(good: LastGood, url: str) -> LastGood:
    settings = good.configuration.settings
    if not url:
        return good
    if without_password(url) != settings.database.url:
        return replace(good, other_ledger=without_password(url))
    # The same, with its password.
    database = settings.database.model_copy(update={"url": url})
    configuration = replace(
        good.configuration, settings=settings.model_copy(update={"database": database})
    )
    return replace(good, configuration=configuration)
