"""`reflexe health` where all is well, in a tenth of the time: a container is asked every 30 s.

Loading the configuration whole takes longer than all else that the command does, and two keys of it
say whom to ask. Only "it is well" is said here, of a daemon that has this installation's name:
whatever is otherwise, or said in an unusual way, is `scheduler.cli.upkeep.health`'s to look into.
"""

import os
import socket
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

#: As in config/settings.py, which isn't loaded; a test compares them.
DEFAULTS = {"DATABASE__URL": "sqlite:///var/reflexe.db", "WEB__DESK_BIND": "127.0.0.1:8080"}
HEADER = b"reflexe-instance"
PREFIX = "REFLEXE_"
SQLITE = "sqlite:///"
_SECONDS = 4
#: More than an answer of two lines ever has.
_LONGEST = 8192


def is_well(words: Sequence[str], environment: Mapping[str, str]) -> bool:
    """This command line asks for the health of a daemon that is well, and of nothing else."""
    config = _config_of(words, environment)
    if config is None:
        return False
    try:
        url, bind = _keys(config, environment)
        return _answers(bind, _instance(config.parent, url))
    except (OSError, ValueError, LookupError):
        return False


def _config_of(words: Sequence[str], environment: Mapping[str, str]) -> Path | None:
    match words:
        case ["health"]:
            return Path(environment.get("REFLEXE_CONFIG") or "config.yaml").absolute()
        case ["--config", path, "health"]:
            return Path(path).absolute()
        case _:
            return None


def _keys(config: Path, environment: Mapping[str, str]) -> tuple[str, str]:
    """database.url and web.desk_bind. Raises ValueError for what is said in another way."""
    data: Any = None
    found = []
    for name, default in DEFAULTS.items():
        section, key = name.lower().split("__")
        mine = {one for one in environment if one.upper().startswith(f"{PREFIX}{name}")}
        if mine - {f"{PREFIX}{name}"} or f"{PREFIX}{section}".upper() in environment:
            raise ValueError("by a file, or in other letters")
        value = environment.get(f"{PREFIX}{name}")
        if value is None:
            data = _read(config) if data is None else data
            value = (data.get(section) or {}).get(key, default)
        if not isinstance(value, str):
            raise ValueError(f"{key} is no text")
        found.append(value)
    return found[0], found[1]


def _read(config: Path) -> Mapping[str, Any]:
    import yaml

    try:
        data = yaml.load(config.read_bytes(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - either is safe
    except yaml.YAMLError as faulty:
        raise ValueError("no YAML") from faulty
    if not isinstance(data, dict) or not all(
        isinstance(data.get(section) or {}, dict) for section in ("database", "web")
    ):
        raise ValueError("not as it should be")
    return data


def _instance(root: Path, url: str) -> bytes:
    """What the daemon of this ledger says of itself (``daemon/identity.py``)."""
    ledger = root / (url.removeprefix(SQLITE) if url.startswith(SQLITE) else "var/ledger")
    name = ledger.with_name(f"{ledger.name}.replica").read_text(encoding="ascii").strip()
    if not name:
        raise ValueError("no name")
    return sha256(name.encode()).hexdigest()[:16].encode()


def _answers(bind: str, instance: bytes) -> bool:
    status, told, body = asked(bind, "/healthz")
    return status == b"200" and body.strip() == b"ok" and told.get(HEADER) == instance


def asked(bind: str, path: str) -> tuple[bytes, Mapping[bytes, bytes], bytes]:
    """Status, heads and body of the answer. Raises OSError, ValueError and LookupError."""
    host, _, port = bind.rpartition(":")
    host = host.strip("[]")
    host = {"0.0.0.0": "127.0.0.1", "*": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    answer = b""
    with socket.create_connection((host, int(port)), _SECONDS) as server:
        server.sendall(f"GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
        while len(answer) < _LONGEST and (part := server.recv(4096)):
            answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.split(b"\r\n")
    told = {
        name.strip().lower(): value.strip()
        for name, _, value in (one.partition(b":") for one in lines)
    }
    return status.split(b" ")[1], told, body


def main(words: Sequence[str]) -> bool:
    """Say that it is well, and True; False: the command is to be run whole."""
    if not is_well(words, os.environ):
        return False
    print("ok")  # noqa: T201 - what the command says, in either language
    return True
