"""Edits between a ledger and a folder: out for git, and into a ledger that has none.

The folder holds the texts as files, and ``edits.json``: which of them are edits, over which file
each was written, by whom and when.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scheduler.content.standing import file_text, may_be_edited
from scheduler.domain.errors import EditRefused
from scheduler.domain.writing.edits import LONGEST, Edit, Publication, plain

LIST = "edits.json"
#: Bytes of the list; a year's texts have a tenth.
_MOST = 40_000_000


def write_out(edits: Sequence[Edit], folder: Path, *, listed: bool = True) -> None:
    """Each under its path; a file that is there is replaced. ``listed``: with the list, which has
    no place among the writers' files. Raises OSError."""
    for one in edits:
        file = folder / one.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(one.content or "", encoding="utf-8", newline="\n")
    if not listed:
        return
    told = json.dumps([_told(one) for one in edits], ensure_ascii=False, indent=1)
    (folder / LIST).write_text(told + "\n", encoding="utf-8")


def read_in(folder: Path, files: Path, by: str) -> list[Publication]:
    """What a folder's edits would publish over ``files``; without a list, whatever text in it
    differs from its file is an edit of ``by``.

    Raises EditRefused for what is no edit, or of no text that is there.
    """
    listed = folder / LIST
    if listed.is_file():
        return [_publication(one, folder, files) for one in _rows(listed)]
    found = []
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        path = file.relative_to(folder).as_posix()
        base, content = file_text(files, path), file_text(folder, path)
        if may_be_edited(files, path) and content is not None and content != base:
            found.append(_checked(files, path, content, base, by, by))
    return found


def _told(one: Edit) -> dict[str, Any]:
    return {
        "path": one.path,
        "base": one.base,
        "written_by": one.written_by,
        "published_by": one.published_by,
        "at": one.at.isoformat(),
    }


def _rows(listed: Path) -> list[dict[str, Any]]:
    try:
        with listed.open("rb") as file:
            rows = json.loads(file.read(_MOST))
        if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
            raise ValueError
    except ValueError:
        raise EditRefused(f"{listed} is no list of edits: export them anew") from None
    return rows


def _publication(row: dict[str, Any], folder: Path, files: Path) -> Publication:
    words = [row.get(name) for name in ("path", "written_by", "published_by")]
    base = row.get("base")
    if not all(isinstance(one, str) and one for one in words) or not isinstance(base, str | None):
        raise EditRefused(f"{folder / LIST} is no list of edits: export them anew")
    path, writer, publisher = map(str, words)
    content = file_text(folder, path) if may_be_edited(files, path) else None
    if content is None:
        raise EditRefused(f"{path} is no text of templates/, or isn't in {folder}")
    return _checked(files, path, content, base, writer, publisher)


def _checked(
    files: Path, path: str, content: str, base: str | None, writer: str, publisher: str
) -> Publication:
    if len(content) > LONGEST:
        raise EditRefused(f"{path} has over {LONGEST} signs: shorten it")
    return Publication(
        path=path,
        content=plain(content),
        base=base,
        over=0,
        written_by=writer[:80],
        published_by=publisher[:80],
    )
