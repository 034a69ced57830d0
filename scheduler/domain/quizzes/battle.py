"""The password battle: what its page says in one language. Nothing of what is played is here."""

from collections.abc import Sequence

from scheduler.domain.values import frozen


@frozen
class Battle:
    """The writers' part; the page's own buttons are the program's."""

    language: str
    title: str
    intro: str
    #: That no real password belongs here.
    warning: str
    #: For whom passwords are made up; nobody real.
    person: str
    #: What each round asks.
    rounds: Sequence[str]
    #: (log10 of guesses below which, what the host says), in order.
    taunts: Sequence[tuple[int, Sequence[str]]]
    #: What a guesser of this organisation tries first.
    own_words: Sequence[str]
    credit: str


def fewest(battles: Sequence[Battle]) -> int:
    """Rounds that every language asks: so many are played."""
    return min(len(one.rounds) for one in battles)
