"""Every table of the ledger."""

from scheduler.store.schema import (
    burst_tables,
    calendar_tables,
    count_tables,
    desk_tables,
    list_tables,
    newcomer_tables,
    record_tables,
    reported_tables,
    running_tables,
    source_tables,
    tally_tables,
    typed_tables,
    writing_tables,
)
from scheduler.store.schema.tables import metadata

__all__ = [
    "burst_tables",
    "calendar_tables",
    "count_tables",
    "desk_tables",
    "list_tables",
    "metadata",
    "newcomer_tables",
    "record_tables",
    "reported_tables",
    "running_tables",
    "source_tables",
    "tally_tables",
    "typed_tables",
    "writing_tables",
]
