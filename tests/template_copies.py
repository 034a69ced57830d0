"""The shipped templates in a folder of a test's own: read once a process, and then written.

``shutil.copytree`` reads them again for each of hundreds of worlds, and takes three times as long.
"""

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

TEMPLATES = Path(__file__).parents[1] / "templates"


def copy_templates(folder: Path) -> None:
    """As ``copytree`` does: each file with its time, which tells an edit from what was there."""
    folders, files = _read()
    for name in folders:
        (folder / name).mkdir()
    root = str(folder)
    for path, octets, changed in files:
        handle = os.open(f"{root}/{path}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        with os.fdopen(handle, "wb", buffering=0) as file:
            file.write(octets)
            os.utime(handle, ns=(changed, changed))


@cache
def _read() -> tuple[Sequence[Path], Sequence[tuple[str, bytes, int]]]:
    """The folders, each before those in it; the files, with the time of their last change."""
    found = sorted(TEMPLATES.rglob("*"))
    return [Path(), *(one.relative_to(TEMPLATES) for one in found if one.is_dir())], [
        (one.relative_to(TEMPLATES).as_posix(), one.read_bytes(), one.stat().st_mtime_ns)
        for one in found
        if one.is_file()
    ]
