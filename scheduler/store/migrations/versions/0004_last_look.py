"""When each replica last looked at the calendar."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import UtcTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("replica", sa.Column("looked_at", UtcTime()))
