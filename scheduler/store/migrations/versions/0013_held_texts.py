"""Texts whose readers wait until they are mended."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Id, UtcTime, Word

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "held_text",
        sa.Column("occurrence_id", Id, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("variant", sa.Text(), nullable=False),
        sa.Column("reason", Word(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("ended_at", UtcTime()),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_held_text_occurrence_id")
        ),
        sa.PrimaryKeyConstraint(
            "occurrence_id", "channel", "audience", "variant", name=op.f("pk_held_text")
        ),
        sqlite_strict=True,
    )
