"""What may be passed over: positively about something else, with nothing that could be leaving.

Everything else that is no order is held. A subject that is named beyond mistake (an appointment, an
illness, a machine, distress, a wish for more) bears a word or two that nobody knows; thanks, a
question, an answer bear none. Neither is passed over beside a word that who leaves says far
oftener, or where the number may be somebody else's.
"""

import re
from unicodedata import category

from scheduler.domain.hearing import care, distress, faint, strange, subjects
from scheduler.domain.hearing.familiar import Familiar, familiar
from scheduler.domain.hearing.keywords import HELP_WORDS, is_courtesy
from scheduler.domain.hearing.kinds import ReplyKind
from scheduler.domain.hearing.reading import Text, several

#: Unknown words that a plain subject bears, and of how many words one may be.
UNKNOWN = 2
ONE_IN = 4
#: How many times oftener who leaves may say the loudest word: beside a plain subject, beside
#: distress or a wish for more, and else.
AGAINST_PLAIN = 11
AGAINST_GRAVE = 20
AGAINST = 6
#: How many times oftener who stays says the loudest one, where no subject is plain.
TOWARDS = 4
#: A question may hold a word that nobody knows, where so much speaks for staying.
TOWARDS_ASKED = 9
AGAINST_ASKED = 4
#: Pictures that are kind, or ask.
_KIND = frozenset(
    "👍👌🙏❤♥😊☺🙂😀😃😄😁😆😅😂🤣😉😍🥰😘💪👏🎉🎊🎄🎂🎁✅✔☑💐🌸🌹🌷🌺🌞☀✨🤗😇🥳🤩💙💚💛🧡💜💕💗💖🫶🤝🤞❓❔⁉"
)
#: At least one of these makes a courtesy one; by the others alone it may be an order.
_THANKS = several(
    "merci mercii mer mrci mrc thank thanks thx tks ta cheers bonjour bonsoir bjr bsr salut"
    " hello hi hey allo ok okay okey oki k dac daccord accord bravo super top genial parfait"
    " nickel cool perfect great gentil recu note noter noted received compris understood got"
    " confirme confirmed confirm presence present presente marche lol haha mdr oui ouais yes"
    " bises bise bisous bisou love obrigado gracias danke tesekkurler grazie shukran شكرا"
    " جزيلا pardon desole desolee sorry welcome journee soiree soir weekend fetes annee"
    " regards salutations cordialement amicalement"
)
#: Said of us, perhaps.
_ACCUSED = (["scam"], ["arnaque"], ["arnaqueurs"], ["fake"], ["spam"], ["fraude"], ["fraud"])
_UNCLEAR = several(
    "nn non nan no nope now off point rien plus pas definitif definitivement immediat immediate"
    " immediatement immediately desuite urgent maintenant forever enfin fois many tout toute tous"
    " frere frr mec guys right"
)
_WELCOME = re.compile(
    r"^ (?:de rien|pas de (?:quoi|souci|probleme)s?|a (?:demain|bientot|lundi|mardi|mercredi|jeudi"
    r"|vendredi|samedi|tout a l heure))(?: \w+)? $"
)


def may_pass(said: Text, kind: ReplyKind) -> bool:
    """Whether what nothing heard in may be left at that."""
    if kind is ReplyKind.OPT_IN:
        return True
    if kind is ReplyKind.AUTO_REPLY:
        return not strange.is_somebody_else(said) and familiar(said.whole).against <= AGAINST
    words = said.whole.upper().split()
    if kind is ReplyKind.HELP and is_courtesy(_without_help(words)):
        return True
    return is_recognised(said)


def is_recognised(said: Text) -> bool:
    """It is about something that is known, and nothing in it could be a wish to leave."""
    whole = said.whole
    pictures = {one for one in said.own if category(one) == "So"} - _KIND
    if not whole.strip():
        said_nothing = not said.own.strip()
        return not pictures and (said_nothing or said.asked or _has_picture(said.own))
    if _WELCOME.search(whole) or is_courtesy(whole):
        return not pictures and (_is_kind(whole.split()) or _WELCOME.search(whole) is not None)
    found = familiar(subjects.without_ends_of_care(whole))
    if subjects.is_plain(said):
        strangers = strange.is_somebody_else(said) or strange.asks_which(said)
        return _is_borne(found, said) and not strangers
    strangers = strange.is_somebody_else(said) or strange.asks_who(said)
    if pictures or whole.strip().isdigit() or strangers or whole.split() in _ACCUSED:
        return False
    if faint.could_leave(whole):
        return False
    return _is_known(found, asked=said.asked)


def _has_picture(own: str) -> bool:
    return any(category(one) == "So" for one in own)


def _is_known(found: Familiar, *, asked: bool) -> bool:
    """Where no subject is plain: its words are known, and at least one is of who stays."""
    if asked and found.towards >= TOWARDS_ASKED and found.against <= AGAINST_ASKED:
        return found.unknown <= 1
    return not found.unknown and found.against <= AGAINST and found.towards >= TOWARDS


def _is_borne(found: Familiar, said: Text) -> bool:
    """A plain subject bears what else is said."""
    whole = said.whole
    most = AGAINST_PLAIN
    if subjects.is_wanted(whole):
        most = AGAINST_GRAVE
    elif distress.is_distress(whole):
        most = AGAINST_GRAVE
        if _is_off(whole) or faint.names_ours(whole):
            return False
    elif _is_off(whole) or (not said.asked and _could_leave(whole)):
        return False
    words = len(whole.split())
    return found.unknown <= min(UNKNOWN, words // ONE_IN) and found.against <= most


def _is_off(whole: str) -> bool:
    rest = subjects.without_ends_of_care(whole)
    return any(one(rest) for one in (faint.refuses_ours, faint.takes_off, faint.is_for_good))


def _could_leave(whole: str) -> bool:
    rest = subjects.without_ends_of_care(whole)
    return faint.could_leave_care(care.without_sayings(rest)[0])


def _is_kind(words: list[str]) -> bool:
    return not _THANKS.isdisjoint(words) and _UNCLEAR.isdisjoint(words)


def _without_help(words: list[str]) -> str:
    asked = HELP_WORDS | {"BESOIN", "NEED", "I", "AI"}
    return " ".join(one for one in words if one not in asked).lower()
