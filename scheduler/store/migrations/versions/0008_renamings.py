"""Names that were swapped."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import UtcTime

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "renaming",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "campaign", "name", "was", name=op.f("pk_renaming")),
        sqlite_strict=True,
    )
