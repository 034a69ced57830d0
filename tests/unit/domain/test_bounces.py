"""What a report may change, by its kind and by the past of its address."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.domain.answers.bounces import (
    BounceKind,
    BouncePolicy,
    Finding,
    Past,
    Report,
    is_worn_out,
    kind_of,
    reason_of_status,
)

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
POLICY = BouncePolicy(soft_limit=3, soft_days=30, policy_limit=1)


def sent(days: int, *, failed: bool = False, delivered: bool = False) -> Past:
    return Past(sent_at=NOW - timedelta(days=days), failed=failed, delivered=delivered)


BACK = sent(0, failed=True)


@pytest.mark.parametrize(
    ("history", "worn"),
    [
        ([sent(0, failed=True)], False),
        ([sent(14, failed=True), sent(7, failed=True)], False),
        ([sent(14, failed=True), sent(7, failed=True), sent(0, failed=True)], True),
        ([sent(40, failed=True), sent(7, failed=True), sent(0, failed=True)], False),
        ([sent(14, failed=True), sent(10, failed=True), sent(8), sent(0, failed=True)], False),
        ([sent(14, failed=True), sent(7, failed=True), sent(1), sent(0, failed=True)], True),
        (
            [sent(9, failed=True), sent(8, failed=True), sent(1, delivered=True), BACK],
            False,
        ),
    ],
)
def test_passing_failures_end_an_address_only_in_a_row(history: list[Past], worn: bool) -> None:
    assert is_worn_out(history, POLICY, NOW) is worn
    assert is_worn_out(list(reversed(history)), POLICY, NOW) is worn


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("5.1.1", "user-unknown"),
        ("5.1.10", "user-unknown"),
        ("5.1.2", "host-unknown"),
        ("5.2.2", "mailbox-full"),
        ("5.2.99", "mailbox-refused"),
        ("5.7.26", "policy"),
        ("5.7.13", "mailbox-disabled"),
        ("5.0.0", ""),
        ("", ""),
    ],
)
def test_a_status_alone_says_so_much(status: str, reason: str) -> None:
    assert reason_of_status(status) == reason


def test_a_passing_refusal_is_never_for_good_and_an_unknown_reason_is_soft() -> None:
    assert kind_of("user-unknown", "5.1.1") is BounceKind.HARD
    assert kind_of("user-unknown", "4.1.1") is BounceKind.SOFT
    assert kind_of("authentication", "4.7.26") is BounceKind.SOFT
    assert kind_of("", "5.0.0") is BounceKind.SOFT
    # The way there is at fault, and nobody's address.
    assert kind_of("", "5.4.1") is BounceKind.ROUTE


def test_a_report_on_several_is_read_for_what_weighs_most() -> None:
    def of(*kinds: BounceKind) -> Report:
        return Report(findings=tuple(Finding(recipient="", kind=kind) for kind in kinds))

    assert of(BounceKind.DELAY, BounceKind.HARD).weightiest.kind is BounceKind.HARD
    assert of(BounceKind.SOFT, BounceKind.COMPLAINT).weightiest.kind is BounceKind.COMPLAINT
    assert not of(BounceKind.NOT_A_REPORT).is_report
