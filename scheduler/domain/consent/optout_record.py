"""An opt-out as it is kept outside the ledger: a digest, never an address."""

from dataclasses import replace
from datetime import datetime
from typing import Self

from scheduler.domain.ids import ContactId
from scheduler.domain.instants import Dated
from scheduler.domain.message import AddressKind
from scheduler.domain.values import frozen


@frozen
class Person:
    """Whose act it is, in a way that says nothing once they are forgotten."""

    #: Their number in the ledger.
    contact: ContactId
    #: Tells them from whoever has that number in a ledger that was put back: from their link's
    #: token, which nobody has once they are forgotten.
    check: str


@frozen
class OptOutRecord(Dated):
    """One act: somebody left, or came back (``lifted``)."""

    kind: AddressKind
    #: Keyed digest of the address, in hexadecimal.
    digest: str
    #: Which key of keys.file made the digest.
    key_id: str
    channel: str
    scope: str
    reason: str
    route: str
    #: UTC, to the millisecond.
    at: datetime
    lifted: bool = False
    #: None: it is known by the address alone.
    person: Person | None = None
    #: Written by a version that knew no persons: whosever it was.
    nameless: bool = False
    #: Of somebody forgotten, where the organisation keeps it: the audience whose file named them,
    #: and the keyed digest of its key for them, in hexadecimal. Empty: not kept.
    source: str = ""
    source_key: str = ""
    #: No opt-out: the person came back to an address that somebody else had closed. ``scope``,
    #: ``reason`` and ``route`` are empty then.
    back: bool = False

    @property
    def subject(self) -> tuple[str, str, str, str, str, Person | None]:
        """What a later record must be about to take the place of this one."""
        return (self.kind, self.digest, self.channel, self.scope, self.reason, self.person)

    def lifted_at(self, at: datetime) -> Self:
        """The person's own way back from it."""
        return replace(self, at=at, lifted=True)


@frozen
class Replayed:
    """What a journal told a ledger at its start."""

    #: Opt-outs that the ledger had not.
    added: int
    #: Opt-outs that the ledger still held, and that their holders had ended.
    lifted: int
    #: Lines that couldn't be read and were passed over.
    damaged: int
    #: Why nothing may be sent before a person has looked; empty: nothing speaks against it.
    doubt: str = ""
