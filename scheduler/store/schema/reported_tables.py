"""The tables of what staff reported: a number a week, and how far the folder was counted."""

from sqlalchemy import Column, Table, Text

from scheduler.store.schema.tables import metadata as metadata
from scheduler.store.schema.tables import required_text
from scheduler.store.schema.types import Id, UtcTime

#: Copies that came in a week; no row is anybody's.
reported_week = Table(
    "reported_week",
    metadata,
    #: Its Monday (ISO 8601).
    Column("monday", Text, primary_key=True),
    Column("n", Id, nullable=False),
    sqlite_strict=True,
)

#: How far the folder was counted: one row.
reported_upto = Table(
    "reported_upto",
    metadata,
    Column("name", Text, primary_key=True),
    #: The folder's UIDVALIDITY.
    required_text("validity"),
    Column("number", Id, nullable=False),
    Column("at", UtcTime),
    sqlite_strict=True,
)
