"""A file that is made to be shared: a poster, a page for a projector. Nobody's data is in it."""

from pathlib import Path

#: What others may do with it: read.
_SHARED = 0o644


def write_shared(path: Path, octets: bytes) -> None:
    """For every reader, whatever this process keeps for its own user; one that was there keeps its
    rights. Raises OSError."""
    is_new = not path.exists()
    path.write_bytes(octets)
    if is_new:
        path.chmod(_SHARED)
