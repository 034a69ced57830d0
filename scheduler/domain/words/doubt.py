"""What left a message in doubt, in French."""

from collections.abc import Mapping

from scheduler.domain.answers.uncertain import Cause

#: A test finds them complete.
CAUSES: Mapping[Cause, str] = {
    Cause.KILLED: "le programme s’est arrêté net avant la réponse",
    Cause.POWER_CUT: "coupure de courant, ou journal perdu",
    Cause.LOST: "connexion perdue, ou pas de réponse après les derniers octets",
    Cause.TAKEN_OVER: "repris à une réplique qui ne répondait plus",
    Cause.STOPPED: "arrêt demandé avant la réponse",
    Cause.OTHER: "autre réponse du fournisseur",
}
