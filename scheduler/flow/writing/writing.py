"""What stands behind the page on which texts are written: what stands, who must say yes, and what
keeps a draft from being published."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from scheduler.config.configuration import Configuration
from scheduler.content.composing.texts import files_of
from scheduler.content.folder import MessageFolder
from scheduler.content.library import Library
from scheduler.content.rules.copies import STILL_FRENCH
from scheduler.content.standing import file_text, may_be_edited, texts_of
from scheduler.domain.checking.findings import Finding, Severity
from scheduler.domain.errors import ContentError, NotFound, Overtaken
from scheduler.domain.message import MessageClass
from scheduler.domain.writing.drafts import Draft
from scheduler.domain.writing.edits import Edit, Publication, fingerprint
from scheduler.flow.writing.readers import shared_readers

_SHARED = "_snippets"
#: Messages that a shared text is judged with, at most.
MOST_READERS = 8


def refuse_unknown(configuration: Configuration, path: str) -> None:
    """Raises NotFound for what is no text that is there, whatever its path says."""
    if not may_be_edited(configuration.templates, path):
        raise NotFound(f"no text {path!r}")


def standing(configuration: Configuration, latest: Edit | None, path: str) -> str:
    """What readers get of a text now; empty for one that isn't there yet."""
    if latest is not None and latest.content is not None:
        return latest.content
    return file_text(configuration.files, path) or ""


def message_of(library: Library, path: str, asked: str = "") -> str:
    """The message that a text is shown in: its own; of a shared one, ``asked`` or the first that is
    made with it. Empty: none is."""
    folder = path.rpartition("/")[0]
    if folder != _SHARED:
        return folder
    found = readers_of(library, path)
    return asked if asked in found else next(iter(found), "")


def readers_of(library: Library, path: str) -> list[str]:
    """The messages that are made with a shared text; a message's own text is its alone."""
    folder = path.rpartition("/")[0]
    if folder != _SHARED:
        return [folder]
    return list(shared_readers(library).get(library.where(path), ()))


def texts_to_write(library: Library, files: Path, folder: MessageFolder) -> list[str]:
    """Those of a message, and the shared ones that it is made with."""
    shared: set[str] = set()
    for source in folder.sources:
        shared |= {one.partition("/")[2] for one in files_of(library, source)}
    own = texts_of(files, folder.path)
    return [*own, *sorted(one for one in shared if one.startswith(f"{_SHARED}/"))]


def asks_second(library: Library, path: str) -> bool:
    """Whether a second person must read it first: it is of a message about somebody's own affairs
    (class ``service``), or one whose head says ``approval: true``."""
    return any(_asks(library, one) for one in readers_of(library, path))


def is_of_service(library: Library, message: str) -> bool:
    """Whether it is about somebody's own affairs, as far as anybody can tell."""
    try:
        return library.load(message).message_class is MessageClass.SERVICE
    except (ContentError, NotFound):
        return True


def publication(
    configuration: Configuration,
    latest: Edit | None,
    draft: Draft,
    *,
    published_by: str,
    merged: bool = False,
) -> Publication:
    """What a draft is as an edit; one that says what the file says takes the edit away. ``merged``:
    its writer has seen what the file says now. Raises Overtaken where the file that it was written
    over has changed: it may have taken long to be read."""
    file = file_text(configuration.files, draft.path)
    stands = latest is not None and latest.content is not None
    if not stands and fingerprint(file or "") != draft.seen:
        raise Overtaken(f"the file of {draft.path} has changed meanwhile")
    base = latest.base if latest is not None and stands and not merged else file
    return Publication(
        path=draft.path,
        content=None if draft.content == file and stands else draft.content,
        base=base,
        over=draft.over,
        written_by=draft.by or draft.owner or published_by,
        published_by=published_by,
    )


def new_faults(found: Sequence[Finding], before: Sequence[Finding]) -> list[Finding]:
    """The faults that a draft would bring; what was wrong before is shown, and stops nobody."""
    known = {(one.file, one.rule, one.message) for one in before}
    return [
        one
        for one in found
        if one.severity is Severity.FAULT and (one.file, one.rule, one.message) not in known
    ]


def as_written_here(found: Sequence[Finding], path: str) -> list[Finding]:
    """On the desk a sibling begins as the French text: one that is left so isn't published, though
    in a file it is advice."""
    own = f"templates/{path}"
    return [
        replace(one, severity=Severity.FAULT)
        if one.rule == STILL_FRENCH and one.file == own
        else one
        for one in found
    ]


def _asks(library: Library, message: str) -> bool:
    """One that can't be read now may be such a one."""
    try:
        folder = library.load(message)
    except NotFound:
        return False
    except ContentError:
        return True
    return folder.approval or folder.message_class is MessageClass.SERVICE
