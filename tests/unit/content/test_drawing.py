"""A message's drawing: kept with its text, told in words, and never where nobody smiles."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.content import drawings
from scheduler.content.composing.compose import EmailComposer
from scheduler.content.composing.content import Content, freeze
from scheduler.content.library import Library
from scheduler.content.rules.drawings import drawing
from scheduler.content.strays import in_templates
from scheduler.domain.calendar.campaigns import People
from scheduler.domain.drawings import WITHIN_THE_HOUR, may_draw
from scheduler.domain.errors import ContentError
from scheduler.domain.message import MessageClass
from tests.drawings import FOLDER
from tests.samples.content import (
    GROUNDS,
    HEAD,
    LINKS,
    MESSAGE,
    ORGANISATION,
    SENDER,
    STAFF,
    composer,
    part,
    read,
    recipient,
    write,
)

WORDS = 'Un "masque" & 100 % sourire.'
IMAGE = f"image:\n  file: masque\n  fr: '{WORDS}'\n"
PNG = (FOLDER / "masque.png").read_bytes()


@pytest.mark.parametrize(
    ("message", "kind", "people", "drawn"),
    [
        ("cybermois/1-fermer-sa-porte", MessageClass.AWARENESS, People.PATIENTS, True),
        ("fuite-de-donnees", MessageClass.SERVICE, People.STAFF, False),
        ("fuite-ailleurs", MessageClass.AWARENESS, People.PATIENTS, False),
        (WITHIN_THE_HOUR, MessageClass.AWARENESS, People.STAFF, True),
        (WITHIN_THE_HOUR, MessageClass.AWARENESS, People.PATIENTS, False),
        (WITHIN_THE_HOUR, MessageClass.AWARENESS, People.UNSAID, False),
        ("reperes/care", MessageClass.SERVICE, People.STAFF, False),
    ],
)
def test_where_a_drawing_may_stand(
    message: str, kind: MessageClass, people: People, drawn: bool
) -> None:
    assert may_draw(message, kind, people) is drawn


def test_a_drawing_travels_in_the_message_and_is_told_in_words(tmp_path: Path) -> None:
    compose = composer(_content(tmp_path))

    message = read(compose.fill(recipient()))

    (shown,) = [one for one in message.walk() if one["Content-ID"] == "<dessin>"]
    assert shown["Content-Disposition"] == 'inline; filename="masque.png"'
    assert shown.get_payload(decode=True) == PNG
    assert part(message, "plain").startswith(f"[{WORDS}]\n\n")
    assert 'alt="Un &quot;masque&quot; &amp; 100 % sourire."' in part(message, "html")
    assert 'src="cid:dessin" ' in compose.html(recipient())
    assert 'width="120" height="120"' in compose.html(recipient())


def test_a_kept_text_keeps_its_drawing(tmp_path: Path) -> None:
    content = _content(tmp_path)
    shutil.rmtree(tmp_path / "_images")

    kept = Content.from_json(content.to_json())

    assert kept.drawing is not None
    assert kept.drawing.file.body == PNG


def test_an_organisation_may_show_none(tmp_path: Path) -> None:
    compose = EmailComposer(
        _content(tmp_path),
        SENDER,
        replace(ORGANISATION, images=False),
        LINKS,
        campaign="octobre",
        grounds=GROUNDS,
    )

    message = read(compose.fill(recipient()))

    assert [one for one in message.walk() if one.get_content_maintype() == "image"] == []
    assert "masque" not in part(message, "plain") + part(message, "html")


@pytest.mark.parametrize(
    "image",
    [
        IMAGE.replace("file: masque", "file: absent"),
        IMAGE.replace("  fr:", "  en:"),
        IMAGE.replace("file: masque", "file: lourd"),
    ],
)
def test_a_drawing_that_cannot_be_sent_holds_nobody(tmp_path: Path, image: str) -> None:
    content = _content(tmp_path, image)

    assert content.drawing is None
    assert "masque" not in composer(content).html(recipient())


@pytest.mark.parametrize(
    ("image", "kind", "told"),
    [
        (IMAGE, "awareness", []),
        (IMAGE.replace("file: masque", "file: masqe"), "awareness", ["n'est pas dans"]),
        (IMAGE.replace("file: masque", "file: lourd"), "awareness", ["12000 au plus"]),
        (IMAGE.replace("file: masque", "file: large"), "awareness", ["560 au plus"]),
        (IMAGE.replace("file: masque", "file: texte"), "awareness", ["image PNG"]),
        (IMAGE.replace("  fr:", "  en:"), "awareness", ["remplacement en « fr »"]),
        (IMAGE, "service", ["personne n'y sourit"]),
        ("", "service", []),
    ],
)
def test_check_tells_what_is_wrong_with_it(
    tmp_path: Path, image: str, kind: str, told: list[str]
) -> None:
    library = _library(tmp_path, image, kind)

    found = list(drawing(library, library.load("porte"), 7))

    assert [one.rule for one in found] == ["image"] * len(told)
    assert all(part in one.message for part, one in zip(told, found, strict=True))
    assert all((one.file, one.line) == (f"{tmp_path.name}/porte/message.yaml", 7) for one in found)


@pytest.mark.parametrize(
    ("image", "said"),
    [
        ("image: masque\n", "clé: valeur"),
        ("image: {fr: Un masque}\n", "« file » manque"),
        ("image: {file: ../../secret}\n", "ne nomme pas un dessin"),
        ("image: {file: masque.png}\n", "ne nomme pas un dessin"),
        ("image: {file: masque, alt: x}\n", "« alt »"),
        (f"image: {{file: masque, fr: {'x' * 201}}}\n", "200 au plus"),
    ],
)
def test_a_card_names_one_of_the_folder_alone(tmp_path: Path, image: str, said: str) -> None:
    with pytest.raises(ContentError, match=said):
        _library(tmp_path, image).load("porte")


def test_the_easy_words_stand_in_for_nobody_elses(tmp_path: Path) -> None:
    image = _library(tmp_path, IMAGE + "  fr-falc: Simple.\n").load("porte").image

    assert image is not None
    said = {variant: image.words_for(variant) for variant in ("fr", "fr-falc", "en", "en-falc")}
    assert said == {"fr": WORDS, "fr-falc": "Simple.", "en": "", "en-falc": ""}


def test_only_drawings_lie_in_their_folder(tmp_path: Path) -> None:
    library = _library(tmp_path, IMAGE)
    (tmp_path / "_images" / "photo.jpg").write_bytes(b"x")

    assert library.pictures() == ["large", "lourd", "masque", "texte"]
    assert in_templates(tmp_path) == ["_images/photo.jpg"]


def test_the_size_is_read_of_the_picture_itself() -> None:
    assert drawings.size(PNG) == (240, 240)


def _library(root: Path, image: str, kind: str = "awareness") -> Library:
    (root / "_images").mkdir()
    (root / "_images" / "masque.png").write_bytes(PNG)
    (root / "_images" / "lourd.png").write_bytes(PNG + bytes(12_000))
    (root / "_images" / "large.png").write_bytes(PNG[:16] + (561).to_bytes(4) + PNG[20:])
    (root / "_images" / "texte.png").write_text("dessin", encoding="utf-8")
    message = MESSAGE.format(channels="email").replace("awareness", kind) + image
    return write(root, {"porte/message.yaml": message, "porte/email.fr.md": HEAD + "Bonjour\n"})


def _content(root: Path, image: str = IMAGE) -> Content:
    library = _library(root, image)
    folder = library.load("porte")
    return freeze(library, folder, folder.sources[0], STAFF, {})
