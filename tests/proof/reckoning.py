"""What is known at the end of a day: ours against theirs, row by row."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from scheduler.domain.answers.uncertain import Cause
from tests.proof.ground import Day, Ground
from tests.proof.tally import Doubt, Proof


@dataclass(kw_only=True, slots=True)
class Reckoning:
    """Of one day."""

    where: Ground
    proof: Proof
    day: Day
    #: Deliveries in doubt, and what ended the life that left them so.
    _causes: dict[int, str] = field(default_factory=dict)

    def begin(self) -> None:
        """The other side starts a new list; doubts of earlier days aren't this one's."""
        self._causes = dict.fromkeys(self._in_doubt(), "another day")
        self.where.relay.accepted.clear()
        self.where.twilio.messages.clear()

    def note_doubts(self, cause: str, replica: str = "") -> None:
        """What the next start says of the end before it: of one replica, or of the only one."""
        fresh = [one for one in self._in_doubt(replica) if one not in self._causes]
        self._causes |= dict.fromkeys(fresh, cause)
        if cause:
            self.proof.note_doubts(cause, len(fresh))

    def compare(self) -> None:
        """Ours against theirs."""
        theirs = Counter(self.where.relay.recipients)
        theirs += Counter(one["to"] for one in self.where.twilio.messages)
        keys = self.where.keys
        rows = self.where.query(OF_A_DAY, channel=self.day.channel, episode=self.day.episode)
        for row in rows:
            to = keys.open("address", bytes(row.sealed), bytes(row.digest)).decode()
            self._judge(row, to, theirs.pop(to, 0))
        self.proof.messages += len(rows)
        self.proof.wrong += [f"{to}: the ledger knows of no message" for to in theirs]

    def _in_doubt(self, replica: str = "") -> Collection[int]:
        statement = IN_DOUBT_OF if replica else IN_DOUBT
        values = {"replica": replica} if replica else {}
        return [row.id for row in self.where.query(statement, **values)]

    def _judge(self, row: Any, to: str, times: int) -> None:
        said = f"{to}, delivery {row.id} on {self.day.due:%d %B}: {row.state} {row.reason}"
        if times > 1:
            self.proof.twice.append(said)
        elif row.state == "uncertain":
            cause = self._causes.get(row.id, "unknown")
            told = Cause.of(row.reason)
            doubt = Doubt(delivery=row.id, cause=cause, arrived=times == 1, told=told)
            self.proof.doubts.append(doubt)
        elif times == 0:
            self.proof.lost.append(said)
        elif row.state != "sent":
            self.proof.wrong.append(said)


IN_DOUBT = "select id from delivery where state = 'uncertain'"
IN_DOUBT_OF = """
    select id from delivery
    where state = 'uncertain'
      and replica_id = (select id from replica where name = :replica)
"""
OF_A_DAY = """
    select delivery.id, delivery.state, delivery.reason, address.sealed, address.digest
    from delivery
    join occurrence on occurrence.id = delivery.occurrence_id
    join address on address.id = delivery.address_id
    where delivery.state <> 'left-out'
      and delivery.channel = :channel and occurrence.episode = :episode
"""
