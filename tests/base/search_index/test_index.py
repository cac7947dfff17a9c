import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from cbec_site.base.search_index import writing
from cbec_site.base.search_index.documents import searched_models
from cbec_site.base.search_index.finding import find
from cbec_site.base.search_index.folding import split_terms
from cbec_site.base.search_index.models import SearchDocument
from cbec_site.base.search_index.writing import is_outdated, rebuild
from cbec_site.models import Page
from policies.models import PilotZone, Policy
from tests.factories import make_page, make_policy, make_region, make_zone

pytestmark = pytest.mark.django_db

TEXTS = st.text(alphabet="跨境電电商 ab-2.〔〕%_'\"\\é", max_size=12)


def codes(text):
    return sorted(Policy.objects.search(text).values_list("code", flat=True))


def order_of(text):
    """The codes of the policies that the index finds, in its order."""
    found = find([Policy.objects.published()], split_terms(text))[Policy]
    by_key = Policy.objects.in_bulk(found.keys)
    return [by_key[key].code for key in found.keys]


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=6), st.lists(TEXTS, max_size=4))
def test_the_index_finds_what_like_finds(texts, queries):
    with transaction.atomic():
        Page.objects.bulk_create(
            Page(
                slug=f"p{number}",
                title_zh_hans=title,
                body_zh_hans=body,
                is_published=True,
                published_at=datetime.datetime.now(datetime.UTC),
            )
            for number, (title, body) in enumerate(texts)
        )
        # Whole texts and halves of them are queries that find something.
        queries += [part for pair in texts for part in (pair[0], pair[1][1:4])]
        for query in queries:
            terms = split_terms(query)
            if not terms:
                continue
            for is_common in (False, True):
                found = Page.objects.search(query, is_common=is_common)
                assert {*found.values_list("slug", flat=True)} == {
                    *with_like(terms, "all_text")
                }
            keys = find([Page.objects.published()], terms)[Page]
            in_title = with_like(terms, "title_text")
            assert keys.in_title == len(in_title)
            assert len(keys.keys) == len(with_like(terms, "all_text"))
        transaction.set_rollback(True)


def with_like(terms, column):
    """The pages whose folded text holds every term, as LIKE finds them."""
    condition = Q(kind=Page.searched.number)
    for term in terms:
        condition &= Q(**{f"{column}__contains": term})
    documents = SearchDocument.objects.filter(condition).values("object_id")
    return Page.objects.filter(pk__in=documents).values_list("slug", flat=True)


def published(day):
    return {"published_on": day, "published_precision": "day" if day else ""}


def test_titles_come_first_and_then_the_newest():
    days = {"A": "2020-01-01", "B": "2023-01-01", "C": None, "D": "2021-05-05"}
    for code, day in days.items():
        make_policy(code=code, title="needle", **published(day))
    make_policy(code="E", summary_en="a needle", **published("2024-01-01"))
    make_policy(code="F", title="a needle", **published("2023-01-01"))

    assert order_of("needle") == ["B", "F", "D", "A", "C", "E"]


def test_a_new_day_moves_a_document():
    first = make_policy(code="A", title="needle", **published("2020-01-01"))
    make_policy(code="B", title="needle", **published("2021-01-01"))

    first.published_on = datetime.date(2022, 1, 1)
    first.save()

    assert order_of("needle") == ["A", "B"]


@pytest.mark.parametrize(
    "write",
    [
        lambda row: (setattr(row, "title_en", "needle"), row.save()),
        lambda row: (
            setattr(row, "title_en", "needle"),
            row.save(update_fields=["title_en"]),
        ),
        lambda row: Policy.objects.filter(pk=row.pk).update(title_en="needle"),
        lambda row: Policy.objects.filter(title_en="old").update(title_en="needle"),
        lambda row: (
            setattr(row, "title_en", "needle"),
            Policy.objects.bulk_update([row], ["title_en"]),
        ),
        lambda row: (
            row.delete(),
            Policy.objects.bulk_create(
                [Policy(code="A", title_en="needle", level="national")]
            ),
        ),
    ],
    ids=["save", "save of a field", "update", "update that leaves", "many", "anew"],
)
def test_every_way_of_writing_writes_the_index(write):
    write(make_policy(code="A", title_en="old"))

    assert (codes("needle"), codes("old")) == (["A"], [])


