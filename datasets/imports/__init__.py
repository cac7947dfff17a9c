"""How any kind of file gets into the database: preview, confirmation, undo."""
