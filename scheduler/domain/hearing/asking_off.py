"""More ways of asking to be left out: being taken off, out of a list, out of the loop."""

import re

from scheduler.domain.hearing.objects import LISTS

#: Taken off, as a participle.
_OFF = (
    r"(?:retire|enleve|supprime|efface|raye|radie|ote|exclu|sorti|oublie|desinscrit|desabonne"
    r"|bloque|removed|taken off|deleted|left out|unlisted|excluded)(?:e|es|s)?"
)
_SURE = tuple(
    re.compile(pattern)
    for pattern in (
        # I would like to be taken off; I asked you to stop.
        (
            rf" etre (?:\w+ )?{_OFF}(?= (?!(?:de la|du|d un|de l) (?:garde|bloc|rdv|rendez"
            rf"|planning|atelier)))"
        ),
        rf" (?:be|get|been) (?:\w+ )?{_OFF}(?= )",
        (
            r" (?:asked|told|begged|want|need|like|wish|asking|telling|begging) (?:you"
            r"|you guys|them"
            r"|you all|your \w+) (?:\w+ )?to (?:please )?(?:stop|quit|cease|remove|take me"
            r"|leave me)"
            r"(?= (?!(?:the|my|taking|giving) (?:med|pill|treat|drip|pain)))"
        ),
        (
            r" (?:demande|dis|prie|supplie|avais dit|ai dit|ordonne) (?:\w+ ){0,3}?(?:d|de"
            r"|que vous)"
            r" (?:m |me |nous )?(?:arret\w*|cess\w*|stopp\w*|interrompre|retir\w*|enlev\w*"
            r"|suppr\w*|laisser|desinsc\w*|desab\w*)(?= (?!(?:de|le|la|l|mon|ma|mes|les) (?:med"
            r"|trait|fum|manger|boire|alcool|cig|bouger|pren|plain)))"
        ),
        # Somebody of mine.
        (
            r" (?:retir\w*|enlev\w*|suppr\w*|effac\w*|desinscri\w*|remov\w*|take|delete) (?:ma"
            r"|mon|mes|notre"
            rf"|nos|my|our) \w+ (?:\w+ )?(?:de|des|du|from|off) (?:\w+ ){{0,3}}?(?:{LISTS}"
            rf"|this|these|it)(?= )"
        ),
        # Off the list, out of the loop.
        (
            r" (?:get|take|taking|keep|leave|want|drop|pull|strike|remove|cut) (?:me|us|my \w+"
            r"|this"
            rf" \w+) (?:\w+ )?(?:off|out|out of|from|off of) (?:\w+ ){{0,3}}?{LISTS}(?= )"
        ),
        (
            r" (?:get|take|keep|leave|drop|remove|delete|count) (?:me|us) (?:off|out|from"
            r"|off of|out"
            r" of) (?:this|these|that|it|your \w+|all this|everything)(?= )"
        ),
        (
            rf" (?:gard\w*|laiss\w*|tene?z|mett\w*|tenir) (?:moi|nous) (?:\w+ )?(?:hors|en dehors"
            rf"|a l ecart|loin) "
            rf"de (?:\w+ ){{0,3}}?{LISTS}(?= )"
        ),
        (
            r" (?:retir\w*|enlev\w*|suppr\w*|desinscri\w*|desabon\w*|ray\w*|remov\w*|effac\w*)"
            r" (?:moi|nous|me|us) (?:\w+ )?(?:manuellement|manually|vous meme|vous memes|a la main"
            r"|yourself|yourselves|by hand|direct\w*|definitiv\w*|de partout|partout|please)(?= )"
        ),
    )
)


def is_asked_off(sentence: str) -> bool:
    """``J'aimerais être retirée``, ``get me off this list``."""
    return any(pattern.search(sentence) for pattern in _SURE)
