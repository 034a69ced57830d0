"""A configuration whose calendar is faulty: what is faulty is left aside, and said.

An edit of ``campaigns``, ``audiences``, ``holidays`` or a file of audiences/ must not keep anybody
from stopping a sending, nor the daemon from hearing opt-outs. Any other fault refuses, as ever.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from scheduler.config.by_section import Sections, read_sections
from scheduler.config.configuration import Configuration
from scheduler.config.environment import PREFIX, merge
from scheduler.config.loading import Given, checked
from scheduler.config.settings import Settings
from scheduler.config.yaml_lines import KeyPath
from scheduler.domain.errors import ConfigError, Fault

#: What people edit while the daemon runs.
CALENDAR = ("campaigns", "audiences", "holidays")
#: Each round leaves something aside; after so many, the whole calendar is.
_ROUNDS = 100


def load_tolerant(
    path: Path, environment: Mapping[str, str] | None = None, *, bending: bool = False
) -> Configuration:
    """The configuration without what of its calendar is faulty (``faults``); ``bending``: with what
    has the wrong shape for its provider, told there too.

    Raises ConfigError, with everything found, when something else is faulty.
    """
    path = path.absolute()
    given = Given.by(os.environ if environment is None else environment)
    sections = read_sections(path)
    found = list(sections.faults)
    if any(not _is_calendars(sections, (name,)) for name in sections.broken):
        raise ConfigError(found)
    data = merge(sections.document.data, given.variables)
    for name in sections.broken:
        data = _without(data, [(name,)])
    for round_ in range(_ROUNDS + 1):
        try:
            read = checked(sections.document, data, given, bending=bending)
        except ConfigError as faulty:
            new = [one for one in faulty.faults if one not in found]
            paths = [_path(one, path) for one in faulty.faults]
            if round_ == _ROUNDS or any(not _may_lack(sections, one) for one in paths):
                raise ConfigError([*found, *new]) from faulty
            found += new
            data = _without(data, paths if round_ < _ROUNDS - 1 else [(one,) for one in CALENDAR])
        else:
            return replace(read, faults=(*found, *read.faults))
    raise AssertionError


def _path(fault: Fault, config: Path) -> KeyPath:
    """The key that a fault is about; of a file of audiences/, ``file`` and the audience."""
    if fault.where == "environment":
        return ("environment", *fault.key.removeprefix(PREFIX).lower().split("__"))
    if fault.where != str(config):
        return ("file", Path(fault.where).stem)
    return tuple(fault.key.split("."))


def _may_lack(sections: Sections, key: KeyPath) -> bool:
    if key[0] == "environment":
        return key[1] in CALENDAR
    return key[0] == "file" or _is_calendars(sections, key)


def _is_calendars(sections: Sections, key: KeyPath) -> bool:
    """A key of the calendar, or one at the left margin that has slipped out of it."""
    if key[0] in CALENDAR:
        return True
    if not key[0] or len(key) > 1 or key[0] in Settings.model_fields:
        return False
    near = get_close_matches(key[0], Settings.model_fields, n=1)
    return (near[0] if near else _section_above(sections, key[0])) in CALENDAR


def _section_above(sections: Sections, name: str) -> str:
    lines = sections.document.lines
    here = lines.get((name,))
    known = {key[0]: line for key, line in lines.items() if key[0] in Settings.model_fields}
    above = [(line, key) for key, line in known.items() if here is not None and line < here]
    return max(above, default=(0, ""))[1]


def _without(data: Mapping[str, Any], keys: list[KeyPath]) -> dict[str, Any]:
    """The calendar without what these are about; all of it, where that can't be told."""
    left = dict(data)
    gone: set[str] = set()
    for key in keys:
        match key[1:] if key[0] == "environment" else key:
            case ("file", name):
                gone.add(name)
            case ("audiences", position, *_) if named := _named(data, position):
                gone.add(named)
            case ("campaigns", name, *_) if name in _campaigns(data):
                left["campaigns"] = {
                    other: one for other, one in _campaigns(left).items() if other != name
                }
            case (("campaigns" | "audiences" | "holidays") as section, *_):
                left.pop("holidays" if section == "holidays" else "", None)
                left["campaigns"] = {}
                left["audiences"] = [] if section == "audiences" else left.get("audiences", [])
            case (name, *_):
                left.pop(name, None)
    return _without_audiences(left, gone)


def _without_audiences(data: dict[str, Any], gone: set[str]) -> dict[str, Any]:
    """Nothing goes to these. A campaign that was for them alone has nobody, and not everybody."""
    names = data.get("audiences")
    names = names if isinstance(names, list) else []
    data["audiences"] = [name for name in names if str(name) not in gone]
    data["campaigns"] = dict(_addressing(_campaigns(data), gone))
    web = data.get("web")
    if isinstance(web, dict) and (web.get("subscribe") in gone or not data["audiences"]):
        data["web"] = {key: value for key, value in web.items() if key != "subscribe"}
    return data


def _addressing(campaigns: Mapping[str, Any], gone: set[str]) -> Iterator[tuple[str, Any]]:
    for name, one in campaigns.items():
        wanted = one.get("audiences") if isinstance(one, dict) else None
        if not isinstance(wanted, list) or not gone & set(map(str, wanted)):
            yield name, one
        elif left := [each for each in wanted if str(each) not in gone]:
            yield name, {**one, "audiences": left}


def _campaigns(data: Mapping[str, Any]) -> Mapping[str, Any]:
    found = data.get("campaigns")
    return found if isinstance(found, dict) else {}


def _named(data: Mapping[str, Any], position: str) -> str:
    """The audience at a place of the list; empty: there is none."""
    names = data.get("audiences")
    if not isinstance(names, list) or not position.isdigit() or int(position) >= len(names):
        return ""
    return str(names[int(position)])
