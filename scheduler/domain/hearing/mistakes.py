"""Mistakes and deaths that are the sender's own affair: the number stays whose it was.

``Je me suis trompé de numéro``, ``on m'a donné le mauvais numéro``, ``vous avez fait une erreur de
dossier``; ``décès de ma grand-mère, je dois reporter mon rdv``.
"""

import re

from scheduler.domain.hearing.care import is_care

_LINE = r"(?:numero\w*|num|number|telephone|ligne|personne|destinataire|correspondant\w*|contact)"
_BAD = r"(?:faux|fausse|mauvaise?|wrong)"
_ABOUT = (
    r"(?:dossiers?|dates?|rdv|rendez vous|ordonnances?|prescriptions?|noms?|prenoms?|adresses?"
    r"|medic\w*|doses?|dosage|compte rendu|factur\w*|jours?|heures?|horaires?|services?|medecin\w*"
    r"|docteurs?|resultats?|analyses?|etages?|chambres?|trait\w*|diagnostics?|examens?|cotes?"
    r"|convocations?|papiers?|certificats?|age|sexe|orthographe|naissance|batiment|site|labo"
    r"|laboratoire|secu|mutuelle|carte)"
)
_OWN_MISTAKES = re.compile(
    # I was wrong.
    rf" (?:(?:(?:je|nous|on) (?:ne )?(?:me|m|nous|se|s)|m) "
    rf"(?:(?:suis|sommes|est|etre|etais|serais) )?"
    rf"(?:\w+ ){{0,2}}?tromp\w*(?: (?:de|d|sur|dans|en)(?: (?:le|la|mon|votre))? \w+)?"
    rf"|(?:j ai|on a|nous avons|j avais|je viens de|avoir) (?:\w+ )?(?:fait|faire) (?:une )?erreur"
    rf"(?: (?:de|sur|dans) (?:le )?\w+)?"
    # The number that I dialled, was given, haven't.
    rf"|(?:j ai|on a|nous avons|j avais|je viens de|avoir|i|i ve|i have|je|j)"
    rf" (?:\w+ ){{0,2}}?(?:fait|faire|compos\w*|tape\w*|appel\w*|note|envoye\w*|joint|dial\w*|rang"
    rf"|called|texted|used|sent) (?:\w+ ){{0,3}}?(?:le |un |a un |au |the |a )?{_BAD} {_LINE}"
    rf"|(?:m|nous) (?:a|ont|avez|aviez) (?:\w+ )?(?:donne|passe|indique|communique|transmis)"
    rf" (?:le |un |la |une )?{_BAD} {_LINE}"
    rf"|(?:je n ai|j ai|i have|i don t have) (?:peut etre |surement )?(?:pas |not )?(?:le |the )"
    rf"(?:bon|{_BAD}|right) {_LINE}"
    rf"|{_BAD} {_LINE} (?:de ma part|de mon cote)"
    # Somebody else whom they met.
    rf"|{_BAD} personne (?:\w+ )?(?:m|nous|a|ma|est venue?|s est)(?: (?:a|ont|est))?"
    rf" (?!ecri|env|cont|oppose)\w+"
    # A mistake about something else than the number.
    rf"|tromp\w* (?:dans|sur) (?:mon|ma|mes|l|le nom de mon) {_ABOUT}"
    rf"|(?:vous (?:avez|faites|aviez|auriez) |tu as )?(?:\w+ )?(?:fait )?(?:une |d )?erreurs?"
    rf" (?:de|d|dans|sur) (?:le |la |les |l |mon |ma |mes |votre |vos |son |sa |notre )?{_ABOUT}"
    rf")(?= )"
)
_MINE = r"(?:mon|ma|mes|my)"
#: ``Oups, mauvais destinataire``: what was sent was meant for another.
_MISSENT = re.compile(
    r" (?:oups|oops|whoops|fausse manip\w*|meant for|(?:sent|envoyee?) (?:\w+ )?(?:by mistake"
    r"|par erreur)|c etait pour|je voulais ecrire|mauvaise conversation|wrong (?:chat|thread"
    r"|convo\w*|window))(?= )"
)
_NEED = (
    r"(?:rdv|rendez|consult\w*|resultats?|examen\w*|analyse\w*|operation|oper\w*|ordonnance\w*"
    r"|trait\w*|scanner|irm|radio\w*|mammo\w*|seance\w*|chimio\w*|certificat\w*|bilan|prise|visite"
    r"|intervention|hospit\w*|appointment|results?|scan)"
)
_FOR_ONESELF = re.compile(
    rf" (?:(?<!pas )(?<!not )(?<! t ){_MINE} {_NEED}"
    rf"|(?:je|j|i|on|nous) (?:ne |n )?(?:dois|veux|voudrais|souhaite\w*|aimerais|cherche|peux"
    rf"|pourrais|demande|ai besoin|need|want|would like|must)"
    rf" (?!(?:\w+ ){{0,3}}?(?:son|sa|ses|leur|leurs|his|her|le|l|ce|cet|vous|plus)(?= ))"
    rf"(?:\w+ ){{0,4}}?(?:{_NEED}|report\w*|decal\w*|deplac\w*|psy\w*|radiologie|secretariat"
    rf"|medecin|cardio\w*|cancer\w*|onco\w*|gyneco\w*)"
    r"|(?:je|j) (?:ne )?(?:pourrai|peux|pourrais|serai|viendrai) (?:pas|absente?)"
    r"(?! (?:\w+ ){0,3}?(?:son|sa|ses|leurs?|vous)(?= ))"
    r"|(?:je|j) cherche (?:la|le|les|l|a joindre) \w+)(?= )"
)
_KIN = (
    r"(?:pere|mere|mari|femme|epoux|epouse|frere|soeur|fils|fille|grand mere|grand pere|oncle"
    r"|tante|cousine?|papa|maman|compagnon|compagne)"
)
#: ``Mon père décédé avait rdv``: it is told of long ago.
_TOLD_OF = re.compile(
    rf" (?:mon|ma|notre) {_KIN} (?:decede\w*|mort\w*|defunte?) (?:\w+ ){{0,2}}?(?:avait|etait|a ete"
    r"|venait|allait|avaient)(?= )"
)
_STOPS = re.compile(
    r" (?:stop|arrete[rz]?|cesse[rz]|(?:ne )?(?:lui |leur |nous |m )?(?:ecrivez|envoyez) plus"
    r"|plus (?:recevoir|de messages?|de sms)|vos (?:sms|messages|textos|envois))(?= )"
)


def without_own_mistakes(sentence: str) -> str:
    """A sentence without what its sender got wrong, or what was got wrong in a file."""
    return _OWN_MISTAKES.sub(" …", sentence)


def is_own_mistake(sentence: str) -> bool:
    """There is one in it."""
    return _OWN_MISTAKES.search(sentence) is not None or is_missent(sentence)


def is_missent(whole: str) -> bool:
    """Its sender wrote to us by mistake."""
    return _MISSENT.search(whole) is not None


def is_for_oneself(whole: str) -> bool:
    """Something of the sender's own care is asked, and nobody is told to stop."""
    mine = _FOR_ONESELF.search(whole) or _TOLD_OF.search(whole)
    return mine is not None and _is_of_plans(whole) and _STOPS.search(whole) is None


def _is_of_plans(whole: str) -> bool:
    """Health is spoken of, or coming and not coming."""
    return is_care(whole) or _PLAN.search(whole) is not None


_PLAN = re.compile(
    r" (?:viendrai|venir|absente?|serai|pourrai|report\w*|decal\w*|deplac\w*|demain|secretariat"
    r"|service|radiologie|maternite)(?= )"
)
