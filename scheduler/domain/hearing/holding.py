"""Whether something of leaving is in a text that is no order: the series is held for it then."""

from scheduler.domain.hearing import (
    care,
    context,
    distress,
    doubting,
    farewells,
    keywords,
    mentions,
    narrow,
    ordering,
    partial,
    refusals,
    staying,
)
from scheduler.domain.hearing.reading import Text

#: Fewer words that say something may mean anything.
SHORT = 4


def expects(said: Text) -> bool:
    """A doubtful one may wait for somebody: nothing in it says that it is of our messages."""
    whole = said.whole
    ours = doubting.names_messages(whole) or doubting.smells(whole)
    return care.is_care(whole) or distress.is_distress(whole) or not ours


def smells(said: Text) -> bool:
    """Something of leaving is in it that nothing explains."""
    if quotes_order(said) or farewells.is_taken(said.whole):
        return True
    if farewells.is_asked_how(said.whole) and not context.is_elsewhere(said.whole):
        return True
    if (
        staying.is_gone(said)
        or partial.is_reserved(said.whole)
        or any(map(refusals.is_exasperated, said.sentences))
    ):
        return True
    if staying.is_fine(said):
        return False
    whole = said.whole
    short = narrow.plain(whole)
    words = keywords.without_courtesy(short)
    if len(words) == 1 and keywords.is_keyword(words[0]):
        return True
    few = len(words) < SHORT and doubting.smells_short(short)
    if few and not _explained(short, said):
        return True
    for sentence in said.sentences:
        rest = narrow.plain(sentence)
        if ordering.is_asked(rest) and not said.asked:
            return True
        if doubting.speaks_ill(sentence) and not said.asked:
            return True
        if _holds_stop(rest) and not (said.asked or context.is_told(rest)):
            return True
        if doubting.is_unexplained_no(rest) and not (
            doubting.is_report(sentence) or said.asked or _explained(rest, said)
        ):
            return True
        if doubting.is_refusal(rest) or doubting.smells(rest):
            named = doubting.names_messages(rest) and not context.is_elsewhere(whole)
            if named or not _explained(rest, said):
                return True
    return False


def _holds_stop(sentence: str) -> bool:
    if sentence.startswith(" stop ") or distress.is_distress(sentence):
        return sentence.startswith(" stop ") or sentence.endswith(" stop ")
    return " stop " in sentence and not context.asks(sentence)


def _explained(sentence: str, said: Text) -> bool:
    """It speaks of health, an appointment, somebody else's messages or its writer's own"
    " affairs."""
    if care.is_care(sentence) or care.is_appointment(sentence) or distress.is_distress(sentence):
        return True
    if context.asks(sentence) or (said.asked and context.is_own_act(sentence)):
        return True
    return context.is_elsewhere(said.whole) and context.is_own_act(said.whole)


def is_asked_about(said: Text) -> bool:
    """The word of leaving is asked about, and was not said."""
    return any(mentions.is_mention(one, asked=said.asked) for one in said.sentences)


def quotes_order(said: Text) -> bool:
    """What it quotes asks to stop, and it thanks for nothing."""
    if not doubting.smells(said.quoted) or context.is_elsewhere(said.whole):
        return False
    return not (keywords.is_courtesy(said.whole) or " merci " in said.whole or " ok " in said.whole)
