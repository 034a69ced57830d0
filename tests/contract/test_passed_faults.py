"""Faults that two people let pass, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime

from scheduler.domain.checking.passing import Pass
from scheduler.store.steering.hand_ledger import HandLedger
from tests.samples.ledger import Book

NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
ASKED = Pass(
    message="essai",
    rule="urgency",
    file="templates/essai/email.fr.md",
    passage="0123456789ab",
    reason="Une citation",
    asked_by="Camille",
    asked_at=NOW,
)


async def test_asked_once_allowed_once_and_withdrawn(book: Book) -> None:
    hand = HandLedger(book.ledger.database, book.ledger.keys)

    assert await hand.ask_pass(ASKED)
    assert not await hand.ask_pass(replace(ASKED, asked_by="Sacha", reason="Autre"))
    assert await book.ledger.passes("essai") == [ASKED]
    assert await book.ledger.passes("autre") == []

    # Asked otherwise meanwhile: what was read isn't what would be allowed.
    assert not await hand.allow_pass(replace(ASKED, reason="Autre"), "Sacha", NOW)
    assert await hand.allow_pass(ASKED, "Sacha", NOW)
    assert not await hand.allow_pass(ASKED, "Dominique", NOW)
    assert [one.allowed_by for one in await hand.passes("essai")] == ["Sacha"]

    assert await hand.withdraw_pass(ASKED, "Sacha", NOW)
    assert not await hand.withdraw_pass(ASKED, "Sacha", NOW)
    assert await hand.passes("essai") == []
    acts = [one.act.act for one in await hand.audit_entries(9)]
    assert acts == ["withdraw-pass", "pass-fault", "ask-pass-fault"]
