"""The blanks of a message, filled with what the organisation typed."""

from collections.abc import Mapping

from scheduler.content.folder import MessageFolder, Placeholder
from scheduler.content.wording import did_you_mean, one_line
from scheduler.domain.errors import ContentError


def filled(message: MessageFolder, values: Mapping[str, str], where: str) -> dict[str, str]:
    """Every placeholder with its value or default, on one line.

    Raises ContentError for a value of no placeholder, one missing, or one too long. ``where`` is
    the message.yaml that declares them.
    """
    for name in values:
        if name not in message.placeholders:
            raise ContentError(
                where=where,
                what=f"la valeur « {name} » n'est celle d'aucun champ du message",
                remedy=did_you_mean(name, message.placeholders),
            )
    return {
        name: _filled(placeholder, values.get(name, ""), where)
        for name, placeholder in message.placeholders.items()
    }


def _filled(placeholder: Placeholder, given: str, where: str) -> str:
    value = one_line(given).strip() or placeholder.default
    if not value and placeholder.required:
        raise ContentError(
            where=where,
            what=f"« {placeholder.name} » ({placeholder.label}) n'est pas rempli",
            remedy=f"donnez-le dans la campagne, par exemple « {placeholder.example} »",
        )
    if placeholder.max_length and len(value) > placeholder.max_length:
        raise ContentError(
            where=where,
            what=f"« {placeholder.name} » fait {len(value)} caractères : « {value} »",
            remedy=f"restez à {placeholder.max_length} au plus, comme « {placeholder.example} »",
        )
    return value
