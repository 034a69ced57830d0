"""A proof of consent speaks for the address it was given with.

Those that are there already are bound to the address that their contact has today; one whose
contact has none on that channel speaks for no address, until a file gives both together.
"""

from alembic import op
from sqlalchemy import text

from scheduler.store.migrations.telling import tell

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    bind = op.get_bind()
    kind = "INTEGER" if bind.dialect.name == "sqlite" else "BIGINT"
    # Said whole: on SQLite a column and its rule come together or not at all.
    op.execute(
        f"ALTER TABLE consent ADD COLUMN address_id {kind} "
        "CONSTRAINT fk_consent_address_id REFERENCES address (id)"
    )
    op.execute(
        "UPDATE consent SET address_id = (SELECT CASE consent.channel WHEN 'email' "
        "THEN contact.email_id ELSE contact.phone_id END "
        "FROM contact WHERE contact.id = consent.contact_id)"
    )
    counted = text("SELECT count(address_id), count(*) FROM consent WHERE act <> 'withdrawn'")
    bound, every = bind.execute(counted).one()
    if every:
        tell(f"{bound} proofs of consent hold for the address their person has today.")
    if every > bound:
        tell(f"{every - bound} hold for none: their person has no address on that channel.")
