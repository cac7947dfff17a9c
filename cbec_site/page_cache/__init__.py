"""A cache of whole public answers around the application (WSGI, knows no model).

`cache` answers requests, `entries` holds answers within a bound of memory, `copies`
keeps the most read ones on disk, `watching` tells when the public content has changed.
Why it stands outside Django: docs/decisions/page-cache.md.
"""

from .cache import PARAMETERS, PageCache
from .copies import Copies
from .watching import Version

__all__ = ["PARAMETERS", "Copies", "PageCache", "Version"]
