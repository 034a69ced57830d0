"""The outcome step: what an attempt came to, in the ledger's words."""

from datetime import datetime
from random import Random

from scheduler.domain import retry
from scheduler.domain.answers.bursts import Refusal
from scheduler.domain.channels import EMAIL
from scheduler.domain.consent import optout
from scheduler.domain.consent.optout import OptOut, Route
from scheduler.domain.delivery import DeliveryState, Outcome, Receipt
from scheduler.domain.errors import (
    CampaignStopped,
    ChannelStopped,
    CountryStopped,
    HandOverError,
    Permanent,
    Temporary,
    Uncertain,
)
from scheduler.domain.measure.prices import Prices
from scheduler.domain.sending import Claim, Due


def accepted(due: Due, receipt: Receipt, prices: Prices, now: datetime) -> Outcome:
    return Outcome(
        delivery_id=due.delivery_id,
        state=DeliveryState.SENT,
        at=now,
        provider_id=receipt.provider_id,
        reason=receipt.code,
        segments=receipt.segments,
        cost=prices.cost(due.to, receipt.segments),
    )


def refused(
    due: Due,
    claim: Claim,
    error: HandOverError,
    now: datetime,
    chance: Random,
    *,
    resend: bool = False,
) -> Outcome:
    """A temporary refusal waits for its next try, unless its slot's limit comes first.

    With ``resend``, so does an uncertain one: the operator prefers a second copy, under the same
    Message-ID, to a doubt.
    """
    reason = f"{error.code} {error.detail}".strip()
    if isinstance(error, Uncertain) and not resend:
        return Outcome(
            delivery_id=due.delivery_id, state=DeliveryState.UNCERTAIN, at=now, reason=reason
        )
    if isinstance(error, Permanent | CountryStopped):
        return Outcome(
            delivery_id=due.delivery_id, state=DeliveryState.FAILED, at=now, reason=reason
        )
    wait = error.wait if isinstance(error, Temporary) else None
    next_at = retry.next_attempt(due.attempts + 1, now, chance, least=wait)
    of_message = not isinstance(error, CampaignStopped | ChannelStopped)
    if next_at > claim.not_after and of_message:
        reason = f"expired, {reason}"
        return Outcome(
            delivery_id=due.delivery_id, state=DeliveryState.FAILED, at=now, reason=reason
        )
    in_doubt = isinstance(error, Uncertain)
    return given_back(due, now, next_at=next_at, reason=reason, may_have_left=in_doubt)


def given_back(
    due: Due,
    now: datetime,
    *,
    next_at: datetime | None = None,
    reason: str = "",
    may_have_left: bool = False,
    untried: bool = False,
) -> Outcome:
    """It certainly didn't leave, unless it is said that it may have."""
    return Outcome(
        delivery_id=due.delivery_id,
        state=DeliveryState.WAITING,
        at=now,
        reason=reason,
        next_at=next_at or now,
        may_have_left=may_have_left,
        untried=untried,
    )


def refusal(due: Due, channel: str, error: HandOverError, now: datetime) -> Refusal | None:
    """What a mail server's refusal says of an address: it may be its whole domain's fault, so the
    ledger decides what it comes to."""
    if not isinstance(error, Permanent) or channel != EMAIL.name or not _is_reply(error.code):
        return None
    if not error.bad_address and not error.bad_domain:
        return None
    return Refusal(
        address_id=due.address_id,
        delivery_id=due.delivery_id,
        route=Route.PROVIDER,
        blames_address=error.bad_address,
        at=now,
        said=f"{error.code} {error.detail}".strip(),
    )


def _is_reply(code: str) -> bool:
    """A server's own code, rather than a word of ours on an address that can't be written."""
    return code[:1].isdecimal()


def suppression(channel: str, error: HandOverError, now: datetime) -> OptOut | None:
    """What a refusal says of the address, if it says anything that ``refusal`` doesn't."""
    if not isinstance(error, Permanent) or (channel == EMAIL.name and _is_reply(error.code)):
        return None
    if error.opted_out:
        return optout.by_provider(channel, now)
    return optout.by_bad_address(channel, now) if error.bad_address else None
