"""The list of acts: facets, order, matched passages, saved views, files, timeline."""

import datetime
import io
import re

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from cbec_site.base import tables
from policies.models import SavedView
from tests.factories import make_issuer, make_policy, make_policy_event, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

LIST = "/en/policies/"


def published(text):
    day = datetime.date(*[*map(int, text.split("-")), 1, 1][:3])
    precision = {4: "year", 7: "month", 10: "day"}[len(text)]
    return {"published_on": day, "published_precision": precision}


@pytest.fixture
def library():
    gov, com = make_issuer(code="gov"), make_issuer(code="com")
    tax = make_topic(code="tax")
    make_policy(
        [gov], [tax], code="A1", title_en="Storage rules", level="national",
        kind="reply", summary_en="About warehouses abroad.", **published("2021-07-09"),
    )  # fmt: skip
    make_policy(
        [gov, com], [tax], code="A2", title_en="Warehouses abroad", level="provincial",
        kind="notice", summary_en="Second.", status="expired", **published("2021-07"),
    )  # fmt: skip
    make_policy(
        [com], code="A3", title_en="Third", level="provincial", kind="notice",
        text_zh_hans="第一条\n海外仓 warehouses 的规定", **published("2019"),
    )  # fmt: skip
    make_policy(code="A4", title_en="Draft warehouses", is_published=False)


def facets(client, query=""):
    found = client.get(f"{LIST}?{query}").context["facets"]
    return {
        str(facet.label): {str(choice.label): choice.count for choice in facet.choices}
        for facet in found
    }


def codes(client, query):
    rows = client.get(f"{LIST}?{query}").context["table"].page.object_list
    return [row.record.code for row in rows]


@pytest.mark.usefixtures("library")
def test_facets_count_what_each_choice_would_leave(client):
    found = facets(client)

    assert found["Level"] == {"National": 1, "Provincial": 2}
    assert found["Kind of document"] == {"Reply": 1, "Notice": 2}
    assert found["Status"] == {"In force": 2, "No longer in force": 1}
    assert found["Year published"] == {"2021": 2, "2019": 1}


@pytest.mark.usefixtures("library")
def test_a_facet_counts_under_the_other_filters_not_its_own(client):
    found = facets(client, "level=provincial&topic=tax")

    assert found["Level"] == {"National": 1, "Provincial": 1}
    # One choice alone narrows nothing.
    assert "Kind of document" not in found


@pytest.mark.usefixtures("library")
def test_choices_of_a_facet_lead_to_the_rows_they_count(client):
    response = client.get(f"{LIST}?topic=tax&sort=title&page=1")
    level = response.context["facets"][0]

    for choice in level.choices:
        page = client.get(LIST + choice.address)
        assert page.context["table"].paginator.count == choice.count
        assert "sort=title" in choice.address and "page=" not in choice.address


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # Title as a whole, then the summary, then the text alone.
        ("q=warehouses+abroad", ["A2", "A1"]),
        ("q=warehouses", ["A2", "A1", "A3"]),
        ("q=warehouses&sort=title", ["A1", "A3", "A2"]),
        ("q=warehouses&sort=-published", ["A1", "A2", "A3"]),
        ("q=warehouses&sort=relevance", ["A2", "A1", "A3"]),
        ("q=a3", ["A3"]),
        ("sort=published", ["A3", "A2", "A1"]),
        ("month=2021-07", ["A1", "A2"]),
        ("month=2021-07&level=national", ["A1"]),
        # Of an act of 2019 no month is known.
        ("month=2019-01", []),
    ],
)
def test_order_and_months(client, query, expected):
    assert codes(client, query) == expected


@pytest.mark.usefixtures("library")
def test_passage_that_matched_is_shown_and_marked(client):
    html = client.get(f"{LIST}?q=warehouses").content.decode()

    assert "About <mark>warehouses</mark> abroad." in html
    assert "海外仓 <mark>warehouses</mark> 的规定" in html


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("language", "legend"),
    [
        ("en", "Acts published in each month: N National, P Provincial"),
        ("zh-hans", "各月发布的文件数：国 国家级，省 省级"),
    ],
)
def test_letters_of_the_months_are_explained(client, language, legend):
    page = client.get(f"/{language}/policies/")

    note = r'<p class="note" aria-hidden="true">(.*?)</p>'
    (told,) = re.findall(note, page.content.decode(), re.DOTALL)
    assert " ".join(re.sub(r"<[^>]+>", "", told).split()) == legend


@pytest.mark.parametrize("month", ["2021-13", "2021", "2021-7", "x", "9999-01"])
def test_malformed_month_is_reported_at_the_form(client, month):
    response = client.get(f"{LIST}?month={month}")

    assert response.status_code == 400
    assert "Write a month as 2021-03." in response.content.decode()
    assert client.get(f"/api/v1/policies?month={month}").status_code == 422


