"""Accounts and sessions of whom an OpenID provider names."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import UtcTime, Word

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("account", sa.Column("subject", Word, nullable=False, server_default=""))
    op.create_index(
        "account_subject",
        "account",
        ["subject"],
        unique=True,
        sqlite_where=sa.text("subject <> ''"),
        postgresql_where=sa.text("subject <> ''"),
    )
    op.add_column("session", sa.Column("asked_at", UtcTime))
    op.add_column("session", sa.Column("renewal", sa.LargeBinary))
    op.create_table(
        "spent_sign_in",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("at", UtcTime, nullable=False),
        sqlite_strict=True,
    )
