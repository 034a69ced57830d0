"""How large a twin's words can stand so that all of it fits its page, whatever font is there.

Lengths are in the page's own unit (``rem``); letters are taken as wide as those of the widest font
that a browser puts in place of Arial.
"""

from collections.abc import Iterator, Sequence
from math import ceil

from scheduler.domain.values import frozen

#: Of a letter's height: how wide it is, with what breaking lines wastes.
_WIDE, _BOLD = 0.64, 0.74
_LEADING = 1.22
#: The largest first; a drawing by its height.
_POINTS = (2.2, 2.0, 1.8, 1.6, 1.45, 1.3, 1.15, 1.0)
_SEEN, _SMALL = 9.0, 1.6
#: Of easy-to-read words, as long as anything else can give way.
_EASY = 2.0
_DRAWINGS = (17.0, 15.0, 13.0, 11.0, 9.0, 7.0)


@frozen
class ToFit:
    """What has to fit, in characters where that is enough."""

    top: str
    title: str
    points: Sequence[str]
    foot: Sequence[str]
    address: str
    credit: str
    has_code: bool
    #: Height of the drawing over its width; 0: there is none.
    shape: float
    #: Easy to read: its words are large before anything is drawn.
    easy: bool = False


@frozen
class Setting:
    title: float
    point: float
    #: Width of the drawing; 0: there is no room for it.
    drawing: float
    address: float


def poster(words: ToFit) -> Setting:
    """Of a page 44.5 wide and 68 high inside its margins."""
    width, height = 44.5, 68.0
    title, address = _title(words.title, width, 4.0), _address(words.address, width)
    foot = sum(_lines(line, 1.5, width) for line in words.foot[:1]) + 1.2 * address + 1.6
    beside = width - 11.1 if words.has_code else width
    row = sum(_lines(line, 1.5, beside) + 0.3 for line in words.foot[1:])
    foot += max(9.5 if words.has_code else 0, row)
    fixed = _lines(words.top, 1.7, width, _BOLD) + 0.6 + _lines(words.title, title, width, _BOLD)
    fixed += 1.2 + foot + 0.8 + _lines(words.credit, 1.0, width)
    for drawing, point in _choices(words.shape, easy=words.easy):
        picture = drawing * words.shape + 1.2 if drawing else 0
        points = sum(max(4.0, _lines(one, point, width - 5.4)) + 1 for one in words.points)
        if fixed + picture + points <= height:
            return Setting(title=title, point=point, drawing=drawing, address=address)
    return Setting(title=title, point=_POINTS[-1], drawing=0, address=address)


def screen(words: ToFit) -> Setting:
    """Of a page 88 wide and 54 high inside its margins; the drawing stands beside the points."""
    width, height = 88.0, 53.0
    title, address = _title(words.title, width, 4.0), min(2.4, _address(words.address, 60))
    rest = max(10.0 if words.has_code else 0, sum(_lines(one, 1.6, 74) for one in words.foot) + 4)
    fixed = 2.2 + _lines(words.title, title, width, _BOLD) + 1.6 + rest + 1.7 + 2.6
    room = height - fixed
    drawing = min(32.0, room / words.shape) if words.shape else 0.0
    for point in _POINTS:
        column = width - drawing - 8.2
        points = sum(max(3.6, _lines(one, point, column)) + 1 for one in words.points)
        if fixed + points <= height:
            break
    return Setting(title=title, point=point, drawing=drawing, address=address)


def _choices(shape: float, *, easy: bool) -> Iterator[tuple[float, float]]:
    """Width of the drawing, and size of the points: a smaller drawing before smaller words, as long
    as it is still seen from afar or the words would be small."""
    if easy:
        yield from _easy_choices(shape)
        return
    for point in _POINTS:
        for drawing in _DRAWINGS if shape else (0.0,):
            if not drawing or drawing >= _SEEN or point < _SMALL:
                yield drawing / (shape or 1), point


def _easy_choices(shape: float) -> Iterator[tuple[float, float]]:
    """Large words with a drawing that is seen, else without, then smaller words alone."""
    large = [point for point in _POINTS if point >= _EASY]
    drawings = [drawing / shape for drawing in _DRAWINGS if drawing >= _SEEN] if shape else []
    yield from ((drawing, point) for point in large for drawing in drawings)
    yield from ((0.0, point) for point in _POINTS)


def _title(title: str, width: float, most: float) -> float:
    """On two lines at most."""
    sizes = (most - 0.2 * step for step in range(9))
    return next((one for one in sizes if _rows(title, one, width, _BOLD) <= 2), most - 1.6)


def _address(address: str, width: float) -> float:
    """On one line, and larger than the words around."""
    return max(1.6, min(2.6, width / (_BOLD * max(1, len(address)))))


def _rows(text: str, size: float, width: float, wide: float = _WIDE) -> int:
    return ceil(len(text) * size * wide / width) if text else 0


def _lines(text: str, size: float, width: float, wide: float = _WIDE) -> float:
    return _rows(text, size, width, wide) * size * _LEADING
