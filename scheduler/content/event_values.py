"""What an organisation types in for an event, where an SMS has to hold it."""

from collections.abc import Iterator, Sequence

from scheduler.content.folder import MessageFolder
from scheduler.content.sms import count, transliterate

#: Characters, at most, of what an event's SMS shows: « mercredi 14/10 », « 14h30 », « salle Jade ».
LIMITS = {"date": 14, "heure": 5, "lieu": 12}


def faults(message: MessageFolder, name: str, value: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a value of placeholder ``name``, and how to mend it, in French."""
    placeholder = message.placeholders.get(name)
    if placeholder is None or not _in_sms(message, name):
        return
    most = min(LIMITS.get(name, 160), placeholder.max_length or 160)
    if len(value) > most:
        yield (
            f"« {name} » fait {len(value)} caractères : « {value} »",
            f"restez à {most} au plus, comme « {placeholder.example} »",
        )
    if costly := count(value).costly:
        named = ", ".join(f"« {character} »" for character in costly)
        yield (
            f"« {name} » a {named}, hors de l'alphabet des SMS",
            _spelled_otherwise(value, costly),
        )


def _spelled_otherwise(value: str, costly: Sequence[str]) -> str:
    """A letter isn't stripped of its accent: that would teach a misspelling."""
    if any(character.isalpha() for character in costly):
        return "choisissez un autre mot, sans cette lettre"
    return f"écrivez par exemple « {transliterate(value)} »"


def _in_sms(message: MessageFolder, name: str) -> bool:
    return any(not source.is_letter and f"{{{{ {name}" in source.body for source in message.sources)
