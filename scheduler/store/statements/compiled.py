"""What a statement comes to in SQL, worked out once a process and not once a connection's engine.

A process opens several ledgers: a reader and a writer, a rehearsal's copy, one that rows move to;
its tests open thousands. SQLAlchemy keeps compiled statements for each engine apart; nothing in
them is an engine's own, only the kind of database and its version count.
"""

from collections.abc import Callable
from dataclasses import field
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Dialect
from sqlalchemy.util import LRUCache

from scheduler.domain.values import frozen

#: Statements that are kept; a daemon has some hundreds.
KEPT = 1_000

P = ParamSpec("P")
T = TypeVar("T")


class Compiled(LRUCache[Any, Any]):
    """Of every engine together."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_for_any_engine(key), default)

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(_for_any_engine(key))

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(_for_any_engine(key), value)


def _for_any_engine(key: Any) -> Any:
    """SQLAlchemy's key with what counts of its dialect, whose first member it is; one of our own
    stays as it is."""
    dialect, *rest = key
    return key if isinstance(dialect, str) else (*_kind_of(dialect), *rest)


def _kind_of(dialect: Any) -> tuple[Any, ...]:
    return dialect.name, dialect.driver, getattr(dialect, "server_version_info", None)


@frozen
class _Kind:
    """One of the dialects that are the same but for their engine."""

    what: tuple[Any, ...]
    dialect: Dialect = field(compare=False)


def once_a_kind(
    most: int,
) -> Callable[[Callable[Concatenate[Dialect, P], T]], Callable[Concatenate[Dialect, P], T]]:
    """``lru_cache`` of what is made for a dialect, which any other of its kind is given too."""

    def kept(make: Callable[Concatenate[Dialect, P], T]) -> Callable[Concatenate[Dialect, P], T]:
        by_kind: Any = lru_cache(maxsize=most)(
            lambda kind, *args, **kwargs: make(kind.dialect, *args, **kwargs)
        )

        @wraps(make)
        def found(dialect: Dialect, /, *args: P.args, **kwargs: P.kwargs) -> T:
            known: T = by_kind(_Kind(what=_kind_of(dialect), dialect=dialect), *args, **kwargs)
            return known

        return found

    return kept


#: What ``create_engine`` is told.
SHARED = {"compiled_cache": Compiled(KEPT)}
