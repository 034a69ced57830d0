"""The table of sources: each time that one was read, and what became of it. Nobody's data."""

from sqlalchemy import Column, Index, Table

from scheduler.store.schema.tables import metadata as metadata
from scheduler.store.schema.tables import required_text
from scheduler.store.schema.types import Id, UtcTime

source_look = Table(
    "source_look",
    metadata,
    Column("id", Id, primary_key=True),
    #: The name that the audience's people came in under.
    required_text("audience"),
    required_text("kind"),
    Column("at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    #: domain.people.sourced.Outcome
    required_text("outcome"),
    #: People with an address; NULL: not known.
    Column("people", Id),
    Column("added", Id, nullable=False, server_default="0"),
    Column("ended", Id, nullable=False, server_default="0"),
    #: What the source calls this state of it.
    required_text("mark"),
    #: domain.people.sourced.Cause, or empty.
    required_text("cause"),
    required_text("detail"),
    #: Who asked for it, and who said that it is right; as the audit log names them.
    required_text("asked_by"),
    required_text("confirmed_by"),
    Index("source_look_latest", "audience", "id"),
    sqlite_strict=True,
)
