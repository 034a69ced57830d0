"""Edits between a ledger and a folder: out for git, and into a ledger that has none.

The folder holds the texts as files, and ``edits.json``: which of them are edits, over which file
each was written, by whom and when, and the print of each as it was written out.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scheduler.content.standing import file_text, may_be_edited
from scheduler.domain.errors import EditRefused
from scheduler.domain.writing.carried import Carried
from scheduler.domain.writing.edits import LONGEST, Edit, fingerprint, plain

LIST = "edits.json"
#: Bytes of the list; a year's texts have a tenth.
_MOST = 40_000_000


def write_out(edits: Sequence[Edit], folder: Path, *, listed: bool = True) -> None:
    """Each under its path; a file that is there is replaced. ``listed``: with the list, which has
    no place among the writers' files. Raises EditRefused where that can't be written."""
    if folder.exists() and not folder.is_dir():
        raise EditRefused(f"{folder} is a file: name a folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one in edits:
            file = folder / one.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(one.content or "", encoding="utf-8", newline="\n")
        if listed:
            told = json.dumps([_told(one) for one in edits], ensure_ascii=False, indent=1)
            (folder / LIST).write_text(told + "\n", encoding="utf-8")
    except OSError as unwritable:
        where = unwritable.filename or folder
        raise EditRefused(f"{where} can't be written: {unwritable.strerror}") from unwritable


def read_in(folder: Path, files: Path, by: str) -> list[Carried]:
    """The texts of a folder, to be laid over ``files``: those of its list, else every one that it
    has, which are ``by``'s where they differ.

    Raises EditRefused for what is no edit, or of no text that is there.
    """
    if not folder.exists():
        raise EditRefused(f"there is no folder {folder}")
    if not folder.is_dir():
        raise EditRefused(f"{folder} is a file: name a folder")
    listed = folder / LIST
    if listed.is_file():
        rows = [_of_row(one, folder, files, by) for one in _rows(listed)]
        if len({one.path for one in rows}) < len(rows):
            raise EditRefused(f"{listed} is no list of edits: export them anew")
        return rows
    found = []
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        path = file.relative_to(folder).as_posix()
        content = file_text(folder, path) if may_be_edited(files, path) else None
        if content is not None:
            base = file_text(files, path)
            carried = Carried(path=path, content=content, base=base, written_by=by, published_by=by)
            found.append(_checked(carried))
    if not found:
        raise EditRefused(
            f"{folder} has no edits.json and no text of templates/: name a folder that "
            "`reflexe edits export` wrote, or one that is laid out as templates/ is"
        )
    return found


def _told(one: Edit) -> dict[str, Any]:
    return {
        "path": one.path,
        "base": one.base,
        "written_by": one.written_by,
        "published_by": one.published_by,
        "at": one.at.isoformat(),
        "text": fingerprint(plain(one.content or "")),
    }


def _rows(listed: Path) -> list[dict[str, Any]]:
    try:
        with listed.open("rb") as file:
            rows = json.loads(file.read(_MOST))
        if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
            raise ValueError
    except (ValueError, OSError):
        raise EditRefused(f"{listed} is no list of edits: export them anew") from None
    return rows


def _of_row(row: dict[str, Any], folder: Path, files: Path, by: str) -> Carried:
    words = [row.get(name) for name in ("path", "written_by", "published_by")]
    base, exported = row.get("base"), row.get("text", "")
    right = isinstance(base, str | None) and isinstance(exported, str)
    if not right or not all(isinstance(one, str) and one for one in words):
        raise EditRefused(f"{folder / LIST} is no list of edits: export them anew")
    path, writer, publisher = map(str, words)
    content = file_text(folder, path) if may_be_edited(files, path) else None
    if content is None:
        raise EditRefused(f"{path} is no text of templates/, or isn't in {folder}")
    # Words that were changed in the folder are of who brings them.
    is_theirs = fingerprint(content) == exported
    return _checked(
        Carried(
            path=path,
            content=content,
            base=base,
            is_listed=True,
            exported=exported,
            written_by=writer if is_theirs else by,
            published_by=publisher if is_theirs else by,
        )
    )


def _checked(one: Carried) -> Carried:
    if len(one.content) > LONGEST:
        raise EditRefused(f"{one.path} has over {LONGEST} signs: shorten it")
    return one
