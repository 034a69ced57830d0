"""The proof with several replicas on one ledger: days on which one or another is always missing."""

import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from random import Random

from tests.parts.processes import wait_until
from tests.proof.deaths import STEPS
from tests.proof.ground import DAYS, Ground, ground
from tests.proof.ordeal import SEED, know_the_calendar
from tests.proof.outside import empty_the_queue, restart
from tests.proof.reckoning import Reckoning
from tests.proof.replica import Replica
from tests.proof.tally import (
    FROZEN_LONG,
    QUEUE_EMPTIED,
    RANDOM,
    SERVER_RESTARTED,
    TWO_AT_ONCE,
    Proof,
)

#: So many, and a relay so slow, that a day's work outlasts a dozen takeovers.
PEOPLE = 3000
SECONDS_A_MESSAGE = 0.3
#: Left for the quiet at the end of a day.
REST = 300
DECK = [name for name in STEPS if name != "planned"]
DECK += [RANDOM] * 3 + [TWO_AT_ONCE] * 2 + [FROZEN_LONG] * 2 + [QUEUE_EMPTIED, SERVER_RESTARTED]
#: Seconds in which a replica that was told to die at a step comes by it.
LONGEST_LIFE = 30
#: Seconds in which one that has work gets something in flight.
TO_WORK = 10
#: Seconds after which nobody took over: something is wrong.
NEVER = 120


def prove_replicas(runs: int, replicas: int, broken: str = "") -> Proof:
    """As many ends as ``runs``, with so many replicas on PostgreSQL, a promise broken or none."""
    proof = Proof(database="postgres", replicas=replicas)
    chance = Random(SEED)  # noqa: S311 - the same order each time
    cards = _cards(chance)
    with ExitStack() as stack:
        where = stack.enter_context(
            ground("postgres", replicas, people=PEOPLE, seconds_a_message=SECONDS_A_MESSAGE)
        )
        crowd = [
            stack.enter_context(closing(Replica(home, home.folder / "var", broken)))
            for home in where.homes
        ]
        know_the_calendar(where, crowd[0])
        for day in DAYS:
            if proof.lives < runs:
                reckoning = Reckoning(where=where, proof=proof, day=day)
                shared = SharedOrdeal(
                    where=where, crowd=crowd, proof=proof, chance=chance, reckoning=reckoning
                )
                shared.live(cards, runs)
    return proof


def _cards(chance: Random) -> Iterator[str]:
    """One misfortune after another, deck after deck."""
    while True:
        yield from chance.sample(DECK, len(DECK))


