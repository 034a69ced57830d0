"""The settings of the SMTP provider."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from email.utils import parseaddr
from pathlib import Path
from typing import Literal

from scheduler.channels.smtp.dkim import SigningKey
from scheduler.domain.provider import Given
from scheduler.domain.values import frozen


@frozen
class Options:
    """How to reach the organisation's relay.

    The certificate is always verified. A password is never sent without TLS: with
    ``security: none`` and a password the channel is stopped before anything is connected.
    """

    host: str
    port: int = 587
    #: ``tls`` from the first byte (port 465), ``starttls`` (587), or ``none`` (a relay on this
    #: machine or network that asks for no password).
    security: Literal["none", "starttls", "tls"] = "starttls"
    #: Empty: no AUTH.
    username: str = ""
    password: str = field(default="", repr=False)
    #: PEM file of the only authority to trust; None: the system's.
    ca_file: Path | None = None
    #: Connections at once, at most.
    connections: int = 4
    #: Messages after which a connection is closed and another opened: the house's own relay minds
    #: no more than this. Those of a destination group have their own number.
    messages_per_connection: int = 1000
    #: The same of connections that carry one destination group's mail alone, by group.
    messages_by_destination: Mapping[str, int] = field(default_factory=dict)
    #: Keys that sign each message; none: the relay signs.
    signing_keys: Sequence[SigningKey] = ()
    #: Seconds for the whole opening: connection, TLS, greeting, EHLO and AUTH.
    connect_timeout: float = 30.0
    #: Seconds for one command and its whole reply. RFC 5321 allows a relay five minutes; nothing
    #: is lost by leaving earlier, for the message goes back to waiting.
    command_timeout: float = 60.0
    #: Seconds to write one message's body.
    body_timeout: float = 180.0
    #: Seconds to wait after the final dot, where leaving early leaves a doubt (RFC 5321
    #: 4.5.3.2.6: ten minutes at least).
    final_timeout: float = 600.0
    #: Seconds without new connections after one failed; doubles at each failure, up to 30.
    reconnect_delay: float = 0.25


def read_options(given: Given) -> Options:
    """From ``channels.email.smtp``; how long a connection is kept, from ``channels.email.pace``;
    who signs, from ``channels.email.dkim``."""
    keys = {name: value for name, value in given.section.items() if value is not None}
    groups = given.channel["pace"].destination_groups
    return Options(
        **keys,
        messages_by_destination={one.name: one.messages_per_connection for one in groups},
        signing_keys=_signing_keys(given),
    )


def _signing_keys(given: Given) -> list[SigningKey]:
    """RSA first: it is the one that everybody reads."""
    dkim = given.channel.get("dkim")
    if dkim is None:
        return []
    domain = dkim.domain or parseaddr(given.channel["sender"])[1].rpartition("@")[2].lower()
    return [
        SigningKey(kind=kind, selector=one.selector, domain=domain, pem=one.key.get_secret_value())
        for kind, one in dkim.each.items()
    ]
