"""Every table of the ledger."""

from scheduler.store import record_tables, running_tables
from scheduler.store.tables import metadata

__all__ = ["metadata", "record_tables", "running_tables"]
