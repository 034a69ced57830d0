"""An empty SQLite ledger, made by its migrations once a process and then written as it is.

The migrations take a third of a second; what is about them says ``migrate`` itself.
"""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.engine import make_url

from scheduler.config.configuration import Configuration
from scheduler.store.setup import migrate


@cache
def empty_ledger() -> bytes:
    """The file of a ledger that belongs to nobody yet: its keys are made when it is opened."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "ledger.db"
        migrate(f"sqlite:///{file}")
        return file.read_bytes()


def give_ledger(configuration: Configuration) -> None:
    """What opening the ledger would make first, where it would: on SQLite, and where none is."""
    url = make_url(configuration.settings.database.url)
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    file = Path(url.database)
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(empty_ledger())


def with_ledger(config: Path) -> Path:
    """A config.yaml that leaves ``database.url`` as it is, with the ledger beside it."""
    file = config.parent / "var" / "reflexe.db"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(empty_ledger())
    return config
