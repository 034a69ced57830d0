"""What a proof has found, and the table that says it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median

from scheduler.domain.answers.uncertain import Cause
from tests.proof.deaths import STEPS
from tests.proof.faults import FAULTS

RANDOM = "a random moment"
POWER_CUT = "power cut"
OUT_OF_REACH = "ledger out of reach"
FROZEN = "frozen for a minute"
#: With several replicas.
TWO_AT_ONCE = "two at once"
FROZEN_LONG = "frozen until others took over"
QUEUE_EMPTIED = "queue emptied"
SERVER_RESTARTED = "server restarted"
#: In the order of the table.
MISFORTUNES = (
    *(*STEPS, RANDOM, TWO_AT_ONCE, POWER_CUT, OUT_OF_REACH, FROZEN, FROZEN_LONG),
    *(QUEUE_EMPTIED, SERVER_RESTARTED, *FAULTS),
)

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
#: Seconds in which others have a dead replica's work: what is promised.
TAKEOVER = 20
#: Doubts shown one by one.
SHOWN = 40


@dataclass(kw_only=True, slots=True)
class Tally:
    """What one misfortune came to."""

    lives: int = 0
    #: Lives that were in the midst of it: some intent had no outcome when the process ended.
    midst: int = 0
    #: Those intents.
    in_flight: int = 0
    #: Deliveries that became uncertain by it.
    uncertain: int = 0
    most_uncertain: int = 0
    #: Seconds until other replicas had the work of one that held some.
    takeovers: list[float] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubt:
    """A delivery of which nobody knows, and what the outside knows of it all the same."""

    delivery: int
    cause: str
    arrived: bool
    #: What its row tells a person who has to decide.
    told: Cause


@dataclass(kw_only=True, slots=True)
class Proof:
    """What one kind of database has stood."""

    database: str
    replicas: int = 1
    tallies: dict[str, Tally] = field(default_factory=dict)
    messages: int = 0
    #: Of these, so many were left for the quiet life at the end of a day.
    left: int = 0
    #: In words: who, when, and what the ledger says of it.
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        return bool(self.lost or self.twice or self.wrong or self.late)

    @property
    def takeovers(self) -> list[float]:
        """Seconds each."""
        return [seconds for one in self.tallies.values() for seconds in one.takeovers]

    @property
    def late(self) -> list[str]:
        """Takeovers that took longer than promised."""
        return [f"after {found:.1f} s" for found in self.takeovers if found > TAKEOVER]

    @property
    def lives(self) -> int:
        return sum(one.lives for one in self.tallies.values())

    def note_end(self, misfortune: str, in_flight: int) -> None:
        tally = self.tallies.setdefault(misfortune, Tally())
        tally.lives += 1
        tally.midst += in_flight > 0
        tally.in_flight += in_flight

    def note_doubts(self, misfortune: str, found: int) -> None:
        """What the next start says of the end before it."""
        tally = self.tallies[misfortune]
        tally.uncertain += found
        tally.most_uncertain = max(tally.most_uncertain, found)

    def note_takeover(self, misfortune: str, seconds: float) -> None:
        """After an end that was noted."""
        self.tallies[misfortune].takeovers.append(seconds)


def table(proof: Proof) -> str:
    """Markdown."""
    columns = ["Ended by or after", "Lives", "In the midst", "In flight", "Uncertain"]
    columns += ["Most at once", *(["Taken over after (s)"] if proof.replicas > 1 else [])]
    lines = [_sentence(proof), "", _row(columns), "|" + "---|" * len(columns)]
    for name in MISFORTUNES:
        if one := proof.tallies.get(name):
            figures = (one.lives, one.midst, one.in_flight, one.uncertain, one.most_uncertain)
            spans = [_spans(one.takeovers)] if proof.replicas > 1 else []
            lines.append(_row([name, *map(str, figures), *spans]))
    return "\n".join(lines) + "\n"


def doubts_table(proofs: Sequence[Proof]) -> str:
    """Markdown: by what a person reads, how many in doubt had arrived, over all databases."""
    every = [one for proof in proofs for one in proof.doubts]
    lines = [_row(["In doubt for", "Uncertain", "Of them arrived"]), "|---|---|---|"]
    for cause in Cause:
        some = [one.arrived for one in every if one.told is cause]
        if some:
            lines.append(_row([cause.value, str(len(some)), str(sum(some))]))
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _spans(seconds: Sequence[float]) -> str:
    """Least, median and most."""
    if not seconds:
        return "–"
    return f"{min(seconds):.1f} / {median(seconds):.1f} / {max(seconds):.1f}"


def _sentence(proof: Proof) -> str:
    daemons = f", {proof.replicas} replicas" if proof.replicas > 1 else ""
    arrived = sum(one.arrived for one in proof.doubts)
    found = proof.takeovers
    after = f" {len(found)} takeovers, after {_spans(found)} s." if found else ""
    return (
        f"**{proof.database}{daemons}**: {proof.lives} lives cut short, "
        f"{proof.messages} messages ({proof.left} of them left in quiet after these): "
        f"{len(proof.lost)} lost, {len(proof.twice)} twice, "
        f"{len(proof.wrong)} rows that say something else than the other side, "
        f"{len(proof.doubts)} uncertain ({arrived} of them had arrived).{after}"
    )


def details(proof: Proof) -> str:
    """Everything that is wrong, and some of the doubts, a line each."""
    wrongs = {"LOST": proof.lost, "TWICE": proof.twice, "WRONG": proof.wrong, "LATE": proof.late}
    lines = [f"{word} {line}" for word, found in wrongs.items() for line in found]
    for one in proof.doubts[:SHOWN]:
        truth = "it arrived" if one.arrived else "it did not arrive"
        lines.append(f"uncertain: delivery {one.delivery}, {one.cause}: {truth}")
    return "".join(f"{line}\n" for line in lines)


def write(proof: Proof, on: date) -> None:
    """Put its table into its place in docs/reliability.md."""
    kind = "replicas" if proof.replicas > 1 else proof.database
    _put(kind, f"Made on {on.isoformat()} by `make proof`. {table(proof)}")


def write_doubts(proofs: Sequence[Proof], on: date) -> None:
    """The same of what had arrived; `domain/answers/doubt_figures.py` is brought to it by hand."""
    lives = sum(one.lives for one in proofs)
    told = f"Counted on {on.isoformat()} by a proof of {lives} lives, on both databases.\n\n"
    _put("doubts", told + doubts_table(proofs))


def _put(kind: str, told: str) -> None:
    begin, end = f"<!-- proof, {kind}: begin -->\n", f"<!-- proof, {kind}: end -->\n"
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    _, _, after = rest.partition(end)
    PAGE.write_text(f"{before}{begin}{told}{end}{after}", encoding="utf-8")
