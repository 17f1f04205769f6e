# ruff: noqa: INP001 -- Alembic runs this file by its path for every migration; it is never imported
"""Where Alembic meets the connection that `store.upgrading` hands it; there is no other way to run a migration."""

from __future__ import annotations

from alembic import context

from veedor.store.accounts import metadata  # of every table: it brings those of `store.tables`

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
