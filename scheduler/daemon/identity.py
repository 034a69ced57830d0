"""Who this process is among the ledger's replicas: a name on its own volume."""

import os
import socket
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from scheduler.config.configuration import Configuration


def name_file(configuration: Configuration) -> Path:
    """Where the name is kept."""
    return configuration.beside_ledger(".replica")


def instance_id(configuration: Configuration) -> str | None:
    """What /healthz says of whose daemon answers: made from the name, which stays here. None
    where no daemon has started yet."""
    try:
        name = name_file(configuration).read_text(encoding="ascii").strip()
    except OSError:
        return None
    return sha256(name.encode()).hexdigest()[:16] if name else None


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
