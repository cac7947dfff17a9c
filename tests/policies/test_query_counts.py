"""Every combination of filters and orders of the library costs the same queries."""

import datetime
import itertools
from urllib.parse import parse_qs, parse_qsl, urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_issuer, make_policy, make_policy_event, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

LIST = "/en/policies/"
FILTERS = {
    "q": "warehouse",
    "level": "national",
    "kind": "notice",
    "year": "2021",
    "month": "2021-03",
    "issuer": "gov",
    "topic": "tax",
    "status": "in_force",
    "on": "2023-08-01",
    "in_table_1": "1",
}
SORTS = ["", "title", "-published", "level", "status", "relevance"]


# A Hadamard matrix: in its twelve rows each two columns have all four combinations.
SHIFTED = "11011100010"


def combinations():
    """Twelve addresses of the list, in which each filter meets each other one."""
    for row in range(12):
        chosen = SHIFTED[row:] + SHIFTED[:row] if row < len(SHIFTED) else "0" * 11
        asked = {
            name: value
            for (name, value), is_on in zip(FILTERS.items(), chosen, strict=False)
            if is_on == "1"
        }
        sort = SORTS[row % len(SORTS)]
        if sort == "relevance" and "q" not in asked:
            sort = "published"
        yield urlencode(asked | {"sort": sort} if sort else asked)


def test_every_pair_of_filters_is_tried():
    asked = [dict(parse_qsl(query)) for query in combinations()]

    for first, second in itertools.combinations(FILTERS, 2):
        seen = {(first in query, second in query) for query in asked}
        assert len(seen) == 4, (first, second)
    assert {query.get("sort", "") for query in asked} >= {*SORTS} - {"relevance"}


# Queries of the list as it is. One more for each choice that the address names and
# for the best hits of words.
USUAL = 18


def test_no_combination_of_filters_takes_queries_per_policy(client):
    """Five acts that every filter finds, each with parts of its own."""
    gov, tax = make_issuer(code="gov"), make_topic(code="tax")
    for _number in range(5):
        act = make_policy(
            [gov, make_issuer()], [tax, make_topic()], level="national", kind="notice",
            title_en="Warehouse rules", in_table_1=True,
            published_on=datetime.date(2021, 3, 1), published_precision="day",
        )  # fmt: skip
        make_policy_event(act, "effective", "2021-03-01", act=make_policy())

    for query in combinations():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"{LIST}?{query}")
        assert response.context["table"].paginator.count in (5, 10)
        asked = parse_qs(query)
        named = {"year", "issuer", "topic"} & asked.keys()
        is_ranked = "q" in asked and asked.get("sort") in (None, ["relevance"])
        assert len(queries) == USUAL + len(named) + is_ranked, query
