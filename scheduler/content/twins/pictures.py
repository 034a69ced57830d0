"""The pictures of a twin, drawn into its page: a message's drawing, and a QR code.

A drawing is a writer's file: only shapes and their colours pass, nothing that fetches, runs or
spells. One that holds anything else is shown as its PNG.
"""

import re
from base64 import b64encode
from html import escape
from xml.etree.ElementTree import Element, ParseError, fromstring

from scheduler.content.drawings import size
from scheduler.domain.values import frozen

#: Characters.
_LARGEST = 50_000
_SHAPES = frozenset({"g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_SHAPED = frozenset(
    {
        *("d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "width", "height"),
        *("points", "transform", "opacity", "fill", "fill-rule", "fill-opacity", "stroke"),
        *("stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray"),
        *("stroke-dashoffset", "stroke-opacity", "stroke-miterlimit"),
    }
)
_VALUE = re.compile(r"[\w\s.,#()%+-]*")
_NAMESPACE = "{http://www.w3.org/2000/svg}"
#: Pixels, as the networks show it.
POST_SIZE = (1200, 627)
_GROUND = "#f7f1e3"


@frozen
class Picture:
    png: bytes
    #: What it shows, for who doesn't see it.
    words: str
    #: The drawing itself; None: nothing safe can be drawn.
    vector: str | None = None

    @property
    def inline(self) -> str:
        """A piece of HTML that holds the whole of it."""
        inside = shapes(self.vector) if self.vector else None
        if inside is None:
            return f'<img alt="{escape(self.words)}" src="{self.data}">'
        box, drawn = inside
        label = escape(self.words)
        return f'<svg role="img" aria-label="{label}" viewBox="{box}">{drawn}</svg>'

    @property
    def shape(self) -> float:
        """Its height over its width."""
        width, height = size(self.png)
        return height / width

    @property
    def data(self) -> str:
        return f"data:image/png;base64,{b64encode(self.png).decode()}"


def shapes(vector: str) -> tuple[str, str] | None:
    """The view box of a drawing and its shapes; None for one that holds anything else."""
    if "<!" in vector or len(vector) > _LARGEST:
        return None
    try:
        root = fromstring(vector)  # noqa: S314 - no entity: « <! » was refused
    except ParseError:
        return None
    box = root.get("viewBox", "")
    if root.tag != f"{_NAMESPACE}svg" or not re.fullmatch(r"[\d. -]+", box):
        return None
    try:
        drawn = [_shape(child) for child in root]
    except RecursionError:  # groups in groups, thousands deep
        return None
    return None if None in drawn else (box, "".join(filter(None, drawn)))


def _shape(element: Element) -> str | None:
    name = element.tag.removeprefix(_NAMESPACE)
    safe = name in _SHAPES and all(
        key in _SHAPED and _VALUE.fullmatch(value) and "url" not in value.lower()
        for key, value in element.attrib.items()
    )
    if not safe:
        return None
    inside = [_shape(child) for child in element]
    if None in inside:
        return None
    said = "".join(f' {key}="{escape(value)}"' for key, value in element.attrib.items())
    return f"<{name}{said}>{''.join(filter(None, inside))}</{name}>"


def qr(address: str, own: str, title: str) -> str:
    """The code of an address of ours, and of no other: ``own`` is our public site."""
    from segno import make_qr

    if not address.startswith(f"{own}/"):
        raise ValueError(f"{address} isn't one of our own addresses")
    code = make_qr(address, error="m")
    return str(
        code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgid=None, title=title)
    )


def for_post(vector: str | None) -> str:
    """A drawing of 1200 × 627 for the networks, without a letter in it: its words go beside."""
    width, height = POST_SIZE
    inside = shapes(vector) if vector else None
    drawn = ""
    if inside is not None:
        box, shown = inside
        drawn = f'<svg x="40" y="73" width="1120" height="480" viewBox="{box}">{shown}</svg>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">'
        f'<rect width="{width}" height="{height}" fill="{_GROUND}"/>'
        f'<rect y="{height - 18}" width="{width}" height="18" fill="#0b4f5c"/>{drawn}</svg>'
    )


def as_png(vector: str) -> bytes:
    from resvg_py import svg_to_bytes

    return bytes(svg_to_bytes(svg_string=vector, skip_system_fonts=True))
