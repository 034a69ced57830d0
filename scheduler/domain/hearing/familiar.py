"""How familiar a text's words are: said by who stays, said by who leaves, or never yet.

``familiar.txt`` says how many of the labelled texts have each word or pair of words, of who stays
and of who leaves; ``python -m tests.judging.weigh_replies`` counts them. Weights add up, and a text
of many mild words may outweigh one that is plain; here the one word counts that speaks loudest.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from scheduler.domain.hearing.evidence import table_lines
from scheduler.domain.values import frozen

#: Texts that have it: of who stays, of who leaves.
Counts = tuple[int, int]
#: A word or pair that so few texts have speaks neither for nor against.
LEAST = 2
#: Pairs under so many times aren't in the table: they tell nothing.
QUIET = 4
#: Added to both, so that what one text has doesn't speak as loud as what twenty have.
_DOUBT = 0.5


@frozen
class Familiar:
    """What the loudest words of a text say."""

    #: Words that nobody who stays has said yet.
    unknown: int
    #: How many times likelier among who leaves its loudest word is, and among who stays.
    against: float
    towards: float


def familiar(whole: str) -> Familiar:
    """How familiar a text is; costs what its words cost."""
    return familiar_by(whole, _counts())


def familiar_by(whole: str, counts: Mapping[str, Counts]) -> Familiar:
    """The same by a table of one's own."""
    words = [one for one in whole.split() if not one.isdigit()]
    loud = [one for one in (counts.get(piece, (0, 0)) for piece in pieces(whole)) if _is_loud(one)]
    return Familiar(
        unknown=sum(not counts.get(one, (0, 0))[0] for one in words),
        against=max((times(leaves, stays) for stays, leaves in loud), default=0.0),
        towards=max((times(stays, leaves) for stays, leaves in loud), default=0.0),
    )


def _is_loud(counts: Counts) -> bool:
    return max(counts) >= LEAST


def times(one: int, other: int) -> float:
    """How many times oftener one is than the other."""
    return (one + _DOUBT) / (other + _DOUBT)


def pieces(whole: str) -> Iterator[str]:
    """Its words, and each two that follow one another."""
    words = whole.split()
    yield from words
    yield from (f"{one} {other}" for one, other in pairwise(("^", *words, "$")))


@cache
def _counts() -> Mapping[str, Counts]:
    found: dict[str, Counts] = {}
    for line in table_lines("familiar.txt"):
        stays, leaves, piece = line.split(None, 2)
        found[piece] = (int(stays), int(leaves))
    return found
