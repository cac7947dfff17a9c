"""What is kept between requests, and for how long. No database is needed."""

import datetime
from types import SimpleNamespace

import pytest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import override

from cbec_site.base import kept
from cbec_site.base.reads import Reads, note_unknown, state_of
from cbec_site.base.segmented import SegmentedCache
from cbec_site.base.tables import RowsByKey, rows_of
from datasets.models import Indicator
from tests.factories import make_indicator


@pytest.fixture
def site(monkeypatch):
    """The version of the site, how often it was read, and what was made."""
    site = SimpleNamespace(version=1, reads=0, made=[], is_atomic=False)

    def read_version():
        site.reads += 1
        return site.version

    monkeypatch.setattr(kept, "read_version", read_version)
    monkeypatch.setattr(kept, "connection", SimpleNamespace(in_atomic_block=False))
    site.connection = kept.connection
    kept.forget()
    yield site
    kept.forget()


def part(site, *key):
    """A part whose text says how many were made before it.

    It reads what a new version may have changed.
    """

    def render():
        site.made.append(key)
        note_unknown()
        return format_html("<p>{}</p>", len(site.made))

    return kept.kept_part(key, render)


def test_part_is_made_once_for_a_version_key_and_language(site):
    assert part(site, "a") == part(site, "a") == "<p>1</p>"
    assert part(site, "a", 1) == "<p>2</p>"
    with override("en"):
        assert part(site, "a") == "<p>3</p>"

    site.version = 2

    assert part(site, "a") == "<p>4</p>"


def test_part_is_safe_to_show_when_it_comes_back(site):
    part(site, "a")

    assert hasattr(part(site, "a"), "__html__")


def test_everything_is_made_again_on_another_day(site, monkeypatch):
    answers = iter(range(9))
    part(site, "a")
    assert kept.kept("b", lambda: next(answers)) == 0
    assert kept.kept("b", lambda: next(answers)) == 0
    monkeypatch.setattr(kept, "localdate", lambda: datetime.date(2000, 1, 1))

    assert part(site, "a") == "<p>2</p>"
    assert kept.kept("b", lambda: next(answers)) == 1


def test_nothing_is_kept_or_found_within_a_transaction(site):
    part(site, "a")
    site.connection.in_atomic_block = True

    assert part(site, "a") == "<p>2</p>"
    assert part(site, "b") == "<p>3</p>"
    site.connection.in_atomic_block = False
    assert part(site, "a") == "<p>1</p>"
    assert part(site, "b") == "<p>4</p>"


def test_version_is_read_once_a_request_and_every_time_outside_requests(site):
    part(site, "a"), part(site, "b")
    assert site.reads == 2

    kept.begin_request()
    part(site, "a"), part(site, "b"), kept.kept("c", lambda: 1)
    assert site.reads == 3
    kept.end_request()

    part(site, "a")
    assert site.reads == 4


def test_parts_stay_within_their_bounds(site, monkeypatch):
    parts = SegmentedCache(20_000)
    monkeypatch.setattr(kept, "_parts", parts)
    part(site, "a"), part(site, "a")

    for number in range(100):
        part(site, number)

    assert parts.size <= 20_000
    assert part(site, "a") == "<p>1</p>"
    assert part(site, 0) == "<p>102</p>"


def test_parts_with_large_texts_or_many_reads_take_more_room(site):
    html, reads = format_html("<p>{}</p>", "贵州" * 1000), Reads()
    small = kept.Part(format_html("<p>{}</p>", ""), 1, Reads()).size
    large = kept.Part(html, 1, reads).size
    assert large > small + 2 * 2000

    reads.add("SELECT 1", ("x" * 1000,), [])

    assert kept.Part(html, 1, reads).size > large + 1000
    assert kept.Part((html, html), 1, reads).size > 2 * large


def test_what_cannot_be_identified_is_not_kept(site):
    assert part(site, object()) == "<p>1</p>"
    assert part(site, object()) == "<p>2</p>"
    assert len(kept._parts) == 0


