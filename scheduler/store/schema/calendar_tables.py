"""The table of changes of the calendar, which stand over config.yaml."""

from sqlalchemy import Column, Table, Text

from scheduler.store.schema.tables import metadata as metadata
from scheduler.store.schema.tables import required_text
from scheduler.store.schema.types import Id, UtcTime

#: Every decision about the calendar, the latest of a subject being what stands. Nobody's data but
#: the names of who asked and decided. Kept as long as the audit log.
calendar_change = Table(
    "calendar_change",
    metadata,
    Column("id", Id, primary_key=True),
    #: One sequence of all: whoever decides says after which, and of two at once one is refused.
    Column("number", Id, nullable=False, unique=True),
    #: domain.calendar.changes.ChangeKind and Facet
    required_text("kind"),
    required_text("facet"),
    required_text("campaign"),
    #: Of one occurrence; empty: of the campaign.
    required_text("episode", ""),
    required_text("season", ""),
    #: JSON; NULL: taken back, config.yaml stands again.
    Column("says", Text),
    #: JSON: what config.yaml said; NULL: nothing.
    Column("base", Text),
    required_text("asked_by"),
    required_text("decided_by"),
    Column("at", UtcTime, nullable=False),
    sqlite_strict=True,
)
