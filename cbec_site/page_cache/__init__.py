"""A cache of whole public answers around the application (WSGI, knows no model).

`cache` answers requests, `entries` keeps answers within a memory limit, `copies` keeps
the most read ones on disk, `watching` notices when the public content has changed. Why
it is outside Django: docs/decisions/page-cache.md.
"""

from .cache import PARAMETERS, PageCache
from .copies import Copies
from .watching import Version

__all__ = ["PARAMETERS", "Copies", "PageCache", "Version"]