@dataclass(kw_only=True, slots=True)
class SharedOrdeal:
    """One day of several replicas."""

    where: Ground
    crowd: Sequence[Replica]
    proof: Proof
    chance: Random
    reckoning: Reckoning
    #: The last one that ended came back at once, not after others took over.
    _hasty: bool = False

    def live(self, cards: Iterator[str], runs: int) -> None:
        """Misfortunes until ``runs`` or until little is left, then quiet, and the reckoning."""
        self.reckoning.begin()
        self.where.home.step_to(self.reckoning.day.due)
        self._plan()
        while self.proof.lives < runs and self.where.count("waiting") > REST:
            self._meet_with(next(cards))
        self.proof.left += self.where.count("waiting")
        self.where.run_out()
        for one in self.crowd:
            one.stop()
        self.reckoning.compare()

    def _plan(self) -> None:
        """One dies as it has planned; then all begin."""
        first, *others = self.crowd
        first.start("planned")
        wait_until(lambda: first.ended is not None, "it plans")
        self._note_end(first, "planned")
        for one in others:
            one.start()
        self._return(first, "planned")
        wait_until(lambda: self.where.count("waiting") > PEOPLE / 2, "the others plan as well")

    def _meet_with(self, misfortune: str) -> None:
        one, other = self.chance.sample(self.crowd, 2)
        self._get_into_the_midst(one)
        time.sleep(self.chance.random() / 5)
        if misfortune in STEPS:
            self._die_at(one, misfortune)
        elif misfortune == FROZEN_LONG:
            self._freeze(one)
        elif misfortune == TWO_AT_ONCE:
            self._end(TWO_AT_ONCE, one, other, hasty=False)
        else:
            if misfortune == QUEUE_EMPTIED:
                empty_the_queue(self.where)
            elif misfortune == SERVER_RESTARTED:
                restart(self.where, self.chance.random())
                self._get_into_the_midst(one)
            self._end(misfortune, one, hasty=self._turn())
        waiting = self.where.count("waiting")
        print(
            f"{time.strftime('%X')} {self.proof.lives} ended, {waiting} wait: {misfortune}",
            file=sys.stderr,
        )

    def _die_at(self, one: Replica, step: str) -> None:
        """Killed at a random moment, back at once, and ended by itself at the step."""
        self._end(RANDOM, one, hasty=True, fate=step)
        end = time.monotonic() + LONGEST_LIFE
        while one.ended is None and time.monotonic() < end:
            time.sleep(0.01)
        self._end(RANDOM if one.ended is None else step, one, hasty=self._turn())

    def _end(self, cause: str, *victims: Replica, hasty: bool, fate: str = "") -> None:
        """Kill them, and start them again: at once, or when others have taken over."""
        began = time.monotonic()
        for one in victims:
            one.kill()
            self._note_end(one, cause)
        if not hasty:
            self._wait_taken_over(cause, victims, began)
        for one in victims:
            self._return(one, cause, fate)

    def _freeze(self, one: Replica) -> None:
        """For longer than it takes the others to take over."""
        began = time.monotonic()
        one.signal(signal.SIGSTOP)
        self._note_end(one, FROZEN_LONG)
        self._wait_taken_over(FROZEN_LONG, [one], began)
        time.sleep(self.chance.random() * 4)
        one.signal(signal.SIGCONT)
        self._get_into_the_midst(one)
        self.reckoning.note_doubts(FROZEN_LONG, one.name)

    def _return(self, one: Replica, cause: str, fate: str = "") -> None:
        """Back to life; what it says of its last end belongs to ``cause``."""
        before = self._journal(one)
        one.start(fate, self.chance.randint(1, 3))
        # It begins a new wire journal as soon as it has settled what the last one tells.
        wait_until(
            lambda: self._journal(one) != before or one.ended is not None, "it has recovered"
        )
        self.reckoning.note_doubts(cause, one.name)

    def _wait_taken_over(self, cause: str, victims: Sequence[Replica], began: float) -> None:
        """Those that held nothing leave nothing to take over."""
        for holder in [one.name for one in victims if self._holds(one.name)]:
            wait_until(partial(self._is_free_of, holder), "others take over", NEVER)
            self.proof.note_takeover(cause, time.monotonic() - began)

    def _get_into_the_midst(self, one: Replica) -> None:
        end = time.monotonic() + TO_WORK
        while not self._in_flight(one) and time.monotonic() < end:
            time.sleep(0.01)

    def _turn(self) -> bool:
        self._hasty = not self._hasty
        return self._hasty

    def _note_end(self, one: Replica, cause: str) -> None:
        self.proof.note_end(cause, self._in_flight(one))

    def _in_flight(self, one: Replica) -> int:
        return int(self.where.query(IN_FLIGHT, replica=one.name)[0][0])

    def _is_free_of(self, name: str) -> bool:
        return not self._holds(name)

    def _holds(self, name: str) -> bool:
        return bool(self.where.query(HELD, replica=name))

    def _journal(self, one: Replica) -> str:
        """The identity of its wire journal; empty before its first life."""
        found = self.where.query(JOURNAL, replica=one.name)
        return str(found[0].wire) if found else ""


IN_FLIGHT = """
    select count(*) from delivery join replica on replica.id = delivery.replica_id
    where replica.name = :replica and delivery.state = 'sending'
"""
HELD = "select number from batch where owner = :replica and state = 'open'"
JOURNAL = "select wire from replica where name = :replica"
