"""The decision: one of four ends for whatever somebody wrote.

An order to stop is obeyed where nothing speaks against it; where something does, the series is held
and a person reads. What speaks of health, of an appointment or of somebody else's messages stops
nothing by itself.
"""

from scheduler.domain.hearing import care, context, doubting, keywords, leaving, refusals, strangers
from scheduler.domain.hearing.kinds import Hearing, ReplyKind
from scheduler.domain.hearing.reading import Text, read, several

#: A longer text isn't a call for help by a keyword.
MOST_WORDS = 4
#: Before a STOP at the end of a sentence.
MOST_BEFORE = 6
#: Fewer words that say something may mean anything.
SHORT = 4
#: So many stops are a telegram's.
TELEGRAM = 3


def hear(text: str) -> Hearing:
    """What a text asks for."""
    said = read(text)
    kind = _kind(said)
    expects = kind is ReplyKind.OTHER or (
        kind is ReplyKind.DOUBT and (care.is_care(said.whole) or care.is_distress(said.whole))
    )
    return Hearing(kind=kind, expects=expects)


def hear_marked(mark: str, text: str) -> Hearing:
    """The same where the provider read the text before us: its STOP counts beside our own list."""
    own = hear(text)
    theirs = {"STOP": ReplyKind.OPT_OUT, "START": ReplyKind.OPT_IN, "HELP": ReplyKind.HELP}
    kind = theirs.get(mark.strip().upper())
    if kind is None or own.kind in _CLOSING:
        return own
    if own.kind is ReplyKind.DOUBT and kind is not ReplyKind.OPT_OUT:
        return own
    return Hearing(kind=kind)


_CLOSING = frozenset({ReplyKind.OPT_OUT, ReplyKind.WRONG_PERSON, ReplyKind.DECEASED})


def _kind(said: Text) -> ReplyKind:
    whole = said.whole
    if not whole.strip():
        return ReplyKind.DOUBT if _quotes_order(said) else ReplyKind.COURTESY
    if _is_keyword_alone(whole):
        return ReplyKind.OPT_OUT
    if any(phrase in whole for phrase in keywords.AUTO_REPLY_PHRASES):
        return ReplyKind.DOUBT if _order(said) is ReplyKind.OPT_OUT else ReplyKind.AUTO_REPLY
    stranger = _stranger(said)
    if stranger is not None:
        return stranger
    order = _order(said)
    if order is not None:
        return order
    return _asks(whole)


def _asks(whole: str) -> ReplyKind:
    """What else a text is, that has nothing of leaving."""
    words = whole.upper().split()
    if " ".join(words) in keywords.OPT_IN_WORDS:
        return ReplyKind.OPT_IN
    if keywords.HELP_WORDS.intersection(words) and len(words) <= MOST_WORDS:
        return ReplyKind.OTHER if care.is_distress(whole) else ReplyKind.HELP
    return ReplyKind.COURTESY if keywords.is_courtesy(whole) else ReplyKind.OTHER


def _is_keyword_alone(whole: str) -> bool:
    words = whole.split()
    return len(words) == 1 and keywords.is_keyword(words[0])


def _stranger(said: Text) -> ReplyKind | None:
    """The number isn't whose we think."""
    whole = said.whole
    if any(map(strangers.is_dead, said.sentences)):
        other = strangers.is_other_death(whole, asked=said.asked)
        return ReplyKind.DOUBT if other else ReplyKind.DECEASED
    if any(map(strangers.is_wrong_number, said.sentences)) or strangers.is_not_named(said.own):
        unsure = strangers.is_unsure_number(whole) or care.is_deadly(whole)
        return ReplyKind.DOUBT if unsure else ReplyKind.WRONG_PERSON
    return ReplyKind.DOUBT if any(map(strangers.is_not_me, said.sentences)) else None


def _order(said: Text) -> ReplyKind | None:
    """Opt-out, doubt, or None: nothing of leaving is in it."""
    whole = said.whole
    if _is_sure(said):
        unsure = care.is_deadly(whole) or context.is_wanted(whole)
        return ReplyKind.DOUBT if unsure else ReplyKind.OPT_OUT
    if context.is_wanted(whole):
        return None
    return ReplyKind.DOUBT if _smells(said) else None


