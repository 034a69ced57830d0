"""A delivery that waits again though an earlier try may have been accepted says so."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Flag

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("delivery", sa.Column("may_have_left", Flag, server_default="0", nullable=False))
