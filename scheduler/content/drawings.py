"""The drawing of a message: a small PNG of templates/_images, and the words that tell it too.

It is kept with the text that was frozen, among its values, under names that no writer can type: a
program of the release before reads such a content as any other, and shows none.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from html import escape
from textwrap import fill

from scheduler.content.folder import MessageFolder, Source
from scheduler.content.library import Library
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.drawings import may_draw
from scheduler.domain.organisation import File
from scheduler.domain.values import frozen

#: Bytes: every message carries it.
LARGEST = 12_000
#: Pixels: shown at half of them, so that it is sharp on any screen.
WIDEST = 560
#: What the page calls it.
DRAWING_ID = "dessin"
_PNG = b"\x89PNG\r\n\x1a\n"
_FILE, _NAME, _WORDS = "@image", "@image_name", "@image_words"
_STYLE = (
    "display: block; border: 0; max-width: 100%; height: auto; font-size: 14px; line-height: 20px;"
)


@frozen
class Drawing:
    file: File
    #: Tells what it shows, and the joke.
    words: str

    @property
    def html(self) -> str:
        width, height = size(self.file.body)
        return (
            f'<p class="dessin"><img src="cid:{DRAWING_ID}" alt="{escape(self.words)}" '
            f'width="{width // 2}" height="{height // 2}" style="{_STYLE}"></p>\n'
        )

    def text(self, width: int) -> str:
        return fill(f"[{self.words}]", width, break_long_words=False, break_on_hyphens=False)


def fault(picture: bytes | None) -> str:
    """What keeps a picture from being a message's, in French; empty when it can be."""
    if picture is None:
        return "n'est pas dans templates/_images"
    if not picture.startswith(_PNG) or len(picture) < 24:
        return "n'est pas une image PNG"
    if len(picture) > LARGEST:
        return f"fait {len(picture)} octets : {LARGEST} au plus"
    width, _ = size(picture)
    return f"fait {width} pixels de large : {WIDEST} au plus" if width > WIDEST else ""


def size(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG (its IHDR chunk)."""
    return int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])


def kept(
    library: Library, message: MessageFolder, source: Source, audience: Audience
) -> dict[str, str]:
    """What of a drawing is kept with a text; nothing where it has none, or none that can be sent:
    no sense is in it alone, so no reader waits for it."""
    image = message.image
    if image is None or not may_draw(message.path, message.message_class, audience.people):
        return {}
    words = image.words_for(source.variant)
    picture = library.picture(image.file)
    if not words or picture is None or fault(picture):
        return {}
    return {_FILE: b64encode(picture).decode(), _NAME: f"{image.file}.png", _WORDS: words}


def of(values: Mapping[str, str]) -> Drawing | None:
    """The drawing that was kept among a content's values."""
    if _FILE not in values:
        return None
    body = b64decode(values[_FILE])
    file = File(content_type="image/png", name=values[_NAME], body=body, content_id=DRAWING_ID)
    return Drawing(file=file, words=values[_WORDS])
