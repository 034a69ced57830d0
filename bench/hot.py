"""How many updates of a delivery stay within their page on PostgreSQL while messages are sent.

    python -m bench.hot [messages]

Intents and outcomes as a sender has them written, a turn after another, with nothing on the wire:
what is left is the ledger's. Beside it the same on the indexes of before, whose predicates named a
state. *Processor* is the server's own for the connection that writes, WAL what the server notes of
all of it, both a message. PostgreSQL comes with the tests, with its default settings.
"""

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import make_url

from bench.ground import Ground, planned
from bench.world import SUNDAY
from scheduler.domain.delivery import DeliveryState, Outcome
from scheduler.domain.ids import DeliveryId
from scheduler.domain.sending import Claim
from scheduler.store.sending.claiming import claim, release
from scheduler.store.sending.due_rows import due_rows
from scheduler.store.sending.intents import record, take_intents
from scheduler.store.setup import writer_engine
from tests.parts.postgres import postgres

MESSAGES = 10_000
#: Messages of a turn.
TURN = 150
#: What stood before a delivery's indexes asked for what doesn't change while it is sent.
BEFORE = """
DROP INDEX uq_delivery_address;
DROP INDEX ix_delivery_batch;
DROP INDEX ix_delivery_uncertain;
DROP INDEX ix_delivery_duplicate;
CREATE UNIQUE INDEX uq_delivery_address ON delivery (occurrence_id, channel, address_id)
 WHERE state <> 'left-out';
CREATE INDEX ix_delivery_batch ON delivery (slot_id, batch) WHERE state = 'waiting';
CREATE INDEX ix_delivery_sending ON delivery (id) WHERE state = 'sending';
CREATE INDEX ix_delivery_uncertain ON delivery (channel) WHERE state = 'uncertain';
CREATE INDEX ix_delivery_duplicate ON delivery (occurrence_id, channel)
 WHERE state = 'left-out' AND reason = 'duplicate';
ALTER TABLE delivery SET (fillfactor = 100);
VACUUM FULL delivery;
"""
COUNTED = """
SELECT n_tup_upd, n_tup_hot_upd, pg_current_wal_lsn() - '0/0'::pg_lsn
FROM pg_stat_user_tables WHERE relname = 'delivery'
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spent:
    updates: int
    hot: int
    #: Octets.
    wal: int
    #: Seconds of the server's processor.
    processor: float


def main() -> None:
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES
    print(f"{messages} messages, {TURN} a turn: an intent and an outcome each")
    with postgres() as server:
        for name, statements in (("before", BEFORE), ("now", "VACUUM FULL delivery")):
            with (
                tempfile.TemporaryDirectory() as made,
                planned(Path(made) / "world", server.uri, messages, 1) as ground,
            ):
                found = measure(ground, statements)
            print(
                f"{name:8} {found.hot / found.updates:6.1%} of {found.updates} updates stay within "
                f"their page, WAL {found.wal / messages:6.0f} octets, "
                f"processor {found.processor / messages * 1e6:4.0f} µs",
                flush=True,
            )


def measure(ground: Ground, statements: str) -> Spent:
    engine = writer_engine(make_url(ground.url))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in statements.strip().rstrip(";").split(";"):
            connection.execute(text(statement))
        connection.execute(text("ANALYZE"))
    before = counted(engine)
    processor = send_all(engine)
    after = counted(engine)
    engine.dispose()
    updates, hot, wal = (new - old for new, old in zip(after, before, strict=True))
    return Spent(updates=updates, hot=hot, wal=wal, processor=processor)


def counted(engine: Engine) -> tuple[int, int, int]:
    # A connection tells what it did when it ends, at the latest.
    engine.dispose()
    with engine.connect() as connection:
        updates, hot, wal = connection.execute(text(COUNTED)).one()
    return updates, hot, int(wal)


def send_all(engine: Engine) -> float:
    """Seconds of the server's processor."""
    with engine.connect() as connection:
        with connection.begin():
            process = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
            slots = list(connection.execute(text("SELECT id FROM slot")).scalars())
        before = processor_time(process)
        while claimed := _claimed(connection, slots):
            _send(connection, claimed)
        return processor_time(process) - before


def _claimed(connection: Connection, slots: list[int]) -> Claim | None:
    with connection.begin():
        return claim(connection, slots, "bench", SUNDAY)


def _send(connection: Connection, claimed: Claim) -> None:
    outcomes: list[Outcome] = []
    while True:
        with connection.begin():
            due = [row[0] for row in due_rows(connection, claimed, SUNDAY, TURN)]
        with connection.begin():
            record(connection, outcomes, 1)
            taken = take_intents(connection, claimed, due, SUNDAY, 1) if due else set()
        outcomes = [_sent(DeliveryId(one)) for one in sorted(taken)]
        if not due:
            break
    with connection.begin():
        release(connection, claimed)


def _sent(delivery: DeliveryId) -> Outcome:
    return Outcome(
        delivery_id=delivery, state=DeliveryState.SENT, at=SUNDAY, provider_id=f"{delivery:012x}"
    )


def processor_time(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
