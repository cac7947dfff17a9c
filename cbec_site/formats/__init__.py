"""How days are written, where that differs from Django."""
