"""The database: one store over the driver, read-only guards, statements, search."""
