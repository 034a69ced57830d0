"""When an audience's source was read, and what became of it."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Id, UtcTime, Word

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "source_look",
        sa.Column("id", Id, primary_key=True),
        sa.Column("audience", Word, nullable=False),
        sa.Column("kind", Word, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("ended_at", UtcTime),
        sa.Column("outcome", Word, nullable=False),
        sa.Column("people", Id),
        sa.Column("added", Id, nullable=False, server_default="0"),
        sa.Column("ended", Id, nullable=False, server_default="0"),
        sa.Column("mark", Word, nullable=False),
        sa.Column("cause", Word, nullable=False),
        sa.Column("detail", Word, nullable=False),
        sa.Column("asked_by", Word, nullable=False),
        sa.Column("confirmed_by", Word, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("source_look_latest", "source_look", ["audience", "id"])
