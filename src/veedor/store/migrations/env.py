# ruff: noqa: INP001 -- Alembic runs this file by its path for every migration; it is never imported
"""Where Alembic meets the connection that `store.upgrading` hands it; there is no other way to run a migration."""

from __future__ import annotations

from alembic import context

from veedor.store.accounts import account

# Importing the accounts has brought every other table into the same metadata.
context.configure(connection=context.config.attributes["connection"], target_metadata=account.metadata)
context.run_migrations()
