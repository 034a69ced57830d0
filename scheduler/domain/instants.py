"""An instant is told with its zone: what holds one refuses a bare date and hour.

A naive one would be taken for UTC here, for the machine's zone there, and a message would leave
hours early; the slip is found where the value is made, and not where it is compared.
"""

from dataclasses import fields
from datetime import UTC, datetime
from functools import cache
from typing import Any


class Dated:
    """Base of the dataclasses that hold an instant. Raises ValueError at a naive one."""

    __slots__ = ()

    def __post_init__(self) -> None:
        kind: Any = type(self)
        for name in _names(kind):
            found = getattr(self, name)
            if found is None or getattr(found, "tzinfo", None) is UTC:
                # As nearly all are.
                continue
            if isinstance(found, datetime) and found.utcoffset() is None:
                raise ValueError(f"{type(self).__name__}.{name} has no zone: {found.isoformat()}")


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """Those of its fields that may be an instant."""
    return tuple(one.name for one in fields(kind) if "datetime" in str(one.type))
