"""The desk's token, where nobody has given one: made once, and kept for its owner's eyes."""

import os
import stat
from pathlib import Path
from secrets import token_urlsafe

from scheduler.config.configuration import Configuration
from scheduler.domain.errors import ConfigError, Fault
from scheduler.domain.values import frozen

NAME = "desk-token"
#: Binds that no token is asked for on: whoever sits at the machine.
LOOPBACK = ("127.", "localhost:", "[::1]:")
#: Binds that are every address of the machine: none of them can be opened as it stands.
_EVERYWHERE = {"0.0.0.0", "[::]", "::"}  # noqa: S104 - compared with, not bound to


@frozen
class DeskToken:
    """What the desk asks for; ``file`` names where it is kept, None: whoever gave it knows."""

    value: str
    file: Path | None = None


def token_of(configuration: Configuration) -> DeskToken | None:
    """The one given; else none on a loopback address, and one kept in a file elsewhere.

    The file is beside the keys, or in ``var`` where that folder takes none. Deleting it makes
    another at the next start. Raises ConfigError when neither folder can be written.
    """
    web = configuration.settings.web
    if web.desk_token is not None:
        return DeskToken(value=web.desk_token.get_secret_value())
    if web.desk_bind.startswith(LOOPBACK):
        return None
    folders = (configuration.settings.keys.file.parent, configuration.var)
    kept = next(filter(None, (_kept(folder / NAME) for folder in folders)), None)
    made = kept or next(filter(None, (_made(folder / NAME) for folder in folders)), None)
    if made is None:
        what = f"the desk needs a token, and none can be kept in {folders[0]} or {folders[1]}"
        remedy = "give one: REFLEXE_WEB__DESK_TOKEN_FILE names its file"
        raise ConfigError(
            [Fault(where="config.yaml", key="web.desk_token", what=what, remedy=remedy)]
        )
    return made


def shown_address(bind: str, token: DeskToken | None) -> str:
    """What to open in a browser; where the token is, never the token: this line is logged."""
    host, _, port = bind.rpartition(":")
    address = f"http://{'127.0.0.1' if host in _EVERYWHERE else host}:{port}/"
    if token is None or token.file is None:
        return address
    return f"{address} (its token is in {token.file})"


def _kept(file: Path) -> DeskToken | None:
    """The token of an earlier start; None for a file that others may read."""
    try:
        if stat.S_IMODE(file.stat().st_mode) & 0o077:
            return None
        value = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError):
        return None
    return DeskToken(value=value, file=file) if len(value) >= 32 else None


def _made(file: Path) -> DeskToken | None:
    value = token_urlsafe(24)
    try:
        file.unlink(missing_ok=True)
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "w", encoding="ascii") as opened:
            opened.write(value + "\n")
    except OSError:
        return None
    return DeskToken(value=value, file=file)
