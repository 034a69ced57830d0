"""What the database knows of its own tables, by which it chooses its indexes."""

from sqlalchemy import Connection, Table, func, select

from scheduler.store.schema.tables import delivery

#: Rows from which SQLite is told what a table is like, and entries of each index that it looks at.
LARGE = 10_000
SAMPLE = 1_000


def refresh_statistics(connection: Connection, *tables: Table) -> None:
    """Count again what grew by thousands of rows.

    PostgreSQL chooses its indexes by what it last counted, perhaps before any row was there, and
    would compare everybody with everybody. SQLite counts a sample of what is large; deliveries
    never, for their indexes of some states are empty at times and full at others.
    """
    if connection.dialect.name == "postgresql":
        names = ", ".join(f'"{table.name}"' for table in tables)
        connection.exec_driver_sql(f"ANALYZE {names}")
        return
    connection.exec_driver_sql(f"PRAGMA analysis_limit={SAMPLE}")
    for table in tables:
        if table is not delivery and _is_large(connection, table):
            connection.exec_driver_sql(f'ANALYZE "{table.name}"')


def _is_large(connection: Connection, table: Table) -> bool:
    """By its last number: what a small table is like says nothing of what it will be."""
    return "id" in table.c and (
        (connection.execute(select(func.max(table.c.id))).scalar() or 0) >= LARGE
    )
