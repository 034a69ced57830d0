"""Counters of quizzes and reactions: each statement adds to a number, and no row is anybody's.

Replicas add at the same time: the number that is there is added to in the database, never read
first; and all lock their rows in one order.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Table, select

from scheduler.domain.quizzes.counted import Chosen, Counter, Pressed
from scheduler.store.database import Database
from scheduler.store.schema.tally_tables import quiz_count, reaction_count
from scheduler.store.statements.upserts import insert_or_ignore
from scheduler.store.transactions import reading, writing


def _add(connection: Connection, counts: Mapping[Counter, int]) -> None:
    for kind, table in ((Chosen, quiz_count), (Pressed, reaction_count)):
        ours = sorted(one for one in counts if isinstance(one, kind))
        rows = [{**asdict(one), "n": counts[one]} for one in ours]
        if rows:
            connection.execute(_adding(connection, table), rows)


def _adding(connection: Connection, table: Table) -> Any:
    statement = insert_or_ignore(connection, table)
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key), set_={"n": table.c.n + statement.excluded.n}
    )


def answers_of(connection: Connection) -> dict[Chosen, int]:
    rows = connection.execute(select(quiz_count))
    return {Chosen(row.quiz, row.question, row.option): row.n for row in rows}


def _reactions(connection: Connection) -> dict[Pressed, int]:
    rows = connection.execute(select(reaction_count))
    return {Pressed(row.message, row.audience, row.reaction): row.n for row in rows}


class TallyLedger:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database

    #: Add to these counters; one that isn't there begins at nothing.
    add = writing(_add)

    #: How often each answer was chosen.
    answers = reading(answers_of)

    #: How often each button was pressed.
    reactions = reading(_reactions)
