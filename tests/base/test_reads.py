"""Whether something would be made from the same rows again."""

import datetime
from contextlib import suppress
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection
from django.db.models import Prefetch, prefetch_related_objects

from cbec_site.base.reads import (
    ADDRESS,
    digest_of,
    note,
    note_unknown,
    recorded,
    state_of,
    unrecorded,
)
from datasets.models import Indicator, Region
from tests.factories import make_indicator, make_observation, make_region


def is_unchanged(reads):
    return reads.are_unchanged({})


def titles():
    return list(Indicator.objects.order_by("pk").values_list("title_en", flat=True))


@pytest.mark.django_db
def test_rows_that_change_come_or_go_are_noticed_and_others_are_not():
    indicator, region = make_indicator(), make_region()
    with recorded() as reads:
        titles()
        Indicator.objects.filter(code="none").first()
    assert is_unchanged(reads)

    Region.objects.filter(pk=region.pk).update(name_en="Elsewhere")
    assert is_unchanged(reads)

    rows = Indicator.objects.filter(pk=indicator.pk)
    rows.update(title_en=f"{indicator.title_en} ")
    assert not is_unchanged(reads)
    rows.update(title_en=indicator.title_en)
    assert is_unchanged(reads)

    rows.update(code="none")
    assert not is_unchanged(reads)


@pytest.mark.django_db
def test_rows_are_the_same_as_without_recording():
    for _number in range(5):
        make_indicator()
    rows = Indicator.objects.order_by("pk")

    def read():
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM datasets_indicator ORDER BY id")
            pieces = [cursor.fetchone(), *cursor.fetchmany(2), *cursor.fetchall()]
            again = cursor.execute("SELECT COUNT(*) FROM datasets_indicator")
            pieces += [again.fetchone(), cursor.fetchone(), cursor.fetchall()]
            cursor.execute("SELECT id FROM datasets_indicator ORDER BY id")
            pieces += list(cursor)
        return pieces, list(rows.iterator(chunk_size=2)), rows.last(), rows.exists()

    plain = read()
    with recorded() as reads:
        noted = read()

    assert noted == plain and len(plain[1]) == 5
    assert is_unchanged(reads)


@pytest.mark.django_db
def test_block_around_depends_on_what_is_read_within():
    indicator = make_indicator()
    with recorded() as outer, suppress(KeyError), recorded() as inner:
        titles()
        raise KeyError
    with recorded() as remembered:
        note(inner)
    with recorded() as apart, unrecorded():
        titles()

    Indicator.objects.filter(pk=indicator.pk).update(title_en="Renamed")

    assert not any(is_unchanged(reads) for reads in (inner, outer, remembered))
    assert is_unchanged(apart)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "read",
    [
        note_unknown,
        lambda: Indicator.objects.update(title_en="Written"),
        lambda: connection.cursor().execute("SELECT %s", [memoryview(b"1")]),
    ],
)
def test_what_cannot_be_compared_counts_as_changed(read):
    with recorded() as reads:
        read()

    assert not is_unchanged(reads)


@pytest.mark.django_db
def test_query_that_fails_counts_as_changed():
    with recorded() as reads, pytest.raises(DatabaseError):
        connection.cursor().execute("SELECT * FROM no_such_table")

    assert not is_unchanged(reads)


@pytest.mark.django_db
def test_content_that_changes_between_two_queries_counts_as_changed():
    indicator = make_indicator()
    with recorded() as reads:
        titles()
        with unrecorded():
            Indicator.objects.filter(pk=indicator.pk).update(title_en="Renamed")
        titles()

    assert not is_unchanged(reads)


@pytest.mark.django_db
def test_query_is_run_once_for_all_parts_of_a_request(django_assert_num_queries):
    make_indicator()
    with recorded() as first:
        titles()
    with recorded() as second:
        titles()
    known = {}

    with django_assert_num_queries(1):
        assert first.are_unchanged(known) and second.are_unchanged(known)


NEAR = [
    -1,
    -2,
    1,
    True,
    "1",
    1.0,
    Decimal(1),
    Decimal("1.00"),
    None,
    "None",
    "",
    "a', 'b",
    datetime.date(2024, 1, 1),
    datetime.datetime(2024, 1, 1),
    datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC),
    "\ud800",
    ["a", "b"],
    ["b", "a"],
]


def test_digests_differ_wherever_rows_do():
    assert len({digest_of([(value,)]) for value in NEAR}) == len(NEAR)
    assert len({state_of(value) for value in NEAR}) == len(NEAR)
    assert digest_of([("a",), ("b",)]) != digest_of([("b",), ("a",)])
    assert digest_of([(memoryview(b"1"),)]) is None
    assert digest_of([(f"words with{ADDRESS}",)]) is None
    assert state_of(object) != state_of(object)


@pytest.mark.django_db
def test_state_of_a_row_has_its_fields_and_all_that_was_read_with_it():
    observation = make_observation()
    region = observation.region

    def states():
        row = type(observation).objects.select_related("region").get(pk=observation.pk)
        own = Region.objects.get(pk=region.pk)
        links = Prefetch("observations", queryset=type(observation).objects.all())
        prefetch_related_objects([own], links)
        return state_of(row), state_of(own), state_of({"rows": [row]})

    before = states()
    assert states() == before

    Region.objects.filter(pk=region.pk).update(name_en="Elsewhere")
    renamed = states()
    type(observation).objects.filter(pk=observation.pk).update(paper_location="p. 7")
    changed = states()

    for number in range(3):
        assert len({before[number], renamed[number], changed[number]}) == 3


def test_rows_that_refer_to_each_other_have_a_state():
    parent, child = Region(pk=1, code="a"), Region(pk=2, code="b")
    child.parent = parent
    parent._prefetched_objects_cache = {"children": [child]}

    first = state_of(parent)
    child.code = "c"

    assert isinstance(first, bytes) and state_of(parent) != first
