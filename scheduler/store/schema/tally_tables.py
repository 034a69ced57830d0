"""The tables of what is counted and never told apart: no row is anybody's, and none has a date."""

from sqlalchemy import Column, Table

from scheduler.store.schema.tables import metadata as metadata
from scheduler.store.schema.types import Id, Word

#: How often each answer of each quiz was chosen.
quiz_count = Table(
    "quiz_count",
    metadata,
    Column("quiz", Word, primary_key=True),
    Column("question", Word, primary_key=True),
    Column("option", Word, primary_key=True),
    Column("n", Id, nullable=False),
    sqlite_strict=True,
)

#: How often each button under a message's web version was pressed, by the audience of its text.
reaction_count = Table(
    "reaction_count",
    metadata,
    Column("message", Word, primary_key=True),
    Column("audience", Word, primary_key=True),
    Column("reaction", Word, primary_key=True),
    Column("n", Id, nullable=False),
    sqlite_strict=True,
)
