"""The site behind its cache: what each kind of answer tells other caches."""

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from cbec_site.page_cache.cache import PageCache
from cbec_site.page_cache.watching import Version
from tests.page_cache.small_site import Answer, Counter

RULES = (
    "public, max-age=0, s-maxage=60, stale-while-revalidate=600, stale-if-error=86400"
)
# An answer of each kind, and the keys by which another cache purges it.
KINDS = {
    "/en/": "home",
    "/en/policies/": "policies:policy-list",
    "/en/policies/{policy}/": "policies:policy-detail {policy}",
    "/en/swot/claims/{claim}/": "swot:claim-detail {claim}",
    "/en/swot/analyses/{analysis}/": "swot:analysis-detail {analysis}",
    "/en/policies/feed/": "policies:feed",
    "/sitemap.xml": "sitemap",
    "/sitemap-policies.xml": "sitemap-section policies",
    "/api/v1/policies": "api:policies",
    "/api/v1/policies/{policy}": "api:policy {policy}",
    "/api/v1/policies.csv": "api:policies-csv",
}


@pytest.fixture(scope="module")
def cache(made_world, connection_kept):
    settings.ALLOWED_HOSTS.append("evidence.example")
    made = PageCache(
        get_wsgi_application(), version=Version(Counter()), most_bytes=5_000_000
    )
    yield made
    made.version.stop()
    settings.ALLOWED_HOSTS.remove("evidence.example")


@pytest.mark.sampled
@pytest.mark.parametrize("path", KINDS)
def test_answer_says_how_long_it_may_be_cached_and_what_it_is_about(cache, world, path):
    codes = {
        "policy": world.policy.code,
        "claim": world.claim.code,
        "analysis": world.analysis.slug,
    }
    here = path.format(**codes)

    first = Answer(cache, here, accept_encoding="br")
    headers = first.headers
    again = Answer(
        cache, here, accept_encoding="br", if_none_match=headers.get("ETag", "")
    )
    since = Answer(
        cache,
        here,
        accept_encoding="br",
        if_modified_since=headers.get("Last-Modified", ""),
    )
    plain = Answer(cache, here)

    assert first.status.startswith("200")
    assert headers["Cache-Control"] == RULES
    assert headers["Surrogate-Key"] == KINDS[path].format(**codes)
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["ETag"].startswith('"') and headers["Last-Modified"].endswith("GMT")
    assert "Set-Cookie" not in headers
    for same in (again, since):
        assert (same.status[:3], same.content) == ("304", b"")
        assert same.headers["Cache-Control"] == RULES
        assert same.headers["ETag"] == headers["ETag"]
    # A strong tag belongs to one encoding alone.
    if "Content-Encoding" in headers:
        assert plain.headers["ETag"] != headers["ETag"]
