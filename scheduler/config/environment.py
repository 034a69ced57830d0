"""Keys set by the environment: ``REFLEXE_A__B__C`` is ``a.b.c`` and wins over config.yaml.

``REFLEXE_A__B__C_FILE`` names a file that holds the value, as container secrets are given.
(Own lines rather than pydantic-settings: it ignores unknown variables and knows no ``*_FILE``.)
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from scheduler.domain.errors import Fault

PREFIX = "REFLEXE_"
#: Variables of ours that set no key.
NOT_KEYS = frozenset({"REFLEXE_CONFIG", "REFLEXE_CI"})
#: Keys whose own name ends in "file".
FILE_KEYS = ("__FILE", "__CA_FILE")


def read_environment(environment: Mapping[str, str]) -> tuple[dict[str, Any], list[Fault]]:
    """The keys set, as a nested mapping, and what is wrong with them."""
    tree: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, value in sorted(environment.items()):
        if not name.startswith(PREFIX) or name in NOT_KEYS:
            continue
        key = name
        if name.endswith("_FILE") and not name.endswith(FILE_KEYS):
            key = name.removesuffix("_FILE")
            try:
                value = Path(value).read_text(encoding="utf-8").rstrip("\r\n")
            except (OSError, UnicodeDecodeError) as unreadable:
                what = f"the file {value!r} can't be read ({type(unreadable).__name__})"
                remedy = "name a text file that this user may read"
                faults.append(Fault(where="environment", key=name, what=what, remedy=remedy))
                continue
        _put(tree, key.removeprefix(PREFIX).lower().split("__"), value)
    return tree, faults


def variable_of(key: tuple[str, ...]) -> str:
    """The variable that sets a key."""
    return PREFIX + "__".join(key).upper()


def merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """``above`` laid over ``below``, mapping by mapping."""
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        both = isinstance(value, dict) and isinstance(under, dict)
        merged[key] = merge(under or {}, value) if both else value
    return merged


def _put(tree: dict[str, Any], path: list[str], value: str) -> None:
    for name in path[:-1]:
        below = tree.setdefault(name, {})
        if not isinstance(below, dict):
            below = tree[name] = {}
        tree = below
    tree[path[-1]] = _parsed(value)


def _parsed(value: str) -> Any:
    """Lists and mappings may be written as in YAML; anything else stays text."""
    if value[:1] in ("[", "{"):
        try:
            return yaml.safe_load(value)
        except yaml.YAMLError:
            return value
    return value
