"""Since when a person's data is frozen (GDPR article 18)."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import UtcTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("contact", sa.Column("frozen_at", UtcTime()))
