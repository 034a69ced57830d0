"""Ours against theirs, row by row, as `make proof` does it; and when each text had begun."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.ground import PEOPLE, Ground
from tests.simulation.ledger import ask
from tests.simulation.people import Wishes
from tests.simulation.relay import Accepted, Relay

#: Seconds within which an answered opt-out, or a pause, holds; and what clocks round off.
SOON = 1.0 + 0.001

ROWS = "select id, contact_id, state, reason, may_have_left from delivery order by id"
IN_DOUBT = "select id from delivery where state = 'uncertain'"
FENCED = "select delivery, batch_owner, taker from fenced"
HELD = """
    select count(*) from suppression
    where address_id = ? and lifted_at is null
"""


@dataclass(slots=True)
class Reckoning:
    """Of one world."""

    ground: Ground
    relay: Relay
    wishes: Wishes
    #: In words; empty where every promise was kept.
    found: list[str] = field(default_factory=list)
    uncertain: int = 0

    def judge(self) -> None:
        """At the end, when nothing waits any more."""
        rows = ask(self.ground, ROWS)
        if len(rows) != PEOPLE:
            self.found.append(f"{len(rows)} rows of {PEOPLE} people")
        for row in rows:
            self._judge_row(*row)
        for contact in self.wishes.refused:
            if not ask(self.ground, HELD, self.ground.address_ids[contact])[0][0]:
                self.found.append(
                    f"the opt-out of {contact} was answered, and is not in the ledger"
                )
        self.found += self.relay.wrongs
        for delivery, holder, taker in ask(self.ground, FENCED):
            self.found.append(f"FENCE {taker} took an intent of {delivery} in {holder!r}'s batch")

    def _judge_row(self, row: int, contact: int, state: str, reason: str, maybe: Any) -> None:
        theirs = [
            one
            for address in self.wishes.addresses[contact]
            for one in self.relay.by_recipient[address]
        ]
        said = f"delivery {row} of {contact}: {state} {reason!r}, accepted {len(theirs)}"
        if len(theirs) > 1 and not maybe:
            self.found.append(f"TWICE {said}")
        match state:
            case "sent" if not theirs and "proved" not in reason:
                self.found.append(f"LOST {said}")
            case "waiting" | "sending":
                self.found.append(f"LOST {said}")
            case "uncertain":
                self.uncertain += 1
            case "failed" | "left-out" | "cancelled" if theirs and not maybe:
                self.found.append(f"WRONG {said}")
            case "left-out" if contact not in self.wishes.asked:
                self._judge_left_out(contact, reason, said)
            case "failed" if "expired" not in reason:
                self._judge_failed(contact, said)
        if not reason and state in ("left-out", "failed", "uncertain"):
            self.found.append(f"NO REASON {said}")
        self._judge_begun(contact, theirs)

    def _judge_left_out(self, contact: int, reason: str, said: str) -> None:
        refused = self.wishes.addresses[contact] & self.relay.refused
        if not (reason.startswith("bounce") and refused):
            self.found.append(f"LOST {said}")

    def _judge_failed(self, contact: int, said: str) -> None:
        if not self.wishes.addresses[contact] & self.relay.refused:
            self.found.append(f"LOST {said}")

    def _judge_begun(self, contact: int, theirs: Sequence[Accepted]) -> None:
        for one in theirs:
            answered = self.wishes.refused.get(contact)
            if answered is not None and one.begun > answered + SOON:
                late = one.begun - answered
                self.found.append(f"LATE {contact}: begun {late:.3f} s after the opt-out's answer")
            for begun, ended in self.wishes.pauses:
                if begun + SOON < one.begun < ended:
                    self.found.append(
                        f"LATE {contact}: begun {one.begun - begun:.3f} s into a pause"
                    )

    def in_doubt(self) -> set[int]:
        return {row[0] for row in ask(self.ground, IN_DOUBT)}
