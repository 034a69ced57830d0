"""What speaks against an order: it is somebody else's, about something else, or the contrary."""

import re

#: What speaks against: our reader wants them, or speaks of somebody else's messages.
_WANTED = re.compile(
    r" (?:re ?abonn\w*|re ?inscri\w*|reinscri\w*|reactiv\w*|resubscri\w*|re subscribe"
    r"|sign me up|remettez moi"
    r"|stop par erreur|stop by mistake|(?:desabonne\w*|desinscrit\w*|stop|unsubscribed)"
    r" (?:\w+ ){0,3}?(?:par erreur|by mistake|by accident)|sans faire expres|par megarde"
    r"|je les veux|want them back|need them|still want (?:it|them)|(?:love|adore"
    r"|aime) (?:bien )?(?:these|vos|ces|your|those)"
    r"|no longer (?:get|receive|getting|receiving)|recommencez"
    r"|pourquoi je (?:ne )?(?:les )?(?:recois|recoi) (?:plus|pas|rien)"
    r"|(?:ai|a|avons) plus (?:de |d |vos |les |aucun )?(?:messages?|sms|textos?|conseils)"
    r" (?:pourquoi|depuis)|pourquoi (?:je |j |on )(?:n )?(?:ai|a) plus (?:de |d |vos |les )\w+"
    r"|(?<!n )(?:envoyez|donnez) (?:moi|nous) plus (?:d|de) \w+|(?:send|give) (?:me |us )?more"
    r"|(?:voudrais|aimerais|souhaite|souhaiterais|would like|like) (?:avoir |recevoir )?plus"
    r" (?:d |de )(?:infos?|informations?|details?|precisions?|explications?|conseils)"
    r"|recois (?:plus"
    r"|pas) vos|continuez (?:comme|ainsi|svp|s il)|keep (?:them|it) (?:coming|up|going)"
    r"|please keep sending|ne changez rien|m abonner|m inscrire|(?:veux|souhaite|voudrais"
    r"|aimerais) (?:bien |toujours |continuer a )?(?:les )?recevoir (?:vos|les|ces"
    r"|toujours|de nouveau)|veux (?:bien )?recevoir(?= $)|veux toujours|still want"
    r"|veux bien (?:vos|les|continuer)|i want to (?:receive|get|keep)|plus souvent"
    r"|(?<!vous )(?<!tu )n arrete[rz]? (?:surtout )?pas (?:vos|de m|les|l envoi)"
    r"|(?:don t|dont|do not|please don t) (?:want to |wish to )?(?:stop (?:the|these"
    r"|sending|texting|your|receiving|getting)|remove|unsubscribe|take me off)"
    r"|(?<!vous )(?<!tu )(?:ne|n) (?:me |m |les )?(?:supprim\w*|retir\w*|enlev\w*|desab\w*"
    r"|desinsc\w*"
    r"|efface\w*|stoppe\w*|arrete\w*) (?:surtout |moi )?pas"
    r"|(?:pas|plus) (?:que vous |envie d |envie de |me |m )?(?:arreti\w*|arreter"
    r"|desinscri\w*|desabon\w*) (?:vos|de|les|pas|$))(?= )"
)
#: The order to go on: what negates a word of leaving takes it away. ``Vous n'arrêtez pas de
#: m'écrire`` is none.
_GO_ON = re.compile(
    r"(?: (?:please )?(?:don t|dont|do not|never) (?:ever )?(?:stop|remove|unsubscribe|take me off"
    r"|delete|quit|cease)(?: (?:sending|texting|me|these|the|your|it|them|this)){0,2}"
    r"|(?<!vous)(?<!tu)(?<!ils)(?<!elles) n (?:arrete[rz]?|stoppe[rz]?"
    r"|cesse[rz]?) (?:surtout )?(?:pas|jamais)"
    r"(?: (?:vos|ces|les|de m envoyer|de m ecrire|l envoi))?"
    r"|^ (?:(?:non|oui|ok|merci|svp|s il vous plait|surtout|et|mais|please|ah) )*(?:arrete[rsz]?"
    r"|stoppe[rz]|cesse[rz]|coupe[rz]|suspende[rz]) (?:surtout )?(?:pas|jamais)"
    r"(?! (?:(?:de|d) (?:sms|textos?|messages?|pubs?|spams?|mails?) $|interess\w*|besoin|envie"
    r"|d accord|concerne\w*|demande\w*|souhait\w*|veu\w*|ca|plus|recevoir|envoyer|ecrire))"
    r"(?: (?:vos|ces|les|de m envoyer|de m ecrire|l envoi))?"
    r"|^ (?:(?:non|svp|surtout|et|mais|ah) )*(?:me |m |nous )?(?:supprime[rz]?|retire[rz]?"
    r"|enleve[rz]?|desabonne[rz]?|desinscrive[rz]?|efface[rz]?|vire[rz]?) (?:moi |nous |me )?"
    r"(?:surtout )?pas"
    r"|(?<!vous)(?<!tu) ne (?:me |m |nous )?(?:supprime[rz]?|retire[rz]?|enleve[rz]?"
    r"|desabonne[rz]?"
    r"|desinscrive[rz]?|efface[rz]?|stoppe[rz]?) (?:surtout |moi )?pas)(?= )"
)
_ELSEWHERE = re.compile(
    r" (?:faux|fausse|fake|suspect\w*|suspicious|phish\w*|hameconn\w*|fraud\w*"
    r"|frauduleu\w*|colis|ameli|banque|bank"
    r"|delivery|parcel|tax office|impots|netflix|chronopost|la poste|mondial relay|paypal"
    r"|cpf|vinted|amazon|orange"
    r"|sfr|bouygues|piege|scammer\w*|from those|un mail|un sms|a text|an email|a message"
    r"|un message|carte bleue"
    r"|arnaque\w*|scam|danger|escroc\w*|legit|spams|appels|demarchages?|facebook|whatsapp"
    r"|instagram|doctolib|mutuelle|edf|facture|antai|amende|leboncoin)(?= )"
)
_SWINDLE = re.compile(
    r" (?:faux|fausses?|fake|frauduleu\w*|arnaques?|scams?|colis|suspects?"
    r"|suspectes?)(?= )"
)
_TOLD_US = re.compile(
    r" (?:vos|ces|tes|vous|tu|your|these|you|arrete[rz]?|stop|cessez|cesser|retire[rz]?"
    r"|enleve[rz]?"
    r"|supprime[rz]?|desabonne[rz]?|remove|unsubscribe)(?= )"
)
#: Somebody asks of their own act, or another's: nobody is told to do anything.
_ASKS = re.compile(
    r" (?:dois je|doit on|puis je|peut on|faut il|should i|should we|can i|may i|do i"
    r"|est ce que je"
    r"|(?:j ai|je viens de|on a|nous avons|i ve|i have|i just) \w+)(?= )"
)
_OWN_ACT = re.compile(
    r" (?:dois je|doit on|je dois|on doit|puis je|je peux|peut on|on peut|faut il|il faut"
    r"|faut|should i|should we|can i|may i|do i"
    r"|am i (?:supposed|allowed)|est ce que je|(?:j ai|je viens de) \w+|je continue ou"
    r"|ou (?:j |je )(?:l )?(?:arrete|continue|stoppe|attends|garde)|comment|how do (?:i"
    r"|you)|how to|how can i"
    r"|je clique|i click|ou pas|c est un piege|is it (?:ok|safe)|qui (?:retire|enleve)"
    r"|who (?:removes|takes)|quand|when)(?= )"
)
#: What one may leave, and isn't ours.
_OTHER_LIST = re.compile(
    r" (?:atelier\w*|(?<! en )cours|formation\w*|seance\w*|webinaire\w*|reunion\w*|conference\w*"
    r"|groupe de parole"
    r"|etude|essai|workshop\w*|class|classes|trial|study|course|training|session|planning"
    r"|garde|gardes|self|waiting list|operating list|theatre list|liste d attente"
    r"|liste de garde|liste electorale|cantine"
    r"|creche|concours|tombola|don du sang|registre|medecin|ameli|operatoire)(?= )"
)
_REQUEST = re.compile(
    r" (?:pouvez|pourriez|merci de|svp|s il vous plait|veuillez|please|can you|could you)(?= )"
)
#: Lists that aren't ours, though they are lists.
_THEIRS = re.compile(
    r" (?:waiting list|operating list|theatre list|liste d attente|liste de garde"
    r"|liste electorale|planning)(?= )"
)
_ABOUT_SELF = re.compile(
    r" stop (?:merci |svp |car |puisque |parce que )?(?:je (?:ne )?(?:suis|n|vais"
    r"|travaille)|j habite|i m|i am|im|i ve)(?= )"
)
_TOLD = re.compile(
    r" (?:(?:il|elle|on|me|medecin|docteur|dr|chirurgien|he|she|they|doctor|nurse)"
    r" (?:\w+ ){0,2}?(?:dit|demande|said|told|says|asks?)"
    r"|a dit|ont dit|disent|faut dire)(?= )"
)


