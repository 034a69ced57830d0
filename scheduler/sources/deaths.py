"""What a cell of a column of deaths says: a death, none, or nothing that can be understood.

Only a plausible day in the past and a clear word are a death: a table's way to write "alive" is
anybody's, and whoever is taken for dead isn't written to any more.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from scheduler.sources import cells

#: Before it, and on it, spreadsheets count from nothing.
_FIRST = date(1900, 1, 2)
#: The day from which computers count: of nobody's death, as a rule.
_EPOCH = date(1970, 1, 1)
_YES = frozenset(
    {
        "o",
        "oui",
        "y",
        "yes",
        "x",
        "1",
        "vrai",
        "true",
        "d",
        "dc",
        "dcd",
        "deces",
        "†",
        "✝",
        "✓",
        "✔",
    }
)
_DEAD = re.compile(r"\b(?:decede\w{0,2}|dcd|mort|morte|morts|defunte?|deceased|dead|died)\b")
#: Beside a word of death: denied, or not known.
_DOUBT = re.compile(
    r"\b(?:non|no|not|pas|sans|aucune?|jamais|ni|vivante?|vie|alive|faux|false|inconnue?|null?"
    r"|unknown|peut etre|a verifier|a confirmer|presumee?|suppose\w*)\b|\?"
)
#: How people and programs write that there is none.
_NONE = re.compile(
    r"[\W_0]*|n|no|f|non|none|nil|not|pas|faux|false|"
    r"(?:en )?vie|vivante?s?|alive|living|actifs?|actives?|presente?s?|"
    r"(?:non|pas|not) (?:decede\w{0,2}|mort|morte|dcd|dead|deceased)|"
    r"(?:pas|sans|aucun|non|no) (?:de )?(?:deces|date|death|objet)(?: de deces)?|"
    r"sans|s o|so|n a|na|n c|nc|n r|nr|n d|nd|null?|neant|rien|vides?|blank|empty|aucune?|"
    r"inconnue?s?|unknown|(?:non|not) (?:renseignee?|communiquee?|precisee?|connue?|concernee?|"
    r"applicable|defini\w*|saisie?|disponible|available|known)|"
    r"sans information|non applicable|nan|nat|valeur|value|ref"
)
#: Days that programs write for no day: year 1 and before 1900, 2900 and after, 99/99/9999.
_NO_YEAR = re.compile(r"(?:[\d]{1,2}[/.-]){2}(?:0\d{3}|1[0-8]\d\d|2[1-9]\d\d|[3-9]\d{3}|0{1,2})")
_NO_ISO_YEAR = re.compile(
    r"(?:0\d{3}|1[0-8]\d\d|2[1-9]\d\d|[3-9]\d{3})(?:(?:[/.-]\d{1,2}){2}|\d{4})"
)
_NO_START = re.compile(r"(?:0?[01][/.-]0?1[/.-]1900|1900[/.-]0?1[/.-]0?[01])|1753-01-01|01/01/1753")
_TIME = re.compile(r"(?<![ T])[ T]+\d{1,2}[:h]\d{2}.*", re.IGNORECASE)
_FIGURES = re.compile(r"(\d{1,4})[/.\- ](\d{1,2})[/.\- ](\d{1,4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH_AND_YEAR = re.compile(r"(?:0?[1-9]|1[0-2])[/.\-](\d{4})|(\d{4})")
_MONTHS = (
    *("janv", "fev", "mars", "avr", "mai", "juin", "juil", "aou", "sept", "oct", "nov", "dec"),
    *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep"),
)
_SPELT = re.compile(
    rf"(?:le )?(?:\d{{1,2}}|1er)? ?(?:{'|'.join(_MONTHS)})[a-z]{{0,6}} (\d{{4}}|\d{{2}})"
)
#: Words that are said of nothing else than a life; ``actif`` is a contract's.
_LIFE = re.compile(
    r"(?:en )?vie|vivante?s?|alive|living|(?:non|pas|not) (?:decede\w{0,2}|mort|dead)"
)
UNCLEAR = "neither a day in the past, nor oui or non: nobody is taken for dead by it"


@lru_cache(maxsize=4096)
def is_death(cell: str, today: date | None) -> bool:
    """Raises ValueError for what can't be understood; whoever it speaks of is kept."""
    text = _folded(cell)
    words = " ".join(re.findall(r"[^\W_]+", text))
    if text in _YES or words in _YES:
        return True
    if _says_none(text) or _NONE.fullmatch(words):
        return False
    if _is_past(text, today):
        return True
    if (_DEAD.search(words) or re.search(r"\bdeces\b.*\d", words)) and not _DOUBT.search(text):
        return True
    if words.startswith(("oui ", "yes ")) and not _DOUBT.search(text):
        return True
    raise ValueError(UNCLEAR)


def is_column(values: Sequence[str], today: date | None) -> bool:
    """Whether cells say who lives and who doesn't, in words, whatever their column is called."""
    words = [" ".join(re.findall(r"[^\W_]+", _folded(one))) for one in values]
    if not any(_LIFE.fullmatch(one) or _DEAD.search(one) for one in words):
        return False
    try:
        for one in values:
            is_death(one, today)
    except ValueError:
        return False
    return True


def _folded(cell: str) -> str:
    plain = unicodedata.normalize("NFKD", cell.casefold().strip())
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return letters.replace("(e)", "e").replace("·e", "e")


def _says_none(text: str) -> bool:
    day = _TIME.sub("", text).replace(" ", "")
    return any(one.fullmatch(day) for one in (_NO_YEAR, _NO_ISO_YEAR, _NO_START))


def _is_past(text: str, today: date | None) -> bool:
    last = today or date.max
    text = _TIME.sub("", text).removeprefix("le ").strip()
    if day := _day(text):
        return _FIRST <= day <= last and day != _EPOCH
    if spelt := _SPELT.fullmatch(" ".join(re.findall(r"[^\W_]+", text))):
        year_spelt = int(spelt[1]) if len(spelt[1]) == 4 else 2000 + int(spelt[1])
        return _FIRST.year < year_spelt <= last.year
    year = _MONTH_AND_YEAR.fullmatch(text)
    return year is not None and _FIRST.year < int(year[1] or year[2]) <= last.year


def _day(text: str) -> date | None:
    """In the order that people write; the American one where it is no day in theirs."""
    if cells.is_day_count(text):
        return cells.day(text)
    match = _FIGURES.fullmatch(text) or _COMPACT.fullmatch(text)
    if not match:
        return None
    parts = match.groups()
    one, two, three = map(int, parts)
    if len(parts[0]) == 4:
        orders = [(one, two, three)]
    elif len(parts[2]) in (2, 4):
        # Of two figures: of this century, or it is nobody's whom we could write to.
        year = three if len(parts[2]) == 4 else 2000 + three
        orders = [(year, two, one), (year, one, two)]
    else:
        return None
    for year, month, day in orders:
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None
