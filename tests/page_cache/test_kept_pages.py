"""Pages with kept parts show what a part takes from outside itself.

What a part reads itself is noted and read again (`tests/base/test_reads.py`). What the
view has read before and passes on must be in the part's key: here the rows that a page
reads while all its parts are kept are changed, and the page must be the one that is
made anew. `tests/soak/test_kept_pages.py` changes everything else as well.
"""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cbec_site.base import kept
from datasets.models import Observation
from tests.content_changes import kept_as_if_committed, models_in, other_words, withdraw
from tests.factories import make_breakdown, make_claim
from tests.sample_site import PAGES

# Every page with a part that is kept (`kept_part`), and whose rows its parts are
# handed, if they do not read all of them themselves.
HANDED = {
    "home": set(),
    "swot:analysis-detail": {"swot.Analysis", "datasets.Region"},
    "swot:claim-list": {"swot.Claim"},
    "policies:policy-list": {"policies.Issuer"},
    "policies:pilotzone-list": set(),
    "datasets:figure-list": {"datasets.Figure"},
    "datasets:indicator-detail": {"datasets.Breakdown"},
}
ASKED = {"policies:policy-list": lambda world: f"?issuer={issuer_of(world)}"}


def issuer_of(world):
    return world.policy.issuers.get().code


@pytest.fixture
def committed(world, monkeypatch):
    Observation.objects.update(breakdown=make_breakdown().code)
    # What two rows share must not count as read only by the first.
    make_claim()
    with kept_as_if_committed(monkeypatch) as site:
        yield site


@pytest.mark.parametrize("name", HANDED)
def test_page_is_the_one_made_anew_whatever_its_parts_are_handed(
    committed, world, client, name
):
    address = reverse(name, args=PAGES[name](world))
    address += ASKED.get(name, lambda world: "")(world)

    def read():
        return client.get(address).content

    def read_after_change():
        committed.version += 1
        page = read()
        kept.forget()
        assert page == read()
        return page

    read()
    with CaptureQueriesContext(connection) as queries:
        page = read()
        outside = set(models_in(query["sql"] for query in queries.captured_queries))
    handed = {apps.get_model(label) for label in HANDED[name]}
    assert handed <= outside
    for model in handed:
        other_words(model)
        before, page = page, read_after_change()
        assert page != before
    for model in outside - handed:
        other_words(model)
    read_after_change()
    for model in outside:
        withdraw(model)
    read_after_change()