def test_rows_that_are_kept_are_not_read_again(site):
    read = []

    class Rows:
        def order_by(self):
            return self

        def in_bulk(self, keys):
            read.append(list(keys))
            return {key: f"row {key}" for key in keys}

    class Table:
        columns = ()

        def __init__(self, keys):
            data = RowsByKey(keys, Rows())
            column = SimpleNamespace(
                name="own", header="Own", attrs={"td": SimpleNamespace(as_html=str)}
            )
            self.columns = [column]
            self.page = SimpleNamespace(object_list=Page(data))

        def row_key(self):
            return ()

    class Page:
        def __init__(self, data):
            self.data = data

        def __getitem__(self, number):
            record = self.data[number]
            return SimpleNamespace(get_cell=lambda name: f"<{record}>")

    first = rows_of(Table([1, 2]))
    again = rows_of(Table([2, 1]))

    assert read == [[1, 2]]
    assert first.index("row 1") < first.index("row 2")
    assert again.index("row 2") < again.index("row 1")
    assert "&lt;row 1&gt;" in first and "<row 1>" not in first


@pytest.fixture
def rows_read(site, db):
    """How often each part was made; it has another one within."""

    def inner():
        site.made.append("inner")
        return format_html("{}", Indicator.objects.order_by("pk").first().title_en)

    def outer():
        site.made.append("outer")
        count = Indicator.objects.count()
        return format_html("{} {}", count, kept.kept_part(("inner",), inner))

    def show():
        site.made.clear()
        site.version += 1
        return kept.kept_part(("outer",), outer), list(site.made)

    return show


def test_part_stands_until_its_own_rows_change(site, rows_read):
    make_indicator(title_en="First")
    assert rows_read() == ("1 First", ["outer", "inner"])
    assert rows_read() == ("1 First", [])

    make_indicator()
    assert rows_read() == ("2 First", ["outer"])

    Indicator.objects.filter(title_en="First").update(title_en="Second")
    assert rows_read() == ("2 Second", ["outer", "inner"])

    Indicator.objects.filter(title_en="Second").update(definition_en="What it is")
    assert rows_read()[1] == ["outer", "inner"]
    assert rows_read() == ("2 Second", [])


def test_part_around_one_that_was_kept_depends_on_its_rows(site, rows_read):
    make_indicator(title_en="First")
    rows_read()
    make_indicator()
    assert rows_read()[1] == ["outer"]

    Indicator.objects.filter(title_en="First").update(title_en="Second")

    assert rows_read() == ("2 Second", ["outer", "inner"])


def test_queries_run_once_in_a_request(site, rows_read, django_assert_num_queries):
    make_indicator()
    rows_read()
    kept.begin_request()
    with django_assert_num_queries(2):
        assert rows_read()[1] == []
        rows_read()
    kept.end_request()


@pytest.mark.parametrize(
    "ask", [kept.content_changed_at, lambda request: kept.kept("a", int)]
)
def test_part_that_asks_for_the_version_is_made_anew_with_each(site, ask):
    def render():
        site.made.append("part")
        ask(SimpleNamespace(content_changed_at=1))
        return SafeString("<p></p>")

    for number in range(1, 3):
        site.version = number
        kept.kept_part(("asks",), render)
        kept.kept_part(("asks",), render)
        assert len(site.made) == number


def test_rows_are_the_same_until_the_database_gives_others(site, db):
    make_indicator(code="a", title_en="First")
    own = Indicator.objects.filter(code="a")

    def read():
        site.version += 1
        return kept.kept_rows(("own",), lambda: {"rows": list(own)})["rows"]

    [row] = read()
    make_indicator(code="b")
    assert read()[0] is row

    own.update(title_en="Second")

    [other] = read()
    assert (row.title_en, other.title_en) == ("First", "Second")


def test_state_of_a_row_is_the_same_whether_it_is_kept_or_read(site, db):
    make_indicator(code="a", title_en="First")
    read = Indicator.objects.get
    held = kept.kept_rows(("own",), read)

    assert state_of([held]) == state_of([held]) == state_of([read()])
    Indicator.objects.update(title_en="Second")
    assert state_of([held]) != state_of([read()])
