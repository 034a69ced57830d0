"""What becomes of a newcomer, in French, as they read it themselves."""

from collections.abc import Mapping

from scheduler.domain.calendar.newcomers import Entry

ENTRIES: Mapping[Entry, str] = {
    Entry.NEW: "messages d’accueil à venir",
    Entry.HELD: "messages d’accueil en attente d’un accord",
    Entry.ALLOWED: "messages d’accueil à venir",
    Entry.REFUSED: "sans messages d’accueil",
    Entry.ENTERED: "messages d’accueil prévus ou reçus",
}


def entry(word: str) -> str:
    """The word itself for one of a later version."""
    return ENTRIES[Entry(word)] if word in list(Entry) else word