@pytest.mark.usefixtures("library")
def test_timeline_counts_by_month_and_level_and_links_to_the_rows(client):
    rows = client.get(LIST).context["years"]

    assert [(row.year, row.undated) for row in rows] == [(2021, 0), (2019, 1)]
    july = rows[0].months[6]
    assert [(cell.level, cell.count) for cell in july] == [
        ("national", 1),
        ("provincial", 1),
    ]
    page = client.get(LIST + july[0].address)
    assert page.context["table"].paginator.count == 1
    assert july[0].address in client.get(LIST).content.decode().replace("&amp;", "&")


@pytest.mark.usefixtures("library")
def test_feed_and_workbook_of_a_state_have_the_rows_of_the_list(client):
    feed = client.get("/en/policies/feed/?level=provincial").content.decode()
    book = load_workbook(
        io.BytesIO(client.get("/en/policies/list.xlsx?level=provincial").content)
    )
    file = client.get("/api/v1/policies.csv?level=provincial").content.decode()

    assert feed.count("<entry>") == 2 and "Storage rules" not in feed
    assert "?level=provincial" in feed
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["code", "A2", "A3"]
    assert list(rows[0]) == file.lstrip("\ufeff").splitlines()[0].split(",")


@pytest.mark.parametrize("door", ["feed/", "list.xlsx"])
def test_files_of_a_state_refuse_what_the_list_refuses(client, door):
    assert client.get(f"/en/policies/{door}?level=nowhere").status_code == 400


@pytest.mark.usefixtures("library")
def test_saved_views_are_links_with_their_state(client):
    SavedView.objects.create(
        code="v", title_zh_hans="视图", title_en="My view", query="level=provincial",
        is_published=True,
    )  # fmt: skip
    SavedView.objects.create(
        code="w", title_zh_hans="草稿", title_en="Hidden", query="level=national"
    )

    html = client.get(f"{LIST}?level=provincial").content.decode()

    assert 'href="?level=provincial" aria-current="true">My view' in html
    assert "Hidden" not in html


@pytest.mark.parametrize(
    ("query", "is_fit"),
    [
        ("in_table_1=1", True),
        ("?level=national&sort=title", True),
        ("level=nowhere", False),
        ("colour=red", False),
        ("nothing", False),
    ],
)
def test_editors_save_only_views_that_the_list_knows(admin_client, query, is_fit):
    form = {"code": "v", "title_zh_hans": "视图", "query": query, "position": 0}

    admin_client.post(
        "/admin/policies/savedview/add/", form | {"is_published": "on", "_publish": 1}
    )

    assert SavedView.objects.exists() == is_fit


@pytest.mark.usefixtures("study")
def test_table_1_is_a_saved_view(client):
    view = SavedView.objects.get(code="table-1")

    assert client.get(view.get_absolute_url()).context["table"].paginator.count == 8
    for other in SavedView.objects.all():
        assert client.get(other.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_query_count_does_not_grow(client, django_assert_num_queries, count):
    for _number in range(count):
        policy = make_policy([make_issuer()], [make_topic()], level="national")
        make_policy_event(policy, "effective", "2021-03-01")

    with django_assert_num_queries(19):
        assert client.get(f"{LIST}?q=policy&level=national").status_code == 200


def test_workbook_says_when_there_are_too_many_rows(client, monkeypatch):
    monkeypatch.setattr("policies.list_files.MOST_ROWS", 1)
    make_policy(), make_policy()

    assert client.get("/en/policies/list.xlsx").status_code == 400


def test_shipped_views_come_with_an_update(study):
    SavedView.history.all().delete()
    SavedView.objects.all().delete()
    SavedView.history.all().delete()

    call_command("update_study", verbosity=0)

    assert SavedView.objects.count() == 4


def test_long_list_has_no_counts_and_says_how_to_get_them(client, monkeypatch):
    monkeypatch.setattr("policies.facets.COUNTED", 0)
    make_policy()

    long = client.get(LIST).content.decode()
    short = client.get(f"{LIST}?q=nothinghasthesewords").content.decode()

    assert "Narrow the list to see counts" in long
    assert "Narrow the list to see counts" not in short


@pytest.mark.parametrize(("query", "is_kept"), [("", True), ("?q=trade", False)])
def test_form_with_words_that_somebody_searches_for_is_not_kept(
    client, monkeypatch, query, is_kept
):
    """Ever new searches would drive out the parts that others read."""
    keys = []

    def note(key, render):
        keys.append(key)
        return render()

    monkeypatch.setattr(tables, "kept_part", note)

    assert client.get(f"{LIST}{query}").status_code == 200
    assert any(key[0] == "filters" for key in keys) is is_kept
