"""The tables of people who enter during the year."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table, Text

from scheduler.store.schema.tables import metadata as metadata
from scheduler.store.schema.tables import required_text
from scheduler.store.schema.types import Id, UtcTime

#: Contacts of whom a file gave a young date of entry.
newcomer = Table(
    "newcomer",
    metadata,
    Column("contact_id", Id, ForeignKey("contact.id"), primary_key=True),
    #: The day of entry (ISO 8601); empty once nobody needs it.
    required_text("entered_on"),
    #: domain.calendar.newcomers.Entry
    required_text("state"),
    #: The file that brought them.
    Column("import_id", Id, ForeignKey("import.id")),
    Column("at", UtcTime, nullable=False),
    Index("ix_newcomer_state", "state"),
    sqlite_strict=True,
)

#: Whoever has entered once never does again: keyed digests of their source's key and of their
#: addresses, which stay when they leave and when they are erased.
entered = Table(
    "entered",
    metadata,
    #: email | phone, or ``source`` and the name that their audience's contacts are kept under.
    Column("kind", Text, primary_key=True),
    Column("digest", LargeBinary, primary_key=True),
    Column("at", UtcTime, nullable=False),
    sqlite_strict=True,
)
