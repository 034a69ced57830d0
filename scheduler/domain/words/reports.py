"""What a report that came back by mail says, in French: for the desk."""

from collections.abc import Mapping

from scheduler.domain.answers.bounces import BounceKind

#: A test finds it complete.
KINDS: Mapping[BounceKind, str] = {
    BounceKind.HARD: "adresse en échec définitif",
    BounceKind.SOFT: "échec passager",
    BounceKind.ROUTE: "panne chez le destinataire",
    BounceKind.POLICY: "nos messages refusés",
    BounceKind.COMPLAINT: "signalement comme indésirable",
    BounceKind.AUTO_REPLY: "réponse automatique",
    BounceKind.CHALLENGE: "filtre qui demande à l’expéditeur de se faire connaître",
    BounceKind.DELAY: "pas encore arrivé",
    BounceKind.NOT_A_REPORT: "retour",
}
#: Of one whose text is too old to be kept.
UNKNOWN = "retour"


def kind(code: str) -> str:
    return KINDS[BounceKind(code)] if code in set(BounceKind) else UNKNOWN
