"""How often each answer of a quiz was chosen, and each reaction given: counters, and no person."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Id, Word

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "quiz_count",
        sa.Column("quiz", Word(), nullable=False),
        sa.Column("question", Word(), nullable=False),
        sa.Column("option", Word(), nullable=False),
        sa.Column("n", Id, nullable=False),
        sa.PrimaryKeyConstraint("quiz", "question", "option", name=op.f("pk_quiz_count")),
        sqlite_strict=True,
    )
    op.create_table(
        "reaction_count",
        sa.Column("message", Word(), nullable=False),
        sa.Column("audience", Word(), nullable=False),
        sa.Column("reaction", Word(), nullable=False),
        sa.Column("n", Id, nullable=False),
        sa.PrimaryKeyConstraint("message", "audience", "reaction", name=op.f("pk_reaction_count")),
        sqlite_strict=True,
    )
