"""What the audit log says: who did what to what. Never an address, so erasing leaves it alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

#: The actor of what the program does by itself.
PROGRAM = "reflexe"


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    #: The name given by whoever acted (nobody is logged in yet), or ``PROGRAM``.
    actor: str
    #: A word: ``send-now``, ``approve``, ``refresh``, ``erase``…
    act: str
    #: An occurrence's id, a message's path, ``contact 12``.
    subject: str
    #: Ids, counts and digests that explain it.
    detail: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditEntry:
    """An act as the log keeps it."""

    number: int
    #: Aware, UTC.
    at: datetime
    act: Act


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditVerdict:
    """Whether the chain holds."""

    entries: int
    #: The chain's last link: kept elsewhere, it shows later that nothing was cut off the end.
    head: str
    #: Number of the first entry that isn't as it was written; None: the chain holds.
    broken_at: int | None = None
    #: Whether the head that was kept elsewhere is one of the chain's links.
    head_found: bool = True
