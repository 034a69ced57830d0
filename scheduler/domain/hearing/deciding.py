"""The decision: what whoever wrote a text asks for, or that a person must say.

First its structure: a keyword alone or leading, a clear order, a number that isn't the person's.
Then its weight, where the structure isn't sure: who most likely leaves is left alone by the series
at once, and a person reads; who likely stays and speaks of what is recognised goes on; all the
rest is held. What speaks of health, of an appointment or of somebody else's messages withholds no
service message by itself.
"""

from dataclasses import replace

from scheduler.domain.hearing import (
    aside,
    bearing,
    context,
    deaths,
    distress,
    farewells,
    holding,
    keywords,
    mentions,
    mistakes,
    narrow,
    ordering,
    partial,
    recognising,
    spelling,
    strangers,
    subjects,
)
from scheduler.domain.hearing.kinds import Hearing, ReplyKind
from scheduler.domain.hearing.reading import Text, read
from scheduler.domain.hearing.weighing import Odds, weigh

#: A longer text isn't a call for help by a keyword.
MOST_WORDS = 4


def hear(text: str) -> Hearing:
    """What a text asks for."""
    said = read(text)
    kind = ruled(said)
    if kind in _PASSED:
        return _passed(said, kind)
    if keywords.says_it_all(said.whole):
        return Hearing(kind=kind, expects=kind is ReplyKind.DOUBT and holding.expects(said))
    return _weighed(said, kind)


def _passed(said: Text, kind: ReplyKind) -> Hearing:
    """What the rules find nothing of leaving in: passed over where it is known to have none."""
    known = recognising.may_pass(said, kind)
    if known and (kind in _SETTLED or keywords.says_it_all(said.whole)):
        return Hearing(kind=kind)
    odds = weigh(said, kind)
    least = bearing.KNOWN_PLAIN if subjects.is_plain(said) else bearing.KNOWN
    if known and odds.stays >= least and not bearing.hints(said):
        return Hearing(kind=kind, expects=kind is ReplyKind.OTHER)
    heard = _weighed(said, kind, odds)
    # A machine is never answered: it might answer back.
    machine = kind is ReplyKind.AUTO_REPLY
    if heard.kind in _PASSED or (known and odds.stays > 1 / 2):
        waits = holding.expects(said) and not machine
        return Hearing(kind=ReplyKind.DOUBT, expects=waits, silent=machine)
    return replace(heard, expects=False, silent=True) if machine else heard


def _weighed(said: Text, kind: ReplyKind, odds: Odds | None = None) -> Hearing:
    """What it is as far as its weight bears it."""
    odds = odds or weigh(said, kind)
    kind = bearing.weighed(said, kind, odds)
    if kind is ReplyKind.LEAVES_SERIES:
        unsure = odds.stays > odds.leaves + odds.stranger
        waits = bearing.is_of_care(said) or (unsure and holding.expects(said))
        return Hearing(kind=kind, expects=waits, silent=odds.stranger > odds.leaves and not waits)
    waits = kind is ReplyKind.DOUBT and holding.expects(said)
    return Hearing(kind=kind, expects=kind is ReplyKind.OTHER or waits)


#: What goes on where nothing of leaving is found.
_PASSED = frozenset(
    {
        ReplyKind.OTHER,
        ReplyKind.COURTESY,
        ReplyKind.HELP,
        ReplyKind.OPT_IN,
        ReplyKind.AUTO_REPLY,
    }
)
#: What weighing changes nothing of.
_SETTLED = frozenset({ReplyKind.OPT_IN, ReplyKind.AUTO_REPLY})


def hear_marked(mark: str, text: str) -> Hearing:
    """The same where the provider read the text before us: its STOP counts beside our own list."""
    own = hear(text)
    theirs = {"STOP": ReplyKind.OPT_OUT, "START": ReplyKind.OPT_IN, "HELP": ReplyKind.HELP}
    kind = theirs.get(mark.strip().upper())
    if kind is None or own.kind in _CLOSING:
        return own
    if own.kind in _READ and kind is not ReplyKind.OPT_OUT and _smells(text):
        return own
    return Hearing(kind=kind)


