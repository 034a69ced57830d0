"""What is counted as it changes, so that nobody has to count it."""

from sqlalchemy import Column, Table

from scheduler.store.schema.tables import metadata as metadata
from scheduler.store.schema.types import Id, Word

#: How many deliveries of a slot stand so: kept by triggers of the database (the migration 0025),
#: in the transaction that changes one. A count is the sum of its parts: SQLite keeps one, on
#: PostgreSQL each transaction adds its own. No foreign key: what is nobody's any more counts zero.
delivery_count = Table(
    "delivery_count",
    metadata,
    Column("slot_id", Id, primary_key=True, autoincrement=False),
    #: ``sending`` counts as waiting.
    Column("state", Word, primary_key=True),
    #: Of what was left out or failed.
    Column("reason", Word, primary_key=True),
    #: Of what is sent: the ``Arrival``.
    Column("arrival", Word, primary_key=True),
    #: The transaction that counted them, 0 once they are brought together.
    Column("part", Id, primary_key=True, autoincrement=False),
    Column("deliveries", Id, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
