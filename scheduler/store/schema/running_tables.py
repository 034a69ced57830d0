"""The tables of running: which processes work on the ledger, and what holds their sending back.

They are rows rather than memory so that they outlive a restart and hold for every replica.
"""

from sqlalchemy import Column, Integer, Table, Text, UniqueConstraint

from scheduler.store.schema.tables import metadata as metadata
from scheduler.store.schema.tables import required_text
from scheduler.store.schema.types import Fraction, Id, UtcTime

#: A process with a volume of its own: it keeps its identity, and its journals, across restarts.
replica = Table(
    "replica",
    metadata,
    Column("id", Id, primary_key=True),
    #: Random, in a file on its volume.
    Column("name", Text, nullable=False),
    #: Shown to people: host and process.
    required_text("host"),
    #: What the header of its wire journal says; empty before the first.
    required_text("wire", ""),
    Column("started_at", UtcTime, nullable=False),
    #: Its last sign of life.
    Column("seen_at", UtcTime, nullable=False),
    #: When it last looked at the calendar; none before its first look.
    Column("looked_at", UtcTime),
    UniqueConstraint("name"),
    sqlite_strict=True,
)

#: A duty that one replica at a time has (polling, watching, forgetting), or an act of several
#: transactions that one process at a time may be in (``import staff``).
lease = Table(
    "lease",
    metadata,
    Column("name", Text, primary_key=True),
    #: The replica that has it, by name; of an act, a token of the process.
    required_text("owner"),
    Column("until", UtcTime, nullable=False),
    #: Of an act: who is in it, for people, and since when.
    required_text("who", ""),
    Column("since", UtcTime),
    sqlite_strict=True,
)

#: A token bucket: how much may leave now. Its rate is the configuration's, its level is here.
bucket = Table(
    "bucket",
    metadata,
    Column("name", Text, primary_key=True),
    Column("tokens", Fraction, nullable=False),
    #: When it held so many.
    Column("at", UtcTime, nullable=False),
    sqlite_strict=True,
)

#: What was used of a daily allowance: a warm-up's messages, a spend cap's euros.
allowance = Table(
    "allowance",
    metadata,
    Column("name", Text, primary_key=True),
    #: The organisation's local date (ISO 8601).
    Column("day", Text, primary_key=True),
    Column("used", Id, nullable=False, server_default="0"),
    sqlite_strict=True,
)

#: A circuit breaker that isn't closed: one a lane. No row: everything is well.
breaker = Table(
    "breaker",
    metadata,
    Column("channel", Text, primary_key=True),
    #: The destination group; empty for the rest of the channel.
    Column("destination", Text, primary_key=True),
    #: open | half-open
    required_text("state"),
    #: Failures in a row.
    Column("failures", Integer, nullable=False),
    #: Open: nothing is tried before. Half-open: one message is being tried until then.
    Column("rests_until", UtcTime, nullable=False),
    required_text("reason", ""),
    sqlite_strict=True,
)

#: A campaign whose messages a provider refuses as a whole on a channel, or a country (by its
#: calling code) that it takes nothing for: until a person lifts it.
halt = Table(
    "halt",
    metadata,
    Column("campaign", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    required_text("reason"),
    Column("at", UtcTime, nullable=False),
    sqlite_strict=True,
)
