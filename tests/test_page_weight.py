"""What a first visit downloads: the page, its style sheets and its scripts."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders

pytestmark = [
    pytest.mark.whole,
    pytest.mark.django_db,
    pytest.mark.usefixtures("study"),
]

ARTICLE = "swot/analyses/guizhou-cbec-2024/"
# In bytes, compressed.
WITH_CHARTS, WITHOUT = 150_000, 60_000
LINKED = re.compile(r'<(?:link rel="stylesheet" href|script defer src)="/static/(.*?)"')
CHARTS = re.compile(r'data-chart="/static/(.*?)"')
HASH = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")


def weight(client, path):
    """The compressed bytes of a page with all that it loads, charts played included."""
    page = client.get(path).content
    names = LINKED.findall(page.decode()) + CHARTS.findall(page.decode())[:1]
    # Each is found: a name that changed would make the page seem light.
    files = [Path(finders.find(HASH.sub("", name))).read_bytes() for name in names]
    assert len(files) >= 3
    return sum(len(brotli.compress(part)) for part in (page, *files))


# How long a page is does not depend on the database.
@pytest.mark.sampled
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("", WITH_CHARTS),
        (ARTICLE, WITH_CHARTS),
        ("datasets/figures/f1-national-trade/", WITH_CHARTS),
        ("datasets/regions/520000/", WITH_CHARTS),
        ("policies/", WITHOUT),
        ("policies/P07/", WITHOUT),
        ("swot/claims/", WITHOUT),
        ("datasets/sources/", WITHOUT),
        ("search/?q=2022", WITHOUT),
    ],
)
def test_first_view_is_light(client, language, path, most):
    assert weight(client, f"/{language}/{path}") < most
