"""Which contact files are the organisation's own: its first message says so (GDPR article 13)."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Flag

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("import", sa.Column("own", Flag(), nullable=False, server_default="0"))
