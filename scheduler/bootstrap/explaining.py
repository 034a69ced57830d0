"""What reading a report needs, without a ledger: the keys, as far as they are there."""

from scheduler.config.settings import Settings
from scheduler.domain.answers.bounces import BouncePolicy
from scheduler.domain.answers.bursts import BurstLimits
from scheduler.domain.names.tokens import Tokens
from scheduler.store.keys.sealing import read_keys
from scheduler.store.keys.tokens import Tokens as KeyedTokens


def tokens_of(settings: Settings) -> Tokens:
    """Opens the tokens of an installation. Raises KeysError."""
    return KeyedTokens(read_keys(settings.keys.file))


def bounce_policy(settings: Settings) -> BouncePolicy:
    keys = settings.channels.email.bounces
    return BouncePolicy(
        soft_limit=keys.soft_limit,
        soft_days=keys.soft_days,
        policy_limit=keys.policy_limit,
        burst=burst_limits(settings),
    )


def burst_limits(settings: Settings) -> BurstLimits:
    keys = settings.channels.email.bounces.domain_burst
    return BurstLimits(addresses=keys.addresses, percent=keys.percent)
