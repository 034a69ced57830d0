"""How much of what the rules find a text bears, by its weight.

An order closes service messages too where nothing else is in it, or where next to nothing speaks
for staying; who most likely leaves is left alone by the series at once, and a person reads; what
nothing knows is held.
"""

from scheduler.domain.hearing import (
    aside,
    care,
    context,
    distress,
    keywords,
    mistakes,
    partial,
    plainly,
    staying,
)
from scheduler.domain.hearing.evidence import is_denying, is_joking, is_of_ours
from scheduler.domain.hearing.kinds import ReplyKind
from scheduler.domain.hearing.reading import Text
from scheduler.domain.hearing.weighing import Odds

#: An order with nothing else in it closes service messages too while staying is no likelier than
#: this; asked as a question, than that.
SURE_LEADING = 0.9
SURE = 0.7
#: One that leads, and something else follows; one that stands amid something else.
SURE_BEGUN = 0.1
SURE_AMID = 0.002
#: A number is closed as somebody else's while staying is no likelier than this.
SURE_STRANGER = 0.05
SURE_DEAD = 0.3
#: Under this likelihood of staying nothing of the series leaves any more: who stays all the same
#: is shown to a person whether the series is over or held, and who leaves is heard at once.
SOFT = 0.98
#: The same where the text speaks of what people answer and stay: a machine, a question, praise;
#: and where it speaks of care, of an appointment, of distress.
SOFT_EXPLAINED = 0.95
SOFT_OF_CARE = 0.9
#: The same of words that nobody knows, in which rules find nothing of leaving; and of a question
#: about one's own care, or a mistake of one's own.
SOFT_UNKNOWN = 0.9
SOFT_OF_ONESELF = 0.7
#: Under this one it is held, whatever the text speaks of; what is known to be of care, of an
#: appointment or a wish to stay needs less.
HELD = 0.975
HELD_OF_CARE = 0.95
HELD_OF_SAYING = 0.9
ALWAYS = 2
#: Words of a wish for letters that is about everything.
_SHORT = 6
#: What is recognised goes on from here: its subject is plain, or isn't.
KNOWN_PLAIN = 0.9
KNOWN = 0.95
_SURE_STRANGERS = {ReplyKind.WRONG_PERSON: SURE_STRANGER, ReplyKind.DECEASED: SURE_DEAD}
_SMELLING = frozenset(
    {
        ReplyKind.WRONG_PERSON,
        ReplyKind.DECEASED,
        ReplyKind.DOUBT,
        ReplyKind.LEAVES_SERIES,
        ReplyKind.COURTESY,
        ReplyKind.HELP,
    }
)


def weighed(said: Text, kind: ReplyKind, odds: Odds) -> ReplyKind:
    """What the rules found, as far as its weight bears it."""
    if kind is ReplyKind.OPT_OUT:
        return kind if _is_borne(said, odds) else ReplyKind.LEAVES_SERIES
    if kind is ReplyKind.LEAVES_SERIES and odds.stays < SURE_LEADING:
        return kind
    if kind in _SURE_STRANGERS and odds.stays < _SURE_STRANGERS[kind]:
        return kind
    soft, held = _borders(said, kind)
    if _leaves(said, odds, soft):
        return ReplyKind.LEAVES_SERIES
    hinted = kind in _SMELLING or odds.stays < held
    return ReplyKind.DOUBT if hinted or hints(said) else kind


def hints(said: Text) -> bool:
    """Held whatever it weighs: it begins by an order and a courtesy, or mail is wished for."""
    if keywords.begins_by_order(said.whole):
        return True
    # A longer text says what shall come so.
    return len(said.whole.split()) <= _SHORT and partial.prefers_letters(said.whole)


def _borders(said: Text, kind: ReplyKind) -> tuple[float, float]:
    """Under which likelihood of staying the series is over, and under which one it is held."""
    own = any(map(mistakes.is_own_mistake, said.sentences))
    if own or mistakes.is_for_oneself(said.whole) or (said.asked and is_of_care(said)):
        return SOFT_OF_ONESELF, HELD_OF_SAYING
    if not staying.is_explained(said):
        if kind is not ReplyKind.OTHER or is_of_ours(said):
            return SOFT, ALWAYS
        return SOFT_OF_ONESELF if said.asked else SOFT_UNKNOWN, ALWAYS
    if kind is not ReplyKind.OTHER:
        return SOFT_EXPLAINED, HELD
    if context.is_wanted(said.whole) or context.without_going_on(said.whole) != said.whole:
        return SOFT_OF_CARE, HELD_OF_SAYING
    if is_of_care(said) and not is_denying(said):
        plain = _is_saying(said) or (care.is_care(said.whole) and care.is_appointment(said.whole))
        return SOFT_OF_CARE, HELD_OF_SAYING if plain else HELD_OF_CARE
    return SOFT_EXPLAINED, HELD_OF_CARE if staying.is_welcome(said.whole) else HELD


def _is_borne(said: Text, odds: Odds) -> bool:
    """An order that closes service messages too: said in earnest, and all of the text bears it."""
    if is_joking(said) or distress.is_distress(said.whole) or aside.is_forwarded(said):
        return False
    if aside.is_saying(said.whole) or context.without_going_on(said.whole) != said.whole:
        return False
    if aside.is_of_another(said.whole):
        return False
    if plainly.is_plain(said):
        return odds.stays < (SURE if said.asked else SURE_LEADING)
    if said.asked or plainly.is_open(said.whole):
        return False
    if aside.is_aside(said) or aside.is_record(said.whole):
        return False
    if any(map(keywords.is_leaving_alone, said.clauses[:1])):
        return odds.stays < SURE_BEGUN
    return odds.stays < SURE_AMID and is_of_ours(said)


def _leaves(said: Text, odds: Odds, soft: float) -> bool:
    """Who most likely leaves; beside a grave word, or in words that nobody knows, it is held."""
    if distress.is_deadly(said.whole) or keywords.is_from_a_machine(said.whole):
        return False
    return odds.words > 0 and odds.stays < soft


def is_of_care(said: Text) -> bool:
    """Care, an appointment or distress is spoken of: its sender may wait for somebody."""
    whole = said.whole
    return _is_saying(said) or any(
        found(whole) for found in (care.is_care, care.is_appointment, distress.is_distress)
    )


def _is_saying(said: Text) -> bool:
    """A word of leaving stands in a saying that means something else: ``en arrêt``."""
    return any(care.without_sayings(one)[1] for one in said.sentences)
