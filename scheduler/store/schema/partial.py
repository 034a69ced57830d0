"""An index of some rows only, the same on both databases.

The tables are made by migrations, which say the condition to each of them. Here SQLite alone is
told it: naming it for PostgreSQL as well would have every command load what speaks to a server.
"""

from sqlalchemy import Index, text


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    return Index(name, *columns, unique=unique, sqlite_where=text(where))
