"""A Wagtail site with the content of our pages, to compare with; see `bench_wagtail`.

It runs in an environment of its own (`requirements-wagtail.txt`) and knows nothing of
ours: its content is read from pages that were saved as files.
"""
