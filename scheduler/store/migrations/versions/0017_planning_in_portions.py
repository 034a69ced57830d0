"""How far the planning of a slot has come: it goes by portions."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Json

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("slot", sa.Column("planning", Json(), nullable=True))
