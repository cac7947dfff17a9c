import datetime
import re

import pytest

from tests.factories import (
    make_analysis,
    make_entry,
    make_issuer,
    make_policy,
    make_policy_event,
    make_recommendation,
    make_topic,
)
from tests.sample_site import text_of

pytestmark = pytest.mark.django_db


def policies(client, query="", language="en"):
    """Codes of the policies that the list shows, in its order."""
    response = client.get(f"/{language}/policies/{query}")
    assert response.status_code == 200
    return [row.record.code for row in response.context["table"].paginated_rows]


# The list


def test_policy_list_starts_with_the_newest(client):
    for code, year in (("A", 2020), ("B", 2022), ("C", 2021)):
        make_policy(code=code, published_on=datetime.date(year, 1, 1))
    make_policy(code="D", published_on=None, published_precision="")

    assert policies(client) == ["B", "C", "A", "D"]


@pytest.mark.parametrize(
    ("sort", "codes"),
    [
        ("published", ["C", "A", "B"]),
        ("-published", ["B", "A", "C"]),
        ("level", ["B", "C", "A"]),
        ("-level", ["A", "C", "B"]),
        ("status", ["C", "A", "B"]),
        ("-status", ["B", "A", "C"]),
    ],
)
def test_policy_list_sorts_levels_and_statuses_by_meaning(client, sort, codes):
    for code, level, status, year in (
        ("A", "municipal", "expired", 2021),
        ("B", "national", "unknown", 2022),
        ("C", "provincial", "in_force", 2020),
    ):
        make_policy(
            code=code,
            level=level,
            status=status,
            published_on=datetime.date(year, 1, 1),
        )

    assert policies(client, f"?sort={sort}") == codes


@pytest.mark.parametrize(
    ("language", "codes"), [("en", ["B", "A", "C"]), ("zh-hans", ["A", "B", "C"])]
)
def test_policy_list_sorts_titles_of_the_language(client, language, codes):
    make_policy(code="A", title_zh_hans="a", title_en="y")
    make_policy(code="B", title_zh_hans="b", title_en="x")
    make_policy(code="C", title_zh_hans="z", title_en="")

    assert policies(client, "?sort=title", language) == codes


@pytest.mark.parametrize(
    "query",
    [
        "level=national",
        "status=expired",
        "year=2019",
        "issuer=council",
        "topic=tax",
        "in_table_1=1",
        "q=needle",
        "q=国发[2019]3号",
        "q=needle&level=national&status=expired&year=2019&issuer=council&topic=tax",
    ],
)
def test_policy_list_filters(client, query):
    make_policy([make_issuer()], [make_topic()])
    make_policy(
        [make_issuer(), make_issuer(code="council")],
        [make_topic(), make_topic(code="tax")],
        code="WANTED",
        level="national",
        status="expired",
        title="A needle",
        published_on=datetime.date(2019, 1, 1),
        published_precision="year",
        document_number="国发〔2019〕3号",
        is_number_confirmed=True,
        in_table_1=True,
    )

    assert policies(client, f"?{query}") == ["WANTED"]


def test_policy_list_treats_empty_filters_as_none(client):
    make_policy(code="A")

    query = "?q=&level=&year=&issuer=&topic=&status=&in_table_1="

    assert policies(client, query) == ["A"]


def test_policy_list_shows_what_a_filter_refuses(client):
    make_policy(code="A")

    response = client.get("/en/policies/?level=nowhere")

    assert response.status_code == 400
    assert "nowhere is not one of the available choices" in text_of(response)
    assert "One of the filters cannot be used" in text_of(response)


def test_policy_list_offers_only_what_is_published(client):
    make_policy([make_issuer(name="Open body")], [make_topic(name="Open topic")])
    make_policy(
        [make_issuer(name="Closed body")],
        [make_topic(name="Closed topic")],
        published_on=datetime.date(1999, 1, 1),
        is_published=False,
    )

    content = client.get("/en/policies/").content.decode()

    assert "Open body" in content and "Open topic" in content
    assert not re.search("Closed|1999", content)


