"""What changes of the calendar are called, in French."""

from collections.abc import Mapping

from scheduler.domain.calendar.changes import ChangeKind, Stand

#: A phrase a kind; a test finds it complete.
PHRASES: Mapping[ChangeKind, str] = {
    ChangeKind.EVENT_CREATED: "évènement ajouté",
    ChangeKind.EVENT_MOVED: "évènement déplacé",
    ChangeKind.EVENT_CANCELLED: "évènement annulé",
    ChangeKind.HOUR_CHANGED: "heure changée",
    ChangeKind.SKIPPED: "envoi sauté",
    ChangeKind.BROUGHT_FORWARD: "envoi avancé",
    ChangeKind.ENABLED: "campagne activée",
    ChangeKind.DISABLED: "campagne désactivée",
}
#: How a change stands to config.yaml.
STANDS: Mapping[Stand, str] = {
    Stand.OVER: "en vigueur",
    Stand.IN_FILE: "config.yaml dit désormais la même chose",
    Stand.BEHIND: "config.yaml a changé dessous",
    Stand.GONE: "ce que cela change n’est plus dans config.yaml : sans effet",
    Stand.UNFIT: "ne peut plus s’appliquer : sans effet",
}


def phrase(kind: ChangeKind) -> str:
    return PHRASES[kind]


def stand(one: Stand) -> str:
    return STANDS[one]
