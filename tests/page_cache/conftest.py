"""The cache around a small application."""

import pytest

from cbec_site.page_cache.cache import PageCache
from cbec_site.page_cache.copies import Copies
from cbec_site.page_cache.watching import Version
from tests.page_cache.small_site import Counter, Site


@pytest.fixture
def counter():
    return Counter()


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def cache(site, counter, tmp_path):
    made = PageCache(
        site,
        version=Version(counter),
        most_bytes=1_000_000,
        copies=Copies(tmp_path / "copies"),
    )
    yield made
    made.version.stop()
