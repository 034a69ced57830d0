"""Deliveries counted as they change, so that nobody counts them; an index of where people live.

The database itself keeps the counts, in the transaction that changes a row: so they are exact after
a crash, whoever writes, an older program beside this one too. On SQLite, which has one writer, a
count is one row. On PostgreSQL each transaction adds rows of its own (``part``), so that nobody
waits for another's count; the sum is the count, and ``store/delivery_counts.py`` brings them
together. A later migration that makes one of the two tables anew makes its triggers anew.
"""
# ruff: noqa: S608 - made of the words of this file alone

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Id, Word

revision = "0025"
down_revision = "0024"

_KEY = "slot_id, state, reason, arrival, part"
#: What is being handed over waits; a reason counts where it ends a row.
_STATE = "CASE {0}.state WHEN 'sending' THEN 'waiting' ELSE {0}.state END"
_REASON = "CASE WHEN {0}.state IN ('left-out', 'failed') THEN {0}.reason ELSE '' END"
#: What an event says of an arrival, and the word for the most that was said.
_SAYS = (
    "CASE WHEN {0}.kind IN ('delivered', 'complained') THEN 2"
    " WHEN {0}.kind IN ('failed', 'cancelled', 'bounced') THEN 1 ELSE 0 END"
)
_WORD = "CASE {0} WHEN 2 THEN 'delivered' WHEN 1 THEN 'undelivered' ELSE 'unknown' END"
_SAID = "COALESCE((SELECT MAX(" + _SAYS.format("e") + ") FROM event e WHERE {0}), 0)"


def _arrival(row: str) -> str:
    said = _WORD.format(_SAID.format(f"e.delivery_id = {row}.id"))
    return f"CASE WHEN {row}.state = 'sent' THEN {said} ELSE '' END"


def _all(row: str) -> str:
    return f"{row}.slot_id, {_STATE.format(row)}, {_REASON.format(row)}, {_arrival(row)}"


