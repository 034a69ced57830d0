"""The drawing that a message names: one of ours, small, told in words, and where one may stand."""

from collections.abc import Iterator

from scheduler.content import drawings
from scheduler.content.folder import MessageFolder
from scheduler.content.library import Library
from scheduler.content.rules.passage import finding
from scheduler.content.wording import did_you_mean
from scheduler.domain.calendar.campaigns import People
from scheduler.domain.checking.findings import Finding
from scheduler.domain.drawings import may_draw


def drawing(library: Library, folder: MessageFolder, line: int | None) -> Iterator[Finding]:
    """``line``: of the key in message.yaml."""
    image = folder.image
    if image is None:
        return
    where = library.where(f"{folder.path}/message.yaml")
    if not any(may_draw(folder.path, folder.message_class, people) for people in People):
        what = "ce message ne porte pas de dessin : personne n'y sourit"
        yield finding("image", where, line, what, "retirez image:")
        return
    if what := drawings.fault(library.picture(image.file)):
        remedy = did_you_mean(image.file, library.pictures())
        yield finding("image", where, line, f"« {image.file} » {what}", remedy)
    letters = {source.variant for source in folder.sources if source.is_letter}
    for variant in sorted(letters):
        if not image.words_for(variant):
            yield finding(
                "image",
                where,
                line,
                f"le dessin n'a pas de texte de remplacement en « {variant} »",
                f"dites-le avec des mots, sous image: {variant}: …",
            )
