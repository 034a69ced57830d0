"""The table of what people type: figures that were read elsewhere."""

from sqlalchemy import Column, Table, UniqueConstraint

from scheduler.store.schema.tables import metadata as metadata
from scheduler.store.schema.tables import required_text
from scheduler.store.schema.types import Id, UtcTime

#: One reading of one source. Nobody's data but the name of who typed it.
typed_figure = Table(
    "typed_figure",
    metadata,
    Column("id", Id, primary_key=True),
    required_text("campaign"),
    required_text("season"),
    #: domain.measure.typed.FigureKind
    required_text("kind"),
    required_text("source"),
    #: When it was read (ISO 8601).
    required_text("day"),
    Column("amount", Id, nullable=False),
    #: As the audit log names them.
    required_text("typed_by"),
    Column("typed_at", UtcTime, nullable=False),
    UniqueConstraint("campaign", "season", "kind", "source", "day"),
    sqlite_strict=True,
)
