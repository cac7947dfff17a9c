"""Our own search index: one table, written in the transaction that saves a row."""
