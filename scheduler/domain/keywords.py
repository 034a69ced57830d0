"""What an SMS that comes in asks for: the words themselves, in any spelling.

Twilio's and the operators' own lists differ and change; this one decides. It errs towards opting
out, with two exceptions that a person reads instead: a longer text that only happens to hold a word
of the list, and a question (``arrêtez-vous de fumer ?``).
"""

import re
import unicodedata
from enum import StrEnum


class ReplyKind(StrEnum):
    """What a text that came in is."""

    #: No more by SMS, service messages too.
    OPT_OUT = "opt-out"
    #: Again: heard only where an earlier consent exists.
    OPT_IN = "opt-in"
    #: Who are you?
    HELP = "help"
    #: From a machine: recorded, never answered.
    AUTO_REPLY = "auto-reply"
    #: Anything else: a person reads it.
    OTHER = "other"


#: A longer text isn't an order, whatever words it holds.
MOST_WORDS = 4
#: A question that is longer isn't one either ("STOP ?" is, "c'est la fin ?" is not).
MOST_WORDS_ASKED = 2

_QUESTION = re.compile("[?？؟]")
#: "Je travaille non stop", not "Non, stop" nor "Non stop".
_NON_STOP = re.compile(r"(?<=[A-Z0-9] )NON STOP\b")


def normalise(text: str) -> str:
    """Upper-case words with one space between them, without marks or punctuation.

    >>> normalise("  Arrêtez-moi ça. ")
    'ARRETEZ MOI CA'
    """
    apart = unicodedata.normalize("NFKD", text)
    return " ".join("".join(map(_plain, apart)).upper().split())


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return ""
    return character if category[0] in "LN" else " "


def _words(text: str) -> frozenset[str]:
    return frozenset(map(normalise, text.split()))


OPT_OUT_WORDS = _words(
    "STOP STOPSMS STOPALL ARRET ARRETE ARRETER ARRETEZ ARRETT DESABONNEMENT DESABONNER"
    " DESINSCRIPTION DESINSCRIRE FIN RETRAIT SUPPRIMER ANNULER UNSUBSCRIBE CANCEL END QUIT REVOKE"
    " OPTOUT REMOVE BAJA ALTO SAIR PARAR STOPP ABMELDEN BASTA DUR توقف إيقاف"
)
HELP_WORDS = _words("CONTACT AIDE HELP INFO")
#: Only alone: "oui, mais pas le soir" is for a person.
OPT_IN_WORDS = _words("START OUI")
#: What telephones and offices say in their owner's place.
AUTO_REPLY_PHRASES = tuple(
    map(
        normalise,
        (
            "réponse automatique",
            "message automatique",
            "répondeur automatique",
            "automatic reply",
            "auto reply",
            "autoreply",
            "out of office",
            "absent du bureau",
        ),
    )
)


def kind_of(text: str) -> ReplyKind:
    """What a text asks for. An order to stop comes before every other reading."""
    plain = normalise(text)
    words = _NON_STOP.sub("", plain).split()
    most = MOST_WORDS_ASKED if _QUESTION.search(text) else MOST_WORDS
    if OPT_OUT_WORDS.intersection(words) and len(plain.split()) <= most:
        return ReplyKind.OPT_OUT
    if any(phrase in plain for phrase in AUTO_REPLY_PHRASES):
        return ReplyKind.AUTO_REPLY
    if plain in OPT_IN_WORDS:
        return ReplyKind.OPT_IN
    if HELP_WORDS.intersection(words) and len(words) <= MOST_WORDS:
        return ReplyKind.HELP
    return ReplyKind.OTHER


def kind_of_marked(mark: str, text: str) -> ReplyKind:
    """The same where the provider read the text before us: its STOP counts beside our own list."""
    own = kind_of(text)
    theirs = {"STOP": ReplyKind.OPT_OUT, "START": ReplyKind.OPT_IN, "HELP": ReplyKind.HELP}
    if own is ReplyKind.OPT_OUT:
        return own
    return theirs.get(mark.strip().upper(), own)
