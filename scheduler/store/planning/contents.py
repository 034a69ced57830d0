"""The texts that deliveries are made from, as they were frozen when their slot was planned."""

from sqlalchemy import Connection, select

from scheduler.store.schema.tables import content


def content_source(connection: Connection, row: int) -> str:
    """The kept text of a delivery, as JSON."""
    statement = select(content.c.source).where(content.c.id == row)
    source: str = (connection.execute(statement)).scalar_one()
    return source
