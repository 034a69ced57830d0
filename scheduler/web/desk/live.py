"""Whether a writer's files have changed; an open page keeps asking, so it costs little."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

#: What every message is made with.
SHARED = ("_snippets", "_layouts", "_images")


def fingerprint(templates: Path, message: str = "") -> str:
    """Changes when a file of the message, or of what all share, does; no file is opened.

    Without a message: of all of them. ValueError for a path that leads out of ``templates``.
    """
    folder = (templates / message).resolve()
    if not folder.is_relative_to(templates.resolve()):
        raise ValueError(message)
    folders = (folder, *(templates / name for name in SHARED)) if message else (folder,)
    seen = hashlib.blake2s(digest_size=12)
    for one in folders:
        for line in sorted(_stats(one)):
            seen.update(line.encode("utf-8", "surrogateescape"))
    return seen.hexdigest()


def _stats(folder: Path) -> Iterator[str]:
    for file in folder.rglob("*"):
        # Editors keep hidden copies beside a file.
        if file.name.startswith(".") or file.name.endswith("~"):
            continue
        try:
            stat = file.stat()
        except FileNotFoundError:
            continue  # went away meanwhile: the next look tells
        yield f"{file} {stat.st_mtime_ns} {stat.st_size}\n"