def is_wanted(whole: str) -> bool:
    """Somebody wants our messages, or wants them back."""
    return _WANTED.search(whole) is not None


def without_going_on(sentence: str) -> str:
    """A sentence without ``don't stop`` and its like."""
    return _GO_ON.sub(" …", sentence)


def is_elsewhere(whole: str) -> bool:
    """Somebody else's messages are spoken of, mostly a swindler's."""
    return _ELSEWHERE.search(whole) is not None


def is_swindle(sentence: str) -> bool:
    """A swindler's messages are meant, and nobody is told to stop any."""
    return _SWINDLE.search(sentence) is not None and _TOLD_US.search(sentence) is None


def is_own_act(sentence: str) -> bool:
    """Somebody asks what they themselves should do."""
    return _OWN_ACT.search(sentence) is not None


def asks(sentence: str) -> bool:
    """The same in so many words, where no question mark says it."""
    return _ASKS.search(sentence) is not None


def is_request(sentence: str) -> bool:
    """Somebody is asked to act."""
    return _REQUEST.search(sentence) is not None


def is_theirs(sentence: str) -> bool:
    """A list that isn't ours."""
    return _THEIRS.search(sentence) is not None


def is_about_self(sentence: str) -> bool:
    """A reason to leave follows: ``STOP je suis…``."""
    return _ABOUT_SELF.search(sentence) is not None


def is_told(sentence: str) -> bool:
    """Somebody else said it."""
    return _TOLD.search(sentence) is not None


def is_other_list(sentence: str) -> bool:
    """A workshop, a study: one may leave it, and it isn't ours."""
    return _OTHER_LIST.search(sentence) is not None
