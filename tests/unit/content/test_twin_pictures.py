"""A drawing in a page is shapes and nothing else; a code leads to us and to nobody else."""

from pathlib import Path

import pytest

from scheduler.content.drawings import size
from scheduler.content.twins.pictures import POST_SIZE, Picture, as_png, for_post, qr, shapes
from tests.drawings import FOLDER

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 240">{}</svg>'


@pytest.mark.parametrize("drawing", sorted(FOLDER.glob("*.svg")), ids=lambda file: file.stem)
def test_each_shipped_drawing_is_drawn_in_the_page(drawing: Path) -> None:
    assert shapes(drawing.read_text(encoding="utf-8")) is not None
    picture = as_png(for_post(drawing.read_text(encoding="utf-8")))
    assert size(picture) == POST_SIZE


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<image href="https://ailleurs.example/x.png"/>',
        '<rect onload="alert(1)"/>',
        '<rect fill="url(https://ailleurs.example/x)"/>',
        '<rect style="fill: red"/>',
        "<g><foreignObject/></g>",
        "<text>Bonjour</text>",
        "<!-- rien -->",
        "<g",
        "<g>" * 6000 + "</g>" * 6000,
    ],
    ids=lambda inside: inside[:20],
)
def test_what_is_no_shape_is_shown_as_its_png(inside: str) -> None:
    assert shapes(SVG.format(inside)) is None

    shown = Picture(png=b"\x89PNG", words="Un « chat » & <b>", vector=SVG.format(inside)).inline

    assert shown == '<img alt="Un « chat » &amp; &lt;b&gt;" src="data:image/png;base64,iVBORw==">'


def test_an_entity_never_grows() -> None:
    assert shapes(f'<!DOCTYPE svg [<!ENTITY a "aaaa">]>{SVG.format("<g/>")}') is None


def test_a_code_leads_to_our_own_site_alone() -> None:
    site = "https://cyber.example.org"

    assert qr(f"{site}/m/k7p2qx3a", site, "Code").startswith("<svg")
    for elsewhere in (
        "https://cyber.example.org.ailleurs.example/m/x",
        "https://ailleurs.example/m",
    ):
        with pytest.raises(ValueError, match="our own"):
            qr(elsewhere, site, "Code")
