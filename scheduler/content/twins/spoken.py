"""Numbers and addresses as a voice says them, in French and in English."""

import re

_FR_UNITS = (
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    *("onze", "douze", "treize", "quatorze", "quinze", "seize"),
    *("dix-sept", "dix-huit", "dix-neuf"),
)
_FR_TENS = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante")
_EN_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
    *("seventeen", "eighteen", "nineteen"),
)
_EN_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
#: More is said group by group, or digit by digit.
_MOST = 999_999
_GROUPED = re.compile(r"(?<![\w,.])\+?\d+(?:[ \u00a0\u202f.]\d+)+(?!\w|,\d)")
#: « 2 500 » is a number; European help lines (116 006) are said in two halves.
_THOUSANDS = re.compile(r"(?!116)[1-9]\d{0,2}[ \u00a0\u202f]\d{3}")
_OUT_OF = re.compile(r"\b(\d{1,2})/(\d{1,2})\b")
#: A site's name in a sentence.
_HOST = re.compile(r"(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b")
_HOUR = re.compile(r"\b(\d{1,2})[ \u00a0]?h(?:[ \u00a0]?(\d{2}))?\b")
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):([0-5]\d)(?![\d:])(?:\s?(?P<half>[ap])\.?m\b\.?)?")
_EURO = re.compile(r"\b(\d+)(?:,(\d{1,2}))?[ \u00a0]?€")
_DECIMAL = re.compile(r"\b(\d+),(\d+)\b")
_NUMBER = re.compile(r"(?<![^\W\d_])\d+(?P<word>(?=[^\W\d_]))?")
_MARKS = {
    "fr": {".": "point", "/": "barre oblique", "-": "tiret", "_": "tiret bas"},
    "en": {".": "dot", "/": "slash", "-": "dash", "_": "underscore"},
}


def number(value: int, language: str = "fr") -> str:
    """A whole number up to 999,999 in words."""
    return _english(value) if language == "en" else _french(value)


def numbers_aloud(text: str, language: str = "fr") -> str:
    """``text`` with its numbers in words; what is written in groups (a telephone) is said so."""
    point = _MARKS["en" if language == "en" else "fr"]["."]
    said = _HOST.sub(lambda found: found[0].replace(".", f" {point} "), text)
    said = _GROUPED.sub(lambda found: _groups(found[0], language), said)
    said = _CLOCK.sub(lambda found: _hour(found, language), said)
    said = _HOUR.sub(lambda found: _hour(found, language), said)
    if language != "en":
        said = _EURO.sub(_euros, said)
        said = _DECIMAL.sub(lambda found: f"{_digits(found[1])} virgule {_digits(found[2])}", said)
        said = _OUT_OF.sub(lambda found: f"{_digits(found[1])} sur {_digits(found[2])}", said)

    def one(found: re.Match[str]) -> str:
        space = "" if found["word"] is None else " "
        return f"{_digits(found[0], language)}{space}"

    return _NUMBER.sub(one, said)


def address_aloud(address: str, language: str = "fr") -> str:
    """An address as it is dictated: its words as they are, the rest sign by sign; what follows
    /m/ is no word."""
    marks = _MARKS["en" if language == "en" else "fr"]
    said = []
    words, opaque, letters = address.partition("/m/")
    for piece in (*re.findall(r"[^\W\d_]+|\d|\W|_", words + opaque), *letters):
        if piece in marks:
            said.append(marks[piece])
        elif piece.isdigit():
            said.append(number(int(piece), language))
        else:
            said.append(piece)
    return ", ".join(said) + "."


def _groups(written: str, language: str) -> str:
    groups = re.split(r"[ \u00a0\u202f.]", written.removeprefix("+"))
    if _THOUSANDS.fullmatch(written):
        groups = ["".join(groups)]
    return ", ".join(_digits(group, language) for group in groups)


def _digits(digits: str, language: str = "fr") -> str:
    """Zeros in front are said; too long a number is said digit by digit."""
    if int(digits) > _MOST:
        return ", ".join(number(int(one), language) for one in digits)
    zeros = len(digits) - len(digits.lstrip("0"))
    zeros -= int(digits) == 0
    return " ".join([*[number(0, language)] * zeros, number(int(digits), language)])


def _hour(found: re.Match[str], language: str) -> str:
    hour = int(found[1])
    if hour > 24:
        return found[0]
    if language == "en" and hour == 24:
        return "twenty-four hours"
    if language == "en":
        return _english_hour(hour, int(found[2] or 0), found.groupdict().get("half") or "")
    # An hour is feminine.
    words = re.sub(r"\bun$", "une", number(hour))
    minutes = f" {number(int(found[2]))}" if found[2] and int(found[2]) else ""
    return f"{words} heure{'s' * (hour > 1)}{minutes}"


def _english_hour(hour: int, minutes: int, half: str) -> str:
    """Of a clock of twelve hours; ``half``: ``a`` or ``p``, where it was written."""
    if not half and not minutes and hour % 12 == 0:
        return "noon" if hour == 12 else "midnight"
    half = half or ("p" if 12 <= hour < 24 else "a")
    told = [_english((hour - 1) % 12 + 1)]
    if minutes:
        told.append(_english(minutes) if minutes > 9 else f"oh {_english(minutes)}")
    return f"{' '.join(told)} {half}.m."


def _euros(found: re.Match[str]) -> str:
    cents = f" {number(int(found[2].ljust(2, '0')))}" if found[2] else ""
    return f"{_digits(found[1])} euro{'s' * (int(found[1]) > 1)}{cents}"


def _french(value: int) -> str:
    if value < 20:
        return _FR_UNITS[value]
    if value < 100:
        return _french_tens(value)
    if value < 1000:
        hundreds, rest = divmod(value, 100)
        cent = "cent" if hundreds == 1 else f"{_FR_UNITS[hundreds]} cent{'s' * (not rest)}"
        return f"{cent} {_french(rest)}" if rest else cent
    thousands, rest = divmod(value, 1000)
    # « quatre-vingts » and « cents » lose their s before « mille ».
    many = re.sub(r"(?<=cent|ingt)s$", "", _french(thousands))
    mille = "mille" if thousands == 1 else f"{many} mille"
    return f"{mille} {_french(rest)}" if rest else mille


def _french_tens(value: int) -> str:
    if value >= 80:
        rest = value - 80
        return f"quatre-vingt-{_FR_UNITS[rest]}" if rest else "quatre-vingts"
    tens = min(value // 10, 6)
    rest = value - 10 * tens
    if not rest:
        return _FR_TENS[tens]
    joint = " et " if rest in (1, 11) else "-"
    return f"{_FR_TENS[tens]}{joint}{_FR_UNITS[rest]}"


def _english(value: int) -> str:
    if value < 20:
        return _EN_UNITS[value]
    if value < 100:
        tens, rest = divmod(value, 10)
        return f"{_EN_TENS[tens]}-{_EN_UNITS[rest]}" if rest else _EN_TENS[tens]
    if value < 1000:
        hundreds, rest = divmod(value, 100)
        return f"{_EN_UNITS[hundreds]} hundred" + (f" and {_english(rest)}" if rest else "")
    thousands, rest = divmod(value, 1000)
    return f"{_english(thousands)} thousand" + (f" {_english(rest)}" if rest else "")
