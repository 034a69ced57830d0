"""Rows of a contact table that are nobody: the header once more, totals, captions, its end.

Only what is clear: such a row has no address that can be used, and begins with words that no name
begins with.
"""

import re
from collections.abc import Sequence

from scheduler.domain.people.contacts import Told
from scheduler.sources.vocabulary import plain

_LIST = r"(?:fichier|liste|document|export\w*|extraction|page|tableau|données)"
_PEOPLE = r"(?:lignes?|rows?|enregistrements?|records?|salariés?|agents?|patients?|personnes?)"
_DONE = r"(?:édit|imprim|export|génér|extrait|extraction|édition|mise? à jour)\w*"
_CAPTION = re.compile(
    rf"""\A(?:
      (?:sous[- ]?|grand[- ]|sub[- ]?)?tota(?:l|ux)(?:\s+générale?)?\s*(?:[:=(].*|[\d\s.,]*)
    | (?:sous[- ]?|grand[- ]|sub[- ]?)?total\s+(?:de|des|du|of)\s.*
    | nombre\s+(?:total\s+)?(?:de|d['’]|des)\s*.* | effectif\s*(?:total)?\s*[:=].*
    | fin\s+(?:de\s+la\s|de\s+l['’]|de\s|du\s|d['’])\s*{_LIST}\b.*
    | end\s+of\s+(?:the\s+)?(?:file|report|list|document|page|data)\b.*
    | {_DONE}\s*(?:le|du|au|:)\s.* | (?:printed|exported|generated)\s+(?:on|at|by)\s.*
    | page\s+\d+(?:\s*(?:/|sur|of)\s*\d+)?
    | \(?\d+\s*{_PEOPLE}\b.*
    | (?:source|n\.?\s?b\.?|nota|remarques?|légende)\s*:.*
    | (?:(?:document|fichier|liste)\s+)?(?:strictement\s+)?confidentiel\w*\b.*
    | ©.* | [-=_*\#.~\ ]+
    )""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


def no_person(row: Sequence[str]) -> Told | None:
    """What a row without a usable address is, when it is clearly nobody."""
    first = next(filter(None, row), "")
    return Told.NO_PERSON if _CAPTION.fullmatch(first) else None


def is_header(row: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a row is the table's header once more."""
    return all(plain(cell) == plain(name) for cell, name in zip(row, names, strict=False) if cell)
