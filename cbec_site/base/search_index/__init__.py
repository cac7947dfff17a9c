"""Our own index of words: one table, written in the transaction that saves a row."""
