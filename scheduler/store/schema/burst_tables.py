"""The tables of refusals: who was refused when, and which domains are left alone for now."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table

from scheduler.store.schema.partial import partial
from scheduler.store.schema.tables import metadata as metadata
from scheduler.store.schema.tables import required_text
from scheduler.store.schema.types import Flag, Id, UtcTime

#: A domain that refused so many of its people at once that none of them is ended.
domain_burst = Table(
    "domain_burst",
    metadata,
    Column("id", Id, primary_key=True),
    #: As ``address.domain`` has it.
    required_text("domain"),
    #: In clear: so many people have it that it names none of them.
    required_text("name"),
    #: Where the refusals came from: provider | bounce.
    required_text("route"),
    #: Addresses that took a message lately, as it began.
    Column("accepted", Integer, nullable=False),
    #: What it said last.
    required_text("said", ""),
    Column("began_at", UtcTime, nullable=False),
    #: One message tries it then.
    Column("probe_at", UtcTime, nullable=False),
    #: The last that tried.
    Column("probe_id", Id, ForeignKey("delivery.id")),
    Column("ended_at", UtcTime),
    #: ``accepted``, or the name of whoever ended it.
    required_text("ended_by", ""),
    partial(
        "uq_domain_burst_open",
        "domain",
        unique=True,
        where="ended_at IS NULL",
    ),
    sqlite_strict=True,
)

#: An address that its own side refused for good; kept some months.
refusal = Table(
    "refusal",
    metadata,
    Column("id", Id, primary_key=True),
    Column("address_id", Id, ForeignKey("address.id"), nullable=False),
    Column("delivery_id", Id, ForeignKey("delivery.id")),
    required_text("domain"),
    #: provider | bounce
    required_text("route"),
    Column("blames_address", Flag, nullable=False),
    #: Its second word: no burst counts it.
    Column("is_sure", Flag, nullable=False, server_default="0"),
    Column("at", UtcTime, nullable=False),
    #: The burst that keeps it in suspense.
    Column("burst_id", Id, ForeignKey("domain_burst.id")),
    Index("ix_refusal_domain", "domain", "at"),
    Index("ix_refusal_address_id", "address_id"),
    sqlite_strict=True,
)
