"""Faults in the operator's words: file, line, key, what is wrong, how to mend it."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from scheduler.config.environment import variable_of
from scheduler.config.yaml_lines import Document, KeyPath
from scheduler.domain.errors import Fault


def from_validation(
    invalid: ValidationError,
    document: Document,
    variables: Mapping[str, Any],
    model: type[BaseModel],
) -> list[Fault]:
    """pydantic's errors on ``model``, one fault each."""
    faults = []
    for error in invalid.errors(include_url=False, include_input=False):
        key = tuple(str(part) for part in error["loc"] if part != "[key]")
        what, remedy = _words(error["type"], error["msg"], key, model)
        if is_from(variables, key):
            key = _first_leaf(variables, key)
            faults.append(at(document, key, what, remedy, from_environment=True))
        else:
            faults.append(at(document, key, what, remedy))
    return faults


def at(
    document: Document, key: KeyPath, what: str, remedy: str, *, from_environment: bool = False
) -> Fault:
    """A fault at a key, wherever that key was given."""
    if from_environment:
        return Fault(where="environment", key=variable_of(key), what=what, remedy=remedy)
    return Fault(
        where=str(document.path),
        line=document.line(key),
        key=".".join(key),
        what=what,
        remedy=remedy,
    )


_DATE_AND_TIME = ("not a date and an hour as they are written here", "write 2026-10-04T18:30")
_DATE = ("not a date as it is written here", "write 2026-10-04 for 4 October 2026")
_NUMBER = ("not a number as it is written here", "write 0.08, without a unit")
#: What people type their own country's way, by pydantic's kind: an example to copy.
_TO_COPY = {
    "datetime_parsing": _DATE_AND_TIME,
    "datetime_from_date_parsing": _DATE_AND_TIME,
    "datetime_type": _DATE_AND_TIME,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "date_type": _DATE,
    "decimal_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "float_parsing": _NUMBER,
    "int_parsing": ("not a whole number", "write digits alone, such as 12"),
}


def _words(kind: str, message: str, key: KeyPath, model: type[BaseModel]) -> tuple[str, str]:
    if kind == "extra_forbidden":
        near = get_close_matches(key[-1], _known(model, key[:-1]), n=1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        return "unknown key", f"{hint}see docs/configuration.md, or remove it".strip()
    if kind == "missing":
        name = variable_of(key)
        return "missing", f"add the key, or set {name} (or {name}_FILE)"
    if kind == "string_type":
        return "must be text", 'put it in quotes, such as "57"'
    if kind == "string_pattern_mismatch":
        return "is not written as it is here", "see docs/configuration.md for what it may hold"
    if kind in _TO_COPY:
        return _TO_COPY[kind]
    what, _, remedy = message.removeprefix("Value error, ").partition(" — ")
    return what, remedy or "see docs/configuration.md for what it may hold"


def _known(model: type[BaseModel], above: KeyPath) -> Sequence[str]:
    """The keys a section may hold."""
    for name in above:
        found = _section(model, name)
        if found is not None:
            model = found
    return [field.alias or name for name, field in model.model_fields.items()]


def _section(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    for field_name, field in model.model_fields.items():
        if name in (field_name, field.alias):
            return next(_models(field.annotation), None)
    return None


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models(inner)


def _first_leaf(tree: Any, key: KeyPath) -> KeyPath:
    """The key that a variable really set, where a fault is in one of its upper parts."""
    for name in key:
        tree = tree[name]
    while isinstance(tree, Mapping) and tree:
        name, tree = next(iter(tree.items()))
        key = (*key, str(name))
    return key


def is_from(tree: Any, key: KeyPath) -> bool:
    for name in key:
        if not isinstance(tree, Mapping) or name not in tree:
            return False
        tree = tree[name]
    return bool(key)
