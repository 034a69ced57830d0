"""Who an occurrence's message reached, and who gets a letter."""

from datetime import UTC, datetime

import pytest

from scheduler.domain.delivery import DeliveryState, LeftOut
from scheduler.domain.ids import AddressId, ContactId
from scheduler.domain.showing.recipients import Recipient, reach, why

SENT, WAITING, LEFT_OUT, FAILED = (
    DeliveryState.SENT,
    DeliveryState.WAITING,
    DeliveryState.LEFT_OUT,
    DeliveryState.FAILED,
)
DUPLICATE = LeftOut.DUPLICATE.value


def row(
    contact: int,
    state: DeliveryState,
    *,
    reason: str = "",
    address: int = 1,
    channel: str = "email",
    came_back: bool = False,
) -> Recipient:
    return Recipient(
        contact=ContactId(contact),
        channel=channel,
        state=state,
        reason=reason,
        at=datetime(2026, 10, 4, 8, tzinfo=UTC),
        address=AddressId(address),
        came_back=came_back,
    )


@pytest.mark.parametrize(
    ("rows", "reached", "to_come", "lost"),
    [
        ([row(1, SENT)], 1, 0, []),
        ([row(1, SENT, came_back=True)], 0, 0, [1]),
        # One channel is enough.
        ([row(1, SENT, came_back=True), row(1, SENT, channel="sms", address=2)], 1, 0, []),
        # What may still leave is waited for, whatever another channel said.
        ([row(1, FAILED), row(1, WAITING, channel="sms", address=2)], 0, 1, []),
        ([row(1, WAITING), row(1, SENT, channel="sms", address=2)], 1, 0, []),
        # Whoever shares an address is reached by its one message…
        ([row(1, SENT), row(2, LEFT_OUT, reason=DUPLICATE)], 2, 0, []),
        # …on that channel, at that address, and if it didn't come back.
        ([row(1, SENT), row(2, LEFT_OUT, reason=DUPLICATE, channel="sms")], 1, 0, [2]),
        ([row(1, SENT), row(2, LEFT_OUT, reason=DUPLICATE, address=2)], 1, 0, [2]),
        ([row(1, SENT, came_back=True), row(2, LEFT_OUT, reason=DUPLICATE)], 0, 0, [1, 2]),
        ([row(1, SENT), row(2, LEFT_OUT, reason=LeftOut.NO_CONSENT.value)], 1, 0, [2]),
        # Nowhere is nobody's address.
        (
            [row(1, SENT, address=0), row(2, LEFT_OUT, reason=DUPLICATE, address=0)],
            1,
            0,
            [2],
        ),
    ],
)
def test_somebody_is_reached_by_one_message_that_arrived(
    rows: list[Recipient], reached: int, to_come: int, lost: list[int]
) -> None:
    found = reach(rows)

    assert (found.reached, found.to_come) == (reached, to_come)
    assert [one.contact for one in found.unreached] == lost


def test_the_letter_says_why_a_clause_a_channel() -> None:
    found = reach([row(1, SENT, came_back=True), row(1, FAILED, reason="550", channel="sms")])

    (one,) = found.unreached
    assert one.why == "courriel : parti, puis revenu sans être remis ; SMS : échec (550)"


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (row(1, SENT), "courriel : envoyé"),
        (row(1, FAILED), "courriel : échec"),
        (row(1, DeliveryState.UNCERTAIN), "courriel : peut-être parti, sans preuve"),
        (row(1, DeliveryState.CANCELLED), "courriel : annulé avant le départ"),
        (row(1, WAITING, channel="sms"), "SMS : en attente"),
    ],
)
def test_a_file_of_recipients_says_what_became_of_each(one: Recipient, told: str) -> None:
    assert why(one) == told
