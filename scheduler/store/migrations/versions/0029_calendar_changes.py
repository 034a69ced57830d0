"""Changes of the calendar that are decided on the desk and stand over config.yaml.

An older program doesn't know them: it would send what was skipped, and at the hours of before.
"""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Id, UtcTime, Word

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.create_table(
        "calendar_change",
        sa.Column("id", Id, primary_key=True),
        sa.Column("number", Id, nullable=False, unique=True),
        sa.Column("kind", Word, nullable=False),
        sa.Column("facet", Word, nullable=False),
        sa.Column("campaign", Word, nullable=False),
        sa.Column("episode", Word, nullable=False, server_default=""),
        sa.Column("season", Word, nullable=False, server_default=""),
        sa.Column("says", sa.Text),
        sa.Column("base", sa.Text),
        sa.Column("asked_by", Word, nullable=False),
        sa.Column("decided_by", Word, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sqlite_strict=True,
    )
