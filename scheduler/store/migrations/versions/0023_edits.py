"""Texts that are written on the desk: drafts, and edits that stand over their files."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Id, UtcTime, Word

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "text_edit",
        sa.Column("id", Id, primary_key=True),
        sa.Column("path", Word, nullable=False),
        sa.Column("number", Id, nullable=False),
        sa.Column("content", sa.Text),
        sa.Column("base", sa.Text),
        sa.Column("written_by", Word, nullable=False),
        sa.Column("published_by", Word, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.UniqueConstraint("path", "number"),
        sqlite_strict=True,
    )
    op.create_table(
        "text_draft",
        sa.Column("id", Id, primary_key=True),
        sa.Column("path", Word, nullable=False),
        sa.Column("owner", Word, nullable=False, server_default=""),
        sa.Column("content", Word, nullable=False),
        sa.Column("over", Id, nullable=False),
        sa.Column("seen", Word, nullable=False),
        sa.Column("version", Id, nullable=False),
        sa.Column("state", Word, nullable=False),
        sa.Column("begun_at", UtcTime, nullable=False),
        sa.Column("saved_at", UtcTime, nullable=False),
        sa.Column("by", Word, nullable=False, server_default=""),
        sa.Column("note", Word, nullable=False, server_default=""),
        sa.Column("decided_by", Word, nullable=False, server_default=""),
        sa.Column("reason", Word, nullable=False, server_default=""),
        sa.UniqueConstraint("path", "owner"),
        sqlite_strict=True,
    )
