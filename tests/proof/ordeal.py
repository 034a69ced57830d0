"""The proof itself: days of the calendar, on each of which the daemon ends many times."""

import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from random import Random

from tests.parts.processes import wait_until
from tests.proof.deaths import STEPS
from tests.proof.faults import FAULTS, JOURNAL_FAULTS
from tests.proof.ground import DAYS, Ground, ground
from tests.proof.outside import put_out_of_reach
from tests.proof.reckoning import Reckoning
from tests.proof.replica import Replica
from tests.proof.tally import FROZEN, OUT_OF_REACH, POWER_CUT, RANDOM, Proof

#: People a life at most, so that every end falls in the midst of something.
PEOPLE_A_LIFE = 30
#: The order of misfortunes is the same each time, and so are the moments.
SEED = 20261004
#: Against one of each other misfortune, so many lives end at a random moment.
RANDOM_SHARE = 6
#: A day's; planning comes once a day, and stands before them.
DECK = [name for name in (*STEPS, *FAULTS, POWER_CUT, OUT_OF_REACH) if name != "planned"]
DECK += [RANDOM] * RANDOM_SHARE
#: Seconds that a process whose misfortune never comes may live.
LONGEST_LIFE = 30
#: Seconds after a fault in which a process may mend itself, before it is killed all the same.
AFTERLIFE = 4
FREEZE = 60

Condition = Callable[[], bool]


def prove(database: str, runs: int, broken: str = "") -> Proof:
    """As many lives as ``runs``, on one kind of database, with a promise broken or none."""
    proof = Proof(database=database)
    chance = Random(SEED)  # noqa: S311 - the same moments each time
    with ground(database) as where, closing(Replica(where.home, where.var, broken)) as replica:
        know_the_calendar(where, replica)
        for number, misfortunes in enumerate(deal(runs, chance), 1):
            ordeal = Ordeal(
                where=where,
                replica=replica,
                proof=proof,
                chance=chance,
                number=number,
                reckoning=Reckoning(where=where, proof=proof, day=DAYS[number - 1]),
            )
            ordeal.live(misfortunes)
            print(
                f"{database}: {proof.lives} of {runs} lives, {proof.messages} messages",
                file=sys.stderr,
            )
    return proof


def deal(runs: int, chance: Random) -> list[list[str]]:
    """The misfortunes of each day, as many days as there are full decks."""
    days = max(1, min(len(DAYS), runs // (len(DECK) + 1)))
    dealt = []
    for number in range(days):
        size = runs // days + (number < runs % days) - 1
        drawn = DECK * (size // len(DECK)) + chance.sample(DECK, size % len(DECK))
        chance.shuffle(drawn)
        dealt.append(["planned", *drawn])
    dealt[0].append(FROZEN)
    return dealt


def know_the_calendar(where: Ground, replica: Replica) -> None:
    """A quiet life before the first day: what fell due before it concerns nobody."""
    replica.start()
    wait_until(lambda: bool(where.query("select name from campaign")), "the calendar is known")
    replica.stop()


@dataclass(kw_only=True, slots=True)
class Ordeal:
    """One day."""

    where: Ground
    replica: Replica
    proof: Proof
    chance: Random
    #: From 1.
    number: int
    reckoning: Reckoning
    #: What ended the life before; empty at first.
    _last: str = ""

    def live(self, misfortunes: Sequence[str]) -> None:
        """All of its lives, one to the end of the work, and the reckoning."""
        self.reckoning.begin()
        self.where.home.step_to(self.reckoning.day.due)
        for misfortune in misfortunes:
            self._end_by(misfortune)
        self._finish()
        self.reckoning.compare()

    def _end_by(self, misfortune: str) -> None:
        """One life, from its start to its violent end."""
        ends_itself = misfortune in STEPS or misfortune in FAULTS
        self.replica.start(misfortune if ends_itself else "", self._number(misfortune))
        if misfortune in STEPS:
            came = self._lives_until(lambda: self.replica.ended is not None)
        elif misfortune in FAULTS:
            came = self._lives_until(lambda: self.replica.struck)
            self._go_on()
            self._get_into_the_midst()
        else:
            came = self._befall(misfortune)
        self.replica.kill()
        if misfortune == POWER_CUT:
            self.replica.lose_power()
        # Doubts come to light at the start after the end that caused them: this one's start.
        self.reckoning.note_doubts(self._last)
        self._last = misfortune if came else RANDOM
        self.proof.note_end(self._last, self.where.count("sending"))

    def _number(self, misfortune: str) -> int:
        """The how manieth time: on the nth day it is the nth write that fails."""
        if misfortune in STEPS:
            return self.chance.randint(1, 2 if STEPS[misfortune].seldom else 12)
        return 1 + self.number * 3 if misfortune in JOURNAL_FAULTS else self.number

    def _befall(self, misfortune: str) -> bool:
        """What comes from outside, at a random moment."""
        before = self.where.count("sent")
        self._lives_until(lambda: self.where.count("sent") > before)
        time.sleep(self.chance.random() / 5)
        if misfortune == POWER_CUT:
            self._get_into_the_midst()
        elif misfortune == OUT_OF_REACH:
            put_out_of_reach(self.where)
            self._go_on()
            self._get_into_the_midst()
        elif misfortune == FROZEN:
            self.replica.signal(signal.SIGSTOP)
            time.sleep(FREEZE)
            # Meanwhile the relay has waited long enough.
            self.where.relay.loop.call_soon_threadsafe(self.where.relay.hang_up)
            self.replica.signal(signal.SIGCONT)
            self._go_on()
            self._get_into_the_midst()
        return True

    def _lives_until(self, come: Condition) -> bool:
        """Whether it has come before the process has sent what is one life's, or ended."""
        most = self.where.count("sent") + PEOPLE_A_LIFE
        end = time.monotonic() + LONGEST_LIFE
        while not come():
            over = self.replica.ended is not None or time.monotonic() > end
            if over or self.where.count("sent") > most:
                return come()
            time.sleep(0.01)
        return True

    def _go_on(self) -> None:
        """A while, for it to send again what it could not."""
        enough = self.where.count("sent") + PEOPLE_A_LIFE // 4
        self._wait(lambda: self.where.count("sent") >= enough, AFTERLIFE)

    def _get_into_the_midst(self) -> None:
        self._wait(lambda: bool(self.where.count("sending")), 1)

    def _wait(self, come: Condition, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not come() and time.monotonic() < end:
            time.sleep(0.01)

    def _finish(self) -> None:
        """A life without violence, until nothing waits."""
        self.proof.left += self.where.count("waiting")
        self.replica.start()
        self.where.run_out()
        self.replica.stop()
        self.reckoning.note_doubts(self._last)
