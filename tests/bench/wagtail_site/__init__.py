"""A Wagtail site with the content of our pages, to compare with; see `bench_wagtail`.

It runs in its own environment (`requirements-wagtail.txt`) and does not import our
site: its content is read from pages that were saved as files.
"""