def _smells(text: str) -> bool:
    """The rules find something of leaving in it."""
    return ruled(read(text)) is not ReplyKind.OTHER


_CLOSING = frozenset({ReplyKind.OPT_OUT, ReplyKind.WRONG_PERSON, ReplyKind.DECEASED})
_READ = frozenset({ReplyKind.DOUBT, ReplyKind.LEAVES_SERIES})


def ruled(said: Text) -> ReplyKind:
    """What the rules alone find; weighing says how much of it the text bears."""
    whole = said.whole
    if spelling.is_stopping(said.own) and not keywords.without_courtesy(whole):
        return ReplyKind.LEAVES_SERIES
    if not whole.strip():
        unsure = holding.quotes_order(said) or spelling.is_angry(said.own)
        return ReplyKind.DOUBT if unsure else ReplyKind.COURTESY
    if said.clauses == (" non stop ",):
        return ReplyKind.DOUBT
    if keywords.is_keyword_alone(whole):
        return ReplyKind.OPT_OUT
    if keywords.is_cut_short(said.own):
        return ReplyKind.DOUBT
    if keywords.is_from_a_machine(whole):
        return ReplyKind.DOUBT if _order(said) is ReplyKind.OPT_OUT else ReplyKind.AUTO_REPLY
    if _leaves_series(said):
        return ReplyKind.LEAVES_SERIES
    stranger = _stranger(said)
    if stranger is not None:
        return stranger
    order = _order(said)
    if order is not None:
        return order
    return _asks(whole)


def _leaves_series(said: Text) -> bool:
    """In so many words, service messages kept; or it is asked how."""
    if partial.keeps_service(said.whole) and not said.asked:
        return True
    if any(map(mentions.is_unheeded, said.sentences)) and not _is_of_others(said):
        return True
    if not farewells.asks_out(said.whole) or distress.is_distress(said.whole):
        return False
    about = context.is_elsewhere(said.whole) or context.is_other_list(said.whole)
    return not about and not holding.is_asked_about(said)


def _is_of_others(said: Text) -> bool:
    return (
        aside.is_of_another(said.whole)
        or context.is_elsewhere(said.whole)
        or context.is_wanted(said.whole)
    )


def _asks(whole: str) -> ReplyKind:
    """What else a text is, that has nothing of leaving."""
    words = whole.upper().split()
    if " ".join(words) in keywords.OPT_IN_WORDS:
        return ReplyKind.OPT_IN
    if keywords.HELP_WORDS.intersection(words) and len(words) <= MOST_WORDS:
        return ReplyKind.OTHER if distress.is_distress(whole) else ReplyKind.HELP
    return ReplyKind.COURTESY if keywords.is_courtesy(whole) else ReplyKind.OTHER


def _stranger(said: Text) -> ReplyKind | None:
    """The number isn't whose we think."""
    whole = said.whole
    if any(map(deaths.is_dead, said.sentences)):
        if mistakes.is_for_oneself(whole):
            return None
        other = deaths.is_other_death(whole, asked=said.asked)
        return ReplyKind.DOUBT if other else ReplyKind.DECEASED
    sentences = [
        narrow.without_narrow(mistakes.without_own_mistakes(one)) for one in said.sentences
    ]
    if any(map(strangers.is_wrong_number, sentences)) or strangers.is_not_named(said.own):
        unsure = (
            mistakes.is_missent(whole)
            or strangers.is_unsure_number(whole)
            or distress.is_deadly(whole)
        )
        unsure = unsure or mistakes.is_for_oneself(whole) or " me suis tromp" in whole
        return ReplyKind.DOUBT if unsure else ReplyKind.WRONG_PERSON
    return ReplyKind.DOUBT if any(map(strangers.is_not_me, said.sentences)) else None


def _order(said: Text) -> ReplyKind | None:
    """Opt-out, doubt, or None: nothing of leaving is in it."""
    whole = said.whole
    if ordering.is_sure(said):
        unsure = distress.is_deadly(whole) or context.is_wanted(whole)
        return ReplyKind.DOUBT if unsure else ReplyKind.OPT_OUT
    if context.is_wanted(whole):
        return None
    return ReplyKind.DOUBT if holding.smells(said) else None
