"""What was seen outside and on this machine, as plain values for the rules."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Protocol

from scheduler.domain.instants import Dated
from scheduler.domain.values import frozen


@frozen
class WebSeen(Dated):
    """One request over HTTPS, to the address that DNS gives for its name. No redirection is
    followed."""

    #: Why there is no answer; empty: there is one.
    fault: str = ""
    #: DNS gives no answer for its name, so nobody was asked.
    is_unasked: bool = False
    #: The name leads to no address.
    is_nowhere: bool = False
    #: Its certificate was refused.
    is_untrusted: bool = False
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    #: When its certificate ends (UTC).
    ends: datetime | None = None
    #: Its own clock, as its Date field says it (UTC).
    says: datetime | None = None


class Web(Protocol):
    async def get(self, url: str) -> WebSeen: ...

    async def post(self, url: str, body: str) -> WebSeen:
        """A form's fields."""


@frozen
class RelaySeen(Dated):
    """An opened connection: TLS, greeting and AUTH."""

    fault: str = ""
    #: The fault may pass by itself.
    may_pass: bool = False
    #: "TLSv1.3"; empty: none.
    tls: str = ""
    ends: datetime | None = None


@frozen
class MailboxSeen:
    fault: str = ""
    #: Flags can be set, and messages moved.
    is_writable: bool = True
    #: The folder for treated messages is there; None: none is wanted.
    has_processed: bool | None = None


@frozen
class TwilioSeen:
    fault: str = ""
    may_pass: bool = False
    #: Twilio's word.
    status: str = ""
    is_trial: bool = False
    #: The messaging service or the short code is the account's; None: Twilio tells of no names.
    has_sender: bool | None = None


@frozen
class KeysSeen:
    """The file of keys, and where the ledger is."""

    exists: bool
    #: Permission bits for others than its owner.
    is_open_to_others: bool = False
    #: Below one folder with the ledger, or on one file system.
    is_beside_ledger: bool = False
    is_on_ledgers_volume: bool = False
