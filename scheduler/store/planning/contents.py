"""The texts that deliveries are made from, as they were frozen when their slot was planned."""

from sqlalchemy import Connection, select

from scheduler.domain.ids import ContentId
from scheduler.store.schema.tables import content


def content_source(connection: Connection, content_id: ContentId) -> str:
    """The kept text of a delivery, as JSON."""
    statement = select(content.c.source).where(content.c.id == content_id)
    source: str = (connection.execute(statement)).scalar_one()
    return source
