"""What a locked screen must not say: a health word, or whom we write to."""

import re
from unicodedata import normalize

#: Care that says why somebody comes. A hospital's own name, or its kind, says only that they came.
_HEALTH = re.compile(
    r"dialys|h[ae]emodial|nephro|cancer|oncolog|carcino|tumeur|chimio|radiotherap|leucem"
    r"|psychiatr|psycholog|pedopsy|addict|alcoolo|toxico|cmp(?![a-z])|csapa|vih(?![a-z])|sida(?![a-z])"
    r"|hepatit|infectiolog|venereo|cegidd|ivg(?![a-z])|orthogen|maternit|obstetri|gyneco"
    r"|fertil|pma(?![a-z])|greffe|transplant|cardiolog|diabet|endocrino|alzheimer|memoire"
    r"|geriatr|palliat|obesit|bariatr|epilep|parkinson|sclerose|mucovisc|drepano|hemophil|hematol"
    r"|autis(?:m|te)|handicap|reeducation|dermato|urolog|proctolog|sexolog|pneumolog|rhumatolog"
    r"|neurolog|traumatolog|trauma(?![a-z])|suicid|anorex|boulim|tuberculos|depistage"
    r"|maladies? rares?"
)
_AUDIENCE = re.compile(r"patient|usager|malade|soigne(?![a-z])|hospitalise|resident|curiste")


def health_word(name: str) -> str:
    """The word of a name that says something of a reader's health; empty for none."""
    return _first(_HEALTH, name)


def audience_word(name: str) -> str:
    """The word of a name or an address that says whom it writes to; empty for none."""
    return _first(_AUDIENCE, name)


def _first(pattern: re.Pattern[str], name: str) -> str:
    name = " ".join(name.split())
    letters = normalize("NFKD", name.replace("æ", "ae").replace("œ", "oe"))
    folded = "".join(c for c in letters if not "\u0300" <= c <= "\u036f").lower()
    found = pattern.search(folded)
    if found is None:
        return ""
    # As it was typed: folding moves no blank.
    index = folded.count(" ", 0, found.start())
    return name.split(" ")[index].strip(" ,;:.()<>«»\"'’")
