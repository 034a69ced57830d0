"""Proofs are looked up by their address: whoever objects again may have come back by one."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_index(op.f("ix_consent_address_id"), "consent", ["address_id"])
