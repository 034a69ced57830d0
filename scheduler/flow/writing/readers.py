"""Which messages are made with a shared text: all are read once, and again when a file changes."""

from collections.abc import Mapping
from pathlib import Path
from threading import Lock

from scheduler.content.composing.texts import files_of
from scheduler.content.library import Library
from scheduler.content.stamp import stamp
from scheduler.domain.errors import ContentError, NotFound

#: Folders that are known at once: the files, and those with edits laid over them.
_MOST = 4
_known: dict[Path, tuple[str, Mapping[str, tuple[str, ...]]]] = {}
_lock = Lock()


def shared_readers(library: Library) -> Mapping[str, tuple[str, ...]]:
    """Path, as people know it, of each file that messages are made with -> these, sorted."""
    # Asked before anything is read: what changes meanwhile is seen by the next.
    now = stamp(library.root)
    with _lock:
        kept = _known.get(library.root)
        if kept is not None and kept[0] == now:
            return kept[1]
        found = _read(library)
        _known.pop(library.root, None)
        while len(_known) >= _MOST:
            del _known[next(iter(_known))]
        _known[library.root] = now, found
        return found


def _read(library: Library) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for message in library.messages():
        try:
            folder = library.load(message)
        except (ContentError, NotFound):
            continue
        for file in {one for source in folder.sources for one in files_of(library, source)}:
            found.setdefault(file, []).append(message)
    return {file: tuple(messages) for file, messages in found.items()}
