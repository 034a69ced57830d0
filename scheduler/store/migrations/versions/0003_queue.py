"""Procrastinate's tables, of the version that the program is locked to; PostgreSQL only."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0003"
down_revision = "0002"

#: A later Procrastinate brings its own migrations: each becomes one of ours.
SCHEMA = Path(__file__).parent.parent / "procrastinate" / "3.10.0.sql"


def upgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        # By the driver itself: the percent signs in it are no placeholders.
        driver: Any = bind.connection.driver_connection
        driver.execute(SCHEMA.read_text(encoding="utf-8"))
