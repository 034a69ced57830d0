"""Who is in an act of several transactions, and since when."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import UtcTime, Word

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("lease", sa.Column("who", Word(), server_default="", nullable=False))
    op.add_column("lease", sa.Column("since", UtcTime(), nullable=True))
