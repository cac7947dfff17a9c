"""From a spreadsheet to observations: no HTTP, no HTML, usable alone.

`reading` turns bytes into sheets of cells, `layout` turns a sheet into records, `cells`
reads one cell, `batch` compares records with the database, applies and takes back.
"""
