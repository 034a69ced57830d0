"""What changes of the calendar are called, in French."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time

from scheduler.domain.calendar.changes import ChangeKind, Says, Stand
from scheduler.domain.calendar.changing import Cannot
from scheduler.domain.channels import channel_label
from scheduler.domain.words.french import french_clock, french_date

#: A phrase a kind; a test finds it complete.
PHRASES: Mapping[ChangeKind, str] = {
    ChangeKind.EVENT_CREATED: "événement ajouté",
    ChangeKind.EVENT_MOVED: "événement déplacé",
    ChangeKind.EVENT_CANCELLED: "événement annulé",
    ChangeKind.HOUR_CHANGED: "heure changée",
    ChangeKind.SKIPPED: "envoi sauté",
    ChangeKind.BROUGHT_FORWARD: "envoi avancé",
    ChangeKind.ENABLED: "campagne activée",
    ChangeKind.DISABLED: "campagne désactivée",
}
#: How a change stands to config.yaml.
STANDS: Mapping[Stand, str] = {
    Stand.OVER: "en vigueur",
    Stand.IN_FILE: "le calendrier de base dit désormais la même chose",
    Stand.BEHIND: "le calendrier de base a changé depuis",
    Stand.GONE: "ce que cela change n’est plus au calendrier de base : sans effet",
    Stand.UNFIT: "ne peut plus s’appliquer : sans effet",
}
#: Why something can't be decided so, and how to mend it.
WHY_NOT: Mapping[Cannot, str] = {
    Cannot.KIT: "Choisissez un des modèles de la liste.",
    Cannot.DATE: "Donnez une date, comme 2027-03-16 (année, mois, jour).",
    Cannot.HOUR: "Donnez une heure, comme 14:30.",
    Cannot.NIGHT: (
        "Entre 2 h et 3 h, les horloges sautent ou se répètent au changement d’heure : choisissez "
        "une autre heure."
    ),
    Cannot.PAST: "Ce moment est déjà passé : choisissez-en un à venir.",
    Cannot.FAR: "C’est bien loin : choisissez une date dans les trois ans.",
    Cannot.ENDS: "L’événement finit avant de commencer : corrigez l’heure de fin ou de début.",
    Cannot.EXISTS: (
        "Cet événement existe déjà, à la même heure et pour les mêmes personnes : déplacez-le ou "
        "annulez-le, ou choisissez une autre date, une autre heure ou un autre public."
    ),
    Cannot.AUDIENCE: "Cochez au moins un public.",
    Cannot.LONG: "C’est trop long : raccourcissez.",
    Cannot.LINK: "Le lien doit commencer par https:// et rester sur un site de l’organisation.",
    Cannot.BLANK: "Les messages de ce modèle en ont besoin : remplissez ce champ.",
    Cannot.SAME: "C’est déjà ainsi : changez quelque chose, ou revenez en arrière.",
    Cannot.LEFT: (
        "C’est déjà parti, ou en train de partir : l’envoi se met en pause ou s’annule depuis sa "
        "page."
    ),
    Cannot.HELD_DATE: (
        "Des personnes ont déjà cette date : annulez l’événement, ou déplacez-le, pour qu’elles "
        "l’apprennent."
    ),
    Cannot.TWICE: (
        "Les mêmes personnes l’ont peut-être déjà reçu sous un autre nom : déplacez plutôt cet "
        "événement-là."
    ),
    Cannot.UNFIT: (
        "Le calendrier de base (config.yaml), tel qu’il est, ne le permet pas : demandez à "
        "l’informatique, « reflexe check » dit ce qui manque."
    ),
    Cannot.OUTSIDE: "C’est hors des heures permises : choisissez une heure de la plage.",
    Cannot.LATER: "Avancer, c’est choisir un jour avant celui qui est prévu.",
    Cannot.PINNED: "Ce message n’a de sens qu’à son jour : il ne s’avance pas.",
    Cannot.CALLED_OFF: "L’événement est annulé : retirez d’abord son annulation.",
    Cannot.UNDATED: "L’événement n’a pas de date : c’est un modèle, ajoutez un événement.",
    Cannot.ONBOARDING: "L’accueil des arrivants suit leur date d’entrée : rien ne s’y déplace.",
}


def why_not(one: Cannot) -> str:
    return WHY_NOT[one]


def open_hours(hours: Mapping[str, tuple[time, time]]) -> str:
    """When channels are open: ``Courriel de 7 h à 21 h, SMS de 8 h à 20 h``."""
    told = ", ".join(
        f"{channel_label(channel)} de {french_clock(opens)} à {french_clock(closes)}"
        for channel, (opens, closes) in hours.items()
    )
    return told[:1].upper() + told[1:]


#: What is said yes or no.
_YES_OR_NO = {"enabled": "active", "cancelled": "annulé", "skip": "sauté"}


def told(says: Says | None) -> str:
    """What a change, or config.yaml, says: in a line, for somebody who compares."""
    try:
        return ", ".join(_parts(says or {}))
    except (TypeError, ValueError):
        # A later version says it in its own way.
        return str(says)


def _parts(says: Says) -> Iterator[str]:
    if says.get("starts"):
        yield _moment(says["starts"])
    elif says.get("at"):
        yield f"à {_hour(says['at'])}"
    if says.get("ends"):
        yield f"jusqu’à {_hour(says['ends'].partition('T')[2])}"
    if says.get("place"):
        yield says["place"]
    if says.get("on"):
        yield french_date(date.fromisoformat(says["on"]))
    for name, word in _YES_OR_NO.items():
        if name in says:
            yield f"{word} : {'oui' if says[name] else 'non'}"
    for name, value in says.get("values", {}).items():
        yield f"{name} : {value}"


def _moment(typed: str) -> str:
    at = datetime.fromisoformat(typed)
    return f"{french_date(at.date())} à {french_clock(at)}"


def _hour(typed: str) -> str:
    return french_clock(time.fromisoformat(typed))


def phrase(kind: ChangeKind) -> str:
    return PHRASES[kind]


def stand(one: Stand) -> str:
    return STANDS[one]
