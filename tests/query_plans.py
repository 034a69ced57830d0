"""What a database would read to answer a statement: every scan of a large table, in words."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from tests.statements import Seen

LARGE = ("address", "contact", "delivery")
#: Rows that are read by an index, and are a scan all the same.
MANY = 4000
_NAMED = re.compile(rf"\b({'|'.join(LARGE)})(?: AS \"?(\w+)\"?)?")
_STEP = re.compile(r"^(SCAN|SEARCH) (\w+)(?: USING (.*))?$")
_INDEX = re.compile(r"INDEX (\w+)(?: \((.*?)\))?")
#: Indexes of some states alone: all of one are few rows, by the statistics.
_PART = re.compile(r"INDEX ix_delivery_(batch|sending|uncertain|duplicate)\b")
#: See ``statistics_of``.
Statistics = Mapping[str, list[int]]
_LIMIT = re.compile(r"\bLIMIT\b")


def scans(connection: Connection, seen: Seen, statistics: Statistics) -> list[str]:
    """``statistics``: SQLite's, which the connection itself may be without.

    ``contact by ix_contact_zone, 50000 rows``; none where few rows of a large table are read."""
    if connection.dialect.name == "postgresql":
        said = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {seen.text}", seen.values)
        found = said.scalar_one()
        plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
        return list(_of_node(plan, limited=False))
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {seen.text}", seen.values).all()
    return list(_of_steps([row[3] for row in rows], seen.text, statistics))


def _of_node(node: Mapping[str, Any], *, limited: bool) -> Iterator[str]:
    kind = node["Node Type"]
    limited = (limited or kind == "Limit") and kind not in ("Sort", "Hash")
    table, rows = node.get("Relation Name"), int(node["Plan Rows"])
    if table in LARGE and not limited:
        if kind == "Seq Scan":
            yield f"{table} whole"
        elif rows > MANY:
            yield f"{table} by {node.get('Index Name', 'a bitmap')}, {rows} rows"
    for below in node.get("Plans", ()):
        yield from _of_node(below, limited=limited)


def looked_at(connection: Connection, seen: Seen) -> int:
    """How many rows PostgreSQL has in hand while it runs the statement; what it did is undone."""
    said = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {seen.text}", seen.values)
    found = said.scalar_one()
    connection.rollback()
    plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    return round(_in_hand(plan))


def _in_hand(node: Mapping[str, Any]) -> float:
    put_aside = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Join Filter", 0)
    mine = float(node["Actual Loops"] * (node["Actual Rows"] + put_aside))
    return mine + sum(_in_hand(below) for below in node.get("Plans", ()))


def statistics_of(connection: Connection) -> Statistics:
    """By index: how many rows it has, and how many of them one value has of its first column, of
    its first two…; of one that is empty, nothing."""
    rows = connection.exec_driver_sql("SELECT idx, stat FROM sqlite_stat1 WHERE idx IS NOT NULL")
    return {row[0]: [int(one) for one in row[1].split() if one.isdecimal()] for row in rows}


def _of_steps(steps: list[str], text: str, statistics: Statistics) -> Iterator[str]:
    tables = {alias or name: name for name, alias in _NAMED.findall(text)}
    sorts = any("TEMP B-TREE FOR ORDER BY" in step for step in steps)
    limited = bool(_LIMIT.search(text)) and not sorts
    for step in steps:
        match = _STEP.match(step)
        table = tables.get(match[2]) if match else None
        if match is None or table is None or limited:
            continue
        if match[1] == "SCAN" and not _PART.search(match[3] or ""):
            yield f"{table} whole"
            continue
        rows = _rows(match[3] or "", statistics)
        if rows > MANY:
            yield f"{table} by {match[3]}, {rows} rows"


def _rows(by: str, statistics: Statistics) -> int:
    """As many as one value of each column that is asked for has, by the statistics."""
    if "PRIMARY KEY" in by:
        return 1 if "rowid=?" in by or ("rowid>?" in by and "rowid<?" in by) else MANY + 1
    index = _INDEX.search(by)
    if index is None or index[1] not in statistics:
        return 1
    equal = (index[2] or "").count("=?")
    counts = statistics[index[1]]
    return counts[equal] if equal < len(counts) else 1
