"""A person as the ledger knows them; only for their own rights and the operator's commands."""

from collections.abc import Mapping
from datetime import datetime

from scheduler.domain.errors import Frozen
from scheduler.domain.ids import AddressId, ContactId
from scheduler.domain.instants import Dated
from scheduler.domain.message import AddressKind
from scheduler.domain.values import frozen


@frozen
class ContactCard(Dated):
    """A contact, opened."""

    contact: ContactId
    audience: str
    #: The source's own key.
    key: str
    #: Empty: none.
    email: str
    phone: str
    email_id: AddressId | None
    phone_id: AddressId | None
    language: str
    easy_to_read: bool
    zone: str
    territory: str
    active: bool
    #: Since when nothing is sent to them nor erased (UTC); None: not frozen.
    frozen_at: datetime | None = None
    #: Of the short opt-out link.
    token: str
    fields: Mapping[str, str]


@frozen
class OptOutRow(Dated):
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
    contact: ContactId | None = None
    #: The audience whose file names the person, and its key for them.
    audience: str = ""
    key: str = ""


@frozen
class Refusal(Dated):
    """What was refused at an address, and until when that held."""

    #: Keyed digest, in hexadecimal, and the key it was made with.
    digest: str
    key_id: str
    channel: str
    scope: str
    reason: str
    route: str
    #: UTC.
    at: datetime
    #: None: it holds.
    lifted_at: datetime | None
    #: Nothing of the address but its digest is left.
    forgotten: bool


def refuse_frozen(contact: ContactId, since: datetime | None) -> None:
    """Raises Frozen for a person whose data is frozen, in words."""
    if since is not None:
        raise Frozen(
            f"contact {contact} is frozen since {since:%Y-%m-%d} (GDPR article 18): nothing of "
            f"theirs is erased until `reflexe contacts unfreeze '#{contact}'`"
        )
