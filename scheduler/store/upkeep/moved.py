"""A ledger that has moved takes nothing more: whoever had it open, or is an older program, fails
aloud rather than write what nobody will read."""

from sqlalchemy import Connection

from scheduler.store.schema.everything import metadata

_SAYS = "this ledger has moved"
_FUNCTION = "reflexe_has_moved"


def close_for_good(source: Connection) -> None:
    """In the transaction that notes where it went."""
    if source.dialect.name == "sqlite":
        _close_sqlite(source)
    else:
        _close_postgres(source)


def _close_sqlite(source: Connection) -> None:
    for table in metadata.sorted_tables:
        for act in ("INSERT", "UPDATE", "DELETE"):
            source.exec_driver_sql(
                f'CREATE TRIGGER "moved_{table.name}_{act.lower()}" BEFORE {act} ON "{table.name}" '
                f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
            )


def _close_postgres(source: Connection) -> None:
    source.exec_driver_sql(
        f"CREATE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_SAYS}'; END $$"
    )
    for table in metadata.sorted_tables:
        source.exec_driver_sql(
            f'CREATE TRIGGER "moved_{table.name}" BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE '
            f'ON "{table.name}" FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}()'
        )
