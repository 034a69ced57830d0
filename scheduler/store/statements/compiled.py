"""What a statement comes to in SQL, worked out once a process and not once a connection's engine.

A process opens several ledgers: a reader and a writer, a rehearsal's copy, one that rows move to;
its tests open thousands. SQLAlchemy keeps compiled statements for each engine apart; nothing in
them is an engine's own, only the kind of database and its version count.
"""

from typing import Any

from sqlalchemy.util import LRUCache

#: Statements that are kept; a daemon has some hundreds.
KEPT = 1_000


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
    if isinstance(dialect, str):
        return key
    version = getattr(dialect, "server_version_info", None)
    return (dialect.name, dialect.driver, version, *rest)


#: What ``create_engine`` is told.
SHARED = {"compiled_cache": Compiled(KEPT)}
