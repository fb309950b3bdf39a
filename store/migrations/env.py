"""How Alembic reaches the database: over the connection that `store.migrate` gives it."""

from alembic import context

from store.base import Base
from store.tables import Answer

assert Answer.metadata is Base.metadata  # noqa: S101 - the tables must be known before they are compared

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