def upgrade() -> None:
    op.create_table(
        "delivery_count",
        sa.Column("slot_id", Id, nullable=False),
        sa.Column("state", Word, nullable=False),
        sa.Column("reason", Word, nullable=False),
        sa.Column("arrival", Word, nullable=False),
        sa.Column("part", Id, nullable=False),
        sa.Column("deliveries", Id, nullable=False),
        sa.PrimaryKeyConstraint("slot_id", "state", "reason", "arrival", "part"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    columns = ["audience", "active", "zone", "territory", "imported_at"]
    op.create_index("ix_contact_place", "contact", columns)
    is_postgres = op.get_bind().dialect.name == "postgresql"
    # Whoever counts first and watches afterwards misses what came between.
    for statement in _postgres() if is_postgres else _sqlite():
        op.execute(sa.text(statement.replace(":", "\\:")))
    op.execute(
        f"INSERT INTO delivery_count ({_KEY}, deliveries) "
        f"SELECT slot_id, state, reason, arrival, 0, COUNT(*) FROM (SELECT {_named('d')} "
        "FROM delivery d) counted GROUP BY slot_id, state, reason, arrival"
    )


def _named(row: str) -> str:
    return (
        f"{row}.slot_id AS slot_id, {_STATE.format(row)} AS state, "
        f"{_REASON.format(row)} AS reason, {_arrival(row)} AS arrival"
    )


# SQLite: a trigger a row.


def _add(values: str, number: int) -> str:
    """One more, or one less, of what a SELECT names."""
    return (
        f"INSERT INTO delivery_count ({_KEY}, deliveries) {values} "
        f"ON CONFLICT ({_KEY}) DO UPDATE SET deliveries = deliveries + {number};"
    )


def _one(row: str, number: int) -> str:
    return _add(f"SELECT {_all(row)}, 0, {number} WHERE true", number)


def _sqlite() -> list[str]:
    changed = " OR ".join(
        f"({one.format('OLD')}) <> ({one.format('NEW')})"
        for one in ("{0}.slot_id", _STATE, _REASON)
    )
    update = f"AFTER UPDATE OF slot_id, state, reason ON delivery WHEN {changed}"
    return [
        f"CREATE TRIGGER delivery_added AFTER INSERT ON delivery BEGIN {_one('NEW', 1)} END",
        f"CREATE TRIGGER delivery_removed AFTER DELETE ON delivery BEGIN {_one('OLD', -1)} END",
        f"CREATE TRIGGER delivery_changed {update} BEGIN {_one('OLD', -1)} {_one('NEW', 1)} END",
        *_sqlite_events(),
    ]


def _sqlite_events() -> list[str]:
    """What is learnt of a delivery that is sent moves it from one word to another."""
    found = []
    for name, what, row, before_it in (
        ("added", "INSERT", "NEW", "e.id <> NEW.id"),
        ("removed", "DELETE", "OLD", ""),
        ("changed", "UPDATE OF kind", "NEW", "e.id <> NEW.id"),
    ):
        mine = f"e.delivery_id = {row}.delivery_id"
        now = _SAID.format(mine)
        was = _SAID.format(f"{mine} AND {before_it}" if before_it else mine)
        if name != "added":
            was = f"MAX({was}, {_SAYS.format('OLD')})"
        moved = (
            "SELECT d.slot_id, 'sent', '', {word}, 0, {number} FROM delivery d "
            f"WHERE d.id = {row}.delivery_id AND d.state = 'sent' AND {was} <> {now}"
        )
        less = _add(moved.format(word=_WORD.format(was), number=-1), -1)
        more = _add(moved.format(word=_WORD.format(now), number=1), 1)
        found.append(f"CREATE TRIGGER event_{name} AFTER {what} ON event BEGIN {less} {more} END")
    return found


# PostgreSQL: a trigger a statement.


def _sum(signed: str) -> str:
    """What changed, summed up, among this transaction's own rows."""
    return (
        f"INSERT INTO delivery_count AS c ({_KEY}, deliveries) "
        "SELECT slot_id, state, reason, arrival, pg_current_xact_id()::text::bigint, SUM(number) "
        f"FROM ({signed}) counted GROUP BY slot_id, state, reason, arrival "
        f"HAVING SUM(number) <> 0 ON CONFLICT ({_KEY}) "
        "DO UPDATE SET deliveries = c.deliveries + excluded.deliveries;"
    )


def _signed(table: str, number: int) -> str:
    return f"SELECT {_named('x')}, {number} AS number FROM {table} x"


def _postgres() -> list[str]:
    both = f"{_signed('gone', -1)} UNION ALL {_signed('come', 1)}"
    found = []
    for name, what, tables, signed in (
        ("added", "INSERT", "NEW TABLE AS come", _signed("come", 1)),
        ("removed", "DELETE", "OLD TABLE AS gone", _signed("gone", -1)),
        ("changed", "UPDATE", "OLD TABLE AS gone NEW TABLE AS come", both),
    ):
        found += _trigger("delivery", name, what, tables, _sum(signed))
    for name, what, tables, touched, other, former in (
        ("added", "INSERT", "NEW TABLE AS come", "come", "come", ""),
        ("removed", "DELETE", "OLD TABLE AS gone", "gone", "", "gone"),
        ("changed", "UPDATE", "OLD TABLE AS gone NEW TABLE AS come", "come", "come", "gone"),
    ):
        found += _trigger("event", name, what, tables, _moved(touched, other, former))
    return found


def _trigger(table: str, name: str, what: str, tables: str, body: str) -> list[str]:
    called = f"{table}_{name}"
    does = f"LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"
    once = f"REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION {called}()"
    return [
        f"CREATE FUNCTION {called}() RETURNS trigger {does}",
        f"CREATE TRIGGER {called} AFTER {what} ON {table} {once}",
    ]


def _moved(touched: str, other: str, former: str) -> str:
    """Two who learn of one delivery at once, or one who learns of it while it is sent, take turns:
    else neither would see the other's."""
    mine = "e.delivery_id = d.id"
    now = _SAID.format(mine)
    was = _SAID.format(f"{mine} AND e.id NOT IN (SELECT id FROM {other})" if other else mine)
    if former:
        said = f"SELECT MAX({_SAYS.format('f')}) FROM {former} f WHERE f.delivery_id = d.id"
        was = f"GREATEST({was}, COALESCE(({said}), 0))"
    of = f"(SELECT DISTINCT delivery_id FROM {touched})"
    each = (
        "SELECT d.slot_id AS slot_id, 'sent' AS state, '' AS reason, {word} AS arrival, "
        f"{{number}} AS number FROM delivery d WHERE d.state = 'sent' AND d.id IN {of}"
    )
    less = each.format(word=_WORD.format(was), number=-1)
    more = each.format(word=_WORD.format(now), number=1)
    return f"PERFORM 1 FROM delivery d WHERE d.id IN {of} ORDER BY d.id FOR NO KEY UPDATE; " + _sum(
        f"{less} UNION ALL {more}"
    )
