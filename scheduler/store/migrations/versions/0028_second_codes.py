"""A second code at signing in, and the address of somebody's agenda."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Id, UtcTime, Word

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.add_column("account", sa.Column("code_key", sa.LargeBinary))
    op.add_column("account", sa.Column("code_since", UtcTime))
    op.add_column("account", sa.Column("code_step", Id, nullable=False, server_default="0"))
    op.add_column("account", sa.Column("agenda", Word, nullable=False, server_default=""))
