"""Writing on the desk, in French: how far a draft is, and why a word on it isn't taken
or kept."""

from collections.abc import Mapping

from scheduler.domain.writing.comments import NotSaid
from scheduler.domain.writing.drafts import DraftState, NotTaken

STATES: Mapping[DraftState, str] = {
    DraftState.WRITTEN: "brouillon",
    DraftState.PROPOSED: "proposé",
    DraftState.REFUSED: "refusé",
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
