"""Which mail programs don't show what an e-mail's HTML asks for, and what their readers see.

Only what is really in a message is told: each note of the table is looked for in its HTML.
"""

from scheduler.content.rules.client_support_data import NOTES, Note


def notes_for(html: str) -> list[Note]:
    """The notes on what ``html`` uses, in the table's order."""
    return [note for note in NOTES if note.pattern.search(html)]