def test_policy_list_bounds_its_choices_but_knows_them_all(client, monkeypatch):
    monkeypatch.setattr("policies.filters.CHOICES_OFFERED", 2)
    for code in ("a", "b", "c"):
        issuer = make_issuer(code=code, name_zh_hans=code)
        make_policy([issuer], code=code.upper())

    content = client.get("/en/policies/").content.decode()

    assert re.findall(r'<option value="([abc])">', content) == ["a", "b"]
    assert policies(client, "?issuer=c") == ["C"]


def test_policy_list_counts_and_pages(client):
    for number in range(5):
        make_policy(code=f"P{number}", title=f"Title {number}")

    response = client.get("/en/policies/?per_page=2&page=2&sort=title")
    content = response.content.decode()

    assert "5 policies" in content
    assert policies(client, "?per_page=2&page=3&sort=title") == ["P4"]
    assert '<a href="?per_page=2&amp;page=3&amp;sort=title" rel="next">' in content


def test_policy_list_keeps_sorting_when_filtered_again(client):
    content = client.get("/en/policies/?sort=title&per_page=20").content.decode()

    assert '<input type="hidden" name="sort" value="title">' in content
    assert '<input type="hidden" name="per_page" value="20">' in content


def test_policy_list_says_how_it_is_sorted(client):
    content = client.get("/en/policies/?sort=-title").content.decode()

    assert re.findall(r'aria-sort="(\w+)"', content) == ["descending"]


def test_policy_list_links_to_the_same_rows_as_data(client):
    make_policy(level="national")

    query = "?q=&level=national&sort=title&page=1"
    content = client.get(f"/en/policies/{query}").content.decode()

    assert '<a href="/api/v1/policies.csv?level=national">CSV</a>' in content
    assert '<a href="/api/v1/policies?level=national" data-live>JSON</a>' in content


@pytest.mark.parametrize(
    "query",
    [
        "level=national&status=expired&year=2019",
        "issuer=council&topic=tax&in_table_1=1&q=needle",
    ],
)
def test_policy_list_and_data_have_the_same_filters(client, query):
    make_policy()
    make_policy(
        [make_issuer(code="council")],
        [make_topic(code="tax")],
        code="WANTED",
        level="national",
        status="expired",
        title="needle",
        published_on=datetime.date(2019, 1, 1),
        in_table_1=True,
    )

    response = client.get(f"/en/policies/?{query}")
    data = client.get(f"/api/v1/policies{response.context['downloads']}").json()

    assert [row["code"] for row in data["results"]] == policies(client, f"?{query}")


@pytest.mark.parametrize(
    ("precision", "shown"),
    [("day", "12 December 2021"), ("month", "December 2021"), ("year", "2021")],
)
def test_policy_list_shows_no_more_of_a_date_than_is_known(client, precision, shown):
    make_policy(published_on=datetime.date(2021, 12, 12), published_precision=precision)

    content = client.get("/en/policies/").content.decode()

    cell = f'<td data-label="Published" class="inline whole">{shown}</td>'
    assert cell in content


def test_policy_list_labels_its_cells_for_narrow_screens(client):
    make_policy()

    content = client.get("/en/policies/").content.decode()

    assert re.findall(r'data-label="([^"]+)"', content) == [
        "Title",
        "Issuing bodies",
        "Level",
        "Published",
        "Status",
        "Topics",
    ]


def test_cards_leave_out_empty_cells(client):
    make_policy()

    content = client.get("/en/policies/").content.decode()

    assert '<td data-label="Topics" class="detail" data-empty></td>' in content
    assert content.count("data-empty") == 2  # no date either


# The page of a policy


