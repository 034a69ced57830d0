"""Hints that the number is somebody else's, or its holder gone: enough not to pass a text over.

``strangers`` and ``deaths`` know what closes a number; these only what makes a person look.
"""

import re

from scheduler.domain.hearing import deaths, evidence, mistakes, staying
from scheduler.domain.hearing.reading import Text

#: A question so short that asks who, or for whom, may say that nobody here is meant.
SHORT = 6
_WHO = re.compile(r" (?:qui|whom|whose|who|which|lequel|laquelle)(?= )")
#: And one shorter still, that asks which appointment.
SHORTEST = 4
_WHICH = re.compile(r" (?:quel\w*|what|which|qui|whom|who|whose)(?= )")
_CALLED = re.compile(
    r" (?:rdvs?|rendez vous|consultation|operation|hopital|clinique|appointment|hospital"
    r"|surgery|docteur|medecin|doctor|dr)(?= )"
)
_PLACE = (
    r"(?:fixe|accueil|standard|atelier|garage|bureau|restaurant|pizzeria|boulangerie|mairie|ecole"
    r"|college|lycee|boutique|magasin|entreprise|societe|cabinet|telephone|portable|numero"
    r"|particulier|pharmacie|front desk|office|shop|factory|landline|phone|desk|number|ligne)"
)
_WHOSE = re.compile(
    r" (?:(?:c est|c etait|ici|vous avez|vous etes|on est|je suis|this is|here is|it s|you ve got"
    r"|you have) (?:bien |plus |pas )?(?:(?:le|la|l|les|un|une|au|a la|a l|chez|the|a|an|chez un"
    rf"|sur un|sur le) )?{_PLACE}|fausse route|faux numero|wrong number|mal (?:note|compose)"
    r"|(?:no|aucun|aucune|pas (?:de|d)) (?:rdvs?|rendez|appointments?)|pas (?:monsieur|madame|mr"
    r"|mme|m|mlle|lui|elle|moi)|pour un certain|pour une certaine"
    r"|nouveau (?:portable|numero)|autre numero|celui ci|(?:repris|change|garde|recupere)"
    r" (?:la |sa |de |le |mon |son |ce )?(?:ligne|forfait|sim|numero|operateur)|confond\w*"
    r"|(?:s est|avez|as|etes) (?:\w+ )?tromp\w*(?! (?:de (?:jour|date|heure|dossier"
    r"|jambe|cote|medicament|rdv)|d heure))|jamais (?:venu\w*|hospitalise\w*|mis|entendu)"
    r"|(?:a|au|chez) (?:mon|ma) (?:fils|fille|mari|femme|mere|pere) maintenant)(?= )"
)
_GONE = re.compile(
    r" (?:emportee?|eteinte?|decede\w*|deces|dcd|defunte?|enterre\w*|obseques|funerailles|ferme les"
    r" yeux|veu(?:f|ve)|died|dead|deceased|passed|buried|funeral|no more|n est plus|nous a quitt\w*"
    r"|perdu (?:(?:mon|ma|notre|son|sa) (?:mari|femme|mere|pere|fils|fille|bebe|frere|soeur|epou\w*"
    r"|grand\w*|tante|oncle|compagn\w*)|maman|papa|mamie|papi|papy)|we lost|lost (?:my|our) (?:dad"
    r"|mum|mom|mother|father|husband|wife|son|daughter|brother|sister|baby)"
    r"|partie? (?:en|au|le|(?:il )?y a(?! \d+ (?:min\w*|h\w*) )|depuis|pour toujours|rejoindre"
    r"|trop tot)|mort|morte)(?= )"
)
#: Taken by an ambulance, and come back by it.
_TAKEN = re.compile(r" (?:ambulance|urgences?|samu|bloc|operation|scanner)(?= )")


def is_somebody_else(said: Text) -> bool:
    """The number may be another's, or its holder no more."""
    whole = said.whole
    if staying.is_gone(said) or any(
        _WHOSE.search(mistakes.without_own_mistakes(one)) for one in said.sentences
    ):
        return True
    if mistakes.is_for_oneself(whole):
        return False
    gone = _GONE.search(whole) and not (_TAKEN.search(whole) or deaths.is_figure(whole))
    return bool(gone) or evidence.is_denying(said)


def asks_which(said: Text) -> bool:
    """``Quel rendez-vous ?``, and no word more."""
    short = said.asked and len(said.whole.split()) <= SHORTEST
    return short and all(one.search(said.whole) for one in (_WHICH, _CALLED))


def asks_who(said: Text) -> bool:
    """``Which Robert?``, ``for whom is this?``."""
    return said.asked and len(said.whole.split()) <= SHORT and _WHO.search(said.whole) is not None
