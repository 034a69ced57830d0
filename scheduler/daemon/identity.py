"""Who this process is among the ledger's replicas: a name on its own volume."""

import os
import socket
from pathlib import Path
from secrets import token_hex


def name_on(path: Path) -> str:
    """The name in this file, made at the first start. A volume that is lost takes it along: what
    that replica had in flight then becomes uncertain."""
    if path.exists() and (name := path.read_text(encoding="ascii").strip()):
        return name
    name = token_hex(16)
    draft = path.with_name(f"{path.name}.tmp")
    with draft.open("w", encoding="ascii") as new:
        new.write(name)
        new.flush()
        os.fsync(new.fileno())
    draft.replace(path)
    return name


def shown() -> str:
    """Host and process, for people."""
    return f"{socket.gethostname()}:{os.getpid()}"
