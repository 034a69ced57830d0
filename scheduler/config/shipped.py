"""The year that the program ships, and laying it out as an installation of its own.

In the repository it lies at the root, where people edit it; a wheel carries a copy inside the
package. Either way it is read from here alone.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

from scheduler.domain.errors import ConfigError, Fault

_PACKAGE = Path(__file__).parents[1]
CONFIG = "config.yaml"
#: What an installation starts with; config.yaml comes last, so that a half is no installation.
_YEAR = ("templates", "audiences")
#: For who runs it by a container or by systemd.
_SERVICE = ("compose.yaml", "deploy/reflexe.service")
_SAMPLES = "samples"
#: The line of compose.yaml that only a clone can follow.
_BUILD = "    build: .\n"


def shipped() -> Path:
    """The folder with config.yaml, templates/ and audiences/."""
    carried = _PACKAGE / "shipped"
    return carried if carried.is_dir() else _PACKAGE.parent


def lay_out(folder: Path, *, samples: bool = False) -> Sequence[Path]:
    """Copy the year into ``folder``, with the invented people (``samples``) or with what runs it as
    a service; what was written, in order.

    Raises ConfigError for a folder that isn't empty, and for one that can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if found := sorted(one.name for one in folder.iterdir()):
            raise ConfigError(
                [
                    Fault(
                        where=str(folder),
                        what=f"isn't empty: it has {found[0]}",
                        remedy="name a folder that isn't there yet: nothing is overwritten",
                    )
                ]
            )
        return [*_copied(folder, samples=samples)]
    except OSError as refused:
        raise ConfigError(
            [
                Fault(
                    where=str(folder),
                    what=f"can't be written: {refused.strerror}",
                    remedy="name a folder of this user's own",
                )
            ]
        ) from refused


def _copied(folder: Path, *, samples: bool) -> list[Path]:
    source = shipped()
    left_out = shutil.ignore_patterns("__pycache__", *(() if samples else (_SAMPLES,)))
    written = [shutil.copytree(source / one, folder / one, ignore=left_out) for one in _YEAR]
    for name in () if samples else _SERVICE:
        text = (source / name).read_text(encoding="utf-8").replace(_BUILD, "")
        written.append(folder / Path(name).name)
        written[-1].write_text(text, encoding="utf-8")
    written.append(shutil.copyfile(source / CONFIG, folder / CONFIG))
    return written
