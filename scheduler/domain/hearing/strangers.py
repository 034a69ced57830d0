"""A number that isn't the person's, or whose holder has died."""

import re

from scheduler.domain.hearing.care import is_care

_WHO = (
    r"(?:numero\w*|num|nums|tel|telephone|personne|destinataire|interlocut\w*|correspondant\w*"
    r"|contact|number|person|guy|lady|recipient|phone)"
)
_WRONG = re.compile(
    r" (?:(?:the wrong|wrong|mauvais|mauvaise) (?:guy|john|monsieur|dame|man|woman|lady"
    r"|patient|patiente)"
    r"|got the wrong (?!date|time|day|dose|med|letter|appointment|room|clinic)\w+"
    r"|wrong(?= $)"
    r"|m appelle pas|name is(?: not|n t)|(?:celle|celui) que vous (?:croyez|cherchez"
    r"|pensez)|(?:confondez|confonds) (?:avec|moi)"
    r"|n (?:habite|vit|est) plus (?:ici|a cette adresse)|n a plus ce (?:numero|telephone"
    r"|portable)|jamais vu votre|pas ce (?:monsieur|patient)|pas cette (?:dame|personne"
    r"|patiente)"
    r"|d une (?:entreprise|societe|boulangerie|autre personne)|(?:numero|tel|telephone)"
    r" (?:de la|du|d un|d une) (?:boulangerie|garage|restaurant|entreprise|societe"
    r"|magasin|ecole|mairie)"
    r"|(?:meant|intended) for (?:someone|somebody|another)|for (?:someone"
    r"|somebody) else(?= $)"
    r"|not your patient"
    rf"|(?:mauvaise?|wrong|faux|incorrect|incorrecte?) {_WHO}"
    rf"|pas (?:(?:au|a|le|la|du) )?(?:bon|bonne|right|l bon) {_WHO}|not the right {_WHO}"
    rf"|(?:tromp\w*|erreur|error|mistake\w*|confond\w*) (?:\w+ ){{0,3}}{_WHO}"
    rf"|{_WHO} (?:est )?(?:errone\w*|incorrecte?|inexact\w*|faux)"
    r"|(?:vous|vs|t|tu|vou) (?:avez du |devez )?(?:vous |etes |te |es )?(?:vous "
    r"|etes )?(?:tromp\w*)"
    r"(?! (?:dans|sur|de (?:date|jour|heure|medic\w*|traitement|dose|ordonn\w*)))"
    r"|(?:vous|tu) (?:faites?|fais|devez faire) erreur|il y a erreur|c est une erreur je"
    r"|erreur de (?:destin\w*|numero|personne|contact|correspondant)"
    r"|(?:message|sms|texto|text) (?:\w+ ){0,2}(?:n est|m est|etait|est|isn t|is|wasn t"
    r"|was)"
    r" (?:\w+ )?(?:pas|not|point)? ?(?:pour moi|destine|adresse|meant for me|for me"
    r"|intended)"
    r"|(?:n etait|n est|etait|est) pas (?:pour (?:moi|nous|lui|elle|mon)|destine\w*)"
    r"|(?:not|isn t|isnt|wasn t|wasnt) (?:meant |intended )?for me"
    r"|m (?:etait|est|etaient|sont) pas (?:destine\w*|adresse\w*)"
    r"|surement pas pour moi|pas pour moi (?:ce|le|cela)|pas moi (?:le|la|qui|c est)"
    r"|(?:la|le|les|l) (?:connais|conait|connait|conais) (?:pas|plus)|(?:connais|conais)"
    r" (?:pas|personne)(?= $)"
    r"|(?:connais|conais) personne"
    r"|(?:connais|connait) (?:pas|personne|aucune?)(?: (?:cette (?:personne|dame|femme)"
    r"|ce (?:monsieur|nom|prenom|m|type)|de|d|qui|m|mme|mr|monsieur|madame))"
    r"|(?:don t|dont|do not) know (?:\w+ )?(?:him|her|them|this (?:person|lady|man|guy"
    r"|name)|anyone|any|who)"
    r"|(?:jamais|never) (?:entendu parler|heard)"
    r"|(?:personne|nobody|no one|noone) (?:ici |here )?(?:de|by|of|with|a|qui|called"
    r"|named) ?"
    r"(?:ce|that|this|s appelle|porte)? ?(?:nom|name)"
    r"|(?:no|pas de|aucun|aucune) \w+ (?:here|at this number|a ce numero|ici)|(?:on a"
    r"|at) this number"
    rf"|(?:n est|est|c est|ce n est) (?:plus|pas) (?:son|le|mon|sa|ma|leur"
    rf"|a) ?(?:bon )?{_WHO}"
    rf"|(?:ce|cet?te|son) (?:numero|ligne|tel|telephone|portable) (?:n |ne )?(?:est plus"
    rf"|a change"
    r"|appartient (?:plus|pas)|correspond (?:plus|pas)|n appartient"
    r"|(?:a ete )?(?:re)?attribue\w*)"
    r"|est (?:plus|pas) (?:celui|le numero|la ligne|le tel|le telephone|le portable)"
    r" (?:de|du|d)"
    r"|(?:no longer|isn t|isnt|not|is not) (?:\w+ )?(?:her|his|their|my|\w+ s) (?:number"
    r"|phone|mobile|cell|appointment\w*)"
    r"|(?:number|phone) (?:no longer|doesn t|does not) belong\w*|new owner"
    r"|nouveau proprietaire"
    r"|(?:viens d avoir|viens de recuperer|ai recupere|just got|have just got"
    r"|recently got|repris|ai (?:ce|eu) (?:ce )?)"
    r" ?(?:ce |this )?(?:numero|number|ligne)"
    r"|(?:someone|somebody) else s?(?! (?:sees|see|to|could|can|please))|(?:messages?|sms"
    r"|textos?|rdv|rendez vous|numero|appartient|destine\w*) (?:de|d|a|pour)"
    r" (?:quelqu un d autre|une autre personne)"
    r"|(?:je (?:ne )?suis|i m|i am|im|c est|this is) (?:pas|not) (?:la personne|votre"
    r"|le patient|la patiente"
    r"|your patient|the (?:person|patient)|(?:m|mr|mme|mrs|ms|dr|madame|monsieur|mlle)"
    r"|un (?:de vos )?patient|une patiente|a patient|patient)"
    r"|pas (?:un |une |de )?(?:vos |votre )?patiente? (?:chez|de|du|dans)"
    r"|(?:jamais|pas) mis (?:les|un) pieds?|inconnue? (?:a|sur|au)|n y a (?:pas|aucune?"
    r"|personne) (?:de |d )?(?:m|mme|mr|madame|monsieur|mlle)"
    r"|(?:vous avez|tu as|vous avez du) (?:fait|faire) (?:une )?erreur(?! (?:dans|sur"
    r"|de date|de jour|sur|avec))|ici (?:le|la|l) (?:garage|restaurant|pizzeria"
    r"|boulangerie|mairie|ecole|societe|cabinet)"
    r"|(?:les?|des|d) (?:rdv|rendez vous|messages|sms) d (?:un|une) (?:monsieur|dame"
    r"|autre|inconnue?)"
    r"|(?:c est|qui est) qui (?:m|mme|mr|monsieur|madame)"
    r"|(?:she|he) (?:moved|changed)|(?:elle|il) a change de numero"
    r"|(?:aucun|pas de|jamais (?:eu|pris) de|pas pris de) (?:rdv|rendez vous) (?:chez"
    r"|avec|dans|a)"
    r"|no appointment with you|never been (?:to|a patient))(?= )"
)
#: With a name, as the capital shows.
_NAMED = re.compile(
    r"(?:suis pas|n.est pas|['’ ]m not|am not|[Tt]his is not|isn.t) [A-ZÉ][a-zéèêëïîôç]+(?:[-. ]|$)"
)
#: Perhaps.
_NOT_ME = re.compile(r" (?:(?:n est|est) pas moi|not me|who is (?!this|it|the|in)\w+)(?= $)")
#: What is wrong may be a card, a prescription, somebody else's number.
_OF_SOMETHING = re.compile(
    r" (?:numero|number|num|tel|telephone) (?:de|d|du|for|of|sur|dans|on|in) (?:secu\w*"
    r"|dossier|chambre"
    r"|carte|mutuelle|ordonn\w*|la|l|mon|mes|ma|my|the|parking|poste|facture)"
    r"|changement de num\w*|nouveau num\w*|new number|(?:c est|mais) pour (?:ma|mon|mes)"
)
_DEAD = re.compile(
    r" (?:deced\w*|dcd|dcde|dcdee|deces (?:de|du|d)|suite a(?:u| son| leur| un)? deces"
    r"|(?:son|sa|leur) deces|nous (?:a|ont|as) quitt\w*"
    r"|(?:est|etait|is|s) (?:deja )?(?:mort|morte|dead|deceased|decede)|mort (?:le|en|il"
    r"|depuis|hier|dans|la|cette)"
    r"|morte (?:le|en|il|depuis|hier|dans|la|cette)|passed (?:away|last|on|in|this"
    r"|yesterday)|has passed|died"
    r"|no longer with us|n est plus (?:de ce monde|parmi nous|la depuis)|plus de ce monde"
    r"|deceased|is dead|partie? au ciel|s est eteinte?|a ete enterre\w*|no longer alive"
    r"|my late (?:husband|wife|father|mother)"
    r"|perdu (?:notre|ma|mon|sa|son|leur) (?:mere|pere|mari|femme|epouse|epoux|maman|papa"
    r"|frere|soeur|fils|fille)|deces(?= $)"
    r"|(?:est|is|was) (?:enterre\w*|buried)|disparue? (?:le|en|il y a|depuis))(?= )"
)
#: Said of something else, or by somebody who asks for something.
_FIGURE = re.compile(
    r" (?:de (?:rire|faim|fatigue|trouille|peur|honte)|batterie|telephone|ordinateur|pc"
    r"|ordi|chien|chat"
    r"|battery|laptop|computer)(?= )"
)
_KIN_OF_OLD = re.compile(
    r" (?:hereditaire|antecedent\w*|genetique|meme maladie|family history)(?= )"
)
_WANTS = re.compile(
    r" (?:comment|ou|quand|quel|quelle|quels|qui|pourquoi|combien|besoin|voudrais"
    r"|souhaite\w*|demande"
    r"|pouvez|pourriez|pourrait|peut|how|where|when|who|why|could|can|need|certificat"
    r"|affaires|dossier"
    r"|puis je|dois je)(?= )"
)


def is_wrong_number(sentence: str) -> bool:
    """Somebody says that the number isn't that of whom we write to."""
    return _WRONG.search(sentence) is not None


def is_not_named(original: str) -> bool:
    """``Je ne suis pas Sylvie``."""
    return original != original.upper() and _NAMED.search(original) is not None


def is_not_me(sentence: str) -> bool:
    """It may be so."""
    return _NOT_ME.search(sentence) is not None


def is_unsure_number(sentence: str) -> bool:
    """It may be another number that is meant."""
    return _OF_SOMETHING.search(sentence) is not None


def is_dead(sentence: str) -> bool:
    """Somebody says that the person has died."""
    return _DEAD.search(sentence) is not None and _FIGURE.search(sentence) is None


def is_other_death(whole: str, *, asked: bool) -> bool:
    """A death is told, and something is asked besides: the number may be the teller's."""
    wants = _WANTS.search(whole) is not None
    return _KIN_OF_OLD.search(whole) is not None or ((asked or wants) and not _ends(whole))


def _ends(whole: str) -> bool:
    return " stop " in whole and not is_care(whole)