@pytest.mark.parametrize(
    "remove",
    [lambda row: row.delete(), lambda row: Policy.objects.filter(pk=row.pk).delete()],
    ids=["one", "many"],
)
def test_what_is_deleted_leaves_the_index(remove):
    row = make_policy(title="needle")
    number = SearchDocument.objects.count()

    remove(row)

    assert codes("needle") == []
    assert SearchDocument.objects.count() == number - 1


def test_what_is_undone_leaves_the_index():
    with transaction.atomic():
        make_policy(title="needle")
        transaction.set_rollback(True)

    assert codes("needle") == []


def test_document_follows_the_other_rows_it_has_words_of():
    act, other = make_policy(code="A"), make_policy(code="B")
    region = make_region(name_zh_hans="铜仁市")
    zone = make_zone(region=region, approved_by=act)
    assert codes("铜仁综试区") == ["A"]

    zone.approved_by = other
    zone.save()
    assert codes("铜仁综试区") == ["B"]
    region.name_zh_hans = "梵净市"
    region.save()
    assert (codes("铜仁综试区"), codes("梵净综试区")) == ([], ["B"])
    PilotZone.objects.update(approved_by=act)
    assert codes("梵净综试区") == ["A"]
    zone.delete()
    assert codes("梵净综试区") == []


def test_rebuilding_repairs_what_was_written_outside_the_site():
    made = [make_policy(code=code, title="needle") for code in "ABC"]
    table = Policy._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET title_en = 'thread' WHERE code = 'A'")
    SearchDocument.objects.filter(object_id=made[1].pk).delete()
    SearchDocument.objects.filter(object_id=made[2].pk).update(object_id=1 << 30)

    call_command("rebuild_search_index", stdout=StringIO())

    assert (codes("needle"), codes("thread")) == (["A", "B", "C"], ["A"])
    assert not is_outdated()


def test_index_of_another_version_is_rebuilt(django_assert_num_queries):
    make_policy(title="needle")
    SearchDocument.objects.update(version="older")
    assert is_outdated()

    rebuild()

    assert not is_outdated()


def test_a_rebuild_writes_nothing_where_nothing_changed():
    make_page(title="needle")
    before = list(SearchDocument.objects.values_list("pk", "object_id"))
    written = []
    with connection.execute_wrapper(
        lambda run, sql, *rest: (
            written.append(sql) if not sql.lstrip().startswith("SELECT") else None,
            run(sql, *rest),
        )[1]
    ):
        rebuild()

    changes = [sql for sql in written if "SAVEPOINT" not in sql]
    assert all(sql.startswith("DELETE") for sql in changes)
    assert list(SearchDocument.objects.values_list("pk", "object_id")) == before


def test_readers_find_everything_during_a_rebuild(monkeypatch):
    for code in "ABC":
        make_policy(code=code, title="needle")
    SearchDocument.objects.update(version="older")
    seen, write = [], writing._index_chunk

    def write_and_read(model, keys):
        write(model, keys)
        seen.append(codes("needle"))

    monkeypatch.setattr(writing, "OBJECTS_AT_ONCE", 1)
    monkeypatch.setattr(writing, "_index_chunk", write_and_read)
    rebuild()

    assert len(seen) >= 3
    assert all(found == ["A", "B", "C"] for found in seen)


def test_each_kind_has_its_own_number():
    numbers = [model.searched.number for model in searched_models()]

    assert len(set(numbers)) == len(numbers) == 12
    assert all(0 < number < 32 for number in numbers)
