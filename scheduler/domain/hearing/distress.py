"""Pain, fear, an emergency: nobody leaves by them, and nobody is left without an answer."""

import re

_DISTRESS = re.compile(
    r" (?:suicid\w*|want to live|can t (?:go on|do this)|harcelee? (?:par|au)|me harcele"
    r"|harcelement au"
    r"|vaut plus|a quoi bon|rejoindre|fin a mes|me pendre|les veines|me foutre en l air"
    r"|me jeter|better off dead"
    r"|reason to live|kms|mourir|crever|me tuer|tuer|tue(?! l)|en finir|mes jours|plus envie de"
    r" (?:vivre|rien)"
    r"|disparaitre|sers a rien|take it any ?more|take this any ?more|envie de vivre|plus vivre"
    r"|de vivre|idees noires|a bout|plus la force"
    r"|kill\w*(?! the (?:cyber|texts?|sms|sunday|tips|rest))"
    r"|(?<!type to )(?<!text to )(?<!send to )end it(?: all)?|end my life|want to die|dying"
    r"|die|hurt\w*|(?<!what a )(?<!such a )pain|suffer\w*|hopeless|desesper\w*"
    r"|souffr\w*|j ai mal|tres mal"
    r"|trop mal"
    r"|douleur\w*|pleure\w*|me frappe\w*|frapper|frappe|viol\w*|battue?|agress\w*|cachets"
    r"|overdose"
    r"|malaise|saigne\w*|bleed\w*|respir\w*|etouff\w*|poitrine|chest|heart attack|avc"
    r"|infarctus"
    r"|m aide|help me|aidez moi|aide moi|au secours|sos|samu|smur|tombee? par terre"
    r"|suis tombee?|je craque"
    r"|peur|scared|afraid|alone in|me sens seule?|desespoir|deprim\w*|depress\w*"
    r"|angoiss\w*"
    r"|(?:ca|cela) s arrete|faire du mal|make it stop|m ecoute|breathe?\w*"
    r"|en peux plus(?! (?:de|d) (?:vos|ces|tes|recevoir|ce genre|ca|vous)))(?= )"
)
_DEADLY = re.compile(
    r" (?:suicid\w*|mourir|me tuer|en finir|mes jours|envie de (?:vivre|mourir|rien)"
    r"|disparaitre|me pendre"
    r"|les veines|me foutre en l air|me jeter|sauter du|better off dead|reason to live|kms"
    r"|arreter de vivre|kill (?:me|myself)"
    r"|end it all|end my life|want to die|me frappe\w*|cachets|heart attack|au secours"
    r"|viole\w*"
    r"|etouffe\w*|poitrine)(?= )"
)
#: Said to nobody, or to everybody; ``adieu les pirates`` and ``sans moi, adieu`` are none.
_FAREWELL = re.compile(
    r"^ (?:\w+ )?adieu (?:(?:a )?(?:tous|toutes|tout le monde|la vie|le monde|monde|mes \w+|maman"
    r"|papa) )?$"
)


def is_distress(sentence: str) -> bool:
    """Pain, fear, an emergency: never an order, never met with silence."""
    return _DISTRESS.search(sentence) is not None or _FAREWELL.search(sentence) is not None


def is_deadly(sentence: str) -> bool:
    """So grave that even a clear order beside it is for a person."""
    return _DEADLY.search(sentence) is not None or _FAREWELL.search(sentence) is not None
