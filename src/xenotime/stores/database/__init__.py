"""The programme's database: SQLite by default, PostgreSQL by URL."""

from xenotime.stores.database.store import DatabaseStore, open_store

__all__ = ["DatabaseStore", "open_store"]
