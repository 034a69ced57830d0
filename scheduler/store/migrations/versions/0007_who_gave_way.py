"""Those who gave way to another delivery at their address are found without a look at all."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_GAVE_WAY = sa.text("state = 'left-out' AND reason = 'duplicate'")


def upgrade() -> None:
    op.create_index(
        "ix_delivery_duplicate",
        "delivery",
        ["occurrence_id", "channel"],
        sqlite_where=_GAVE_WAY,
        postgresql_where=_GAVE_WAY,
    )
