"""Files below, edits above: both laid into one folder, which is read as templates/ is.

Whatever reads texts (this process, those that prove and judge, a rule that asks for a neighbour)
reads one folder, and sees no difference. A file that nobody edited is a link to itself, so a change
of it shows at once; an edited one is a file of its own. The folder's name is a digest of what is in
it, and it is put in place in one step: two processes may lay the same at once, and what was half
laid is in nobody's way.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from secrets import token_hex

from scheduler.content import strays
from scheduler.domain.writing.edits import plain

_NAME = "templates"
#: What begins the name of a folder that stands for moments.
PASSING = ".draft-"
#: Seconds after which a folder that nobody used anew goes.
_UNUSED = 2 * 86_400
_MESSAGE_FILE = "message.yaml"
_SNIPPETS = "_snippets"
#: Bytes of a file that is edited; the library reads less.
_MOST = 400_000


def lay(base: Path, edits: Mapping[str, str], folder: Path, keep: Path | None = None) -> Path:
    """The folder to read instead of ``base``: below ``folder``, which is made. ``keep``: one laid
    before that is still read. Raises OSError."""
    # Where its message is gone nothing would read it: `edits diff` tells of it.
    laid = {path: text for path, text in edits.items() if may_be_edited(base, path)}
    names = _names(base, laid)
    target = folder / _digest(base, names, laid)
    for used in filter(None, (keep and keep.parent, target)):
        with suppress(OSError):
            os.utime(used)
    if not target.is_dir():
        _put(base, names, laid, target)
    _tidy(folder, target)
    return target / _NAME


def may_be_edited(base: Path, path: str) -> bool:
    """Whether ``path`` is a text, a quiz or the head of a message that is there, or a shared text
    that is there or has a sibling in another language. No other file is ever written or read."""
    folder, _, name = path.rpartition("/")
    if folder == _SNIPPETS:
        parts = strays.snippet_name(name)
        known = {one["name"] for one in map(strays.snippet_name, _listed(base / folder)) if one}
        return parts is not None and parts["name"] in known
    if not strays.is_message(folder) or not (base / folder / _MESSAGE_FILE).is_file():
        return False
    if name == _MESSAGE_FILE:
        return True
    if (text := strays.text_name(name)) is not None:
        return name in _listed(base / folder) or _is_sibling(base / folder, text["channel"])
    return strays.quiz_name(name) is not None and name in _listed(base / folder)


def file_text(base: Path, path: str) -> str | None:
    """What a file says, as edits are compared with it; None: there is none that can be read."""
    try:
        with (base / path).open("rb") as file:
            return plain(file.read(_MOST).decode("utf-8-sig", "replace"))
    except OSError:
        return None


def texts_of(base: Path, message: str) -> list[str]:
    """The paths of what can be edited in a message's folder, its head first."""
    found = [f"{message}/{name}" for name in _listed(base / message)]
    able = [path for path in found if may_be_edited(base, path)]
    return sorted(able, key=lambda path: (not path.endswith(_MESSAGE_FILE), path))


def _is_sibling(folder: Path, channel: str) -> bool:
    """A new text on a channel that the message has already."""
    texts = filter(None, map(strays.text_name, _listed(folder)))
    return channel in {one["channel"] for one in texts}


def _listed(folder: Path) -> list[str]:
    try:
        return sorted(one.name for one in folder.iterdir() if one.is_file())
    except OSError:
        return []


def _names(base: Path, edits: Collection[str]) -> list[str]:
    """Every file, and every folder that is a link, sorted; tools' own folders left out. A linked
    folder with an edit below it is its files: the edit would be written where the link leads."""
    above = {one.as_posix() for path in edits for one in PurePosixPath(path).parents}
    found: list[str] = []
    for here, folders, files in os.walk(base, followlinks=True):
        names = {one: (Path(here) / one).relative_to(base).as_posix() for one in [*folders, *files]}
        linked = [
            one for one in folders if (Path(here) / one).is_symlink() and names[one] not in above
        ]
        folders[:] = [one for one in folders if not one.startswith(".") and one not in linked]
        found += [names[one] for one in [*files, *linked]]
    return sorted(found)


def _digest(base: Path, names: list[str], edits: Mapping[str, str]) -> str:
    seen = hashlib.sha256(repr((str(base.absolute()), names)).encode("utf-8", "surrogatepass"))
    seen.update(repr(sorted(edits.items())).encode("utf-8", "surrogatepass"))
    return seen.hexdigest()[:32]


def _put(base: Path, names: list[str], edits: Mapping[str, str], target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = target.parent / f".{target.name}.{token_hex(6)}"
    try:
        root = fresh / _NAME
        root.mkdir(parents=True)
        made = {""}
        for name in dict.fromkeys([*names, *edits]):
            above = name.rpartition("/")[0]
            if above not in made:
                (root / above).mkdir(parents=True, exist_ok=True)
                made.add(above)
            if name in edits:
                (root / name).write_text(edits[name], encoding="utf-8", newline="\n")
            else:
                (root / name).symlink_to(base.absolute() / name)
        fresh.rename(target)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)
        if not target.is_dir():  # else another process was quicker, with the same
            raise


def _tidy(folder: Path, target: Path) -> None:
    old = time.time() - _UNUSED
    for one in folder.iterdir():
        with suppress(OSError):
            if one != target and one.stat().st_mtime < old:
                shutil.rmtree(one, ignore_errors=True)
