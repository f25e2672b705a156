"""Alembic's entry: always on the connection that storage/migrate.py hands over."""

from alembic import context

from storage.models import metadata

connection = context.config.attributes["connection"]
# SQLite cannot alter a column in place; batch mode copies the table.
context.configure(
    connection=connection, target_metadata=metadata, render_as_batch=True, transactional_ddl=True
)
with context.begin_transaction():
    context.run_migrations()
