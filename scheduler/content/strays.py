"""What lies among the writers' files and is none of them: an editor's copy, a system's leavings.

Nothing reads it and nothing waits for it; ``check`` names it, so that nobody believes it is sent.
"""

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from scheduler.domain.channels import kind_of, known_kinds

_SEGMENT = "[a-z0-9-]+"
_MESSAGE = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})*")
_FILE = re.compile(
    r"\A(?P<channel>[a-z0-9-]+)(?:\.(?P<audience>[a-z0-9_-]+))?"
    r"\.(?P<variant>[a-z]{2}(?:-falc)?)\.(?P<ending>md|txt)"
)
_SNIPPET = re.compile(rf"\A(?P<name>{_SEGMENT})\.(?P<variant>[a-z]{{2}}(?:-falc)?)\.md")
_MESSAGE_FILE = "message.yaml"
_QUIZ = re.compile(r"\Aquiz\.(?P<audience>[a-z0-9_-]+)\.(?P<variant>[a-z]{2}(?:-falc)?)\.yaml")
#: A voice's recording of a message, beside it: ``voix.<audience>.<variant>.mp3``.
_VOICE = re.compile(r"\Avoix\.[a-z0-9_-]+\.[a-z]{2}(?:-falc)?\.mp3")
#: The public site's accessibility statement, under templates/.
STATEMENT = "_pages/accessibilite.{language}.md"
_PAGE = re.compile(r"\A(?:accessibilite\.(?:fr|en)\.md|bataille\.(?:fr|en)\.yaml)")
_IMAGE = re.compile(rf"\A{_SEGMENT}\.(?:png|svg)")
#: Said to people, and not to the program.
_FOR_PEOPLE = frozenset(
    {"README.md", ".gitkeep", ".gitignore", ".gitattributes", ".editorconfig", ".keep"}
)
#: Folders of the tools that keep the writers' files.
_TOOLS = frozenset({".git", ".svn", ".hg", ".vscode", ".idea"})


def is_message(path: str) -> bool:
    """Whether a folder's path under templates/ may be a message's."""
    return bool(_MESSAGE.fullmatch(path))


def text_name(name: str) -> re.Match[str] | None:
    """The parts of a text's file name; None: it is no text."""
    parts = _FILE.fullmatch(name)
    return parts if parts and parts["ending"] == kind_of(parts["channel"]).ending else None


def quiz_name(name: str) -> re.Match[str] | None:
    """The parts of a quiz's file name; None: it is none."""
    return _QUIZ.fullmatch(name)


def voice_name(audience: str, variant: str) -> str:
    """Under which a message's recording stands beside it."""
    return f"voix.{audience}.{variant}.mp3"


def snippet_name(name: str) -> re.Match[str] | None:
    """The parts of a shared text's file name; None: it is none."""
    return _SNIPPET.fullmatch(name)


def is_almost_text(name: str) -> bool:
    """Whether somebody surely meant a text: a capital, the other ending, or the language left
    out."""
    stem, _, ending = name.lower().rpartition(".")
    if ending not in ("md", "txt") or text_name(name):
        return False
    channel = stem.partition(".")[0]
    right = f"{stem}.{kind_of(channel).ending}"
    return channel in [one.name for one in known_kinds()] and (
        stem == channel or text_name(right) is not None
    )


def in_templates(root: Path) -> list[str]:
    """Under ``root``: every file that nothing reads, and every folder of such files, sorted."""
    return sorted(_in(root, ""))


def in_audiences(folder: Path, named: Collection[str]) -> list[str]:
    """The files of audiences/ that config.yaml doesn't name, sorted; samples/ is ours."""
    expected = {f"{name}.yaml" for name in named} | _FOR_PEOPLE
    return sorted(
        printable(entry.name) + ("/" if entry.is_dir() else "")
        for entry in _entries(folder)
        if entry.name not in expected
        and not (entry.is_dir() and entry.name in _TOOLS | {"samples"})
    )


def printable(name: str) -> str:
    """A file's name as a page or a terminal can show it: names are bytes, and may hold anything."""
    text = os.fsencode(name).decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def _in(folder: Path, path: str) -> Iterator[str]:
    for entry in _entries(folder):
        below = f"{path}/{entry.name}" if path else entry.name
        if not entry.is_dir() or entry.is_symlink():
            if not _is_read(path, entry.name):
                yield printable(below)
        elif _is_ours(entry, below):
            yield from _in(entry, below)
        elif entry.name not in _TOOLS:
            yield printable(below) + "/"


def _is_read(path: str, name: str) -> bool:
    if name in _FOR_PEOPLE:
        return True
    match path:
        case "_layouts":
            return name == "email.html"
        case "_snippets":
            return snippet_name(name) is not None
        case "_pages":
            return _PAGE.fullmatch(name) is not None
        case "_images":
            return _IMAGE.fullmatch(name) is not None
        case "":
            return False
        case _:
            # One that is almost a text is told of as a fault.
            texts = text_name(name) or quiz_name(name)
            ours = name == _MESSAGE_FILE or _VOICE.fullmatch(name) is not None
            return ours or texts is not None or is_almost_text(name)


def _is_ours(folder: Path, path: str) -> bool:
    """What all messages share, a message's folder, or one that holds messages."""
    shared = path in ("_snippets", "_layouts", "_pages", "_images")
    return shared or (is_message(path) and any(folder.rglob(_MESSAGE_FILE)))


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []
