"""Texts that three people are asked to read, and what they said, added up."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Id, UtcTime, Word

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.create_table(
        "text_trio",
        sa.Column("id", Id, primary_key=True),
        sa.Column("path", Word, nullable=False),
        sa.Column("text", Word, nullable=False),
        sa.Column("paragraphs", Word, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("by", Word, nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.Column("ends_at", UtcTime, nullable=False),
        sa.Column("ended", Id, nullable=False, server_default="0"),
        sa.Column("sheets", Word, nullable=False, server_default=""),
        sa.UniqueConstraint("digest"),
        sqlite_strict=True,
    )
    op.create_index("text_trio_path", "text_trio", ["path"])
    op.create_table(
        "text_trio_mark",
        sa.Column("trio_id", Id, sa.ForeignKey("text_trio.id"), primary_key=True),
        sa.Column("place", Id, primary_key=True),
        sa.Column("clear", Id, nullable=False, server_default="0"),
        sa.Column("unclear", Id, nullable=False, server_default="0"),
        sa.Column("smile", Id, nullable=False, server_default="0"),
        sqlite_strict=True,
    )
