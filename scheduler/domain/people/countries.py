"""The country of a number, by its calling code: what an SMS account is opened for, or isn't.

Réunion and Mayotte share one code, as do Guadeloupe, Saint-Martin and Saint-Barthélemy: the account
has one switch for each.
"""

from collections.abc import Mapping

#: Where most readers are: what refuses this one refuses the campaign.
HOME = "+33"

_NAMES: Mapping[str, str] = {
    "+33": "France",
    "+262": "La Réunion et Mayotte",
    "+508": "Saint-Pierre-et-Miquelon",
    "+590": "Guadeloupe, Saint-Martin et Saint-Barthélemy",
    "+594": "Guyane",
    "+596": "Martinique",
    "+681": "Wallis-et-Futuna",
    "+687": "Nouvelle-Calédonie",
    "+689": "Polynésie française",
    "+32": "Belgique",
    "+34": "Espagne",
    "+39": "Italie",
    "+41": "Suisse",
    "+44": "Royaume-Uni",
    "+49": "Allemagne",
    "+351": "Portugal",
    "+352": "Luxembourg",
    "+377": "Monaco",
}


def country_of(number: str) -> str:
    """The calling code of a number in E.164 (``+262``); empty for what has none."""
    import phonenumbers

    try:
        return f"+{phonenumbers.parse(number, None).country_code}"
    except phonenumbers.NumberParseException:
        return ""


def is_country(word: str) -> bool:
    """A halt of a country is told by its code from a campaign's, whose names have no such sign."""
    return word.startswith("+")


def country_name(code: str) -> str:
    """In French, with its code; the code alone for one that is seldom written to."""
    name = _NAMES.get(code)
    return f"{name} ({code})" if name else code
