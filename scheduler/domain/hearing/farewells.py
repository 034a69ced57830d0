"""Ways of taking leave that name nothing: asked how, wound up, found useless, said for kin.

None is sure enough to be an order; whoever says one is held at least, and weighed.
"""

import re

_PLAIN = (
    r"desabon\w*|desinscri\w*|unsub\w*|opt(?:ing)? out|opt me out|(?:ne )?(?:plus|pas)"
    r" (?:rien |les |en |vos |avoir ){0,3}(?:recevoir|avoir (?:ces|vos))"
    r"|sortir (?:de|d) (?:la|cette|votre) liste"
    r"|arreter (?:ces|vos|les) (?:sms|textos?|messages?|envois?)"
    r"|stop (?:these|getting|receiving|your)|get off (?:this|your|the)"
)
_OUT = (
    rf"(?:{_PLAIN}|resilier|(?:ne )?(?:plus|pas) etre (?:contact\w*|embet\w*)|sortir d|arreter"
    r"|stopper|cesse[rz]?|(?:ca|cela|tout) (?:s )?arrete|make (?:it|this|these|them) stop"
    r"|stop (?:it|this|them|you)|get out|be removed|se retirer|me retirer)"
)
_ELSE = (
    r"(?:netflix|newsletters?|amazon|spams?|arnaques?|pubs?|fumer|smoking|boire|bleeding|saign\w*"
    r"|trait\w*|medic\w*|maj|mises?|appels?|calls?|scams?|mails?|emails?)"
)
#: How to leave is asked for; what one stops beside is somebody else's to say.
_HOW = re.compile(
    r" (?:comment|how|ou|where|quel|quelle|quoi|que|what|which|possible|peut on|moyen|way)"
    rf" (?:\w+ ){{0,8}}?{_OUT}"
    rf"(?= (?!(?:\w+ ){{0,2}}?{_ELSE}(?= )))"
)
#: The same in words that only a list has.
_HOW_PLAIN = re.compile(
    r" (?:comment|how|ou|where|quel|quelle|quoi|what|which|what s) (?:\w+ ){0,8}?"
    rf"(?:{_PLAIN})(?= (?!(?:\w+ ){{0,2}}?{_ELSE}(?= )))"
)
_SAID = tuple(
    re.compile(pattern)
    for pattern in (
        # Wound up, politely or not.
        (
            r" (?:ce sera tout|(?:on|s|je|va) (?:va )?(?:s )?arrete\w* (?:la|ici)|restons en"
            r"|en rester la|en reste la|c est bon (?:on|j|la|je)|on a compris|that ll do"
            r"|that will do|i m good|we re good|im good|ca ira comme ca|ca ira merci|ma dose"
            r"|suffira|suffisant|le dernier|the last one|la derniere fois|last time"
            r"|final warning|dernier avertissement)(?= )"
        ),
        # Of no use, and a disturbance.
        (
            r" (?:(?:sert|servent|servira|sers) a (?:rien|quoi|que dalle)|(?:waste|wasting)"
            r" (?:of|my|your)|pointless|perd\w* (?:votre|ton|mon) temps"
            r"|(?:laiss\w*|let) (?:\w+ ){0,3}?(?:dormir|sleep|tranquilles?)|reveill\w*|sacre"
            r"|trop de (?:sms|messages|textos)"
            r"|too many (?:texts|messages)|every (?:sunday|week|day)"
            r"|tous les (?:dimanches|jours))(?= )"
        ),
        # For one's kin.
        (
            r" (?:contact\w*|ecri\w*|envoy\w*|text\w*|messag\w*|importun\w*) (?:\w+ )?"
            r"(?:plus|pas|pu) (?:\w+ ){0,3}?(?:mon|ma|mes|notre) (?:fils|fille|mari|femme"
            r"|mere|pere|enfants?|parents?|frere|soeur|grand\w*"
            r"|maman|papa|mamie|papi|papy|tante|oncle)(?= )"
        ),
        # Found in a file, and not willing.
        r" (?:fichee?s?|mon contact|ma fiche|my file|blacklist\w*|liste noire)(?= )",
        # Threatened with, if another comes; wanted no more; left alone.
        (
            r" (?:prochain\w*|encore un\w*|si (?:ca|cela|vous) continue\w*|sinon|si j en recois"
            r"|next one|one more|another one|or else) (?:\w+ ){0,6}?(?:plainte|main courante|avocat"
            r"|huissier|gendarm\w*|police|procureur|direction|cnil|33700|signal\w*|bloqu\w*|lawyer"
            r"|report\w*|block\w*|complain\w*|solicitor)(?= )"
        ),
        (
            r" (?:(?:n )?en (?:veu\w*|voul\w*|souhait\w*|desir\w*) (?:plus|pas|aucun\w*)"
            r"|(?:me|nous|lui|la|le) (?:lachiez|laissiez|lachez|oubliiez|fichiez|foutiez)"
            r"|(?:vous|tu) (?:me |nous )?(?:taire|calmer|taisez|taise|calmez)"
            r"|(?:numeros?|vous) (?:a |vais |va )?bloquer"
            r"|(?:eu|recu) (?:mon compte|ma dose|mon lot|mon quota)"
            r"|had (?:my fill|enough|my share))(?= )"
        ),
        # Nothing, and that said twice.
        r" (?:rien nada|nada nada|nada que dalle|rien que dalle|rien de rien)(?= )",
        # The way out, and the cord pulled.
        (
            r" (?:sortie|exit|porte de sortie|way out)"
            r"(?= (?:c est |is |est )?(?:par )?(?:ou|where|svp))"
        ),
        (
            r"^ (?:\w+ ){0,10}?(?:coupez|debranchez|eteignez|raccrochez)"
            r"(?= (?:tout |moi |ca |svp |merci )?$)"
        ),
        # Taken back: ``oui, enfin non``.
        (
            r" (?:oui|ok|yes|start|merci) (?:\w+ ){0,2}?(?:enfin|en fait|pardon|finalement|ah)"
            r" (?:non|stop|no)(?= )"
        ),
        r" (?:start|oui|yes) (?:non|no|pardon|sorry) stop(?= )",
    )
)


def is_asked_how(whole: str) -> bool:
    """``Comment on fait pour se désabonner ?``."""
    return _HOW.search(whole) is not None


def asks_out(whole: str) -> bool:
    """The same of a list of ours: whoever asks it is leaving."""
    return _HOW_PLAIN.search(whole) is not None


def is_taken(whole: str) -> bool:
    """Leave is taken, perhaps."""
    return any(pattern.search(whole) for pattern in _SAID)
