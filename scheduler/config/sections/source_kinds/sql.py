"""``sql``: a query of another database."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from scheduler.config.sections.section import Section


def _database_url(value: str) -> str:
    if not re.match(r"\A[a-z0-9]+(\+[a-z0-9_]+)?://", value):
        raise ValueError(
            "is no address of a database — write it as postgresql+psycopg://user@host/name"
        )
    return value


class SqlSettings(Section):
    url: Annotated[str, AfterValidator(_database_url)] = Field(
        description="The database as SQLAlchemy writes it: postgresql+psycopg://user@host/name.",
    )
    password: SecretStr | None = Field(default=None, description="The account's password.")
    query: str = Field(min_length=1, description="One SELECT; its columns are the table’s.")
    timeout: int = Field(default=300, ge=5, le=3600, description="Seconds it may take in all.")
    columns: dict[str, str] = Field(
        default_factory=dict, description="Meaning and column, as `reflexe import --columns`."
    )
