"""Kills the daemon again and again in the midst of sending, then compares three ledgers.

    python -m tests.proof [--runs N] [--database sqlite|postgres|both]

A run is one life of the daemon, killed by SIGKILL at a step of the pipeline or at a random moment.
The relay and the Twilio look-alike keep lists of their own. At the end the daemon runs to the end
of its work, and each list is compared with our ledger, row by row. Prints one table; exits 1 when
anybody was lost or written to twice.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Engine, create_engine, text

from scheduler.store.sealing import make_keys, read_keys, write_keys
from scheduler.store.setup import migrate
from tests.fakes import FakeRelay, FakeTwilio
from tests.parts.hosting import hosted
from tests.parts.installation import Installation, install, staff
from tests.parts.postgres import postgres_server
from tests.parts.processes import free_port, wait_until
from tests.proof.victim import STEPS

SATURDAY = datetime(2026, 10, 3, 8, tzinfo=UTC)
#: 10:00 in Paris: the first episode's e-mail, and its SMS a day later.
SUNDAY, MONDAY = (datetime(2026, 10, day, 8, tzinfo=UTC) for day in (4, 5))
CONNECTIONS = 4
#: People a run, so that every kill falls in the midst of something.
PEOPLE_A_RUN = 40
RANDOM = "a random moment"
#: Planning comes once an occurrence and channel: that life is the first of each.
STEPS_OF_A_RUN = [name for name in STEPS if name != "planned"]
#: Against one of each step, so many are killed at a random moment.
RANDOM_SHARE = 4
#: Steps that a process passes once a group of messages rather than once a message.
SELDOM = {
    "planned",
    "claimed",
    "read",
    "before the intent",
    "after the intent",
    "before the outcome",
}
SELDOM |= {"after the outcome", "given back"}


@dataclass(kw_only=True, slots=True)
class Tally:
    """What one way of dying came to."""

    runs: int = 0
    #: Deliveries with an intent and no outcome when the process died.
    in_flight: int = 0
    #: Deliveries that became uncertain by it.
    uncertain: int = 0
    most_uncertain: int = 0


@dataclass(kw_only=True, slots=True)
class Proof:
    """One database's table."""

    database: str
    tallies: dict[str, Tally] = field(default_factory=dict)
    messages: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    uncertain: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(prog="make proof")
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    asked = parser.parse_args()
    names = ["sqlite", "postgres"] if asked.database == "both" else [asked.database]
    proofs = [prove(name, asked.runs) for name in names]
    for proof in proofs:
        print_table(proof)
    sys.exit(any(proof.lost or proof.twice for proof in proofs))


def prove(database: str, runs: int) -> Proof:
    proof = Proof(database=database)
    chance = Random(20261004)  # noqa: S311 - the same moments each time
    with (
        tempfile.TemporaryDirectory(prefix="proof-") as folder,
        ledger_url(database, Path(folder)) as url,
        hosted(FakeRelay(seconds_a_message=0.02)) as relay,
        hosted(FakeTwilio()) as twilio,
    ):
        home = install(Path(folder) / "home", SATURDAY, **settings(url, relay, twilio))
        migrate(url)
        home.import_people("staff", [staff(number) for number in range(runs * PEOPLE_A_RUN)])
        engine = create_engine(url)
        know_the_calendar(home, engine)
        home.step_to(SUNDAY)
        by_email = runs * 2 // 3
        for number in range(runs):
            if number == by_email:
                finish(home, engine)
                home.step_to(MONDAY)
            first = number in (0, by_email)
            kill_once(home, engine, proof, chance, 0 if first else number)
            print(f"\r{database}: {number + 1} of {runs} runs", end="", file=sys.stderr, flush=True)
        finish(home, engine)
        compare(home, engine, relay, twilio, proof)
        engine.dispose()
    print(file=sys.stderr)
    return proof


@contextmanager
def ledger_url(database: str, folder: Path) -> Iterator[str]:
    if database == "sqlite":
        (folder / "var").mkdir()
        yield f"sqlite:///{folder / 'var' / 'ledger.db'}"
        return
    with postgres_server() as uri:
        yield uri.replace("postgresql://", "postgresql+psycopg://")


def settings(url: str, relay: FakeRelay, twilio: FakeTwilio) -> dict[str, object]:
    keys = Path(tempfile.mkdtemp(prefix="proof-keys-")) / "keys.json"
    write_keys(make_keys(), keys)
    return {
        "database__url": url,
        "keys__file": keys,
        "channels__email__provider": "smtp",
        "channels__email__smtp__host": "127.0.0.1",
        "channels__email__smtp__port": relay.port,
        "channels__email__smtp__security": "none",
        "channels__email__smtp__connections": CONNECTIONS,
        "channels__sms__provider": "twilio",
        "channels__sms__twilio__account_sid": twilio.account_sid,
        "channels__sms__twilio__auth_token": twilio.auth_token,
        "channels__sms__twilio__base_url": twilio.base_url,
    }


