"""What colleagues say to whoever wrote a text."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Id, UtcTime, Word

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.create_table(
        "text_comment",
        sa.Column("id", Id, primary_key=True),
        sa.Column("path", Word, nullable=False),
        sa.Column("text", Word, nullable=False),
        sa.Column("by", Word, nullable=False),
        sa.Column("said", Word, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("text_comment_path", "text_comment", ["path"])
