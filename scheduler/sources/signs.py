"""Signs that nobody typed on purpose, and text that was garbled before it came here.

Nothing is taken out of a cell without being told: each step returns what it did.
"""

import re

from scheduler.domain.people.contacts import Told

#: Characters without a picture: zero-width spaces and joiners, soft hyphens, direction marks, byte
#: order marks, fillers, variation selectors, tags.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
#: A joiner between two letters that aren't Latin belongs to their spelling.
_SEEN = re.compile(f"(?<=[\u0600-\u1fff])[\u200c\u200d](?=[\u0600-\u1fff])|([{_INVISIBLE}])")
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BLANK = re.compile(f"[{_BLANKS}]")
#: Excel's way to force a text: ="00123", whatever quotation marks a program made of it.
_FORCED = re.compile(r'[=＝]\s*["“”«»]((?:[^"“”«»]|"")*)["“”«»]', re.DOTALL)
_APOSTROPHES = "'’‘`´"

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
#: What UTF-8 looks like when it was read as Windows-1252 (Ã©, â€™, Å“, Â«) or Macintosh (√©), and
#: the sign for what can't be read.
_GARBLED = re.compile(
    "\ufffd"
    "|Ã[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
    "|â[€‚][\u0080-\u00bf™œ\u201d“˜¢¦“”]?"
    "|Å[“’¸¡½¾]"
    "|Â[\u00a0-\u00bf]"
    "|√[©®†°¢´ªÆ∂≠»]"
)
#: Whether a row is worth a second look: one search for most of a million rows.
_ODD = re.compile(
    f"['’‘`´=＝\x00-\x09\x0b-\x1f\x7f-\x9f\ufffd-\uffff\ud800-\udfffÃÅÂâ√{_INVISIBLE}{_BLANKS}]"
)
CONTROL = "a control character (a cell cut short, or not a text)"
GARBLED = "characters that can't be read, or that were garbled before"


def are_plain(cells: str) -> bool:
    """Whether nothing in a row's cells, joined, needs a look."""
    return _ODD.search(cells) is None


def garbled(cell: str) -> str:
    """What shows that a cell was not read, or written, in the right encoding; empty: nothing."""
    if _CONTROL.search(cell):
        return CONTROL
    return GARBLED if _GARBLED.search(cell) else ""


def unforced(cell: str, *, typed: bool) -> tuple[str, list[Told]]:
    """The cell without what a spreadsheet wrapped it in.

    ``typed``: it holds an address, a number, a key or a day, so an apostrophe before it is none of
    its signs; a name may begin with one.
    """
    text = cell
    if match := _FORCED.fullmatch(text):
        text = match[1].replace('""', '"').strip()
    if typed and text[:1] in _APOSTROPHES:
        text = text.lstrip(_APOSTROPHES).strip()
    return text, [Told.FORCED_TEXT] if text != cell else []


def visible(cell: str) -> tuple[str, list[Told]]:
    """The cell without invisible signs, its blanks as plain spaces."""
    told = []
    text = _SEEN.sub(lambda match: "" if match[1] else match[0], cell)
    if text != cell:
        told.append(Told.INVISIBLE)
    spaced = _BLANK.sub(" ", text)
    if spaced != text:
        told.append(Told.BLANK)
    return spaced.strip(), told
