"""The way of any file into the database: preview, confirmation, undo."""
