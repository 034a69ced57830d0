"""Which number of public help is meant by the words beside it, and how one of its kind looks."""

import re
from collections.abc import Sequence

#: A number of two to four digits that one is told to call, write to, or is called by.
_SHORT = re.compile(
    r"\b(?:au|le|du|on|at|:|numero|compos\w{1,6}|appel\w{1,4}|call|dial|faites|tapez)"
    r" {1,3}(?P<n>[0-9]{2,4})(?![\d%,:]| ?(?:[0-9]|%|€|euros|ans|h\b|heures|jours|minutes|fois"
    r"|pays|signes"
    r"|[a-z]+embre|octobre|janvier|fevrier|mars|avril|mai|juin|juillet|aout)|e\b)"
)
_FIVE = re.compile(
    r"(?<![\d.,+])(?P<n>3[0-9][ .]?[0-9]{3})(?![\d%]| ?(?:[0-9]|%|€|euros)"
    r"| (?:signalements|personnes|messages|sms|appels|victimes))"
)
_EURO = re.compile(
    r"(?<!\d)(?<!\d )(?P<n>1[0-9]{2})(?![\d%]| ?(?:[0-9]|%|€|euros|ans|pays|jours|fois))"
)
#: A service that a sentence names, how its number is written, and which are right.
MEANT: Sequence[tuple[re.Pattern[str], re.Pattern[str], Sequence[str]]] = (
    (
        re.compile(r"\binfo[ -]escroqueries\b"),
        re.compile(r"(?<!\d)(?<!\d )(?P<n>[0-9](?:[ .]?[0-9]){3,9})(?![\d%]| ?[0-9])"),
        ("0805805817", "33805805817", "116006", "17"),
    ),
    (
        re.compile(
            r"\bsignal\w+[^.!?\n]{0,40}\b(?:sms|texto)\b|\b(?:sms|texto)\b[^\n]{0,60}\bsignal(?:ez|er)\b"
        ),
        re.compile(r"\b(?:au|le) (?P<n>1[0-9]{1,2})(?![\d%,]| ?[0-9]|e\b| [a-z]+bre\b)"),
        (),
    ),
    (re.compile(r"\bpompiers?\b"), re.compile(r"\ble (?P<n>1[57])\b(?= est)"), ()),
    (re.compile(r"\bpolice(?:[- ]secours)?\b"), re.compile(r"\ble (?P<n>1[58])\b(?= est)"), ()),
    (
        re.compile(
            r"\bfemmes? victimes?\b|\bviolences? (?:conjugales?|femmes|faites aux femmes)\b"
        ),
        re.compile(r"(?<![\d.,])(?P<n>3[0-9]{3})(?![\d%]| ?[0-9])"),
        ("3919", "3020", "3018", "3114"),
    ),
    (re.compile(r"\beurop\w+"), _EURO, ("112", "114", "116", "115", "119")),
    (
        re.compile(
            r"\b(?:sourde?s?|malentendante?s?|aphasi\w+|deaf|hard of hearing)\b"
            r"|\b(?:urgence|secours|emergency)\b[^.!?\n]{0,40}\b(?:sms|texto|text)\b"
            r"|\b(?:sms|texto|text)\b[^.!?\n]{0,40}\b(?:urgence|secours|emergency)\b"
        ),
        re.compile(r"(?<!\d)(?<!\d )(?P<n>1[0-9]{1,2})(?![\d%]| ?(?:[0-9]|%|€|euros|ans|h\b))"),
        ("114",),
    ),
    (
        re.compile(
            r"\b(?:sms|texto|spams?|pourriels?|message|text)s?\b[^.!?\n]{0,40}\b(?:frauduleu\w+"
            r"|suspects?|douteux|indesirables?|bizarres?|pieges?|strange|suspicious)"
            r"|\bfaux (?:sms|textos)"
            r"|\btransfer|\bforward\b|\bspam reporting\b|\bsignal\w+ (?:un|le|ce|les) (?:sms|spam"
            r"|texto)"
        ),
        _FIVE,
        ("33700",),
    ),
    (
        re.compile(r"\bescroquer\w+|\bescrocs?\b|\barnaques?\b|\bscams?\b"),
        re.compile(r"(?<!\d)(?P<n>(?:\+?33 ?\(?0?\)? ?|0[ .]?)8[ .]?[0-2](?:[ .]?\d){7})(?!\d)"),
        ("0805805817", "33805805817", "330805805817"),
    ),
    (
        re.compile(r"\bvictim\w*\b"),
        re.compile(r"(?<!\d)(?<!\d )(?P<n>11[0-9][ .-]?[0-9]{3})(?! ?\d)"),
        ("116006", "116000"),
    ),
    (re.compile(r"\bsuicid\w+|\bidees noires\b|\bdetresse\b"), _SHORT, ("3114", "15", "112")),
    (
        re.compile(
            r"\b(?:cyber)?harcelement\b|\bmineurs? en ligne\b|\badolescents? en ligne\b"
            r"|\bbullying\b"
        ),
        _SHORT,
        ("3018", "3020", "3919", "3114", "17", "119", "114"),
    ),
    (
        re.compile(r"\bpompiers?\b|\bincendie\b|\bfire (?:brigade|service)\b"),
        _SHORT,
        ("18", "112", "114"),
    ),
    (
        re.compile(r"\b(?:samu(?! social)|malaise|urgences? (?:vitales?|medicales?)|ambulance)\b"),
        _SHORT,
        ("15", "112", "114", "116117"),
    ),
    (
        re.compile(
            r"\b(?:police|gendarmerie|gendarmes)\b(?![^.!?\n]{0,20}(?:nationale? de"
            r"|de [a-z]+ville))"
        ),
        _SHORT,
        ("17", "112", "114", "3430", "3018"),
    ),
    (
        re.compile(
            r"\bsans[- ](?:abri|domicile|logement)\b|\bhebergement d'urgence\b"
            r"|\bvers un hebergement\b|\ba la rue\b"
        ),
        _SHORT,
        ("115",),
    ),
    (
        re.compile(
            r"\benfants?\b[^.!?\n]{0,20}\b(?:danger|maltrait|frapp)\w*|\benfance (?:en danger"
            r"|maltraitee)\b"
        ),
        _SHORT,
        ("119", "17", "112", "114", "3018"),
    ),
    (
        re.compile(r"\bviolences?\b|\bconjoint violent\b"),
        _SHORT,
        ("3919", "17", "112", "114", "15", "119", "3018", "3020", "3114", "116006"),
    ),
    (
        re.compile(r"\bmaltraitances?\b[^.!?\n]{0,40}\b(?:agees?|aines|handicap\w*)\b"),
        _SHORT,
        ("3977",),
    ),
    (re.compile(r"\bsamu social\b"), _SHORT, ("115",)),
    # A number of emergency that isn't there for that.
    (
        re.compile(
            r"\b(?:impots|tresor public|banque|mutuelle|assurance maladie|ameli|caf|support|colis"
            r"|wi-?fi)\b"
        ),
        re.compile(
            r"\b(?:compos\w{1,6}|appel\w{1,4}|au|faites) (?:le )?(?P<n>1(?:5|7|8|12|14|15"
            r"|19))(?![\d%,]| ?[0-9]|e\b| (?:[a-z]+embre|octobre|janvier|fevrier|mars|avril|mai"
            r"|juin|juillet|aout))"
        ),
        (),
    ),
)
