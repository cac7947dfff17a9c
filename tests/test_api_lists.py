"""What every list of the API and its file have in common."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api import LISTS, PROBLEM, get_json, read_csv
from tests.sample_site import EVERYTHING, make_everything

pytestmark = [
    pytest.mark.whole,
    pytest.mark.django_db,
    pytest.mark.usefixtures("everything"),
]

# The rows of a list with one of everything.
ROWS = {"regions": 3}


def addresses():
    """Each list and each file, as pytest parameters."""
    return [f"/api/v1/{name}{suffix}" for name in LISTS for suffix in ("", ".csv")]


@pytest.mark.parametrize("name", LISTS)
def test_list_says_what_it_is_and_gives_rows(client, name):
    body = get_json(client, f"/api/v1/{name}")

    assert list(body)[-4:] == ["count", "next", "previous", "results"]
    assert body["title_en"] and body["title_zh"]
    assert body["csv"] == f"http://testserver/api/v1/{name}.csv"
    assert body["count"] == len(body["results"]) == EVERYTHING * ROWS.get(name, 1)


@pytest.mark.parametrize("name", LISTS)
def test_file_has_the_rows_of_the_list(client, name):
    body = get_json(client, f"/api/v1/{name}")
    rows = read_csv(client.get(f"/api/v1/{name}.csv"))

    key = {"analyses": "slug", "figures": "number"}.get(name, "code")
    assert [row[key] or None for row in rows] == [row[key] for row in body["results"]]


@pytest.mark.parametrize("address", addresses())
def test_query_count_does_not_grow_with_rows(client, address):
    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get(address).getvalue()
        return len(queries)

    first = count()
    make_everything()

    assert count() == first


@pytest.mark.sampled
@pytest.mark.parametrize("address", addresses())
def test_unknown_parameter_is_refused(client, address):
    response = client.get(address, {"nope": "1"})

    assert response.status_code == 400
    assert response["Content-Type"] == PROBLEM
    assert response.json()["errors"] == [
        {"field": "nope", "message": "There is no such parameter here."}
    ]


@pytest.mark.sampled
@pytest.mark.parametrize("address", addresses())
def test_answer_is_cacheable_readable_by_any_site_and_the_same_for_all(client, address):
    response = client.get(address, headers={"accept-language": "zh"})

    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == (
        "public, max-age=0, s-maxage=60, "
        "stale-while-revalidate=600, stale-if-error=86400"
    )
    assert not response.has_header("Vary")
    assert not response.cookies
    english = client.get(address, headers={"accept-language": "en"})
    assert english.getvalue() == response.getvalue()


@pytest.mark.sampled
@pytest.mark.parametrize("address", addresses())
def test_unchanged_answer_is_not_sent_again(client, address):
    tag = client.get(address)["ETag"]

    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    make_everything()
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.sampled
@pytest.mark.parametrize("address", addresses())
def test_head_has_the_headers_without_the_body(client, address):
    head, full = client.head(address), client.get(address)

    assert head.content == b""
    # Each request has its own id.
    for response in (head, full):
        response.headers.pop("X-Request-ID", None)
    assert head.headers == full.headers


@pytest.mark.parametrize("name", LISTS)
def test_pages_lead_through_all_rows_and_back(client, name):
    whole = get_json(client, f"/api/v1/{name}?limit=1000")

    pages = [get_json(client, f"/api/v1/{name}?limit=2")]
    while pages[-1]["next"]:
        pages.append(get_json(client, pages[-1]["next"]))

    assert [row for page in pages for row in page["results"]] == whole["results"]
    assert {page["count"] for page in pages} == {whole["count"]}
    back = [pages[-1]]
    while back[-1]["previous"]:
        back.append(get_json(client, back[-1]["previous"]))
    back.reverse()
    assert [row for page in back for row in page["results"]] == whole["results"]
    assert back[0]["previous"] is None
