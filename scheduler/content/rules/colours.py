"""Colours of a style sheet, and how well one is read on another (WCAG 2.2, relative luminance)."""

import re
from collections.abc import Iterator

from scheduler.domain.values import frozen

Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
#: WCAG 2.2, success criterion 1.4.3.
LEAST = 4.5

_NAMES = {
    "white": WHITE,
    "black": BLACK,
    "red": (255, 0, 0),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "silver": (192, 192, 192),
    "lightgray": (211, 211, 211),
    "lightgrey": (211, 211, 211),
    "yellow": (255, 255, 0),
    "orange": (255, 165, 0),
    "navy": (0, 0, 128),
    "blue": (0, 0, 255),
    "green": (0, 128, 0),
}
_HEX = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})")
_RGB = re.compile(r"rgb\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)")
_DECLARATION = re.compile(
    r"(?<![\w-])(?P<name>color|background|background-color)\s*:(?P<value>[^;}]*)"
)


@frozen
class Colours:
    """What some declarations say; None: nothing, or nothing that is a plain colour."""

    text: Colour | None = None
    background: Colour | None = None


def read(declarations: str) -> Colours:
    """``color: #111; background: white`` — the last one of a kind wins, as in a browser."""
    text = background = None
    for found in _DECLARATION.finditer(declarations):
        if found["name"] == "color":
            text = colour(found["value"]) or text
        else:
            background = colour(found["value"]) or background
    return Colours(text=text, background=background)


def text_colours(style: str) -> Iterator[tuple[int, Colour]]:
    """Every text colour a style sheet declares, with its offset."""
    for found in _DECLARATION.finditer(style):
        value = colour(found["value"])
        if found["name"] == "color" and value:
            yield found.start(), value


def colour(value: str) -> Colour | None:
    """The first colour in a CSS value."""
    lowered = value.lower()
    if found := _HEX.search(lowered):
        digits = found[0][1:]
        if len(digits) == 3:
            digits = "".join(digit * 2 for digit in digits)
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if found := _RGB.search(lowered):
        return int(found[1]), int(found[2]), int(found[3])
    return next((_NAMES[word] for word in re.findall(r"[a-z]+", lowered) if word in _NAMES), None)


def ratio(one: Colour, other: Colour) -> float:
    """From 1 (the same) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def written(value: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*value)


def _luminance(value: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in value)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
