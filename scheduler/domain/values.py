"""Values: frozen, made by names, equal when all they hold is.

``dataclass(frozen=True, kw_only=True, slots=True)`` compiles six functions from text for each
class, which was a fifth of what any command takes to start. Of a value only the first is compiled:
the others are the same for all, but for the fields that they look at.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")

#: What a field gets that isn't given, where each value has its own.
_OWN = object()


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def frozen(plain: type[T]) -> type[T]:
    """What ``dataclass(frozen=True, kw_only=True, slots=True)`` makes of a class; a test compares
    them. Values inherit from values, or from what is no dataclass."""
    if plain.__doc__ is None:
        plain.__doc__ = plain.__name__  # else its signature, worked out for longer than all else
    made: Any = dataclass(kw_only=True, slots=True, init=False, repr=False, eq=False)(plain)
    of = fields(made)
    functions = {
        "__init__": _init(made, of),
        **_same([one.name for one in of if one.compare]),
        **_OF_ALL,
    }
    own = vars(plain)
    for name, function in functions.items():
        if own.get(name) is None:  # Python writes __hash__ = None beside an __eq__
            setattr(made, name, function)
    return made  # type: ignore[no-any-return]


def _init(made: Any, of: tuple[Field[Any], ...]) -> Callable[..., None]:
    """Sets each slot by its own setter, which is quicker than by its name."""
    known: dict[str, Any] = {"__name__": made.__module__, "_own": _OWN}
    heads, lines = [], []
    for one in of:
        name = one.name
        if not one.init:
            raise TypeError(f"a value is given all that it holds: {name}")
        known[f"_set_{name}"] = getattr(made, name).__set__
        given = name
        if one.default is not MISSING:
            known[f"_default_{name}"] = one.default
            heads.append(f"{name}=_default_{name}")
        elif one.default_factory is not MISSING:
            known[f"_make_{name}"] = one.default_factory
            heads.append(f"{name}=_own")
            given = f"_make_{name}() if {name} is _own else {name}"
        else:
            heads.append(name)
        lines.append(f" _set_{name}(self, {given})")
    if hasattr(made, "__post_init__"):
        lines.append(" self.__post_init__()")
    star = ", *, " if heads else ""
    text = f"def __init__(self{star}{', '.join(heads)}):\n" + ("\n".join(lines) or " pass")
    exec(text, known)  # noqa: S102 - of a class's own names, as dataclass does it
    function: Callable[..., None] = known["__init__"]
    function.__qualname__ = f"{made.__qualname__}.__init__"  # which a refusal names
    return function


def _same(names: list[str]) -> dict[str, Callable[..., Any]]:
    """Equality with another of its class, and what it is found by in a dict."""
    held: Callable[[object], object] = _none
    if names:
        held = attrgetter(*names) if len(names) > 1 else _only(names[0])

    def __eq__(self: object, other: object) -> bool:
        return held(self) == held(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:
        return hash(held(self))

    return {"__eq__": __eq__, "__hash__": __hash__}


def _none(_: object) -> tuple[object, ...]:
    return ()


def _only(name: str) -> Callable[[object], tuple[object]]:
    """As ``attrgetter``, which of one name makes no tuple."""
    get = attrgetter(name)
    return lambda one: (get(one),)


@recursive_repr()
def _repr(self: Any) -> str:
    told = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({told})"


def _refuse_change(self: object, name: str, new: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_loss(self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    """What its slots hold: by that it is copied, and goes to another process."""
    return [getattr(self, one.name) for one in fields(self)]


def _take_state(self: Any, state: list[object]) -> None:
    for one, held in zip(fields(self), state, strict=True):
        object.__setattr__(self, one.name, held)


#: One function each for all values, which would otherwise fill some megabytes.
_OF_ALL: dict[str, Callable[..., Any]] = {
    "__repr__": _repr,
    "__setattr__": _refuse_change,
    "__delattr__": _refuse_loss,
    "__getstate__": _state,
    "__setstate__": _take_state,
}
