"""What an attempt came to, in the ledger's words: when it is tried again, and when it is over."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from scheduler.domain.calendar.campaigns import Place
from scheduler.domain.delivery import DeliveryState, Outcome
from scheduler.domain.errors import (
    CampaignStopped,
    ChannelStopped,
    CountryStopped,
    HandOverError,
    Permanent,
    Temporary,
    Uncertain,
)
from scheduler.domain.ids import AddressId, ContactId, ContentId, DeliveryId
from scheduler.domain.sending import Due, trial_claim
from scheduler.flow import outcome

NOW = datetime(2026, 10, 5, 8, tzinfo=UTC)
PARIS = Place(zone="Europe/Paris", territory="FR")
DUE = Due(
    delivery_id=DeliveryId(1),
    contact_id=ContactId(2),
    address_id=AddressId(3),
    content_id=ContentId(4),
    attempts=0,
    to="camille@example.org",
    short_token="",
    language="fr",
    fields={},
)
WAITING, FAILED, UNCERTAIN = (
    DeliveryState.WAITING,
    DeliveryState.FAILED,
    DeliveryState.UNCERTAIN,
)


class Least(Random):
    """No chance at all: a wait is exactly what it is at least."""

    def random(self) -> float:
        return 0.0


def refused(error: HandOverError, not_after: datetime, *, resend: bool = False) -> Outcome:
    claim = trial_claim(
        message="essai",
        campaign="cybermois",
        channel="email",
        audience="staff",
        place=PARIS,
        now=not_after,
    )
    return outcome.refused(DUE, claim, error, NOW, Least(), resend=resend)


@pytest.mark.parametrize(
    ("left", "state"),
    [(timedelta(seconds=59), FAILED), (timedelta(seconds=60), WAITING)],
)
def test_a_refusal_for_now_waits_unless_its_limit_comes_before_its_next_try(
    left: timedelta, state: DeliveryState
) -> None:
    found = refused(Temporary("450", "later"), NOW + left)

    assert found.state is state
    assert found.reason == ("450 later" if state is WAITING else "expired, 450 later")


def test_a_time_that_the_provider_named_is_waited_for() -> None:
    error = Temporary("421", "busy", wait=timedelta(hours=1))

    assert refused(error, NOW + timedelta(hours=1)).next_at == NOW + timedelta(hours=1)
    assert refused(error, NOW + timedelta(minutes=59)).state is FAILED


@pytest.mark.parametrize("error", [CampaignStopped("30034", ""), ChannelStopped("535", "")])
def test_what_stops_more_than_the_message_never_ends_it(error: HandOverError) -> None:
    """The limit is looked at again once a person has acted."""
    assert refused(error, NOW).state is WAITING


@pytest.mark.parametrize(
    "error", [Permanent("550", "no such user"), CountryStopped("21408", "", country="+262")]
)
def test_a_refusal_for_good_ends_it_whatever_time_is_left(error: HandOverError) -> None:
    assert refused(error, NOW + timedelta(days=2)).state is FAILED


def test_a_doubt_stays_one_unless_the_operator_prefers_a_second_copy() -> None:
    later = NOW + timedelta(days=2)

    assert refused(Uncertain("timeout", ""), later).state is UNCERTAIN
    again = refused(Uncertain("timeout", ""), later, resend=True)
    assert (again.state, again.may_have_left) == (WAITING, True)
    assert not refused(Temporary("450", ""), later, resend=True).may_have_left


@pytest.mark.parametrize(
    ("channel", "error", "told"),
    [
        ("email", Permanent("550", "", bad_address=True), True),
        ("email", Permanent("550", "", bad_domain=True), True),
        ("email", Permanent("550", ""), False),
        ("email", Temporary("450", ""), False),
        # A word of ours, of an address that can't be written: nobody's domain is at fault.
        ("email", Permanent("unwritable", "", bad_address=True), False),
        ("sms", Permanent("21211", "", bad_address=True), False),
    ],
)
def test_a_servers_refusal_is_the_ledgers_to_judge(
    channel: str, error: HandOverError, told: bool
) -> None:
    assert (outcome.refusal(DUE, channel, error, NOW) is not None) is told


@pytest.mark.parametrize(
    ("channel", "error", "ends"),
    [
        ("sms", Permanent("21211", "", bad_address=True), True),
        ("sms", Permanent("21610", "", opted_out=True), True),
        ("sms", Permanent("30008", ""), False),
        ("sms", Temporary("20429", ""), False),
        ("email", Permanent("unwritable", "", bad_address=True), True),
        ("email", Permanent("550", "", bad_address=True), False),
    ],
)
def test_an_address_is_ended_at_once_only_by_what_no_server_can_take_back(
    channel: str, error: HandOverError, ends: bool
) -> None:
    assert (outcome.suppression(channel, error, NOW) is not None) is ends


def test_what_did_not_leave_may_be_tried_at_once() -> None:
    assert outcome.given_back(DUE, NOW).next_at == NOW
    assert outcome.given_back(DUE._replace(attempts=5), NOW).state is WAITING
