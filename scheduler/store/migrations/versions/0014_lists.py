"""Sendings that go to a list of people."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Id, UtcTime, Word

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "recipient_list",
        sa.Column("id", Id, nullable=False),
        sa.Column("campaign", Word(), nullable=False),
        sa.Column("episode", Word(), nullable=False),
        sa.Column("season", Word(), server_default="", nullable=False),
        sa.Column("digest", Word(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient_list")),
        sa.UniqueConstraint(
            "campaign", "episode", "season", name=op.f("uq_recipient_list_campaign_episode_season")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "listed",
        sa.Column("id", Id, nullable=False),
        sa.Column("list_id", Id, nullable=False),
        sa.Column("contact_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["recipient_list.id"], name=op.f("fk_listed_list_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_listed_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed")),
        sa.UniqueConstraint("list_id", "contact_id", name=op.f("uq_listed_list_id_contact_id")),
        sqlite_strict=True,
    )
    op.create_index("ix_listed_contact_id", "listed", ["contact_id"])
