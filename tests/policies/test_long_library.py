"""A library too long to be counted: what its list still does, and what it does not."""

import datetime

import pytest
from django.db import connection
from django.db.models import F

from policies import facets, tables
from policies.feeds import newest_keys
from policies.indexes import INDEXES, EnglishTitle
from policies.models import Policy
from tests.factories import make_policy

LIST = "/en/policies/"
CAME = datetime.datetime(2024, 5, 1, 12, tzinfo=datetime.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def long(monkeypatch):
    """Four acts where two are a long library."""
    monkeypatch.setattr(facets, "COUNTED", 2)
    monkeypatch.setattr(tables, "MOST_COUNTED", 2)
    monkeypatch.setattr("cbec_site.base.tables.MOST_COUNTED", 2)
    for number, name in enumerate(("spring", "summer", "autumn", "winter")):
        make_policy(
            code=f"A{number}",
            title_en=f"Act of {name} on parcels",
            published_on=datetime.date(2020, 1, 1 + number),
        )


@pytest.mark.usefixtures("long")
def test_long_list_is_not_sorted_by_status(client):
    page = client.get(LIST).content.decode()

    assert client.get(f"{LIST}?sort=status").status_code == 400
    assert "sort=status" not in page and "sort=level" in page
    assert "Narrow the list to see counts" in page
    assert client.get(f"{LIST}?sort=status&q=winter").status_code == 200


@pytest.mark.usefixtures("long")
def test_best_match_of_too_many_hits_is_among_the_newest(client):
    response = client.get(f"{LIST}?q=parcels")
    table = response.context["table"]

    assert [row.record.code for row in table.page.object_list] == ["A3", "A2"]
    assert "2+ policies" in response.content.decode()


@pytest.mark.usefixtures("long")
def test_another_order_looks_at_all_hits(client):
    response = client.get(f"{LIST}?q=parcels&sort=published")
    table = response.context["table"]

    assert [row.record.code for row in table.page.object_list][:2] == ["A0", "A1"]


def test_feed_is_cut_within_a_day_of_many_policies(monkeypatch):
    monkeypatch.setattr("policies.feeds.FEED_LENGTH", 3)
    day = datetime.timedelta(days=1)
    for code, came, own in (
        ("OLD", CAME - day, 2023),
        ("A", CAME, 2001),
        ("B", CAME + datetime.timedelta(hours=1), None),
        ("C", CAME + datetime.timedelta(hours=2), 2002),
        ("NEW", CAME + day, 1999),
    ):
        make_policy(
            code=code,
            published_at=came,
            published_on=own and datetime.date(own, 1, 1),
            published_precision="day" if own else "",
        )

    keys = newest_keys(Policy.objects.published())

    found = Policy.objects.in_bulk(keys)
    assert [found[key].code for key in keys] == ["NEW", "C", "A"]


@pytest.mark.parametrize(
    "order",
    [
        "title_zh_hans",
        EnglishTitle().desc(),
        F("published_on").desc(nulls_last=True),
        F("published_on").asc(nulls_last=True),
        "-published_at",
    ],
    ids=str,
)
def test_order_of_a_list_is_that_of_an_index(order):
    public = Policy.objects.published().order_by(order).values_list("pk")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A few rows are read as stored and sorted in another order.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
        plan = public[:50].explain()

    named = [*INDEXES, *(index.name for index in Policy._meta.indexes)]
    assert any(name in plan for name in named), plan
    assert "Sort" not in plan and "TEMP B-TREE" not in plan, plan
