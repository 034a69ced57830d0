"""That the person has died, said by whoever holds the telephone now."""

import re

from scheduler.domain.hearing.care import is_care

_KIN = (
    r"(?:papa|maman|mamie|mami|mamy|mamina|papy|papi|pepe|meme|mere|pere|grand mere|grand pere"
    r"|grandma"
    r"|grandpa|granny|nana|mum|mom|dad|mother|father|oncle|tante|tonton|tata|parrain|marraine|il"
    r"|elle|he|she|monsieur|madame|mr|mme|m)"
)
#: Gone, as one says of the dead: to heaven, or so long ago.
_GONE = re.compile(
    rf" {_KIN} (?:\w+ ){{0,2}}?(?:(?:est|is|etait|s) (?:\w+ )?(?:au ciel|parmi les anges"
    rf"|with the angels"
    r"|in heaven|au paradis|aupres de dieu)"
    r"|(?:est|nous est|etait) (?:partie?|decedee?) (?:deja |nous a quittes )?(?:il y a|y a"
    r"|depuis|voila"
    r"|ca fait)"
    r" (?:\w+ )?(?:ans?|annees?|mois|noel|longtemps|semaines?)"
    r"|(?:est|nous est) partie? (?:en|au mois de?) (?:janvier|fevrier|mars|avril|mai|juin"
    r"|juillet|aout|septembre|octobre|novembre|decembre)"
    r"|(?:est|nous est) partie? (?:pour toujours|a jamais|la haut|rejoindre)"
    r"|(?:gone|left us|passed) (?:\w+ ){0,3}?(?:years?|months?|weeks?) ago"
    r"|n est plus(?= $)|nous a quitt\w*|a perdu la vie|lost (?:his|her) (?:life|battle))(?= )"
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
    r"|my late (?:husband|wife|father|mother)|the late (?:mr|mrs|ms|dr|john|mister)"
    r"|que dieu ait|we lost (?:her|him|dad|mum|mom|our|my)|son ame|feu (?:m|mr|mme|monsieur"
    r"|madame)|obseques (?:hier|demain|lundi"
    r"|mardi|mercredi|jeudi|vendredi|samedi)|passed(?= $)|rip(?= $)|s en est allee?"
    r"|perdu (?:papa|maman|mamie|papy|papi)|perdu (?:notre|ma|mon|sa|son|leur) (?:mere|pere"
    r"|mari|femme|epouse|epoux|maman|papa"
    r"|frere|soeur|fils|fille)|deces(?= $)"
    r"|(?:est|is|was) (?:enterre\w*|buried)|on l a(?:vons)? enterree?|obseques (?:de|ont"
    r"|etaient|auront)|enterrement (?:de|a eu|etait|aura)|repose en paix|rip (?:papa|maman"
    r"|mamie|papy|dad|mum)|disparue? (?:le|en|il y a|depuis))(?= )"
)
#: Said of something else, or by somebody who asks for something.
_FIGURE = re.compile(
    r" (?:de (?:rire|faim|fatigue|trouille|peur|honte)|batterie|telephone|ordinateur|pc"
    r"|ordi|chien|chat|site|lien|wifi|reseau|imprimante|tele"
    r"|battery|phone|tablet\w*|tele\w*|voiture|car|tv|box|serveur|server|app|screen|ecran|souris"
    r"|mouse|modem|plante?|poisson|hamster|laptop|computer|link|website|network|printer)(?= )"
)
_KIN_OF_OLD = re.compile(
    r" (?:hereditaire|voisine? de (?:chambre|lit)|mort de (?:ca|cela)|antecedent\w*|genetique"
    r"|meme maladie|family history)(?= )"
)
_WANTS = re.compile(
    r" (?:comment|ou|quand|quel|quelle|quels|(?<!a )qui|pourquoi|combien|besoin"
    r"|(?:voudrais|souhaite\w*)(?! vous (?:dire|informer|signaler|annoncer|prevenir))"
    r"|demande(?! (?:l arret|que|de ne))"
    r"|pouvez|pourriez|pourrait|peut|how|where|when|who|why|could|can|need|certificat"
    r"|affaires|dossier|prevenus?"
    r"|puis je|dois je)(?= )"
)


def is_dead(sentence: str) -> bool:
    """Somebody says that the person has died."""
    if _GONE.search(sentence):
        return True
    return _DEAD.search(sentence) is not None and not is_figure(sentence)


def is_figure(sentence: str) -> bool:
    """``Mort de rire``, ``le lien est mort``."""
    return _FIGURE.search(sentence) is not None


def is_other_death(whole: str, *, asked: bool) -> bool:
    """A death is told, and something is asked besides: the number may be the teller's."""
    wants = _WANTS.search(whole) is not None
    return _KIN_OF_OLD.search(whole) is not None or ((asked or wants) and not _ends(whole))


def _ends(whole: str) -> bool:
    return " stop " in whole and not is_care(whole)
