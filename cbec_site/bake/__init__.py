"""The public site as files: opens from a disk and from any store of files.

`walk` asks Django for each public address and writes what it answers; `pages` leads
the links of pages from file to file; `search_shards` writes an index that a script of
the page reads. Nothing here knows a page's content.
"""
