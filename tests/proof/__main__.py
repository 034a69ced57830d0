"""Ends the daemon again and again in the midst of sending, then compares three ledgers.

    python -m tests.proof [--runs N] [--write]
    python -m tests.proof --database sqlite|postgres
    python -m tests.proof --replicas N

The first does all there is: one daemon on each kind of database, both at once, and then three
replicas on one PostgreSQL ledger, with a fifth of the runs.

A run is one life of a daemon, from its start to its violent end: killed by SIGKILL at a step of
the pipeline, at a random moment, or after a write that failed. The relay and the Twilio look-alike
keep lists of their own. At the end of each day of the calendar the daemon runs to the end of its
work, and each list is compared with our ledger, row by row. Exits 1 when anybody was lost or was
written to twice, when a row says something else than the other side, or when a dead replica's work
was others' later than promised.

``--broken`` breaks a promise of the program first: the proof must then exit 1, by which it shows
that it can.
"""

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from tests.proof.breakage import BREAKAGES
from tests.proof.ordeal import prove
from tests.proof.several import prove_replicas
from tests.proof.tally import Proof, details, doubts_table, table, write, write_doubts

#: Where no number was asked for, and against how many runs of one daemon one of theirs is made.
REPLICAS, SHARE = 3, 5


def main() -> None:
    parser = argparse.ArgumentParser(prog="make proof")
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--database", choices=["sqlite", "postgres"])
    parser.add_argument("--replicas", type=int, default=0, help="so many on one PostgreSQL ledger")
    parser.add_argument("--write", action="store_true", help="put the tables into the docs")
    parser.add_argument("--broken", choices=BREAKAGES, default="", help="the proof must fail")
    asked = parser.parse_args()
    proofs = _prove(asked)
    print(doubts_table(proofs))
    if asked.write and not asked.database and not asked.replicas:
        write_doubts(proofs, datetime.now(UTC).date())
    sys.exit(any(proof.failed for proof in proofs))


def _prove(asked: argparse.Namespace) -> list[Proof]:
    if asked.replicas:
        return [_tell(prove_replicas(asked.runs, asked.replicas, asked.broken), asked)]
    names = [asked.database] if asked.database else ["sqlite", "postgres"]
    # One a processor: each waits for its daemon most of the time.
    with ThreadPoolExecutor(len(names)) as pool:
        proofs = list(pool.map(lambda name: prove(name, asked.runs, asked.broken), names))
    proofs = [_tell(proof, asked) for proof in proofs]
    if not asked.database:
        shared = prove_replicas(max(1, asked.runs // SHARE), REPLICAS, asked.broken)
        proofs.append(_tell(shared, asked))
    return proofs


def _tell(proof: Proof, asked: argparse.Namespace) -> Proof:
    print(table(proof))
    print(details(proof), flush=True)
    if asked.write:
        write(proof, datetime.now(UTC).date())
    return proof


if __name__ == "__main__":
    main()