def know_the_calendar(home: Installation, engine: Engine) -> None:
    """A quiet life before the day: what fell due before it concerns nobody."""
    process = start(home)
    calendar = "select id from occurrence"
    wait_until(lambda: bool(query(engine, calendar)), "the calendar is in the ledger")
    process.terminate()
    process.wait(60)


def kill_once(home: Installation, engine: Engine, proof: Proof, chance: Random, run: int) -> None:
    """One life, from its start to its violent end."""
    step = "planned" if run == 0 else chance.choice([RANDOM] * RANDOM_SHARE + STEPS_OF_A_RUN)
    before = sent(engine)
    if step == RANDOM:
        process = start(home)
        wait_until(lambda: sent(engine) > before, "something left")
        time.sleep(chance.random() / 5)
        process.send_signal(signal.SIGKILL)
    else:
        process = start(home, step, str(1 if run == 0 else chance.randint(1, times(step))))
        if not dies_by_itself(process, engine, before + PEOPLE_A_RUN):
            step = RANDOM
    if process.wait(60) != -signal.SIGKILL:
        raise SystemExit(f"the daemon ended by itself: see {home.log_file}")
    tally = proof.tallies.setdefault(step, Tally())
    tally.runs += 1
    tally.in_flight += count(engine, "sending")
    doubts = settle(home, engine)
    tally.uncertain += doubts
    tally.most_uncertain = max(tally.most_uncertain, doubts)


def dies_by_itself(process: subprocess.Popen[bytes], engine: Engine, most: int) -> bool:
    """Wait for it; killed where it is once it has sent ``most``: it doesn't come by its step."""
    while process.poll() is None:
        if sent(engine) > most:
            process.send_signal(signal.SIGKILL)
            return False
        time.sleep(0.02)
    return True


def times(step: str) -> int:
    return 2 if step in SELDOM else 12


def start(home: Installation, *step: str) -> subprocess.Popen[bytes]:
    """The daemon, on ports of its own; told where to die."""
    module = ["tests.proof.victim", *step] if step else ["scheduler", "run"]
    environment = {
        **os.environ,
        "REFLEXE_CONFIG": str(home.config),
        "REFLEXE_WEB__DESK_BIND": f"127.0.0.1:{free_port()}",
        "REFLEXE_WEB__PUBLIC_BIND": f"127.0.0.1:{free_port()}",
        **home.environment,
        **home.clock.environment(),
    }
    with home.log_file.open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", *module], env=environment, stdout=log, stderr=log
        )


def settle(home: Installation, engine: Engine) -> int:
    """How many the next start calls uncertain; it is killed before it sends anything."""
    before = count(engine, "uncertain")
    if count(engine, "sending"):
        process = start(home, "claimed", "1")
        process.wait(120)
    return count(engine, "uncertain") - before


def finish(home: Installation, engine: Engine) -> None:
    """A life without violence, until nothing waits."""
    process = start(home)
    wait_until(lambda: not waiting(engine) and not count(engine, "sending"), "all is done", 1200)
    process.terminate()
    process.wait(60)


def compare(
    home: Installation, engine: Engine, relay: FakeRelay, twilio: FakeTwilio, proof: Proof
) -> None:
    """Ours against theirs."""
    keys = read_keys(Path(home.environment["REFLEXE_KEYS__FILE"]))
    theirs = Counter(relay.recipients) + Counter(one["to"] for one in twilio.messages)
    rows = query(
        engine,
        "select delivery.state, address.sealed, address.digest from delivery "
        "join address on address.id = delivery.address_id where delivery.state <> 'left-out'",
    )
    proof.messages = len(rows)
    for state, sealed, digest in rows:
        to = keys.open("address", bytes(sealed), bytes(digest)).decode()
        proof.uncertain += state == "uncertain"
        if theirs[to] > 1:
            proof.twice.append(to)
        if theirs[to] == 0 and state != "uncertain":
            proof.lost.append(f"{to} ({state})")


def print_table(proof: Proof) -> None:
    print(f"\n{proof.database}: {sum(one.runs for one in proof.tallies.values())} kills")
    print("| Killed at | Runs | In flight | Uncertain after | At most in one run |")
    print("|---|---|---|---|---|")
    order = [*STEPS, RANDOM]
    for name, one in sorted(proof.tallies.items(), key=lambda item: order.index(item[0])):
        print(f"| {name} | {one.runs} | {one.in_flight} | {one.uncertain} | {one.most_uncertain} |")
    print(
        f"\n{proof.messages} messages: {len(proof.lost)} lost, {len(proof.twice)} twice, "
        f"{proof.uncertain} uncertain ({CONNECTIONS} connections)"
    )
    for name in (*proof.lost[:20], *proof.twice[:20]):
        print(f"  {name}")


def sent(engine: Engine) -> int:
    return count(engine, "sent")


def waiting(engine: Engine) -> int:
    return count(engine, "waiting")


def count(engine: Engine, state: str) -> int:
    statement = text("select count(*) from delivery where state = :state")
    with engine.connect() as connection:
        return int(connection.execute(statement, {"state": state}).scalar_one())


def query(engine: Engine, statement: str) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(text(statement)))


if __name__ == "__main__":
    main()
