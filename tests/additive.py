"""What a migration takes from the programs that were there before it: found by looking at the
schema before and after each step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """A table as a program that writes it knows it."""

    columns: Mapping[str, Any]
    #: What each rule between rows covers: unique constraints and indexes, foreign keys.
    rules: frozenset[tuple[str, ...]]
    checks: frozenset[str]
    key: tuple[str, ...]


def takings(folder: Path, engine: Engine, since: str = "") -> dict[str, list[str]]:
    """Migration -> what it takes, of all in ``folder`` that don't say it by ``schema_min``, or of
    those that come after ``since``.

    ``engine`` is of an empty database, and its schema is the newest one afterwards.
    """
    config = Config()
    config.set_main_option("script_location", str(folder))
    steps = [*reversed(list(ScriptDirectory(str(folder)).walk_revisions()))]
    before: dict[str, Shape] = {}
    if since:
        before = _upgraded(config, engine, since)
        steps = steps[1 + [step.revision for step in steps].index(since) :]
    found: dict[str, list[str]] = {}
    for step in steps:
        after = _upgraded(config, engine, step.revision)
        if not hasattr(step.module, "schema_min") and (taken := list(_taken(before, after))):
            found[step.revision] = taken
        before = after
    return found


def _upgraded(config: Config, engine: Engine, revision: str) -> dict[str, Shape]:
    """The tables as they are from a revision on."""
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    with engine.connect() as connection:
        return _shapes(connection)


def _taken(before: Mapping[str, Shape], after: Mapping[str, Shape]) -> Iterator[str]:
    for name, old in before.items():
        if name not in after:
            yield f"the table {name}"
        else:
            yield from _taken_from(name, old, after[name])


def _taken_from(table: str, old: Shape, new: Shape) -> Iterator[str]:
    for name, column in old.columns.items():
        if name not in new.columns:
            yield f"the column {table}.{name}"
        elif (changed := new.columns[name]) != column:
            yield f"{table}.{name} as it was: {column} is {changed}"
    for name in new.columns.keys() - old.columns.keys():
        _, nullable, default = new.columns[name]
        if not nullable and default is None:
            yield f"rows without {table}.{name}, which has no default"
    if new.key != old.key:
        yield f"the key of {table}"
    for rule in new.rules - old.rules:
        if set(rule) <= old.columns.keys():
            yield f"freedom of {table} in {', '.join(rule)}: a new rule"
    for rule in old.rules - new.rules:
        yield f"the rule of {table} over {', '.join(rule)}: ON CONFLICT names it"
    for check in new.checks - old.checks:
        yield f"freedom of {table}: {check}"


def _shapes(connection: Connection) -> dict[str, Shape]:
    """Every table, asked about together: PostgreSQL answers each question for all at once."""
    look = inspect(connection)
    columns = look.get_multi_columns()
    unique = look.get_multi_unique_constraints()
    indexes: Any = look.get_multi_indexes()
    foreign = look.get_multi_foreign_keys()
    checks = look.get_multi_check_constraints()
    keys = look.get_multi_pk_constraint()
    return {
        table[1]: Shape(
            columns={
                one["name"]: (str(one["type"]), one["nullable"], one["default"])
                for one in columns[table]
            },
            rules=frozenset(
                [
                    *(tuple(one["column_names"]) for one in unique.get(table, ())),
                    *(
                        tuple(one["column_names"])
                        for one in indexes.get(table, ())
                        if one["unique"]
                    ),
                    *(tuple(one["constrained_columns"]) for one in foreign.get(table, ())),
                ]
            ),
            checks=frozenset(one["sqltext"] for one in checks.get(table, ())),
            key=tuple(keys[table]["constrained_columns"]),
        )
        for table in columns
        if table[1] != "alembic_version"
    }
