"""What staff reported, by week."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Id, UtcTime, Word

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "reported_week",
        sa.Column("monday", sa.Text, primary_key=True),
        sa.Column("n", Id, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "reported_upto",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("validity", Word, nullable=False),
        sa.Column("number", Id, nullable=False),
        sa.Column("at", UtcTime),
        sqlite_strict=True,
    )
