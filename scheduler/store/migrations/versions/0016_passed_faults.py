"""Faults of texts that two people let pass."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Id, UtcTime, Word

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "passed_fault",
        sa.Column("id", Id, nullable=False),
        sa.Column("message", Word(), nullable=False),
        sa.Column("rule", Word(), nullable=False),
        sa.Column("file", Word(), nullable=False),
        sa.Column("passage", Word(), nullable=False),
        sa.Column("reason", Word(), nullable=False),
        sa.Column("asked_by", Word(), nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.Column("allowed_by", Word(), server_default="", nullable=False),
        sa.Column("allowed_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passed_fault")),
        sa.UniqueConstraint(
            "message",
            "rule",
            "file",
            "passage",
            name=op.f("uq_passed_fault_message_rule_file_passage"),
        ),
        sqlite_strict=True,
    )
