"""Bytes to tables of cells: usable alone, knows no model and no HTTP."""
