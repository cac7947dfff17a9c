"""The import of policies: a file to a plan, a plan to a batch, a batch back."""
