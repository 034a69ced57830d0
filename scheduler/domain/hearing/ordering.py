"""Orders to stop that nothing speaks against."""

from scheduler.domain.hearing import (
    asking_off,
    care,
    context,
    distress,
    doubting,
    keywords,
    leaving,
    mentions,
    narrow,
    refusals,
    telling_off,
)
from scheduler.domain.hearing.reading import Text, several

#: Before a STOP at the end of a sentence.
MOST_BEFORE = 6
#: So many stops are a telegram's.
TELEGRAM = 3


def is_sure(said: Text) -> bool:
    """An order that nothing speaks against."""
    whole = said.whole
    if whole.count(" stop ") >= TELEGRAM and care.is_care(whole):
        return False
    elsewhere = context.is_elsewhere(whole) and (said.asked or context.is_own_act(whole))
    named = [one for one in said.sentences if mentions.is_mention(one, asked=said.asked)]
    if any(_is_order(one) and not any(one in other for other in named) for one in said.clauses):
        return not elsewhere and not distress.is_distress(whole)
    for sentence in said.sentences:
        rest = narrow.plain(sentence)
        if sentence in named or (said.asked and mentions.is_of_others(rest)):
            continue
        if mentions.was_said(rest) and not context.is_wanted(whole):
            return True
        own_act = context.is_own_act(rest) or context.is_told(rest)
        if (elsewhere and own_act) or context.is_theirs(rest):
            continue
        if care.is_end_of_ours(sentence):
            return True
        if leaving.has_leave_word(rest) and not context.is_other_list(rest):
            return not context.is_elsewhere(whole) or context.is_request(rest)
        sure = leaving.is_verb_with_object(rest) or refusals.is_refusal(rest)
        sure = sure or (is_asked(rest) and not _of_care_alone(rest))
        sure = sure and not context.is_swindle(rest)
        sure = sure or (not said.asked and _is_broad(rest, whole))
        if sure and not _of_another_list(rest):
            return True
        if _leads(rest) or _trails(rest):
            return True
    return said.shouted and not named and not elsewhere and not care.is_care(whole)


def is_asked(sentence: str) -> bool:
    """Asked off, or told off, in ways that care has too: ``être enlevé``."""
    return asking_off.is_asked_off(sentence) or telling_off.is_told_off(sentence)


def _of_care_alone(sentence: str) -> bool:
    said = sentence.replace(" en cours ", " ")
    return care.is_care(said) and not doubting.names_messages(sentence)


def _is_order(clause: str) -> bool:
    """A clause that holds a keyword and politeness alone: ``non merci stop``."""
    rest, _ = care.without_sayings(clause)
    words = keywords.without_courtesy(rest)
    if clause.startswith(" non stop ") and len(keywords.without_courtesy(clause)) == 1:
        return True
    if not words:
        return False
    if keywords.is_me_off([one for one in clause.split() if one not in keywords.BYE]):
        return True
    if len(words) == 1:
        word = words[0]
        return keywords.is_leaving(word) or keywords.is_arret(word) or word in _PLAIN
    return all(map(keywords.is_leaving, words)) or " ".join(words) in _ORDERS


_PLAIN = several(
    "fin end resilier resiliez resiliation supprimer supprimez remove quit optout"
    " desactiver desactivez"
    " desactivation suspendre suspendez cesser cessez retirer retirez enlever enlevez"
    " effacer effacez"
    " out off sortir quitter stahp withdraw bloquer bloquez block delete basta exit leave"
)
_ORDERS = frozenset(
    {"opt out", "remove me", "cancel everything", "cancel", "stop sms", "stop contact", "stop pub"}
)


def _is_broad(sentence: str, whole: str) -> bool:
    """A no, and our messages, and nothing that would explain it otherwise."""
    if not refusals.is_broad(sentence) or context.is_wanted(whole) or context.is_elsewhere(whole):
        return False
    return not (
        doubting.is_report(sentence) or distress.is_distress(whole) or context.asks(sentence)
    )


def _leads(sentence: str) -> bool:
    """It begins with a word of leaving, and goes on about something that isn't health."""
    words = [word for word in sentence.split() if word not in keywords.POLITE]
    if not words or not keywords.is_leaving(words[0]):
        return False
    if len(words) > 1 and words[1] in ("ou", "or", "calling", "phoning", "ringing"):
        return False
    if context.is_other_list(sentence):
        return False
    speaks_of_other = care.is_care(" ".join(words)) and not context.is_about_self(sentence)
    return not speaks_of_other and not distress.is_distress(sentence)


def _trails(sentence: str) -> bool:
    """It ends with STOP, in few words: ``bon, je mets stop``."""
    words = [word for word in sentence.split() if word not in keywords.POLITE]
    if not words or len(words) > MOST_BEFORE or not keywords.is_stop(words[-1]):
        return False
    if "…" in words or context.is_own_act(sentence) or context.is_told(sentence):
        return False
    return not care.is_care(sentence) and not distress.is_distress(sentence)


def _of_another_list(sentence: str) -> bool:
    return context.is_other_list(sentence) and not doubting.names_messages(sentence)
