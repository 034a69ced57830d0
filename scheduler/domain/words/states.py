"""What an occurrence's states are called, in French: on the desk, and where a rehearsal is told."""

from collections.abc import Mapping

from scheduler.domain.delivery import OccurrenceState

#: A test finds it complete.
SENTENCES: Mapping[OccurrenceState, str] = {
    OccurrenceState.SCHEDULED: "prévu",
    OccurrenceState.RUNNING: "en cours",
    OccurrenceState.FINISHED: "terminé",
    OccurrenceState.PAUSED: "en pause",
    OccurrenceState.CANCELLED: "annulé",
    OccurrenceState.MISSED: "manqué",
    OccurrenceState.HELD: "retenu",
}


def sentence(state: OccurrenceState) -> str:
    return SENTENCES[state]
