"""The public site as static files, which open from a disk or any file store.

`walk` requests each public address from Django and writes the answer; `pages` rewrites
links so that they lead from file to file; `search_shards` writes an index that a script
in the page reads. Nothing here knows what a page is about.
"""
