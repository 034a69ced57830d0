"""How a message's HTML is shown in its frame: on a light screen, a dark one, or without images.

The message itself is never changed by this: only the copy that a frame shows.
"""

import re
from html import escape, unescape

LOOKS = ("light", "dark", "no-images")

_SCHEME = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)
_META = re.compile(
    r"(<meta\s[^>]*name=\"(?:supported-)?color-schemes?\"[^>]*content=\")[^\"]*", re.IGNORECASE
)
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ALT = re.compile(r"\salt\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
#: Conditions that always hold, and never do, anywhere in a media query.
_ALWAYS, _NEVER = "(min-width: 0)", "(max-width: 0)"


def show(html: str, look: str) -> str:
    """``html`` as a screen of this look shows it, whatever the screen of the desk's own reader."""
    scheme = "dark" if look == "dark" else "light"
    shown = _SCHEME.sub(lambda one: _ALWAYS if one[1].lower() == scheme else _NEVER, html)
    shown = _META.sub(rf"\g<1>{scheme}", shown)
    return _IMAGE.sub(_instead, shown) if look == "no-images" else shown


def has_images(html: str) -> bool:
    return _IMAGE.search(html) is not None


def _instead(image: re.Match[str]) -> str:
    """The words that stand for an image; nothing for one that is there for decoration."""
    found = _ALT.search(image[0])
    alt = unescape(next(filter(None, found.groups()), "")) if found else ""
    return f'<span style="border: 1px dashed; padding: 2px 6px">{escape(alt)}</span>' if alt else ""
