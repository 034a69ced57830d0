"""A process that draws from a ledger's limits as fast as it can, and says what it got.

``python -m tests.parts.takers URL LIMIT AHEAD``: with a clock of its own, AHEAD milliseconds before
the others', it goes through half a minute in steps of an eighth of a second. It begins with the
first line it reads, so that several begin together.
"""

import sys
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from scheduler.domain.measure.pace import SpendCap, fitting
from scheduler.store.database import Database
from scheduler.store.sending import allowances, buckets

START = datetime(2026, 10, 5, 8, tzinfo=UTC)
STEP = timedelta(milliseconds=125)
STEPS = 240
#: Tokens a second: five a step, without a fraction.
RATE = 40.0
CAP = SpendCap(channel="sms", zone="Europe/Paris", amount=99_750)
COST = 798


def from_bucket(connection: Connection, now: datetime) -> int:
    return buckets.take(connection, {"sms": RATE}, 50, 1, now)


def from_allowance(connection: Connection, now: datetime) -> int:
    """One message a step, as far as the day's euros go."""
    day = now.date()
    found = fitting({1: COST}, allowances.used(connection, CAP, day), CAP.amount)
    allowances.add(connection, CAP.name, day, sum(found.granted.values()))
    return len(found.granted)


LIMITS = {"bucket": from_bucket, "allowance": from_allowance}


def main(url: str, limit: str, ahead: str) -> None:
    database = Database(url)
    start = START + timedelta(milliseconds=int(ahead))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    total = 0
    for step in range(1, STEPS + 1):
        with database.writing() as connection:
            total += LIMITS[limit](connection, start + step * STEP)
    sys.stdout.write(f"{total}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
