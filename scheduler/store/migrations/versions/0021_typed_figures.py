"""Figures that somebody typed, with where they were read, when, and who typed them."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Id, UtcTime, Word

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "typed_figure",
        sa.Column("id", Id, primary_key=True),
        sa.Column("campaign", Word, nullable=False),
        sa.Column("season", Word, nullable=False),
        sa.Column("kind", Word, nullable=False),
        sa.Column("source", Word, nullable=False),
        sa.Column("day", Word, nullable=False),
        sa.Column("amount", Id, nullable=False),
        sa.Column("typed_by", Word, nullable=False),
        sa.Column("typed_at", UtcTime, nullable=False),
        sa.UniqueConstraint("campaign", "season", "kind", "source", "day"),
        sqlite_strict=True,
    )
