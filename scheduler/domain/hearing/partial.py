"""What somebody keeps of our messages and what they drop, and lines that aren't for them.

``Gardez-moi pour les rappels de rdv``, ``only text me about my appointments``: an end of the
series, in so many words, and service messages go on. ``Ceci est mon portable perso``, ``ce
téléphone est réservé aux urgences``: perhaps one.
"""

import re

_CARE = (
    r"(?:rdv|rdvs|rendez|consult\w*|soins?|medical\w*|sante|urgences?|urgent\w*|examens?|resultats?"
    r"|appointments?|appts?|medical|urgent|health|reminders?|rappels?)"
)
_ONLY = (
    r"(?:seulement|uniquement|exclusivement|juste|seuls?|seules?"
    r"|que (?:pour|si|les rappels|mes rappels|des rappels|les sms|ce qui)|only|just|rien que"
    r"|nothing but|sauf|a part|excepte|hormis|except|apart from|other than)"
)
_WRITING = (
    r"(?:sms|textos?|textes?|messages?|msgs?|rappels?|reminders?|ones?|texts?|alertes?|infos?"
    r"|informations?|ecri\w*|contact\w*|envo\w*|gard\w*|keep|send|text|message|veux|voudrais"
    r"|souhaite|want|recevoir|receive|liste)"
)
_KEPT = tuple(
    re.compile(pattern)
    for pattern in (
        rf" {_WRITING} (?:\w+ ){{0,4}}?{_ONLY} (?:\w+ ){{0,6}}?{_CARE}(?= )",
        rf" {_ONLY} (?:\w+ ){{0,3}}?{_WRITING} (?:\w+ ){{0,5}}?{_CARE}(?= )",
        rf"^ (?:\w+ )?{_ONLY} (?:\w+ ){{0,3}}?{_CARE}(?= (?:\w+ ){{0,4}}$)",
        rf" {_CARE} {_ONLY}(?= )",
        (
            rf" (?:stop\w*|arret\w*|plus|no more) (?:\w+ ){{0,3}}?(?:sauf|except|hormis|a part"
            rf"|excepte) (?:\w+ ){{0,4}}?{_CARE}(?= )"
        ),
    )
)
#: Two halves: what is kept, and what isn't.
_BUT = re.compile(
    rf" {_CARE} (?:\w+ ){{0,6}}?(?:mais|but|et|and|le reste|the rest|pas|not|no|non|autres?"
    r"|others?|drop|kill|stop\w*|arret\w*|plus|rest|reste) "
)
_DROPPED = re.compile(
    r" (?:(?:pas|plus|non|sans|aucune?|stop\w*|arret\w*|cess\w*|drop|kill|ditch|scrap|lose|not|no"
    r"|end|cut|without) (?:\w+ ){0,4}?(?:cyber\w*|conseils?|pubs?|campagnes?|reflexes?|series?"
    r"|tips|rest|reste|others?|autres?|dimanches?|sundays?|informatiques?|securite|security"
    r"|stuff|marketing)|(?:le |tout le |the )(?:reste|rest) (?:\w+ ){0,2}?(?:non|no|stop|pas|merci"
    r"|nothing|basta|suffit|fini|termine|jamais|sans|out|over))(?= )"
)
#: ``Stop cyber mais gardez-moi pour les rdv``: what is kept comes last.
_CARE_LAST = re.compile(
    r" (?:stop\w*|arret\w*|drop|kill|pas|plus|no) (?:\w+ ){0,6}?(?:cyber\w*|conseils?|reflexes?"
    r"|tips|pubs?|sundays?|dimanches?|campagnes?) (?:\w+ ){0,6}?(?:gard\w*|keep|laiss\w*|rdv"
    r"|appointments?|rendez) "
)
_LINE = r"(?:numero|num|telephone|portable|ligne|mobile|number|phone|line|cell)"
_RESERVED = re.compile(
    rf" (?:{_LINE} (?:\w+ ){{0,4}}?(?:reserve\w*|perso|personnel|prive|privee|professionnel|pro"
    r"|d astreinte|de service|d urgence|pour les urgences|private|personal|on call|emergenc\w*"
    r"|work|n est pas fait|n a rien a faire|ne doit pas|ne sert)"
    rf"|(?:work|personal|private|on call) {_LINE}|astreinte)(?= )"
)


#: ``Par mail c'est mieux``: perhaps no more by SMS.
_LETTERS = re.compile(
    r" (?:par|by|en|via) (?:e )?(?:mail|mails|email|emails|courriel|courriels|courrier|lettre"
    r"|letter|post) (?=(?:\w+ ){0,3}?(?:mieux|prefer\w*|suffi\w*|plutot|better|instead|enough) )"
    r"|(?<= )(?:plutot|prefer\w*|mieux|rather|better|juste|uniquement|seulement|only) "
    r"(?:\w+ ){0,3}?(?:par|by|via) (?:e )?(?:mail|mails|email|emails|courriel|courriels|courrier"
    r"|lettre|letter|post)(?= )"
)


def prefers_letters(whole: str) -> bool:
    """Mail is wished for instead."""
    return _LETTERS.search(whole) is not None


def keeps_service(whole: str) -> bool:
    """Appointments are kept, the rest isn't."""
    if any(pattern.search(whole) for pattern in (*_KEPT, _CARE_LAST)):
        return True
    return _BUT.search(whole) is not None and _DROPPED.search(whole) is not None


def is_reserved(whole: str) -> bool:
    """A line that is said to be for something else."""
    return _RESERVED.search(whole) is not None
