"""Refusals, the domains that refuse too many at once, and each address's domain."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Flag, Id, UtcTime, Word

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("address", sa.Column("domain", Word(), server_default="", nullable=False))
    op.create_index("ix_address_domain", "address", ["domain"])
    op.create_table(
        "domain_burst",
        sa.Column("id", Id, nullable=False),
        sa.Column("domain", Word(), nullable=False),
        sa.Column("name", Word(), nullable=False),
        sa.Column("route", Word(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("said", Word(), server_default="", nullable=False),
        sa.Column("began_at", UtcTime(), nullable=False),
        sa.Column("probe_at", UtcTime(), nullable=False),
        sa.Column("probe_id", Id, nullable=True),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("ended_by", Word(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["probe_id"], ["delivery.id"], name=op.f("fk_domain_burst_probe_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_domain_burst")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_domain_burst_open",
        "domain_burst",
        ["domain"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "refusal",
        sa.Column("id", Id, nullable=False),
        sa.Column("address_id", Id, nullable=False),
        sa.Column("delivery_id", Id, nullable=True),
        sa.Column("domain", Word(), nullable=False),
        sa.Column("route", Word(), nullable=False),
        sa.Column("blames_address", Flag(), nullable=False),
        sa.Column("is_sure", Flag(), server_default="0", nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("burst_id", Id, nullable=True),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_refusal_address_id")),
        sa.ForeignKeyConstraint(
            ["burst_id"], ["domain_burst.id"], name=op.f("fk_refusal_burst_id")
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_refusal_delivery_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusal")),
        sqlite_strict=True,
    )
    op.create_index("ix_refusal_domain", "refusal", ["domain", "at"])
    op.create_index("ix_refusal_address_id", "refusal", ["address_id"])
