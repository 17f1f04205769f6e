"""Where state lives: one database, SQLite in the project folder or PostgreSQL, with its tables, its migrations and its transactions."""
