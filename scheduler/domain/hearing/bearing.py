"""How much of what the rules find a text bears, by its weight.

An order closes service messages too only where all of the text bears it; who most likely leaves is
left alone by the series at once, and a person reads; what nothing knows is held.
"""

from scheduler.domain.hearing import (
    care,
    context,
    deaths,
    distress,
    holding,
    keywords,
    staying,
)
from scheduler.domain.hearing.evidence import is_denying, is_joking, is_of_ours
from scheduler.domain.hearing.kinds import ReplyKind
from scheduler.domain.hearing.reading import Text
from scheduler.domain.hearing.weighing import Odds

#: An order that rules find closes service messages too while staying is no likelier than this; a
#: keyword that stands apart, while it is no likelier than that.
SURE = 0.4
SURE_LEADING = 0.9
#: A number is closed as somebody else's while it is no likelier than this.
SURE_STRANGER = 0.5
#: Under this likelihood of staying nothing of the series leaves any more.
SOFT = 0.95
#: The same of a question, and of a text in which the rules find nothing of leaving.
SOFT_ASKED = 0.85
SOFT_UNKNOWN = 0.85
#: Under this one leaving is plain, whatever grave or welcome word stands beside it.
PLAIN = 0.05
#: Under this one it is held, whatever the text speaks of; what is known to be of care, of an
#: appointment or a wish to stay needs less.
HELD = 0.97
HELD_OF_CARE = 0.95
HELD_OF_SAYING = 0.9
#: Thanks, and a question who we are, are that from here on.
POLITE = 0.5
ASKING = 0.8
#: And under this one it counts for nothing that care is spoken of.
SOFT_OF_CARE = 0.4
_STRANGERS = frozenset({ReplyKind.WRONG_PERSON, ReplyKind.DECEASED})
_POLITE_OR_HELD = frozenset(
    {ReplyKind.DOUBT, ReplyKind.LEAVES_SERIES, ReplyKind.COURTESY, ReplyKind.HELP}
)


def weighed(said: Text, kind: ReplyKind, odds: Odds) -> ReplyKind:
    """What the rules found, as far as its weight bears it."""
    if kind is ReplyKind.OPT_OUT:
        return kind if _is_borne(said, odds) else ReplyKind.LEAVES_SERIES
    if kind is ReplyKind.LEAVES_SERIES and odds.stays < SURE_LEADING:
        return kind
    if kind in _STRANGERS:
        return kind if odds.stays < SURE_STRANGER else _held_or_left(said, odds)
    if kind in _POLITE_OR_HELD:
        return _held_or_left(said, odds)
    if context.is_wanted(said.whole) or context.without_going_on(said.whole) != said.whole:
        return kind if odds.stays >= HELD_OF_CARE else ReplyKind.DOUBT
    if is_of_care(said) and not is_denying(said):
        if odds.stays < SOFT_OF_CARE:
            return _held_or_left(said, odds)
        least = HELD_OF_SAYING if _is_saying(said) else HELD_OF_CARE
        return kind if odds.stays >= least else ReplyKind.DOUBT
    if odds.stays < HELD or not staying.is_explained(said):
        return _held_or_left(said, odds, SOFT_UNKNOWN)
    return kind


def _is_borne(said: Text, odds: Odds) -> bool:
    """An order that closes service messages too: said in earnest, and all of the text bears it."""
    if is_joking(said) or distress.is_distress(said.whole):
        return False
    if any(map(keywords.is_order_alone, said.clauses)) or keywords.is_mostly_order(said.whole):
        return odds.stays < (SURE if said.asked else SURE_LEADING)
    return odds.stays < SURE and is_of_ours(said)


def _held_or_left(said: Text, odds: Odds, soft: float = SOFT) -> ReplyKind:
    """Asked about, beside a grave word, or in words that nobody knows, leaving isn't sure."""
    unsure = not odds.words or distress.is_distress(said.whole) or holding.is_asked_about(said)
    unsure = unsure or context.is_wanted(said.whole) or keywords.is_from_a_machine(said.whole)
    if odds.stays < PLAIN and not (keywords.is_from_a_machine(said.whole) or not odds.words):
        return ReplyKind.LEAVES_SERIES
    if said.asked:
        soft = min(soft, SOFT_ASKED)
        unsure = unsure or care.is_care(said.whole) or any(map(deaths.is_dead, said.sentences))
    return ReplyKind.LEAVES_SERIES if odds.stays < soft and not unsure else ReplyKind.DOUBT


def is_of_care(said: Text) -> bool:
    """Care, an appointment or distress is spoken of: its sender may wait for somebody."""
    whole = said.whole
    return _is_saying(said) or any(
        found(whole) for found in (care.is_care, care.is_appointment, distress.is_distress)
    )


def _is_saying(said: Text) -> bool:
    """A word of leaving stands in a saying that means something else: ``en arrêt``."""
    return any(care.without_sayings(one)[1] for one in said.sentences)
