"""The one place that builds real things. Importing it connects nothing, and loads nothing: what a
name stands for is loaded when it is first asked for, so that a command pays for what it uses."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scheduler.bootstrap.answering import identity_of
    from scheduler.bootstrap.app import (
        App,
        Clock,
        app_on,
        desk_source,
        hand_of,
        migrate_ledger,
        open_app,
        utc_now,
    )
    from scheduler.bootstrap.engines import Engine, make_engine, make_sweep
    from scheduler.bootstrap.explaining import bounce_policy, tokens_of
    from scheduler.bootstrap.forecasting import make_forecaster
    from scheduler.bootstrap.keys import add_key, rotation_of
    from scheduler.bootstrap.moving import MovedLedger, move_ledger
    from scheduler.bootstrap.pace import pace_of
    from scheduler.bootstrap.polls import make_polls
    from scheduler.bootstrap.privacy import complaint_of, recipients_of, retention_of
    from scheduler.bootstrap.providers import (
        by_provider_name,
        channel_kinds,
        make_providers,
        outbox_provider,
        real_channels,
    )
    from scheduler.bootstrap.public import (
        confirmations_of,
        preference_source,
        public_source,
        subscription_source,
        writer_of,
    )
    from scheduler.bootstrap.restoring import accept_restored, mark_at_risk, replay_opt_outs
    from scheduler.bootstrap.senders import lanes_of, make_senders, regrouping_of
    from scheduler.bootstrap.sending import make_planner, make_renderer, resending_channels
    from scheduler.bootstrap.stage import (
        REHEARSED_LEDGER,
        REHEARSED_OUTBOX,
        Stage,
        open_rehearsal,
        set_stage,
    )
    from scheduler.bootstrap.watch import (
        current_gauges,
        gauges_of,
        make_alarm_mail,
        make_watch,
        uncertain_of,
    )
    from scheduler.flow.who_writes import links_of, organisation_of
    from scheduler.store.ledger import Ledger
    from scheduler.store.sending.wire_journal import WireJournal, read_journal, settle

__all__ = [
    "REHEARSED_LEDGER",
    "REHEARSED_OUTBOX",
    "App",
    "Clock",
    "Engine",
    "Ledger",
    "MovedLedger",
    "Stage",
    "WireJournal",
    "accept_restored",
    "add_key",
    "app_on",
    "bounce_policy",
    "by_provider_name",
    "channel_kinds",
    "complaint_of",
    "confirmations_of",
    "current_gauges",
    "desk_source",
    "gauges_of",
    "hand_of",
    "identity_of",
    "lanes_of",
    "links_of",
    "make_alarm_mail",
    "make_engine",
    "make_forecaster",
    "make_planner",
    "make_polls",
    "make_providers",
    "make_renderer",
    "make_senders",
    "make_sweep",
    "make_watch",
    "mark_at_risk",
    "migrate_ledger",
    "move_ledger",
    "open_app",
    "open_rehearsal",
    "organisation_of",
    "outbox_provider",
    "pace_of",
    "preference_source",
    "public_source",
    "read_journal",
    "real_channels",
    "recipients_of",
    "regrouping_of",
    "replay_opt_outs",
    "resending_channels",
    "retention_of",
    "rotation_of",
    "set_stage",
    "settle",
    "subscription_source",
    "tokens_of",
    "uncertain_of",
    "utc_now",
    "writer_of",
]

#: Module -> the names above that are its own.
_MODULES: Mapping[str, tuple[str, ...]] = {
    "scheduler.bootstrap.app": (
        "App",
        "Clock",
        "app_on",
        "desk_source",
        "hand_of",
        "migrate_ledger",
        "open_app",
        "utc_now",
    ),
    "scheduler.bootstrap.answering": ("identity_of",),
    "scheduler.bootstrap.sending": (
        "make_planner",
        "make_renderer",
        "resending_channels",
    ),
    "scheduler.bootstrap.engines": (
        "Engine",
        "make_engine",
        "make_sweep",
    ),
    "scheduler.bootstrap.explaining": (
        "bounce_policy",
        "tokens_of",
    ),
    "scheduler.bootstrap.forecasting": ("make_forecaster",),
    "scheduler.bootstrap.keys": (
        "add_key",
        "rotation_of",
    ),
    "scheduler.bootstrap.moving": (
        "MovedLedger",
        "move_ledger",
    ),
    "scheduler.bootstrap.pace": ("pace_of",),
    "scheduler.bootstrap.polls": ("make_polls",),
    "scheduler.bootstrap.privacy": (
        "complaint_of",
        "recipients_of",
        "retention_of",
    ),
    "scheduler.bootstrap.providers": (
        "by_provider_name",
        "channel_kinds",
        "make_providers",
        "outbox_provider",
        "real_channels",
    ),
    "scheduler.bootstrap.public": (
        "confirmations_of",
        "preference_source",
        "public_source",
        "subscription_source",
        "writer_of",
    ),
    "scheduler.bootstrap.restoring": (
        "accept_restored",
        "mark_at_risk",
        "replay_opt_outs",
    ),
    "scheduler.bootstrap.senders": (
        "lanes_of",
        "make_senders",
        "regrouping_of",
    ),
    "scheduler.bootstrap.stage": (
        "REHEARSED_LEDGER",
        "REHEARSED_OUTBOX",
        "Stage",
        "open_rehearsal",
        "set_stage",
    ),
    "scheduler.bootstrap.watch": (
        "current_gauges",
        "gauges_of",
        "make_alarm_mail",
        "make_watch",
        "uncertain_of",
    ),
    "scheduler.flow.who_writes": (
        "links_of",
        "organisation_of",
    ),
    "scheduler.store.ledger": ("Ledger",),
    "scheduler.store.sending.wire_journal": (
        "WireJournal",
        "read_journal",
        "settle",
    ),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    """PEP 562."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
