"""Every drawing shipped: ours to make anew, small, safe, told in words, and where one may stand."""

import re
from email.message import EmailMessage
from html import unescape
from pathlib import Path

import pytest

from scheduler.content import drawings
from scheduler.domain.message import MessageClass
from tests.drawings import FOLDER, rendered
from tests.samples.content import part, read
from tests.shipped import Shipped, folders, library, reader, texts

DRAWN = sorted(FOLDER.glob("*.svg"))
#: Bytes that a person can still read and mend.
LARGEST_SVG = 4_000
#: Names that would fetch, run or spell something.
_REFUSED = re.compile(r"<(?:image|text|script|style|use|foreignObject|font)\b|href|url\(|\bon\w+=")

every_drawing = pytest.mark.parametrize("drawing", DRAWN, ids=lambda file: file.stem)
every_email = pytest.mark.parametrize("text", texts("email"), ids=lambda text: text.name)


@every_drawing
def test_a_png_is_what_its_svg_makes(drawing: Path) -> None:
    assert drawing.with_suffix(".png").read_bytes() == rendered(drawing), "make images"


@every_drawing
def test_a_drawing_is_small_and_fetches_nothing(drawing: Path) -> None:
    source = drawing.read_text(encoding="utf-8")

    assert drawings.fault(drawing.with_suffix(".png").read_bytes()) == ""
    assert len(source.encode()) <= LARGEST_SVG
    assert _REFUSED.search(source.replace('xmlns="http://www.w3.org/2000/svg"', "")) is None


@every_drawing
def test_a_drawing_brings_its_own_light_ground(drawing: Path) -> None:
    second = drawing.read_text(encoding="utf-8").split("\n")[1]

    assert re.fullmatch(r'<rect width="\d+" height="240" rx="24" fill="#f7f1e3"/>', second)


def test_each_png_has_its_svg_and_each_is_some_messages() -> None:
    named = {folder.image.file for folder in folders() if folder.image}

    assert library().pictures() == [one.stem for one in DRAWN]
    assert named == {one.stem for one in DRAWN}


def test_each_episode_and_each_reminder_has_a_drawing_of_its_own() -> None:
    drawn = [folder for folder in folders() if folder.path.startswith(("cybermois/", "rappels/"))]

    files = [folder.image.file for folder in drawn if folder.image]
    assert len(files) == len(drawn) == len({*files})


@every_email
def test_a_drawing_is_told_in_words_and_carried_by_its_message(text: Shipped) -> None:
    image = text.folder.image
    message = read(text.email(text.examples()).fill(reader({})))
    shown = _drawing(message)

    if image is None or _is_grave(text):
        assert shown is None
        return
    words = image.words_for(text.source.variant)
    assert shown is not None
    assert shown.get_content_disposition() == "inline"
    assert shown.get_filename() == f"{image.file}.png"
    assert shown.get_content() == library().picture(image.file)
    assert f'alt="{words}"' in unescape(part(message, "html"))
    assert f"[{words}]" in part(message, "plain").replace("\n", " ")[: len(words) + 90]


@every_email
def test_no_page_shows_anything_from_elsewhere(text: Shipped) -> None:
    html = part(read(text.email(text.examples()).fill(reader({}))), "html")

    assert re.findall(r'src="(?!cid:)', html) == []


def _is_grave(text: Shipped) -> bool:
    folder = text.folder
    return (
        folder.message_class is MessageClass.SERVICE
        or folder.path.startswith("fuite")
        or (folder.path.endswith("12-dans-l-heure") and text.audience.name == "patients")
    )


def _drawing(message: EmailMessage) -> EmailMessage | None:
    found = [one for one in message.walk() if one["Content-ID"] == "<dessin>"]
    assert len(found) <= 1
    return found[0] if found else None
