"""From a table of cells to observations; knows no HTTP and no HTML.

`layout` turns a sheet into records, `cells` reads one cell, `checking` turns records
into rows, `comparison` compares rows with the database, `writing` and `undo` write and
restore.
"""
