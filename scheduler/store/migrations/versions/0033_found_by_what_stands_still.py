"""No index of deliveries asks for what changes while they are sent, on PostgreSQL.

An update of one then stays within its page, where there is room. The table is written anew, with
that room and with three columns of which the database itself keeps the value; nobody reads or
writes it meanwhile. An older program names none of them: it goes on, and reads the whole table
where it looks for what is on the wire or in doubt.

``batch.settled`` is the epoch of a batch in which nothing of it is on the wire any more. Each claim
is a new epoch, an older program's too.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

_FORMER = (
    "uq_delivery_address",
    "ix_delivery_batch",
    "ix_delivery_sending",
    "ix_delivery_uncertain",
    "ix_delivery_duplicate",
)
#: Half of a page: two versions of each row, for a turn may take all of those in it.
_ANEW = """
ALTER TABLE delivery
 SET (fillfactor = 50),
 ADD COLUMN left_out boolean GENERATED ALWAYS AS (state = 'left-out') STORED,
 ADD COLUMN gave_way boolean
  GENERATED ALWAYS AS (state = 'left-out' AND reason = 'duplicate') STORED,
 ADD COLUMN in_doubt boolean GENERATED ALWAYS AS (state = 'uncertain') STORED
"""
_INDEXES = """
CREATE UNIQUE INDEX uq_delivery_address ON delivery (occurrence_id, channel, address_id)
 WHERE NOT left_out;
CREATE INDEX ix_delivery_batch ON delivery (slot_id, batch) WHERE batch IS NOT NULL;
CREATE INDEX ix_delivery_uncertain ON delivery (channel) WHERE in_doubt;
CREATE INDEX ix_delivery_duplicate ON delivery (occurrence_id, channel) WHERE gave_way;
CREATE INDEX ix_batch_unsettled ON batch (slot_id, number) WHERE settled <> epoch
"""
_SETTLED = """
UPDATE batch SET settled = epoch WHERE epoch > 0 AND owner IS NULL AND NOT EXISTS (
 SELECT FROM delivery WHERE delivery.slot_id = batch.slot_id AND delivery.batch = batch.number
 AND (delivery.state = 'sending' OR (delivery.state = 'waiting' AND batch.state = 'done')))
"""


def upgrade() -> None:
    op.add_column("batch", sa.Column("settled", sa.Integer, nullable=False, server_default="0"))
    if op.get_bind().dialect.name != "postgresql":
        return
    for name in _FORMER:
        op.drop_index(name, "delivery")
    for statement in (_ANEW, *_INDEXES.split(";"), "ANALYZE delivery", _SETTLED):
        op.execute(statement)
