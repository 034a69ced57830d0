"""Which providers there are, and whether those that config.yaml names are among them.

Read from what the files of ``scheduler/channels`` say of themselves: a name must be refused before
anything starts, and no provider's library is loaded for that.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from scheduler.config.faults import at, is_from
from scheduler.config.settings import Settings
from scheduler.config.yaml_lines import Document
from scheduler.domain.errors import Fault

#: Channels that ``domain.ports`` names.
_NAMED = {"EMAIL": "email", "SMS": "sms"}


def check(settings: Settings, document: Document, variables: Mapping[str, Any]) -> list[Fault]:
    """A fault for each channel whose provider nobody wrote, or that carries something else."""
    found = []
    for channel, name in _chosen(settings):
        known = known_providers()
        if known.get(name, "") in (None, channel):
            continue
        key = ("channels", channel, "provider")
        what, remedy = _words(channel, name, known)
        given = is_from(variables, key)
        found.append(at(document, key, what, remedy, from_environment=given))
    return found


def _chosen(settings: Settings) -> Iterator[tuple[str, str]]:
    for name, chosen in settings.channels.every.items():
        yield name, chosen.provider


def _words(channel: str, name: str, known: Mapping[str, str | None]) -> tuple[str, str]:
    fitting = sorted(one for one, carries in known.items() if carries in (None, channel))
    near = get_close_matches(name, fitting, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    if name in known:
        what = f"provider {name!r} carries {known[name]}, not {channel}"
        return what, f"use one of: {', '.join(fitting)}"
    return (
        f"no provider {name!r} for this channel",
        f"{hint}scheduler/channels has: {', '.join(sorted(known))}",
    )


def known_providers() -> Mapping[str, str | None]:
    """Provider -> the channel it carries; None: any."""
    package = find_spec("scheduler.channels")
    folders = package.submodule_search_locations if package else None
    return _written_in(tuple(map(Path, folders or ())))


@cache
def _written_in(folders: Sequence[Path]) -> Mapping[str, str | None]:
    found: dict[str, str | None] = {}
    paths = (path for one in folders for path in [*one.glob("*.py"), *one.glob("*/__init__.py")])
    for path in sorted(paths):
        values = dict(_assigned(ast.parse(path.read_bytes())))
        if isinstance(values.get("PROVIDER"), ast.Constant):
            found[str(values["PROVIDER"].value)] = _channel(values.get("CHANNEL"))
    return found


def _assigned(module: ast.Module) -> Iterator[tuple[str, Any]]:
    """What a file's own names are set to, as it is written there."""
    for line in module.body:
        targets = line.targets if isinstance(line, ast.Assign) else []
        targets = [line.target] if isinstance(line, ast.AnnAssign) else targets
        for target in targets:
            if isinstance(target, ast.Name):
                yield target.id, line.value  # type: ignore[attr-defined]


def _channel(value: ast.expr | None) -> str | None:
    """``EMAIL``, ``ports.SMS`` or ``ChannelKind(name="…")``; what is written otherwise may carry
    any channel, and is asked when it is made."""
    match value:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return _NAMED.get(name)
        case ast.Call(keywords=words):
            for word in words:
                if word.arg == "name" and isinstance(word.value, ast.Constant):
                    return str(word.value.value)
    return None
