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
        "__repr__": _repr([one.name for one in of if one.repr]),
        **_same([one.name for one in of if one.compare]),
        **_unchanging([one.name for one in of]),
    }
    own = vars(plain)
    for name, function in functions.items():
        if own.get(name) is None:  # Python writes __hash__ = None beside an __eq__
            function.__qualname__ = f"{made.__qualname__}.{name}"
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
    function.__annotations__ = {one.name: one.type for one in of} | {"return": None}
    return function


def _repr(names: list[str]) -> Callable[[object], str]:
    @recursive_repr()
    def __repr__(self: object) -> str:
        told = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({told})"

    return __repr__


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


def _unchanging(names: list[str]) -> dict[str, Callable[..., Any]]:
    """A value doesn't change; it is copied and pickled by what its slots hold."""

    def __setattr__(self: object, name: str, new: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self: object, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __getstate__(self: object) -> list[object]:
        return [getattr(self, name) for name in names]

    def __setstate__(self: object, state: list[object]) -> None:
        for name, held in zip(names, state, strict=True):
            object.__setattr__(self, name, held)

    return {
        "__setattr__": __setattr__,
        "__delattr__": __delattr__,
        "__getstate__": __getstate__,
        "__setstate__": __setstate__,
    }
