"""An SMS: its length and price, its spelling, and how its reader stops it.

A text is in GSM-7 (3GPP TS 23.038) or in UCS-2, whole or in parts. It is
counted as Twilio's calculator does: one character outside GSM-7 turns the whole into UCS-2, and
neither an escaped character nor a character made of several code points is split
between two parts. There is no French shift table: ``ê``, ``ç`` or ``’`` cost a whole text its
160 characters.
"""

import re
import unicodedata
from enum import StrEnum

from scheduler.domain.errors import ConfigError, Fault
from scheduler.domain.values import frozen


class Encoding(StrEnum):
    """How the signs of an SMS travel: it decides how many fit in a part."""

    #: Seven bits a sign, of an alphabet of 128.
    GSM_7 = "GSM-7"
    #: Sixteen bits a sign, any.
    UCS_2 = "UCS-2"


_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: Sent as an escape and another character: two septets.
_ESCAPED = frozenset("\f^{}\\[]~|€")
_ONE_PART = {Encoding.GSM_7: 160, Encoding.UCS_2: 70}
_MANY_PARTS = {Encoding.GSM_7: 153, Encoding.UCS_2: 67}
_EXTENDS = "[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
#: What a reader sees as one character, as far as text messages go: accents, emoji, flags.
_CHARACTER = re.compile(
    f"[\U0001f1e6-\U0001f1ff]{{2}}|[^\u200d]{_EXTENDS}(?:\u200d[^\u200d]{_EXTENDS})*\u200d?|\u200d",
    re.DOTALL,
)
_SPELLINGS = str.maketrans(
    {
        "\u00a0": " ",  # NO-BREAK SPACE
        "\u202f": " ",  # NARROW NO-BREAK SPACE
        "\u2009": " ",  # THIN SPACE
        "\u200b": "",  # ZERO WIDTH SPACE
        "\u00ad": "",  # SOFT HYPHEN
        "\t": " ",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "…": "...",
        "–": "-",
        "—": "-",
        "\u2010": "-",  # HYPHEN
        "\u2011": "-",  # NON-BREAKING HYPHEN
        "•": "-",
        "°": "o",
        "œ": "oe",
        "Œ": "OE",
        "×": "x",
        "¼": "1/4",
        "½": "1/2",
        "¾": "3/4",
    }
)
_GUILLEMETS = re.compile("«\\s*|(?<!\\s)\\s*»")

_ALPHANUMERIC = re.compile(r"(?=[0-9]{0,10}[A-Za-z])[A-Za-z0-9]{3,11}")
_SHORT_CODE = re.compile(r"3[68][0-9]{3}")
_TOKEN = re.compile(r"[A-Za-z0-9]{8}")


@frozen
class SmsCount:
    """What a text costs."""

    encoding: Encoding
    #: Septets in GSM-7, UTF-16 units in UCS-2.
    units: int
    #: Parts billed.
    segments: int
    #: The characters outside GSM-7, each once, in their order: what turns a text into UCS-2.
    costly: tuple[str, ...]


_GOING = r"[^.!?:,\d\n«»\"“”]"
_WISH = (
    rf"{_GOING}{{0,40}}\b(?:recevoir|lire|liste|quitter|arr[êe]ter|SMS|sms|messages?|receiv\w{{1,3}}"
    rf"|list|texts|leave|end|stop)\b{_GOING}{{0,20}}"
)
#: « Pour ne plus recevoir nos messages : répondez STOP », « STOP pour ne plus nous lire ».
_OWN_STOP = re.compile(
    rf"(?P<gap>\s)(?P<before>(?:Pour|To){_WISH} ?[:,] ?)?"
    r"(?:(?:[Rr]épondez|[Ee]nvoyez|[Tt]apez|[Éé]crivez|[Tt]ext|[Rr]eply|[Ss]end) )?STOP"
    rf"(?P<after> (?:pour|to){_WISH})?[.! ]{{0,3}}\Z"
)
#: As far from its end as a text is looked at for it.
_LAST = 160
_ENDS = (".", "!", "?", "…", "»", '"', ")")


