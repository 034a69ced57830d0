"""Alembic's entry: runs on the connection that ``scheduler.store.setup.migrate`` hands in."""

from alembic import context

from scheduler.store.schema.everything import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
