"""What a text's signs are worth together: that its sender leaves, stays, or is somebody else.

Points are added up for each of the three and made shares of one. What every sign is worth stands
in ``weights.txt``, learned from the labelled texts by ``python -m tests.judging.weigh_replies``.
"""

from collections.abc import Collection, Mapping
from functools import cache
from math import exp

from scheduler.domain.hearing.evidence import signs, table_lines
from scheduler.domain.hearing.kinds import ReplyKind
from scheduler.domain.hearing.reading import Text
from scheduler.domain.values import frozen

#: What the table counts in: so many points a unit.
POINTS = 10
Points = tuple[int, int, int]


@frozen
class Odds:
    """Shares of one."""

    leaves: float
    stays: float
    #: The number is somebody else's, or its holder has died.
    stranger: float
    #: How many of its words, kinds of words and pictures the table knows.
    words: int


def weigh(said: Text, kind: ReplyKind) -> Odds:
    """How likely each is, of a text that says something."""
    return odds_of(signs(said, kind), _weights())


def odds_of(found: Collection[str], weights: Mapping[str, Points]) -> Odds:
    known = [weights[sign] for sign in found if sign in weights]
    sums = [sum(points) / POINTS for points in zip(*known, strict=True)] or [0.0, 0.0, 0.0]
    raised = [exp(one - max(sums)) for one in sums]
    leaves, stays, stranger = (one / sum(raised) for one in raised)
    words = sum(sign.startswith(("word ", "kind ", "sign ")) and sign in weights for sign in found)
    return Odds(leaves=leaves, stays=stays, stranger=stranger, words=words)


@cache
def _weights() -> Mapping[str, Points]:
    found: dict[str, Points] = {}
    for line in table_lines("weights.txt"):
        leaves, stays, stranger, sign = line.split(None, 3)
        found[sign] = (int(leaves), int(stays), int(stranger))
    return found
