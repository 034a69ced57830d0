"""The words that ask by themselves, in any spelling, and those that are only polite around them.

Twilio's and the operators' own lists differ and change; this one decides.
"""

import re

from scheduler.domain.hearing.reading import normalise, several


def _words(text: str) -> frozenset[str]:
    return frozenset(map(normalise, text.split()))


#: Alone they are an order, whatever else they mean in a sentence.
OPT_OUT_WORDS = _words(
    "STOP STOPSMS STOPALL ARRET ARRETE ARRETER ARRETEZ ARRETT DESABONNEMENT DESABONNER"
    " DESINSCRIPTION DESINSCRIRE FIN RETRAIT SUPPRIMER ANNULER UNSUBSCRIBE CANCEL END QUIT REVOKE"
    " OPTOUT REMOVE BAJA ALTO SAIR PARAR STOPP ABMELDEN BASTA DUR توقف إيقاف"
)
_LONG_WORDS = tuple(word for word in OPT_OUT_WORDS if len(word) > 5)
HELP_WORDS = _words("CONTACT AIDE HELP INFO")
#: Only alone: "oui, mais pas le soir" is for a person.
OPT_IN_WORDS = _words("START OUI")
#: What telephones and offices say in their owner's place.
AUTO_REPLY_PHRASES = tuple(
    f" {normalise(phrase).lower()} "
    for phrase in (
        "réponse automatique",
        "message automatique",
        "répondeur automatique",
        "automatic reply",
        "automated reply",
        "auto reply",
        "autoreply",
        "out of office",
        "absent du bureau",
        "absente du bureau",
        "je conduis",
        "i m driving",
    )
)
#: Words that mean nothing but leaving. The others of the list are an appointment's, an illness's or
#: a treatment's too (``annuler``, ``fin``, ``retrait``, ``dur``), and ask by themselves only alone.
_STOP = re.compile(
    r"stop\d*|st0p|stopsms|smsstop|stopall|stoptout|stopcontact|stoppub|stopp?e[rz]?"
    r"|stop[aiouy]s?|st[ao]h?[hw]p|stopz"
)
_OFF = (
    *(
        "remove",
        "delete",
        "unsubscribe",
        "supprimez",
        "supprimer",
        "supprime",
        "retirez",
        "retirer",
    ),
    *("retire", "enlevez", "enlever", "enleve", "effacez", "effacer", "desabonnez", "desinscrivez"),
)
_DOUBLED = re.compile(r"(.)\1")
#: A finger away from it, and words themselves.
_NOT_STOP = several("top step shop slop atop stoup stow sto stops stoc stock spot post stomp")
#: A finger away from it where nothing else is said.
_CUT_SHORT = several("sto stoo sop stob stap stahp stpo stop1 stopo tsop")
_LEAVE = re.compile(
    r"(?:de|des|dez|dé|dess|d|s|z)(?:s|z)?ab+on+\w*|d[ei]s?abo"
    r"|d[ei][sz]+[iy]n?[sc]+r?[cr]?[iy]\w*|dsabo\w*|dsinscri\w*"
    r"|unsub\w*|unsus\w*|unscubscribe|optouts?|abmelden|توقف|إيقاف"
)
_ARRET = re.compile(r"ar+et+(?:e|ee|es|er|ez|ons|s)?")
#: Nothing is said by them about what somebody wants.
POLITE = several(
    "a ainsi all allez allo alors amicalement and avance avec beaucoup bcp belle best"
    " bien bitte bisous bj"
    " bjr bon bonjour bonne bonsoir bsr c ca ce cdt cela cordialement cordiales d de"
    " definitif"
    " definitivement desole desolee desuite dear des distingues docteur donc dr du en"
    " enfin est et"
    " excellente for forever frere frr guys kindly hello hey hi hop immediat immediate"
    " immediatement"
    " immediately in it je journee j kind l la le les m madame maintenant mais many mec"
    " mdr mer merci"
    " mercii messieurs mesdames mille mlle mm mme monsieur mr mrc mrci mrs ms much my n"
    " nn non nan now"
    " off oh ok okay on ouais oui pardon par plait pls please plz point pour pr puis"
    " regards"
    " respectueusement right s salut salutations sincere sinceres sincerely sir so soir"
    " soiree sorry"
    " sr stp suite svp svpl t ta thank thanks thx tks to tous tout toute toutes tres un"
    " une urgent"
    " very vite vos votre vous vs we weekend y yes you your d abord accord avance une"
    " fois"
    " toutes ici sincerement bref voila s il te plait bonnes fetes annee"
)
_PLEASE = several("svp stp sil s merci please pls plz plait thanks thank")
#: Words of a text that is mostly an order.
_MOSTLY = 2
#: Polite, but for the pronouns.
BYE = POLITE - several("me moi us nous")
_COURTESIES = POLITE | several(
    "top super genial parfait recu note noter compris entendu info infos rappel conseil"
    " conseils"
    " message bravo gentil nickel cool perfect great got noted received understood"
    " welcome lol haha"
    " rien d accord daccord dac okey oki k ca marche demain lundi mardi mercredi jeudi"
    " vendredi samedi"
    " dimanche bise bises bisou love cheers ta obrigado gracias danke tesekkurler grazie"
    " shukran"
    " شكرا شكرا جزيلا present confirme confirm confirmed presence presente ma"
)


