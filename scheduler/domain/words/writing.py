"""Writing on the desk, in French: how far a draft is, and why a word on it isn't taken
or kept."""

from collections.abc import Mapping

from scheduler.domain.writing.comments import NotSaid
from scheduler.domain.writing.drafts import DraftState, NotTaken
from scheduler.domain.writing.trio import NoTrio

STATES: Mapping[DraftState, str] = {
    DraftState.WRITTEN: "brouillon",
    DraftState.PROPOSED: "proposé",
    DraftState.REFUSED: "refusé",
}
WHY_NO_TRIO: Mapping[NoTrio, str] = {
    NoTrio.SERVICE: "Un message de service ne se donne pas à lire à trois.",
    NoTrio.UNREADABLE: "Ce texte ne se lit pas tel quel, ou ne peut pas être composé.",
    NoTrio.TOO_LONG: "Ce texte est trop long pour une lecture à trois : 60 paragraphes au plus.",
    NoTrio.TOO_MANY: "Vingt lectures à trois sont déjà ouvertes : attendez qu’une finisse.",
    NoTrio.NOT_YET: "Ce texte est encore à la relecture : recommencez dans un instant.",
}
WHY_NOT_SAID: Mapping[NotSaid, str] = {
    NotSaid.EMPTY: "Rien n’est fait : écrivez d’abord votre remarque.",
    NotSaid.NAMELESS: "Rien n’est fait : dites d’abord qui agit.",
    NotSaid.TOO_MANY: "Rien n’est fait : ce texte a déjà reçu cinquante remarques aujourd’hui.",
}
WHY_NOT: Mapping[NotTaken, str] = {
    NotTaken.GONE: (
        "Ce texte n’est plus proposé : il a été décidé, ou son auteur y travaille de nouveau."
    ),
    NotTaken.CHANGED: "Ce texte a changé depuis que vous l’avez lu : relisez-le.",
    NotTaken.SAME_PERSON: (
        "Qui a écrit ce texte ne peut pas l’approuver : il faut quelqu’un d’autre."
    ),
    NotTaken.NAMELESS: "Dites votre nom : le journal des actes le garde.",
    NotTaken.NO_REASON: "Dites pourquoi : l’auteur le lira.",
}
