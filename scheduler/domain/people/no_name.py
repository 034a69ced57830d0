"""Cells of a name that hold none: a program's signs, a code for nothing, letters that were lost.

``Bonjour N/A``, ``Bonjour Fran?oise``, ``Bonjour {{ prenom }}``: better nobody's name than that.
"""

import re

from scheduler.domain.people.same_person import FIRST_NAME

#: Lost in a conversion (?, a box of DOS, a root, a low quotation mark), escaped (&eacute; =C3 %C3
#: \\u00e9), or a template's, a page's, a table's.
_SIGNS = re.compile(
    r"[?¿<>{}\\\u2500-\u259f\u221a]|[^\W\d_][‚„]|[‚„][^\W\d_]|&#?\w{2,8};|[=%][0-9A-Fa-f]{2}"
    r"|^\s*#|\*\*|^\s*«[^»]*»\s*$"
)
_NONE = re.compile(
    r"n\s*[/.]\s*[ac]\.?|s\s*/\s*o|non[ -]?(?:renseigne|communique|precise|connu|saisi|defini)e?s?"
    r"|inconnue?s?|unknown|undefined|not (?:available|known|provided)|sans (?:nom|prenom|objet)"
    r"|aucun|neant|anonyme|anonymous"
)
#: A family may be called so, or nobody may know; a first name isn't.
_NO_FIRST_NAME = re.compile(r"null?|none|nan|vide|blank|empty|x{2,}|test|prenom|first ?name|nc|nr")
_FOLDED = str.maketrans("éèêëàâîïôûùç()[]", "eeeeaaiiouuc    ")


def is_no_name(field: str, value: str) -> bool:
    """Whether a cell under a name's column (``field``) names nobody."""
    if _SIGNS.search(value) or not any(map(str.isalnum, value)):
        return True
    plain = " ".join(value.casefold().replace("(e)", "e").translate(_FOLDED).split())
    if _NONE.fullmatch(plain):
        return True
    return field == FIRST_NAME and _NO_FIRST_NAME.fullmatch(plain) is not None
