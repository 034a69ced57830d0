"""Cells of a name that hold none: a program's signs, a code for nothing, letters that were lost.

``Bonjour N/A``, ``Bonjour Fran?oise``, ``Bonjour {{ prenom }}``: better nobody's name than that.
"""

import re

from scheduler.domain.people.same_person import FIRST_NAME

#: Lost in a conversion (? ¿, a box of DOS, a root, a low quotation mark), or still escaped
#: (&eacute; =C3=A9 %C3%A9 \u00e9). What else is odd in a name is somebody's, and comes out inert.
_LOST = re.compile(
    r"(?<=[^\W\d_])(?<!\?[qb])[?¿](?=[^\W\d_]|\s*$)|[\u2500-\u259f\u221a]|[^\W\d_][‚„]|[‚„][^\W\d_]"
    r"|&[A-Za-z]{1,2}(?:acute|grave|circ|uml|cedil|tilde|ring|lig);"
    r"|&#(?:19[2-9]|2[0-4]\d|25[0-5]|x[cdef][0-9a-f]);|[=%]C3[=%][89AB][0-9A-F]"
    r"|\\u00[c-f][0-9a-f]",
    re.IGNORECASE,
)
#: A template's or a table's own sign where the name should be.
_PLACEHOLDER = re.compile(
    r"\$?(?:\{{1,2}|<{1,2}|\[{1,2}|%|«)\s*(?:[a-z]+[._])?(?:pre|sur)?"
    r"(?:nom|name|first ?name|last ?name)(?:[_ ]?[a-z]+)?\s*(?:\}{1,2}|>{1,2}|\]{1,2}|%|»)"
    r"|#(?:n/?[ad]|ref!?|nom\?|name\?|valeur!?|value!?|null!?|div/0!?)"
)
_NONE = re.compile(
    r"n\s*[/.]\s*[ac]\.?|s\s*/\s*o|non[ -]?(?:renseigne|communique|precise|connu|saisi|defini)e?s?"
    r"|inconnue?s?|unknown|undefined|not (?:available|known|provided)|sans (?:nom|prenom|objet)"
    r"|aucun|neant|anonyme|anonymous"
)
#: A family may be called so, or nobody may know; a first name isn't.
_NO_FIRST_NAME = re.compile(r"null?|none|nan|vide|blank|empty|x{2,}|test|prenom|first ?name|nc|nr")
_PLAIN = str.maketrans("éèêëàâîïôûùç", "eeeeaaiiouuc")
_FOLDED = str.maketrans("éèêëàâîïôûùç()[]", "eeeeaaiiouuc    ")


def is_no_name(field: str, value: str) -> bool:
    """Whether a cell under a name's column (``field``) names nobody."""
    if _LOST.search(value) or not any(map(str.isalnum, value)):
        return True
    if _PLACEHOLDER.fullmatch(value.strip().casefold().translate(_PLAIN)):
        return True
    plain = " ".join(value.casefold().replace("(e)", "e").translate(_FOLDED).split())
    if _NONE.fullmatch(plain):
        return True
    return field == FIRST_NAME and _NO_FIRST_NAME.fullmatch(plain) is not None
