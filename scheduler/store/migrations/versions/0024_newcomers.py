"""People who enter during the year, and the digests of whoever has."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Id, UtcTime, Word

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "newcomer",
        sa.Column("contact_id", Id, sa.ForeignKey("contact.id"), primary_key=True),
        sa.Column("entered_on", Word, nullable=False),
        sa.Column("state", Word, nullable=False),
        sa.Column("import_id", Id, sa.ForeignKey("import.id")),
        sa.Column("at", UtcTime, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("ix_newcomer_state", "newcomer", ["state"])
    op.create_table(
        "entered",
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        sa.Column("at", UtcTime, nullable=False),
        sqlite_strict=True,
    )
