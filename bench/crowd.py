"""People by the million, made by the database itself: their planning is measured, not their import.

Nobody can be written to: what is sealed opens with no key.
"""

from sqlalchemy import text
from sqlalchemy.engine import make_url

from bench.world import BEFORE
from scheduler.store.notes import KEYS_FOLDED, note
from scheduler.store.schema.tables import address, contact
from scheduler.store.schema.types import to_milliseconds
from scheduler.store.setup import writer_engine
from scheduler.store.statistics import refresh_statistics

#: Numbers 1 to ``people``, and 32 octets of each that are nobody else's.
_NUMBERS = {
    "postgresql": "SELECT g AS n, convert_to(lpad(g::text, 32, '0'), 'UTF8') AS own "
    "FROM generate_series(1, :people) AS g",
    "sqlite": "SELECT n, CAST(printf('%032d', n) AS BLOB) AS own FROM (WITH RECURSIVE each(n) AS "
    "(SELECT 1 UNION ALL SELECT n + 1 FROM each WHERE n < :people) SELECT n FROM each)",
}
_ADDRESSES = """
    INSERT INTO address (id, kind, digest, key_id, sealed, destination)
    SELECT n, 'email', own, 'a', own,
           CASE n % 4 WHEN 0 THEN 'orange' WHEN 1 THEN 'free' ELSE '' END
    FROM ({numbers}) AS person
"""
_CONTACTS = """
    INSERT INTO contact (id, audience, source_key, email_id, token, language, zone, territory,
                         segment, sealed, imported_at)
    SELECT n, 'staff', own, n, CAST(n AS TEXT), 'fr', 'Europe/Paris', 'FR', '{{}}', own, {at}
    FROM ({numbers}) AS person
"""
_NEXT = "SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"


def make_people(url: str, people: int) -> None:
    """So many members of staff, each with an e-mail address, in an empty ledger."""
    engine = writer_engine(make_url(url))
    numbers = _NUMBERS[engine.dialect.name]
    for statement in (_ADDRESSES, _CONTACTS):
        with engine.begin() as connection:
            made = text(statement.format(numbers=numbers, at=to_milliseconds(BEFORE)))
            connection.execute(made, {"people": people})
            if engine.dialect.name == "postgresql":
                # Numbers were given by hand: the next ones come after them.
                connection.execute(text(_NEXT.format(table=made.text.split()[2])))
    with engine.begin() as connection:
        # As a ledger of today is: what is sealed here opens with no key.
        note(connection, KEYS_FOLDED, "done")
        # As an import does.
        refresh_statistics(connection, address, contact)
    engine.dispose()
