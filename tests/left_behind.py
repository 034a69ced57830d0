"""What version 0.1.0 left: an installation whose October had begun, as its own program wrote it.

The ledger is kept as rows, for both databases. Staff: the first Sunday's e-mail was sent to 6 (in
Nouméa) and 1, is in doubt for 3 and waits for another try for 2; 4 had objected, 5 lives in
Martinique and is due later, 7 has a number alone. Patients: 1 and 2 (addresses 21 and 22) agreed
and were sent it, 3 did not; 1 had sent STOP.
"""

import base64
import json
import shutil
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import JSON, Connection, MetaData, Table, func, select
from sqlalchemy.engine import make_url

from scheduler.store.setup import MIGRATIONS, writer_engine

FOLDER = Path(__file__).parent / "samples" / "left_by_0_1_0"
#: Its last migration.
SCHEMA = "0003"
LINKS: dict[str, dict[str, str]] = json.loads((FOLDER / "links.json").read_text(encoding="utf-8"))
SENT: dict[str, list[str]] = json.loads((FOLDER / "sent.json").read_text(encoding="utf-8"))


def lay_out(folder: Path) -> Path:
    """Its files, all but the ledger; the path of config.yaml."""
    shutil.copytree(FOLDER / "audiences", folder / "audiences")
    shutil.copytree(FOLDER / "templates", folder / "templates")
    shutil.copy(FOLDER / "config.yaml", folder)
    (folder / "var").mkdir()
    shutil.copy(FOLDER / "keys.json", folder / "var")
    (folder / "var" / "keys.json").chmod(0o600)
    shutil.copy(FOLDER / "reflexe.db.optouts", folder / "var")
    return folder / "config.yaml"


def put_back(url: str) -> None:
    """Its ledger, in an empty database."""
    engine = writer_engine(make_url(url))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    rows = json.loads((FOLDER / "ledger.json").read_text(encoding="utf-8"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, SCHEMA)
        metadata = MetaData()
        metadata.reflect(connection)
        for table in metadata.sorted_tables:
            if table.name not in ("alembic_version", "meta") and rows.get(table.name):
                connection.execute(table.insert(), [_row(table, one) for one in rows[table.name]])
        if engine.dialect.name == "postgresql":
            _count_on(connection, metadata)
        meta = metadata.tables["meta"]
        connection.execute(meta.delete())
        connection.execute(meta.insert(), rows["meta"])
    engine.dispose()


def _count_on(connection: Connection, metadata: MetaData) -> None:
    """New rows get numbers after those of the old ones."""
    for table in metadata.sorted_tables:
        if "id" in table.c and table.name in _NUMBERED:
            last = connection.execute(select(func.max(table.c.id))).scalar()
            sequence = func.pg_get_serial_sequence(f'"{table.name}"', "id")
            connection.execute(select(func.setval(sequence, last)))


_NUMBERED = frozenset(
    [
        "address",
        "consent",
        "contact",
        "content",
        "delivery",
        "import",
        "occurrence",
        "slot",
        "suppression",
    ]
)


def _row(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(table, name, value) for name, value in row.items()}


def _value(table: Table, name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return base64.b64decode(value["base64"])
    if isinstance(value, str) and isinstance(table.c[name].type, JSON):
        return json.loads(value)
    return value