def _is_sure(said: Text) -> bool:
    """An order that nothing speaks against."""
    whole = said.whole
    if whole.count(" stop ") >= TELEGRAM and care.is_care(whole):
        return False
    elsewhere = context.is_elsewhere(whole) and (said.asked or context.is_own_act(whole))
    if any(map(_is_order, said.clauses)):
        return not elsewhere and not care.is_distress(whole)
    for sentence in said.sentences:
        rest, _ = care.without_sayings(sentence)
        own_act = context.is_own_act(rest) or context.is_told(rest)
        if (elsewhere and own_act) or context.is_theirs(rest):
            continue
        if care.is_end_of_ours(sentence):
            return True
        if leaving.has_leave_word(rest) and not context.is_other_list(rest):
            return not context.is_elsewhere(whole) or context.is_request(rest)
        sure = leaving.is_verb_with_object(rest) or refusals.is_refusal(rest)
        if sure and not _of_another_list(rest):
            return True
        if _leads(rest) or _trails(rest):
            return True
    return said.shouted and not elsewhere and not care.is_care(whole)


def _is_order(clause: str) -> bool:
    """A clause that holds a keyword and politeness alone: ``non merci stop``."""
    rest, _ = care.without_sayings(clause)
    words = keywords.without_courtesy(rest)
    if clause.startswith(" non stop ") and len(keywords.without_courtesy(clause)) == 1:
        return True
    if not words:
        return False
    if len(words) == 1:
        word = words[0]
        return keywords.is_leaving(word) or keywords.is_arret(word) or word in _PLAIN
    return all(map(keywords.is_leaving, words)) or " ".join(words) in _ORDERS


_PLAIN = several(
    "fin end resilier resiliez resiliation supprimer supprimez remove quit optout"
    " desactiver desactivez"
    " desactivation suspendre suspendez cesser cessez retirer retirez enlever enlevez"
    " effacer effacez"
    " bloquer bloquez block delete basta exit leave"
)
_ORDERS = frozenset(
    {"opt out", "remove me", "cancel everything", "cancel", "stop sms", "stop contact", "stop pub"}
)


def _leads(sentence: str) -> bool:
    """It begins with a word of leaving, and goes on about something that isn't health."""
    words = [word for word in sentence.split() if word not in keywords.POLITE]
    if not words or not keywords.is_leaving(words[0]):
        return False
    if len(words) > 1 and words[1] in ("ou", "or"):
        return False
    if context.is_other_list(sentence):
        return False
    speaks_of_other = care.is_care(" ".join(words)) and not context.is_about_self(sentence)
    return not speaks_of_other and not care.is_distress(sentence)


def _trails(sentence: str) -> bool:
    """It ends with STOP, in few words: ``bon, je mets stop``."""
    words = [word for word in sentence.split() if word not in keywords.POLITE]
    if not words or len(words) > MOST_BEFORE or not keywords.is_stop(words[-1]):
        return False
    if "…" in words or context.is_own_act(sentence) or context.is_told(sentence):
        return False
    return not care.is_care(sentence) and not care.is_distress(sentence)


def _of_another_list(sentence: str) -> bool:
    return context.is_other_list(sentence) and not doubting.names_messages(sentence)


def _smells(said: Text) -> bool:
    """Something of leaving is in it that nothing explains."""
    if _quotes_order(said):
        return True
    whole = said.whole
    short, _ = care.without_sayings(whole)
    words = keywords.without_courtesy(short)
    if len(words) == 1 and keywords.is_keyword(words[0]):
        return True
    few = len(words) < SHORT and doubting.smells_short(short)
    if few and not _explained(short, said):
        return True
    for sentence in said.sentences:
        rest, _ = care.without_sayings(sentence)
        if doubting.speaks_ill(sentence) and not said.asked:
            return True
        if _holds_stop(rest) and not (said.asked or context.is_told(rest)):
            return True
        if doubting.is_unexplained_no(rest) and not (said.asked or _explained(rest, said)):
            return True
        if doubting.is_refusal(rest) or doubting.smells(rest):
            named = doubting.names_messages(rest) and not context.is_elsewhere(whole)
            if named or not _explained(rest, said):
                return True
    return False


def _holds_stop(sentence: str) -> bool:
    if sentence.startswith(" stop ") or care.is_distress(sentence):
        return sentence.startswith(" stop ")
    return " stop " in sentence and not context.asks(sentence)


def _explained(sentence: str, said: Text) -> bool:
    """It speaks of health, an appointment, somebody else's messages or its writer's own affairs."""
    if care.is_care(sentence) or care.is_appointment(sentence) or care.is_distress(sentence):
        return True
    if context.asks(sentence) or (said.asked and context.is_own_act(sentence)):
        return True
    return context.is_elsewhere(said.whole) and context.is_own_act(said.whole)


def _quotes_order(said: Text) -> bool:
    """What it quotes asks to stop, and it thanks for nothing."""
    if not doubting.smells(said.quoted) or context.is_elsewhere(said.whole):
        return False
    return not (keywords.is_courtesy(said.whole) or " merci " in said.whole or " ok " in said.whole)