@frozen
class SmsText:
    """A text to send, its opt-out suffix included."""

    body: str
    encoding: Encoding
    segments: int


@frozen
class SmsSuffix:
    """The end of every SMS, in GSM-7, and the name that begins it where it must.

    A sender with a name takes no reply, so it gives the short link; a short code takes "STOP".
    """

    before: str
    #: The reader's own token ends it.
    personal: bool
    #: What begins the SMS: a short code names nobody.
    lead: str = ""

    @classmethod
    def of(cls, sender: str, short_url: str, name: str = "") -> "SmsSuffix":
        """``name``: who signs, where the sender names nobody.

        Raises ConfigError when ``sender`` is neither a sender's name nor a French short code."""
        if _ALPHANUMERIC.fullmatch(sender):
            return cls.by_link(short_url)
        if _SHORT_CODE.fullmatch(sender):
            lead = f"{name} : " if name else ""
            return cls(before=f" STOP au {sender}", personal=False, lead=lead)
        what = f"« {sender} » ne peut pas envoyer de SMS automatiques en France"
        remedy = "donnez un nom de 3 à 11 lettres et chiffres, ou un numéro court 36xxx ou 38xxx"
        raise ConfigError([Fault(where="config", key="channels.sms", what=what, remedy=remedy)])

    @classmethod
    def by_link(cls, short_url: str) -> "SmsSuffix":
        """Whatever the sender is: the reader's own short link."""
        return cls(before=f" Stop : {short_url.removeprefix('https://')}/", personal=True)

    @property
    def sample(self) -> str:
        """All that is added to a text, of the right length, for counting."""
        return self.lead + self.text("A7K2Q9XB")

    def text(self, token: str) -> str:
        """The suffix for one reader. The token has 8 letters or digits: ValueError otherwise."""
        if not self.personal:
            return self.before
        if not _TOKEN.fullmatch(token):
            raise ValueError("a short token has 8 letters or digits")
        return self.before + token


def count(text: str) -> SmsCount:
    """What ``text`` costs. An empty text is one part."""
    costly = tuple(dict.fromkeys(c for c in text if c not in _BASIC and c not in _ESCAPED))
    encoding = Encoding.UCS_2 if costly else Encoding.GSM_7
    units = _units(text, encoding)
    total = sum(units)
    parts = 1 if total <= _ONE_PART[encoding] else _parts(units, _MANY_PARTS[encoding])
    return SmsCount(encoding=encoding, units=total, segments=parts, costly=costly)


def transliterate(text: str) -> str:
    """``text`` in characters that cost nothing: ê → e, ç → c, œ → oe, ’ → ', « » → ".

    A character without such a spelling stays, and ``count`` still names it.
    """
    return "".join(_spelled(c) for c in _GUILLEMETS.sub('"', text).translate(_SPELLINGS))


def without_own_stop(text: str) -> str:
    """``text`` without a last sentence that says to answer STOP: the suffix stands in its place.

    A sentence with a number of its own, one in quotation marks, one that goes on stay.
    """
    found = _OWN_STOP.search(text, max(0, len(text) - _LAST))
    if not found or not (found["before"] or found["after"]):
        return text
    kept = text[: found.start()].rstrip()
    ended = found["before"] or kept.endswith(_ENDS) or "://" in kept.split(" ")[-1]
    return kept if ended and kept else text


def _spelled(character: str) -> str:
    if character in _BASIC or character in _ESCAPED:
        return character
    parts = unicodedata.normalize("NFKD", character)
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    return plain if plain and all(part in _BASIC for part in plain) else character


def _units(text: str, encoding: Encoding) -> list[int]:
    """The size of each character that must not be split."""
    if encoding is Encoding.GSM_7:
        return [2 if character in _ESCAPED else 1 for character in text]
    return [len(c.encode("utf-16-le", "surrogatepass")) // 2 for c in _CHARACTER.findall(text)]


def _parts(units: list[int], room: int) -> int:
    parts, free = 1, room
    for size in units:
        if size > free:
            parts, free = parts + 1, room
        free -= size
    return parts
