"""The programme's database: SQLite by default, PostgreSQL by URL."""
