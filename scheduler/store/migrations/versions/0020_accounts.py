"""Accounts of the desk, and the sessions of whoever is signed in."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Id, UtcTime, Word

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", Id, primary_key=True),
        sa.Column("name", Word, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("roles", Word, nullable=False, server_default=""),
        sa.Column("password", Word, nullable=False, server_default=""),
        sa.Column("link", Word, nullable=False, server_default=""),
        sa.Column("link_until", UtcTime),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.UniqueConstraint("folded"),
        sqlite_strict=True,
    )
    op.create_table(
        "session",
        sa.Column("id", Id, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("account_id", Id, sa.ForeignKey("account.id"), nullable=False),
        sa.Column("begun_at", UtcTime, nullable=False),
        sa.Column("used_at", UtcTime, nullable=False),
        sa.UniqueConstraint("digest"),
        sqlite_strict=True,
    )
    op.create_index("session_account", "session", ["account_id"])