def is_stop(word: str) -> bool:
    """``STOP`` however it was typed."""
    if _STOP.fullmatch(word) or _DOUBLED.sub(r"\1", word) == "stop":
        return True
    return word not in _NOT_STOP and _is_slip(word, "stop")


def is_leaving(word: str) -> bool:
    """A word that means nothing but leaving a list."""
    return is_stop(word) or _LEAVE.fullmatch(word) is not None


def is_arret(word: str) -> bool:
    """``ARRET`` however it was typed; with an object it may be anything."""
    return _ARRET.fullmatch(word) is not None


def is_keyword(word: str) -> bool:
    """An order by itself, as the list has it, or a slip of the finger away from a long one."""
    if word in _CUT_SHORT:
        return True
    if word.upper() in OPT_OUT_WORDS or is_leaving(word) or is_arret(word):
        return True
    return len(word) > 6 and any(_is_slip(word.upper(), one) for one in _LONG_WORDS)


def is_keyword_alone(piece: str) -> bool:
    """One word, and it is an order."""
    words = piece.split()
    return len(words) == 1 and is_keyword(words[0])


def is_order_alone(piece: str) -> bool:
    """A word of leaving alone, or with politeness and nothing else."""
    words = without_courtesy(piece)
    said = piece.split()
    if is_me_off([one for one in said if one not in BYE]) and "ca" not in said:
        return True
    return (len(words) == 1 and is_leaving(words[0])) or is_keyword_alone(piece)


def is_leaving_alone(piece: str) -> bool:
    """The same of words that mean nothing but leaving."""
    words = without_courtesy(piece)
    return bool(words) and all(map(is_leaving, words))


def is_cut_short(own: str) -> bool:
    """``Top``, bare: a STOP that lost its first letter, or praise."""
    return own.strip(" .\n").lower() == "top"


def says_it_all(whole: str) -> bool:
    """Nothing at all, an order, or a word that asks who we are: there is nothing to weigh."""
    words = whole.upper().split()
    asks = (
        0 < len(words) <= len("me")
        and HELP_WORDS.intersection(words)
        and is_courtesy(" ".join(word for word in whole.split() if word.upper() not in HELP_WORDS))
    )
    return not words or bool(asks) or is_order_alone(whole)


def begins_by_order(whole: str) -> bool:
    """``Sotp svp j'écris mal``: ``stop tabac``, ``non stop`` don't."""
    words = whole.split()
    return len(words) > 1 and is_leaving(words[0]) and words[1] in _PLEASE


def is_mostly_order(whole: str) -> bool:
    """A word of leaving and one more: ``bon je mets stop``, ``STOP au 36180``."""
    words = without_courtesy(whole)
    return 0 < len(words) <= _MOSTLY and any(map(is_leaving, words))


def is_from_a_machine(whole: str) -> bool:
    """A telephone or an office answers in its owner's place, and begins by no order."""
    words = without_courtesy(whole)
    if words and is_leaving(words[0]):
        return False
    return any(phrase in whole for phrase in AUTO_REPLY_PHRASES)


def is_me_off(words: list[str]) -> bool:
    """``remvoe me``: two words, the first a slip away from a verb of taking off."""
    if len(words) != len("me") or words[1] not in ("me", "moi", "us", "nous"):
        return False
    return any(_is_slip(words[0], one) for one in _OFF)


def without_courtesy(piece: str) -> list[str]:
    """The words of a piece that say something."""
    return [word for word in piece.split() if word not in POLITE and not word.isdigit()]


def is_courtesy(text: str) -> bool:
    """Thanks, a greeting, an agreement: nothing is asked."""
    return all(word in _COURTESIES for word in text.split())


def _is_slip(word: str, meant: str) -> bool:
    """One letter more, less or another, or two that changed places."""
    if abs(len(word) - len(meant)) > 1:
        return False
    start = 0
    while start < min(len(word), len(meant)) and word[start] == meant[start]:
        start += 1
    rest, other = word[start:], meant[start:]
    if len(rest) > 1 and rest[1::-1] + rest[2:] == other:
        return True
    return rest[1:] == other or rest == other[1:] or rest[1:] == other[1:]
