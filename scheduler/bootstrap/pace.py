"""How fast each lane may go, out of the configuration."""

from scheduler.bootstrap.explaining import burst_limits
from scheduler.bootstrap.providers import OUTBOX
from scheduler.config.sections.channels import EmailSettings
from scheduler.config.sections.pace import SmsPaceSettings, WarmUpSettings
from scheduler.config.settings import Settings
from scheduler.domain.channels import EMAIL
from scheduler.domain.measure.destinations import Destinations
from scheduler.domain.measure.pace import Pace, SpendCap, WarmUp
from scheduler.domain.measure.prices import SCALE, Prices
from scheduler.store.ledger import Ledger


def pace_of(settings: Settings, channel: str, destination: str) -> Pace:
    """Of the lane of a channel's messages to one destination group (empty: all the others)."""
    channels = settings.channels
    if channel == EMAIL.name and channels.email.provider != OUTBOX:
        return _email_pace(channels.email, destination, settings.time_zone)
    text = channels.texts.get(channel)
    if text is not None and text.provider != OUTBOX:
        return _text_pace(channel, text.pace, settings.time_zone)
    return Pace()


def limit(ledger: Ledger, settings: Settings) -> None:
    """Give a ledger the days' allowances, the sizes of batches, and what makes a domain ill."""
    ledger.burst_limits = burst_limits(settings)
    paces = [pace_of(settings, channel, "") for channel in settings.channels.every]
    ledger.allowances = [one.allowance for one in paces if one.allowance]
    if settings.channels.email.provider != OUTBOX:
        ledger.batch_sizes = {
            one.name: one.messages_per_connection
            for one in settings.channels.email.pace.destination_groups
        }


def prices_of(settings: Settings, channel: str) -> Prices:
    """What a channel's messages cost; nothing by e-mail."""
    text = settings.channels.texts.get(channel)
    return Prices(default=text.price_per_segment, by_prefix=text.prices) if text else Prices()


def destinations_of(settings: Settings) -> Destinations:
    """Which servers an address is delivered by."""
    return Destinations(settings.channels.email.pace.destination_groups)


def _email_pace(email: EmailSettings, destination: str, zone: str) -> Pace:
    keys = email.pace.warm_up
    group = next((one for one in email.pace.destination_groups if one.name == destination), None)
    rates = {
        EMAIL.name: email.pace.per_second,
        f"{EMAIL.name}/{destination}": group.per_second if group else None,
    }
    return Pace(
        rates={name: rate for name, rate in rates.items() if rate is not None},
        allowance=_warm_up(keys, zone) if keys else None,
        connections=group.connections if group else None,
        messages_per_connection=group.messages_per_connection if group else None,
    )


def _warm_up(keys: WarmUpSettings, zone: str) -> WarmUp:
    return WarmUp(
        channel=EMAIL.name,
        zone=zone,
        since=keys.since,
        first_day=keys.first_day,
        growth=keys.growth,
        full=keys.full,
    )


def _text_pace(channel: str, keys: SmsPaceSettings, zone: str) -> Pace:
    cap = keys.spend_cap_per_day
    amount = None if cap is None else int(cap * SCALE)
    return Pace(
        rates={channel: keys.segments_per_second},
        allowance=SpendCap(channel=channel, zone=zone, amount=amount)
        if amount is not None
        else None,
    )
