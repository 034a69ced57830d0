"""The tables of a sending that goes to a list of people, and not to an audience."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from scheduler.store.schema.tables import metadata as metadata
from scheduler.store.schema.tables import required_text
from scheduler.store.schema.types import Id, UtcTime

#: To whom an occurrence goes. No row: to its audiences. It stays when its people are forgotten.
recipient_list = Table(
    "recipient_list",
    metadata,
    Column("id", Id, primary_key=True),
    required_text("campaign"),
    required_text("episode"),
    required_text("season", ""),
    #: Of the people in it, whom a second person allows with the texts; or the word for everybody.
    required_text("digest"),
    Column("people", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("campaign", "episode", "season"),
    sqlite_strict=True,
)

#: Who is in a list: contacts, and nothing of what the file called them.
listed = Table(
    "listed",
    metadata,
    Column("id", Id, primary_key=True),
    Column("list_id", Id, ForeignKey("recipient_list.id"), nullable=False),
    Column("contact_id", Id, ForeignKey("contact.id"), nullable=False),
    UniqueConstraint("list_id", "contact_id"),
    Index("ix_listed_contact_id", "contact_id"),
    sqlite_strict=True,
)
