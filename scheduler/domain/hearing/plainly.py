"""Orders that can't be anything else: every word of them is of leaving, of us or of courtesy.

They alone close service messages too: a keyword alone, ``désabonnez-moi de votre liste svp``. With
a word that stands for anything else (a magazine, a record, a saying) the series is over, and what
belongs to care goes on until a person has read it.
"""

import re

from scheduler.domain.hearing import context, keywords, objects
from scheduler.domain.hearing.reading import Text, several

#: Whoever speaks, is spoken to and is written about; what a refusal is made of.
_SMALL = several(
    "je j me m moi mienne on nous vous tu te toi lui leur vos votre tes ton mes mon ma ce cet cette"
    " ces ca sa cela en y au aux a par sur dans via avec l la le les des du que qu ne n pas plus pu"
    " plu jamais point rien aucun aucune sans ni d s il elle sms tout autre autres ici c est soit"
    " sois etre fait faites faire mettre mettez met mets fin besoin interesse interessent"
    " genre sorte type hors surtout totalement completement desormais dorenavant par pour"
    " i my mine us you your ur these those this that any anymore more all no not do don t dont from"
    " on off to at out for by it get getting got be want wish would like need never ever again"
    " being with sending receiving fully completely"
    " aide help part envie fois chaque derniere dernier deuxieme troisieme seconde premiere"
    " 06 07 desolee desole manuellement adieu"
)
#: Whatever somebody wants, asks and may.
_WISHES = (
    r"(?:ve(?:ux|ut|u)|voul\w*|voudr\w*|souhait\w*|desir\w*|aimer\w*|demand\w*|prefer\w*|pouv\w*"
    r"|pouriez|pourr(?:iez|ais)|veuill\w*|priere|prie\w*|exige\w*|refus\w*|oppos\w*|accept\w*|autoris\w*"
    r"|can|could|would|kindly|want\w*|ask\w*|request\w*|consent\w*)"
)
#: What we send, and where its readers stand.
_OURS = (
    r"(?:sms\w*|textos?|textes?|texts?|txts?|messages?|mesages?|msgs?|mess?ages?|mms|mails?|envois?"
    r"|notif\w*|alertes?|alerts?|campa[gi]\w*|pubs?|publicit\w*|spams?|listes?|lists?|listing"
    r"|mailing|newsletters?|diffusions?|destinataires?|contacts?|prospections?|sollicit\w*|relances?"
    r"|abonnements?|inscriptions?|subscriptions?|subs?|fichiers?|bases?|database|repertoires?"
    r"|inscrite?s?|abonne[es]?\w*|demarchages?|communications?|marketing|cyber\w*|reflexes?|numeros?|num|tel|telephones?"
    r"|portables?|mobiles?|lignes?|number|phone|cell|coordonnees|chu|hopital|hospital|clinique"
    r"|conseils?|astuces?|tips|conneries|betises|trucs?|programmes?|system\w*)"
)
_PLAIN = re.compile(
    rf"(?:{_WISHES}|{_OURS}|{objects.STOPPING}|{objects.TAKING_OFF}|{objects.WRITING}"
    rf"|{objects.TO_WRITE}|{objects.WRITE})"
)
#: A no before or behind the verb of leaving itself, with its ``ne`` or without.
_KEPT = re.compile(
    rf" (?:(?:pas|jamais|surtout|never|not|don t|dont|no) (?:m |me |nous |moi |vous )?"
    rf"(?:{objects.STOPPING}|{objects.TAKING_OFF}|des(?:ab|in)\w*|unsub\w*)"
    rf"|(?:ar+et\w*|stop\w*|cess\w*|des(?:ab|in)\w*|{objects.TAKING_OFF}|suspend\w*|coupe[rz]?"
    rf"|bloqu\w*|annul\w*) (?:moi |nous |me )?(?:surtout )?(?:pas|jamais)"
    r"(?! (?:de (?:sms|textos?|messages?|pubs?|spams?) $|interesse))"
    r"|(?:mais|but) (?:pas|not) (?:de |des |d |from )?(?:vos|tes|les|the|your) (?:sms|textos?"
    r"|messages|texts))(?= )"
)
#: More of them, perhaps; a wish, a plaster or an appointment that shall end, as far as one sees.
_OF_ALL = re.compile(
    r" (?:(?:retir|enlev|coup|supprim|annul|arrach)\w* (?:moi )?(?:ca|cela|tout)"
    r"|cancel (?:it|this|that|all|everything)|annul\w* (?:mon |l |ma |une )?inscription"
    r"|(?:l|une|cette|mon) alerte|(?:recevoir|avoir|receive|get) (?:plus|more)"
    r"|(?:want|ve(?:ux|u)|voudrais|like|wish) (?:to )?(?:out|stop|quit|leave|end|ar+et\w*|sortir"
    r"|quitter|partir|finir) $)(?= |$)"
    r"|^ (?:j ai )?(?:pas de|aucun|no|pas) messages? $|"
    r" (?:plus (?:de |d )(?:conseils?|astuces?|tips|trucs?|alertes?|rappels?)"
    r"|(?:it|all|everything|ca|tout|cela) (?:all )?(?:to (?:stop|end)|s arret\w*|se termin\w*)"
    r"|(?:j ai|on a|je suis|je me suis|j avais) (?:\w+ )?(?:des(?:ab|in)\w*|stop\w*|arret\w*))"
    r"(?= )"
)


def is_plain(said: Text) -> bool:
    """An order to us, of our messages or one's own subscription, and nothing else in it."""
    return not is_open(said.whole) and all(map(_is_plain, said.whole.split()))


def is_open(whole: str) -> bool:
    """It leaves open what shall end, or says no to ending it."""
    return any(one.search(whole) for one in (_KEPT, _OF_ALL)) or context.is_wanted(whole)


def _is_plain(word: str) -> bool:
    if word.isdigit() or word in keywords.POLITE or word in _SMALL or keywords.is_keyword(word):
        return True
    return _PLAIN.fullmatch(word) is not None
