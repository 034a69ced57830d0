"""What one cell of a contact table means. Each reader raises ValueError with the reason in words.

Also the neutral form of cells that a spreadsheet would run as formulas. The rule can be undone:
an apostrophe is put before a text in which, after blanks and quotation marks, the first character
is one of ``= + - @``, a tab or a line break; a text that already begins with that very
combination gets one more; reading takes one away.
"""

import re
import zoneinfo
from datetime import date, timedelta
from functools import cache, lru_cache

from scheduler.domain.names.typed_names import folded

_FORMULA = re.compile(
    r"\A[\s\"'`´‘’“”«»\u200b-\u200f\u2060\ufeff]*[=+\-@\t\r\n＝＋－＠﹢﹣﹦﹫−]",
)
_FRENCH_DAY = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})(?:[ T].*)?")
#: What a spreadsheet keeps of a day: 1954 to 2119, counted from the last day of 1899.
_DAY_COUNT = re.compile(r"([2-7][0-9]{4})(?:[.,][0-9]+)?")
_COUNTED_FROM = date(1899, 12, 30)
#: As hospital systems write it (HL7), and as people do without signs: 19800502, 02051980.
_COMPACT_DAY = re.compile(
    r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])(?:[0-2][0-9][0-5][0-9](?:[0-5][0-9])?)?"
)
_COMPACT_FRENCH_DAY = re.compile(r"([0-3][0-9])(0[1-9]|1[0-2])((?:19|20)[0-9]{2})")
#: How people write that there is no day.
_NO_DAY = re.compile(
    r"[\s\-–—./]*|[0/\-. :]+|n/?a|nc|null|néant|aucune?|inconnue?|non|no|faux|false", re.I
)
_ISO_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T].*)?")
_YES = frozenset({"oui", "o", "yes", "y", "1", "x", "vrai", "true"})
_NO = frozenset({"non", "n", "no", "0", "faux", "false"})
_LANGUAGES = {
    "francais": "fr", "french": "fr", "fra": "fr", "fre": "fr",
    "anglais": "en", "english": "en", "eng": "en",
}  # fmt: skip
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]{2,8})*")
_TERRITORIES = {
    "GP": "971", "MQ": "972", "GF": "973", "RE": "974", "PM": "975", "YT": "976",
    "977": "BL", "978": "MF", "986": "WF", "987": "PF", "988": "NC",
}  # fmt: skip

#: As people write them, folded.
_TERRITORY_NAMES = {
    "france": "FR", "france metropolitaine": "FR", "metropole": "FR", "hexagone": "FR",
    "guadeloupe": "971", "martinique": "972", "guyane": "973", "guyane francaise": "973",
    "reunion": "974", "ile reunion": "974", "saint pierre et miquelon": "975", "mayotte": "976",
    "saint barthelemy": "BL", "saint martin": "MF", "nouvelle caledonie": "NC",
    "polynesie": "PF", "polynesie francaise": "PF", "wallis et futuna": "WF",
    "wallis futuna": "WF", "ile mayotte": "976", "tahiti": "PF", "collectivite saint martin": "MF",
}  # fmt: skip
#: Beside a name: ``La Réunion (974)``, ``974 - La Réunion``.
_BESIDE = re.compile(r"\(?\b(?:9[78][0-9]|[a-z]{2}(?=\)))\b\)?")
_PARTS = re.compile(r"[^a-z0-9]+|\b(?:la|l|de)\b")


def guarded(text: str) -> str:
    """The text as a spreadsheet shows it without running it."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that ``guarded`` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


@lru_cache(maxsize=4096)
def day(cell: str) -> date:
    """2026-10-04, 04/10/2026, 20261004 or 04102026; without a time of day. Also a spreadsheet's
    count of days."""
    try:
        if iso := _ISO_DAY.fullmatch(cell):
            return date.fromisoformat(iso[1])
        if french := _FRENCH_DAY.fullmatch(cell):
            return date(int(french[4]), int(french[3]), int(french[1]))
        if compact := _COMPACT_DAY.fullmatch(cell):
            return date(int(compact[1]), int(compact[2]), int(compact[3]))
        if compact := _COMPACT_FRENCH_DAY.fullmatch(cell):
            return date(int(compact[3]), int(compact[2]), int(compact[1]))
        if counted := _DAY_COUNT.fullmatch(cell):
            return _COUNTED_FROM + timedelta(days=int(counted[1]))
    except ValueError:
        raise ValueError("no such day in the calendar") from None
    raise ValueError("not a date: write 2026-10-04 or 04/10/2026")


def is_day_count(cell: str) -> bool:
    """Whether a day is given as a spreadsheet's count of days."""
    return _DAY_COUNT.fullmatch(cell) is not None


def has_day(cell: str) -> bool:
    """Whether a cell says a day at all: neither 00/00/0000, nor N/A, nor « non »."""
    return _NO_DAY.fullmatch(cell) is None


@lru_cache(maxsize=256)
def yes_no(cell: str) -> bool:
    """Oui, yes, 1, x… or non, no, 0…; an empty cell is no."""
    word = cell.casefold()
    if word not in _YES and word not in _NO and word:
        raise ValueError("neither yes nor no: write oui or non")
    return word in _YES


@lru_cache(maxsize=256)
def language(cell: str) -> str:
    """A two-letter code; ``fr-FR`` and ``Français`` are ``fr``."""
    word = folded(cell)
    if code := _LANGUAGE.fullmatch(word):
        return code[1]
    if word not in _LANGUAGES:
        raise ValueError("not a language: write fr or en")
    return _LANGUAGES[word]


def zone(cell: str) -> str:
    """An IANA name such as Indian/Reunion, in whatever case and with whatever accents."""
    if cell in _zones():
        return cell
    found = _zones_as_meant().get(_zone_as_meant(cell), "")
    if not found:
        raise ValueError("not a time zone: write it as Europe/Paris or Indian/Reunion")
    return found


def territory_names(cell: str) -> list[str]:
    """The names under which a territory may be known: ``1``, ``RE``, ``FR-974`` and
    ``La Réunion`` included."""
    name = cell.upper().removeprefix("FR-")
    spelled = _territory_as_meant(cell)
    return [name, _TERRITORIES.get(name, name), name.zfill(2), *([spelled] if spelled else [])]


@lru_cache(maxsize=1024)
def _territory_as_meant(cell: str) -> str:
    """By its French name, with its number beside it or none; empty: it is none."""
    words = re.sub(r"\bst\b", "saint", _BESIDE.sub(" ", folded(cell)))
    return _TERRITORY_NAMES.get(" ".join(_PARTS.sub(" ", words).split()), "")


def _zone_as_meant(name: str) -> str:
    return "/".join(folded(part) for part in name.split("/"))


@cache
def _zones_as_meant() -> dict[str, str]:
    """Those that nothing but case, accents and blanks tells from another are known exactly only."""
    names = [_zone_as_meant(name) for name in _zones()]
    return {
        meant: name
        for meant, name in zip(names, _zones(), strict=True)
        if "/" in meant and names.count(meant) == 1
    }


@cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())
