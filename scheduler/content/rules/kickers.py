"""The line above a message's title: where one may stand, and how it reads."""

from collections.abc import Iterator

from scheduler.content.folder import MessageFolder
from scheduler.content.library import Library
from scheduler.content.rules import days as rules_days
from scheduler.content.rules import typography as rules_typography
from scheduler.content.rules.passage import Passage, finding
from scheduler.domain.calendar.campaigns import People
from scheduler.domain.checking.findings import Finding
from scheduler.domain.drawings import may_draw


def kicker(library: Library, folder: MessageFolder, line: int | None) -> Iterator[Finding]:
    """``line``: of ``slogan`` or ``kicker`` in message.yaml."""
    if folder.kicker is None:
        return
    where = library.where(f"{folder.path}/message.yaml")
    if not any(may_draw(folder.path, folder.message_class, people) for people in People):
        what = "rien ne se lit au-dessus du titre de ce message : personne n'y sourit"
        yield finding("kicker", where, line, what, "retirez slogan: ou kicker:")
        return
    for variant, words in folder.kicker.words.items():
        language = variant.removesuffix("-falc")
        passage = Passage(file=where, text=words, first_line=line or 1, language=language)
        yield from rules_typography.typography(passage)
        if not folder.kicker.slogan:
            # A slogan is somebody's, and says its day as they do.
            yield from rules_days.days(passage)
