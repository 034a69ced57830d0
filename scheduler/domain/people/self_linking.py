"""Texts that a mail program or a telephone turns into a link by itself.

Nobody is called ``www.gains-exemple.fr``. Such a name in a contact file would put somebody else's
link under our sender's name, however well it is escaped: the link is made by the reader's program.
"""

import re
import unicodedata

from scheduler.domain.people.top_level_names import GENERIC

#: Most names, told at once: no dot of any script, no colon, no figure.
_NOTHING = re.compile(r"(?:[^\W\d]|[ '’\-,()&])*")
#: ``https://…``, ``mailto:…``, ``tel:…``
_SCHEME = re.compile(r"://|\b(?:https?|ftp|mailto|tel|sms|javascript|data|file):\S", re.IGNORECASE)
_WWW = re.compile(r"\bwww\d?\.[^\W_]", re.IGNORECASE)
_AT = re.compile(r"[^\s@]@[^\s@]+\.[^\W\d_]{2,}")
_IP = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
#: A label of two signs or more, a dot, and what may be a top-level domain.
_NAME = re.compile(
    r"[^\W_][\w-]{0,61}[^\W_]\.(?=(xn--[a-z0-9-]{1,59}|(?:[^\W\d_]|[\u0900-\u0e7f]){2,24})(?![\w-]))",
    re.IGNORECASE,
)
#: ``t.me/…``, ``x.com``: of one letter, which a person's initial is too, only these.
_SHORT = re.compile(r"\b\w\.(?:(?:com|net|org|me|co|ly)\b|[a-z]{2,}/)", re.IGNORECASE)
#: A number that a telephone would dial.
_NUMBER = re.compile(
    r"(?<!\d)(?:(?:\+|00)\d(?:[ .\-()/]{0,2}\d){8,13}|0[1-9](?:[ .\-/]?\d{2}){4})(?!\d)"
)
#: Dots of other scripts that programs read as one.
_DOTS = str.maketrans("。．｡․", "....")

#: Those of two letters that are countries'. "Dr.Martin" and "M.-P." end in none, and in none of the
#: others.
_COUNTRIES = frozenset(
    """
    ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs
    bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee
    eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm
    hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb
    lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz
    na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs
    ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl
    tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw
    """.split()  # noqa: SIM905 (a list of two hundred lines says less)
)


def links_itself(text: str) -> bool:
    """Whether a program that shows ``text`` may make a link, a mail or a call of it.

    ``J.-P.``, ``St. Pierre`` and ``Dr.Martin`` don't; ``Gains.com``, ``Dr.House`` (``.house`` is a
    domain) and ``06 39 98 12 34`` do.
    """
    if _NOTHING.fullmatch(text):
        return False
    plain = unicodedata.normalize("NFKC", text.translate(_DOTS))
    if _SCHEME.search(plain) or _WWW.search(plain) or _AT.search(plain) or _IP.search(plain):
        return True
    if _NUMBER.search(plain):
        return True
    if _SHORT.search(plain):
        return True
    return any(
        match[1].lower() in _COUNTRIES or match[1].lower() in GENERIC or match[1][:4] == "xn--"
        for match in _NAME.finditer(plain)
    )
