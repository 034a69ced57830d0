"""A person as the ledger knows them; only for their own rights and the operator's commands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from scheduler.domain.message import AddressKind


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactCard:
    """A contact, opened."""

    contact: int
    audience: str
    #: The source's own key.
    key: str
    #: Empty: none.
    email: str
    phone: str
    email_id: int | None
    phone_id: int | None
    language: str
    easy_to_read: bool
    zone: str
    territory: str
    active: bool
    #: Of the short opt-out link.
    token: str
    fields: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class OptOutRow:
    """An opt-out that holds."""

    kind: AddressKind
    #: Empty once the person is erased.
    address: str
    #: Keyed digest, in hexadecimal.
    digest: str
    channel: str
    scope: str
    reason: str
    route: str
    #: UTC.
    at: datetime
    #: Whose it is; None: it is known by the address alone.
    contact: int | None = None
    #: The audience whose file names the person, and its key for them.
    audience: str = ""
    key: str = ""
