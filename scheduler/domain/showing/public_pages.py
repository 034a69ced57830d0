"""The pages of our own public site: their paths, named once for links, routes and checks."""

import re
from enum import StrEnum

#: « Aide » : what we send, how to stop it, whom to ask.
HELP = "/aide"
#: « Ce message vient-il de nous ? »
VERIFY = "/verifier"
#: What we send, count and keep, how soon we tell, what left when.
PROMISES = "/engagements"
#: « Mes vrais numéros »: to print, and to fill in by hand.
SHEET = "/mes-vrais-numeros"
ACCESSIBILITY = "/accessibilite"
#: The password battle; present only where ``web.battle`` is on.
BATTLE = "/bataille"
#: Where a room's code is typed, and followed by it, the room; behind it its other pages.
ROOM = "/jouer"
ROOM_SCREEN = "ecran"
ROOM_STATE = "etat"
ROOM_NAMES = "noms"
ROOM_TEAM = "equipe"
ROOM_POINTS = "points"
#: The week's reflex, as other programs read it.
FEED = "/flux.json"
#: Double opt-in; present only when an audience is named for it.
SUBSCRIBE = "/abonnement"
#: Followed by a secret of its own: a text that three people are asked to read.
TRIO = "/lecture/"
#: Followed by a quiz's own word, the same for everybody; behind it the certificate and the sheet.
QUIZ = "/quiz/"
CERTIFICATE = "attestation"
QUIZ_SHEET = "feuille"
#: Each is followed by an opaque token or id: the web version of a message, the preferences of a
#: reader, the way out behind an e-mail's link.
WEB_VERSION = "/m/"
PREFERENCES = "/preferences/"
OPT_OUT = "/d/"


class Conformity(StrEnum):
    """What the site claims of its accessibility, as article 47 of law 2005-102 words it."""

    #: Half of the criteria or fewer are met, or no audit has measured it.
    NONE = "none"
    #: An audit found half of the criteria met at least.
    PARTIAL = "partial"
    #: An audit found every criterion met.
    FULL = "full"


#: What a text written for all its readers may link to; the others are one person's, or one
#: message's, and the program writes their links itself.
OPEN = (HELP, VERIFY, PROMISES, SHEET, ACCESSIBILITY)
_PERSONAL = re.compile(
    "(?:" + "|".join(map(re.escape, (WEB_VERSION, PREFERENCES, OPT_OUT))) + ")[A-Za-z0-9_-]+"
)


def exists(path: str, *, joining: bool) -> bool:
    """Whether our public site has a page at ``path`` (without query or fragment).

    ``joining``: whether people may subscribe there.
    """
    page = path.rstrip("/") or "/"
    if page == SUBSCRIBE:
        return joining
    return page in OPEN or bool(_PERSONAL.fullmatch(path) or _QUIZ.fullmatch(page))


_QUIZ = re.compile(rf"{re.escape(QUIZ)}[a-z][a-z0-9-]*(?:/(?:{CERTIFICATE}|{QUIZ_SHEET}))?")

#: As long as a short link's token; ``domain.names.tokens`` makes them.
_SHORT = 8


def is_played(path: str) -> bool:
    """Whether a path is of the password battle: a room full of telephones is one client's."""
    return path.startswith((f"{ROOM}/", f"{BATTLE}/"))


def is_way_out(path: str) -> bool:
    """Whether a path is one by which people leave, or a provider says that somebody does: when
    there is no more room, these are the last to be refused."""
    if path.startswith((OPT_OUT, PREFERENCES, "/receipts/")):
        return True
    return len(path) == _SHORT + 1 and path[1:].isalnum() and path not in OPEN
