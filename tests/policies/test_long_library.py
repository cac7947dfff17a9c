"""A library too long to be counted: what its list still does, and what it does not."""

import datetime

import pytest
from django.db import connection
from django.db.models import F

from policies import facets, tables
from policies.feeds import newest_keys
from policies.force import Force
from policies.indexes import INDEXES, EnglishTitle, PlaceOf
from policies.models import ForcePeriod, Policy
from tests.factories import make_policy, make_policy_event

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
def test_long_list_is_sorted_by_status_and_code(client):
    """Counts are given up in a long list, the order is not."""
    for code, kind, day in (
        ("A0", "repealed", "2021-01-01"),
        ("A1", "effective", "2999-01-01"),
        ("A3", "repealed", "2021-01-01"),
    ):
        make_policy_event(Policy.objects.get(code=code), kind, day)

    def codes(query):
        table = client.get(f"{LIST}?{query}").context["table"]
        return [row.record.code for row in table.page.object_list]

    assert "Narrow the list to see counts" in client.get(LIST).content.decode()
    # In force, possibly in force, not yet, ended, unknown.
    assert codes("sort=status") == ["A2", "A1", "A0", "A3"]
    assert codes("sort=-status") == ["A0", "A3", "A1", "A2"]
    assert codes("sort=status&per_page=2&page=2") == ["A0", "A3"]
    # Narrowed, but too long to be counted.
    assert codes("sort=status&on=2020-06-01") == ["A0", "A2"]
    assert codes("sort=status&q=winter") == ["A3"]
    assert codes("sort=-status&level=provincial") == ["A0", "A3"]
    assert codes("sort=status&level=national") == []


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
        ("title_zh_hans", "code", "pk"),
        (EnglishTitle().desc(), "code", "pk"),
        (F("published_on").desc(nulls_last=True), "code", "pk"),
        (F("published_on").asc(nulls_last=True), "code", "pk"),
        (PlaceOf("level", Policy.Level.values), "code", "pk"),
        (PlaceOf("level", Policy.Level.values).desc(), "code", "pk"),
        ("-published_at",),
    ],
    ids=str,
)
def test_order_of_a_list_is_that_of_an_index(order):
    public = Policy.objects.published().order_by(*order)
    named = [*INDEXES[Policy], *(index.name for index in Policy._meta.indexes)]

    assert_order_is_read_from(named, public.values_list("pk"))


@pytest.mark.parametrize("is_descending", [False, True])
def test_order_by_status_is_that_of_an_index(is_descending):
    place = PlaceOf("force", Force.values)
    periods = ForcePeriod.objects.on(CAME.date()).filter(is_published=True)
    ordered = place.desc() if is_descending else place

    assert_order_is_read_from(
        INDEXES[ForcePeriod],
        periods.order_by(ordered, "code").values_list("policy_key"),
    )


def assert_order_is_read_from(indexes, keys):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A few rows are read as stored and sorted in another order.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute("SET LOCAL enable_incremental_sort = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
        plan = keys[:50].explain()

    assert any(name in plan for name in indexes), plan
    assert "Sort" not in plan and "TEMP B-TREE" not in plan, plan
