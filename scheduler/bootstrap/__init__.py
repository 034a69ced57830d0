"""The one place that builds real things. Importing it connects nothing, and loads nothing: what a
name stands for is loaded when it is first asked for, so that a command pays for what it uses."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scheduler.bootstrap.answering import identity_of as identity_of
    from scheduler.bootstrap.app import App as App
    from scheduler.bootstrap.app import Clock as Clock
    from scheduler.bootstrap.asking_whose import whose_mail as whose_mail
    from scheduler.bootstrap.backing_up import BackedUp as BackedUp
    from scheduler.bootstrap.backing_up import Rehearsed as Rehearsed
    from scheduler.bootstrap.backing_up import back_up_ledger as back_up_ledger
    from scheduler.bootstrap.backing_up import rehearse_restore as rehearse_restore
    from scheduler.bootstrap.backing_up import restore_ledger as restore_ledger
    from scheduler.bootstrap.battle import battles_of as battles_of
    from scheduler.bootstrap.check_up import check_up_of as check_up_of
    from scheduler.bootstrap.engines import Engine as Engine
    from scheduler.bootstrap.engines import make_engine as make_engine
    from scheduler.bootstrap.engines import make_sweep as make_sweep
    from scheduler.bootstrap.examining import Examined as Examined
    from scheduler.bootstrap.examining import make_doctor as make_doctor
    from scheduler.bootstrap.explaining import bounce_policy as bounce_policy
    from scheduler.bootstrap.explaining import tokens_of as tokens_of
    from scheduler.bootstrap.extras import lacking_parts as lacking_parts
    from scheduler.bootstrap.extras import need_parts as need_parts
    from scheduler.bootstrap.forecasting import make_forecaster as make_forecaster
    from scheduler.bootstrap.keys import add_key as add_key
    from scheduler.bootstrap.keys import rotation_of as rotation_of
    from scheduler.bootstrap.listing import every_source as every_source
    from scheduler.bootstrap.listing import listed_source as listed_source
    from scheduler.bootstrap.listing import make_sourcing as make_sourcing
    from scheduler.bootstrap.listing import source_of as source_of
    from scheduler.bootstrap.moving import MovedLedger as MovedLedger
    from scheduler.bootstrap.moving import move_ledger as move_ledger
    from scheduler.bootstrap.opening import app_on as app_on
    from scheduler.bootstrap.opening import migrate_ledger as migrate_ledger
    from scheduler.bootstrap.opening import open_app as open_app
    from scheduler.bootstrap.opening import utc_now as utc_now
    from scheduler.bootstrap.pace import pace_of as pace_of
    from scheduler.bootstrap.polls import make_polls as make_polls
    from scheduler.bootstrap.privacy import complaint_of as complaint_of
    from scheduler.bootstrap.privacy import retention_of as retention_of
    from scheduler.bootstrap.providers import by_provider_name as by_provider_name
    from scheduler.bootstrap.providers import channel_kinds as channel_kinds
    from scheduler.bootstrap.providers import make_providers as make_providers
    from scheduler.bootstrap.providers import outbox_provider as outbox_provider
    from scheduler.bootstrap.providers import real_channels as real_channels
    from scheduler.bootstrap.public import confirmations_of as confirmations_of
    from scheduler.bootstrap.public import host_name_of as host_name_of
    from scheduler.bootstrap.public import host_of_pages as host_of_pages
    from scheduler.bootstrap.restoring import accept_restored as accept_restored
    from scheduler.bootstrap.restoring import mark_at_risk as mark_at_risk
    from scheduler.bootstrap.restoring import replay_opt_outs as replay_opt_outs
    from scheduler.bootstrap.seasons import season_report as season_report
    from scheduler.bootstrap.senders import lanes_of as lanes_of
    from scheduler.bootstrap.senders import make_senders as make_senders
    from scheduler.bootstrap.sending import make_planner as make_planner
    from scheduler.bootstrap.sending import make_renderer as make_renderer
    from scheduler.bootstrap.sending import resending_channels as resending_channels
    from scheduler.bootstrap.source_watch import SourceWatch as SourceWatch
    from scheduler.bootstrap.stage import REHEARSED_LEDGER as REHEARSED_LEDGER
    from scheduler.bootstrap.stage import REHEARSED_OUTBOX as REHEARSED_OUTBOX
    from scheduler.bootstrap.stage import Stage as Stage
    from scheduler.bootstrap.stage import open_rehearsal as open_rehearsal
    from scheduler.bootstrap.stage import set_stage as set_stage
    from scheduler.bootstrap.upgrading import Upgrade as Upgrade
    from scheduler.bootstrap.upgrading import lacks_postgres_parts as lacks_postgres_parts
    from scheduler.bootstrap.upgrading import upgrade_of as upgrade_of
    from scheduler.bootstrap.watch import current_gauges as current_gauges
    from scheduler.bootstrap.watch import make_alarm_mail as make_alarm_mail
    from scheduler.bootstrap.watch import make_season_mail as make_season_mail
    from scheduler.bootstrap.watch import make_watch as make_watch
    from scheduler.bootstrap.writing.carrying_changes import take_in_changes as take_in_changes
    from scheduler.bootstrap.writing.carrying_changes import withdraw_changes as withdraw_changes
    from scheduler.bootstrap.writing.carrying_changes import write_changes as write_changes
    from scheduler.bootstrap.writing.changing import count_ahead as count_ahead
    from scheduler.bootstrap.writing.changing import decide as decide
    from scheduler.bootstrap.writing.changing import look_ahead as look_ahead
    from scheduler.bootstrap.writing.changing import standing_now as standing_now
    from scheduler.bootstrap.writing.drafting import drafted as drafted
    from scheduler.bootstrap.writing.edits import edits_to_read as edits_to_read
    from scheduler.bootstrap.writing.edits import is_behind as is_behind
    from scheduler.bootstrap.writing.edits import with_newest_edits as with_newest_edits
    from scheduler.bootstrap.writing.taking_in import take_in as take_in
    from scheduler.bootstrap.writing.taking_in import withdraw_edits as withdraw_edits
    from scheduler.flow.who_writes import links_of as links_of
    from scheduler.flow.who_writes import organisation_of as organisation_of
    from scheduler.store.ledger import Ledger as Ledger
    from scheduler.store.sending.wire_journal import WireJournal as WireJournal
    from scheduler.store.sending.wire_journal import read_journal as read_journal
    from scheduler.store.sending.wire_journal import settle as settle
    from scheduler.store.setup import HEAD as HEAD
    from scheduler.store.upkeep.backup import Copied as Copied

#: Module -> the names above that are its own; a test compares.
_MODULES: Mapping[str, str] = {
    "scheduler.bootstrap.answering": "identity_of",
    "scheduler.bootstrap.app": "App Clock",
    "scheduler.bootstrap.backing_up": (
        "BackedUp Rehearsed back_up_ledger rehearse_restore restore_ledger"
    ),
    "scheduler.bootstrap.battle": "battles_of",
    "scheduler.bootstrap.writing.carrying_changes": (
        "take_in_changes withdraw_changes write_changes"
    ),
    "scheduler.bootstrap.writing.changing": "count_ahead decide look_ahead standing_now",
    "scheduler.bootstrap.check_up": "check_up_of",
    "scheduler.bootstrap.writing.drafting": "drafted",
    "scheduler.bootstrap.writing.edits": "edits_to_read is_behind with_newest_edits",
    "scheduler.bootstrap.engines": "Engine make_engine make_sweep",
    "scheduler.bootstrap.examining": "Examined make_doctor",
    "scheduler.bootstrap.asking_whose": "whose_mail",
    "scheduler.bootstrap.explaining": "bounce_policy tokens_of",
    "scheduler.bootstrap.extras": "lacking_parts need_parts",
    "scheduler.bootstrap.forecasting": "make_forecaster",
    "scheduler.bootstrap.keys": "add_key rotation_of",
    "scheduler.bootstrap.listing": "every_source listed_source make_sourcing source_of",
    "scheduler.bootstrap.moving": "MovedLedger move_ledger",
    "scheduler.bootstrap.opening": "app_on migrate_ledger open_app utc_now",
    "scheduler.bootstrap.pace": "pace_of",
    "scheduler.bootstrap.polls": "make_polls",
    "scheduler.bootstrap.privacy": "complaint_of retention_of",
    "scheduler.bootstrap.providers": (
        "by_provider_name channel_kinds make_providers outbox_provider real_channels"
    ),
    "scheduler.bootstrap.public": "confirmations_of host_name_of host_of_pages",
    "scheduler.bootstrap.restoring": "accept_restored mark_at_risk replay_opt_outs",
    "scheduler.bootstrap.seasons": "season_report",
    "scheduler.bootstrap.senders": "lanes_of make_senders",
    "scheduler.bootstrap.sending": "make_planner make_renderer resending_channels",
    "scheduler.bootstrap.source_watch": "SourceWatch",
    "scheduler.bootstrap.stage": "REHEARSED_LEDGER REHEARSED_OUTBOX Stage open_rehearsal set_stage",
    "scheduler.bootstrap.writing.taking_in": "take_in withdraw_edits",
    "scheduler.bootstrap.upgrading": "Upgrade lacks_postgres_parts upgrade_of",
    "scheduler.bootstrap.watch": "current_gauges make_alarm_mail make_season_mail make_watch",
    "scheduler.flow.who_writes": "links_of organisation_of",
    "scheduler.store.ledger": "Ledger",
    "scheduler.store.sending.wire_journal": "WireJournal read_journal settle",
    "scheduler.store.setup": "HEAD",
    "scheduler.store.upkeep.backup": "Copied",
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names.split()}


def __dir__() -> list[str]:
    return sorted(_HOMES)


def __getattr__(name: str) -> Any:
    """PEP 562."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
