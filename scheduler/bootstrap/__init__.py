"""The one place that builds real things. Importing it connects nothing."""

from scheduler.bootstrap.app import (
    App,
    Clock,
    app_on,
    desk_source,
    links_of,
    make_planner,
    make_renderer,
    make_senders,
    migrate_ledger,
    open_app,
    organisation_of,
    resending_channels,
    utc_now,
)
from scheduler.bootstrap.providers import (
    by_provider_name,
    channel_kinds,
    event_words,
    make_providers,
    outbox_provider,
    real_channels,
)
from scheduler.bootstrap.stage import (
    REHEARSED_LEDGER,
    REHEARSED_OUTBOX,
    Stage,
    open_rehearsal,
    set_stage,
)
from scheduler.store.ledger import Ledger
from scheduler.store.wire_journal import WireJournal, read_journal, settle

__all__ = [
    "REHEARSED_LEDGER",
    "REHEARSED_OUTBOX",
    "App",
    "Clock",
    "Ledger",
    "Stage",
    "WireJournal",
    "app_on",
    "by_provider_name",
    "channel_kinds",
    "desk_source",
    "event_words",
    "links_of",
    "make_planner",
    "make_providers",
    "make_renderer",
    "make_senders",
    "migrate_ledger",
    "open_app",
    "open_rehearsal",
    "organisation_of",
    "outbox_provider",
    "read_journal",
    "real_channels",
    "resending_channels",
    "set_stage",
    "settle",
    "utc_now",
]
