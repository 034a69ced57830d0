"""Replicas, limits, breakers, halts; where an address and a batch are delivered to."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Fraction, Id, UtcTime, Word

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "replica",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("host", Word(), nullable=False),
        sa.Column("wire", Word(), server_default="", nullable=False),
        sa.Column("started_at", UtcTime(), nullable=False),
        sa.Column("seen_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replica")),
        sa.UniqueConstraint("name", name=op.f("uq_replica_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", Word(), nullable=False),
        sa.Column("until", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
        sqlite_strict=True,
    )
    op.create_table(
        "bucket",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tokens", Fraction, nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_bucket")),
        sqlite_strict=True,
    )
    op.create_table(
        "allowance",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("used", Id, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("name", "day", name=op.f("pk_allowance")),
        sqlite_strict=True,
    )
    op.create_table(
        "breaker",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("state", Word(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("rests_until", UtcTime(), nullable=False),
        sa.Column("reason", Word(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("channel", "destination", name=op.f("pk_breaker")),
        sqlite_strict=True,
    )
    op.create_table(
        "halt",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("reason", Word(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "channel", name=op.f("pk_halt")),
        sqlite_strict=True,
    )
    op.add_column("address", sa.Column("destination", Word(), server_default="", nullable=False))
    op.add_column("batch", sa.Column("destination", Word(), server_default="", nullable=False))
    op.add_column("delivery", sa.Column("replica_id", Id, nullable=True))
