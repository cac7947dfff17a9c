"""The import of policies: from file to plan, from plan to batch, and undoing a
batch."""
