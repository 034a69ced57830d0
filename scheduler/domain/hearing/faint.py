"""The faintest hints of leaving: words that end, go or scorn, and a no beside our messages.

Where no subject is plain, a text that has one isn't passed over, whatever else it says.
"""

import re

from scheduler.domain.hearing.reading import several

#: Words that end something, by their beginnings.
_BEGINNINGS = (
    *("stop", "arret", "aret", "cess", "supprim", "suprim", "retir", "enlev", "effac", "efac"),
    *("quitt", "annul", "cancel", "resil", "resig", "coup", "bloqu", "block", "desact", "deact"),
    *("debranch", "eteign", "desab", "desin", "unsub", "unenrol", "delet", "remov", "escap"),
    *("oubli", "laiss", "lach", "degag", "exclu", "suspend", "interromp", "abandon", "renonc"),
    *("refus", "declin", "ignor", "epargn", "evit", "dispens", "clotur", "termin", "tranquil"),
    *("harcel", "spam", "saoul", "soul", "gonfl", "chiant", "penib", "lass", "fatigu", "relou"),
    *("insist", "suffi", "interess", "plaint", "polic", "signal", "report", "inutil", "useless"),
    *("ridicul", "debil", "stupid", "idiot", "infantil", "blabla", "arach", "arrach", "gaspill"),
)
_WORDS = several(
    "end ends ending over done enough basta exit leave leaving out off quit fin fini finie finis"
    " finir ciao tchao adieu bye goodbye farewell halte pars partir parti partie sortir sortez"
    " sortie dehors porte nul nulle zero pause paix calme silence taire marre assez ras bol raye"
    " rayez radiez vire virez jete poubelle trash bin mute pass passe passer passerai"
    " prefere plutot sort sors jusqu continuation ailleurs elsewhere promis promised regle reglee"
    " prefer mieux better impots argent lecons lecon morale sert servent droit plus besoin need"
    " coupe coupez bouton button touche type tape dernier derniere last"
)
#: What takes somebody off a list, beside whatever subject.
_TAKING_OFF = (
    *("supprim", "suprim", "retir", "enlev", "effac", "efac", "desab", "desin", "unsub", "unenrol"),
    *("delet", "remov", "resil", "raye", "vire"),
)
#: Of these, what is much else beside an appointment, an illness, a machine.
_EVERYDAY = several("plus jusqu besoin need passe passer mieux droit")
#: A thing forgotten, and somebody who left a moment ago.
_THING_FORGOTTEN = re.compile(
    r" (?:(?:ai|a|avons|avez|avoir) oubli\w* (?:de|mon|ma|mes|le|la|l|un|une|i forgot)"
    r"|partie? (?:il )?y a \d+ (?:min\w*|h\w*)|partie? (?:en|a) \w+)(?= )"
)
#: Gone for good, elsewhere, enough; somebody else's appointment.
_FOR_GOOD = re.compile(
    r" (?:viendrai (?:plus|pas plus|jamais)|viens plus|toute l annee|dossier (?:est )?(?:clos|ferme"
    r"|a transferer)|(?:envie|respect\w*|moque\w*|connait|metier|etranger|bonne route|pourquoi moi"
    r"|vendu|cave|trop vie(?:ux|ille)|\d+ ans|a mon age|grille|a la tete)"
    r"|(?:rdv|rendez vous) (?:\w+ ){0,2}?pour (?:mon|ma|son|sa) (?:ex|voisin\w*)|patient non"
    r"|(?:votre|your|ce|cet) \w+ (?:\w+ ){0,3}?(?:arnaque|scam|fake|bidon)"
    r"|pour (?:sortir|partir|quitter|finir)|no doctor|doctor is in|suivie? a"
    r"|soignee? (?:a|ailleurs))(?= )"
)
_PASSWORD = re.compile(r" mots? de passe(?= )")
#: Who has nothing to read us with.
_HAS_NONE = re.compile(
    r" (?:pas|ni|plus|no|any|sans) (?:d |de |un |une )?(?:internet|ordi\w*|pc|smartphone|mails?"
    r"|email|computer|wifi)(?= )"
)
#: Thanks, and then.
_THANKS_BUT = re.compile(
    r" (?:merci|remercie|thanks?|bravo|gentil\w*) (?:\w+ ){0,12}?(?:mais|but|par contre|cependant"
    r"|toutefois|however|cela dit)(?= )"
)
_NO = re.compile(
    r" (?:pas|plus|pu|jamais|rien|aucune?|non|no|not|never|don t|dont|sans|ni|reste|rest|autres?"
    r"|sauf|except|seule?ment|uniquement|only|juste|just|que (?:pour|si|les|des|mes))(?= )"
)
_OURS = re.compile(
    r" (?:sms|textos?|texts?|messages?|msgs?|conseils?|rappels?|reminders?|newsletters?|pubs?"
    r"|alertes?|notifs?|campagnes?|listes?|numero|contact\w*|(?:m|me|nous) (?:ecri\w*|envoy\w*"
    r"|embet\w*|contact\w*)|recevoir)(?= )"
)


def could_leave(whole: str) -> bool:
    """A word that ends, goes or scorns is in it."""
    words = _PASSWORD.sub("", whole).split()
    return refuses_ours(whole) or any(one in _WORDS or one.startswith(_BEGINNINGS) for one in words)


def could_leave_care(whole: str) -> bool:
    """The same beside a plain subject that is told, where everyday words say nothing."""
    rest = _THING_FORGOTTEN.sub(" ", whole)
    return could_leave(" ".join(one for one in rest.split() if one not in _EVERYDAY))


def is_for_good(whole: str) -> bool:
    """Gone for good, or elsewhere."""
    return _FOR_GOOD.search(whole) is not None


def takes_off(whole: str) -> bool:
    """Somebody may be taken off a list."""
    return any(
        one.startswith(_TAKING_OFF) and not one.startswith("virement") for one in whole.split()
    )


def names_ours(whole: str) -> bool:
    """Our messages, or whose number it is."""
    return _OURS.search(whole) is not None


def refuses_ours(whole: str) -> bool:
    """A no, or an only, beside our messages; thanks that aren't all; nothing to read them with."""
    if _HAS_NONE.search(whole) or _THANKS_BUT.search(whole):
        return True
    return _NO.search(whole) is not None and names_ours(whole)