@pytest.mark.parametrize(
    ("language", "heading", "other"),
    [
        ("en", "<h1>Reply</h1>", '<p class="lead" lang="zh-Hans">批复</p>'),
        ("zh-hans", "<h1>批复</h1>", '<p class="lead" lang="en">Reply</p>'),
    ],
)
def test_policy_detail_has_its_title_in_both_languages(
    client, language, heading, other
):
    make_policy(code="P1", title_zh_hans="批复", title_en="Reply")

    content = client.get(f"/{language}/policies/P1/").content.decode()

    assert heading in content
    assert other in content


def test_policy_detail_shows_confirmed_number_and_date(client):
    make_policy(
        code="P1",
        document_number="国函〔2020〕47号",
        is_number_confirmed=True,
        written_on=datetime.date(2020, 4, 27),
        written_precision="day",
        is_written_confirmed=True,
    )

    text = text_of(client.get("/en/policies/P1/"))

    assert "Document number 国函〔2020〕47号" in text
    assert "Written 27 April 2020" in text


@pytest.mark.parametrize("path", ["", "P1/", "feed/"])
def test_policy_pages_hide_what_is_not_confirmed(client, path):
    make_policy(
        code="P1",
        document_number="国函〔2020〕47号",
        written_on=datetime.date(1987, 4, 27),
        written_precision="day",
        verification="recalled, not verified",
    )

    content = client.get(f"/en/policies/{path}").content.decode()

    assert not re.search("国函|1987|recalled", content)


@pytest.mark.parametrize(
    ("status", "dated", "words"),
    [
        ("unknown", "", "Unknown We found no official statement"),
        (
            "in_force",
            "",
            ("In force As stated below, without a date. This is not legal advice."),
        ),
        (
            "expired",
            "",
            ("Expired As stated below, without a date. This is not legal advice."),
        ),
        ("in_force", "effective", "In force According to the dates below; we know of"),
        (
            "expired",
            "repealed",
            ("Repealed According to the dates below. This is not legal advice."),
        ),
    ],
)
def test_policy_detail_explains_its_status(client, status, dated, words):
    policy = make_policy(code="P1", status=status)
    if dated:
        make_policy_event(policy, dated, "2023-05-01")

    assert words in text_of(client.get("/en/policies/P1/"))


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        ("policies.csv", "In force according to policies.csv"),
        (
            "own judgement: https://example.org/a",
            "In force The editors' own judgement: they know of no repeal and no end. "
            "Where the act is named: secondary source",
        ),
    ],
)
def test_policy_detail_says_who_states_its_status(client, evidence, words):
    policy = make_policy(code="P1", status="in_force")
    policy.events.update(evidence=evidence)

    assert words in text_of(client.get("/en/policies/P1/"))


def test_policy_detail_lists_what_rests_on_it(client):
    policy = make_policy(code="P1")
    analysis = make_analysis(slug="study")
    make_entry(analysis=analysis, code="S1", title="Roads", policies=[policy])
    make_recommendation(analysis=analysis, code="R1", title="Build", policies=[policy])

    content = client.get("/en/policies/P1/").content.decode()

    assert '<a href="/en/swot/analyses/study/entries/S1/">S1 Roads</a>' in content
    assert (
        '<a href="/en/swot/analyses/study/recommendations/R1/">R1 Build</a>' in content
    )


def test_policy_detail_names_issuers_in_order(client):
    first, second = make_issuer(name="Second letter"), make_issuer(name="A body")
    make_policy([first, second], code="P1")

    text = text_of(client.get("/en/policies/P1/"))

    assert "Issuing bodies Second letter ; A body" in text


def test_policy_detail_links_to_the_official_page(client):
    make_policy(code="P1", source_url="https://www.gov.cn/act")

    response = client.get("/en/policies/P1/")

    assert '<a href="https://www.gov.cn/act" rel="external">' in (
        response.content.decode()
    )
    assert response.context["citation"].endswith("https://www.gov.cn/act.")


def test_policy_detail_says_when_only_chinese_exists(client):
    make_policy(code="P1", title_zh_hans="批复", title_en="")

    content = client.get("/en/policies/P1/").content.decode()

    assert '<h1><span lang="zh-Hans">批复</span>' in content
    assert "(Chinese only)" in content
