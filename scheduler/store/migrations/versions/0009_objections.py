"""An objection is a person's and an address's.

One that holds already is noted for every contact who has its address today. An older program would
write to a person whose opt-out is known by another address: it must be stopped first.
"""

import sqlalchemy as sa
from alembic import op

from scheduler.store.migrations.telling import tell
from scheduler.store.schema.types import Id, UtcTime

revision = "0009"
down_revision = "0008"
schema_min = "0009"

OWN = "lifted_at IS NULL AND reason IN ('opted-out', 'complained')"
#: Everybody who has an address that somebody refuses at; nobody who was emptied.
HOLDERS = f"""(
    SELECT email_id AS address_id, id FROM contact WHERE sealed IS NOT NULL
        AND email_id IN (SELECT address_id FROM suppression WHERE {OWN})
    UNION ALL
    SELECT phone_id AS address_id, id FROM contact WHERE sealed IS NOT NULL
        AND phone_id IN (SELECT address_id FROM suppression WHERE {OWN})
)"""  # noqa: S608 - of constants
FIRST = f"(SELECT address_id, min(id) AS id FROM {HOLDERS} AS h GROUP BY address_id)"  # noqa: S608


def upgrade() -> None:
    bind = op.get_bind()
    kind = "INTEGER" if bind.dialect.name == "sqlite" else "BIGINT"
    # Said whole: on SQLite a column and its rule come together or not at all.
    op.execute(
        f"ALTER TABLE suppression ADD COLUMN contact_id {kind} "
        "CONSTRAINT fk_suppression_contact_id REFERENCES contact (id)"
    )
    op.add_column("suppression", sa.Column("source", sa.Text(), server_default="", nullable=False))
    op.add_column("suppression", sa.Column("source_key", sa.LargeBinary()))
    for column in ("contact_id", "source_key"):
        known = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_suppression_{column}",
            "suppression",
            [column],
            sqlite_where=known,
            postgresql_where=known,
        )
    op.create_table(
        "way_back",
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("address_id", Id, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"], ["address.id"], name=op.f("fk_way_back_address_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_way_back_contact_id")
        ),
        sa.PrimaryKeyConstraint("contact_id", "address_id", "channel", name=op.f("pk_way_back")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_way_back_address_id"), "way_back", ["address_id"])
    _note_persons(bind)


def _note_persons(bind: sa.Connection) -> None:
    """The first holder gets the row that is there, and each other one of their own."""
    names = "address_id, channel, scope, reason, route, at"
    mine = ", ".join(f"s.{name}" for name in names.split(", "))
    bind.execute(
        sa.text(
            f"INSERT INTO suppression ({names}, contact_id) "  # noqa: S608 - of constants
            f"SELECT {mine}, holder.id FROM suppression AS s "
            f"JOIN {HOLDERS} AS holder ON holder.address_id = s.address_id "
            f"JOIN {FIRST} AS f ON f.address_id = s.address_id AND holder.id > f.id "
            "WHERE s.lifted_at IS NULL AND s.reason IN ('opted-out', 'complained')"
        )
    )
    bind.execute(
        sa.text(
            "UPDATE suppression SET contact_id = (SELECT min(c.id) FROM contact AS c "  # noqa: S608
            "WHERE c.sealed IS NOT NULL AND (c.email_id = suppression.address_id "
            "OR c.phone_id = suppression.address_id)) "
            f"WHERE contact_id IS NULL AND {OWN}"
        )
    )
    counted = sa.text(
        "SELECT count(DISTINCT contact_id), count(*) - count(contact_id) "  # noqa: S608
        f"FROM suppression WHERE {OWN}"
    )
    persons, nobodys = bind.execute(counted).one()
    if persons:
        tell(f"Opt-outs are noted for the {persons} people who have the address today, too.")
    if nobodys:
        tell(f"{nobodys} opt-outs are known by the address alone: nobody has it today.")
