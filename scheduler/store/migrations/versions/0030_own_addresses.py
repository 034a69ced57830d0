"""An address and a number of their own, to which people of the desk get trials."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Id, UtcTime, Word

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_table(
        "own_address",
        sa.Column("id", Id, primary_key=True),
        sa.Column("folded", Word, nullable=False),
        sa.Column("kind", Word, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.UniqueConstraint("folded", "kind"),
        sqlite_strict=True,
    )
