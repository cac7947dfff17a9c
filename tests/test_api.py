"""What all addresses of the API have in common."""

import copy
import json
import re

import pytest

from cbec_site.api import api
from datasets.models import Observation
from tests.api import LISTS, PROBLEM, get_json, read_csv
from tests.factories import (
    make_indicator,
    make_observation,
    make_region,
    make_source,
)

pytestmark = [pytest.mark.whole, pytest.mark.django_db]


def test_root_of_the_api_names_every_list(client):
    body = get_json(client, "/api/v1/")

    assert body["lists"] == {name: f"http://testserver/api/v1/{name}" for name in LISTS}
    assert body["openapi"] == "http://testserver/api/v1/openapi.json"


@pytest.mark.parametrize("suffix", ["", ".csv"])
def test_parameter_given_twice_or_with_null_character_is_refused(client, suffix):
    response = client.get(f"/api/v1/policies{suffix}?q=a&q=b&level=x%00")

    assert response.status_code == 400
    assert [error["field"] for error in response.json()["errors"]] == ["q", "level"]


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("observations?limit=0", "limit"),
        ("observations?limit=1001", "limit"),
        ("observations?limit=many", "limit"),
        ("observations?limit=" + "9" * 5000, "limit"),
        ("observations?cursor=nonsense", "cursor"),
        ("observations?status=Z", "status"),
        ("observations?period_from=2022-13", "period_from"),
        ("observations?period_to=0000", "period_to"),
        ("observations?period_to=9999-12-31/P999D", "period_to"),
        ("observations.csv?period_to=9999", "period_to"),
        ("observations.csv?region=", "region"),
        ("observations.csv?bom=yes", "bom"),
        ("observations.csv?indicator=" + "&indicator=".join(["x"] * 51), "indicator"),
        ("indicators?unit=MILES", "unit"),
        ("policies?year=99999", "year"),
        ("policies.csv?level=galactic", "level"),
        ("pilot-zones?batch=-1", "batch"),
        ("claims?verdict=maybe", "verdict"),
        ("entries?quadrant=X", "quadrant"),
    ],
)
def test_bad_value_is_named(client, address, field):
    response = client.get(f"/api/v1/{address}")

    body = response.json()
    assert response.status_code == body["status"] == 422
    assert response["Content-Type"] == PROBLEM
    assert body["errors"][0]["field"] == field
    assert body["errors"][0]["message"]


@pytest.mark.parametrize(
    "path",
    ["nothing", "observations/", "claims/C99", "figures/none.csv", "figures/none"],
)
def test_missing_address_answers_in_the_same_shape(client, path):
    response = client.get(f"/api/v1/{path}")

    assert response.status_code == 404
    assert response["Content-Type"] == PROBLEM
    assert set(response.json()) == {"type", "title", "status", "detail", "errors"}


@pytest.mark.sampled
@pytest.mark.parametrize("path", ["observations", "claims.csv", "nothing"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_api_can_only_be_read(client, path, method):
    response = getattr(client, method)(f"/api/v1/{path}")

    assert response.status_code == 405
    assert response["Content-Type"] == PROBLEM
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_error_can_be_read_from_any_site_and_sets_no_cookie(client):
    response = client.get("/api/v1/observations?nope=1")

    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.has_header("Vary")
    assert not response.cookies


def test_preflight_is_answered(client):
    response = client.options("/api/v1/observations")

    assert response.status_code == 204
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_page_of_another_filter_is_refused(client):
    for _row in range(3):
        make_indicator(kind="rate")
    following = get_json(client, "/api/v1/indicators?limit=1")["next"]

    response = client.get(following + "&kind=rate")

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "cursor"


def test_deep_page_needs_one_query(client, django_assert_num_queries):
    for _row in range(3):
        make_observation()
    first = client.get("/api/v1/observations?limit=1").json()

    with django_assert_num_queries(1):
        client.get(first["next"])


def test_link_header_leads_to_the_pages_around(client):
    for _row in range(3):
        make_source_in_use()
    first = client.get("/api/v1/sources?limit=1")

    following = first.json()["next"]
    assert f'<{following}>; rel="next"' in first["Link"]
    assert 'rel="previous"' in client.get(following)["Link"]


def make_source_in_use():
    return make_observation(source=make_source()).source


def test_no_file_runs_a_formula_and_that_for_excel_has_a_byte_order_mark(client):
    make_region_in_use(name_zh_hans="=1+1", name_en="@SUM(A1)")

    plain = client.get("/api/v1/regions.csv").getvalue().decode()
    excel = client.get("/api/v1/regions.csv?bom=1").getvalue().decode()

    assert ",'=1+1,'@SUM(A1)," in plain and not plain.startswith("\ufeff")
    assert excel == "\ufeff" + plain
    (row,) = client.get("/api/v1/regions").json()["results"]
    assert (row["name_zh"], row["name_en"]) == ("=1+1", "@SUM(A1)")


def make_region_in_use(**given):
    return make_observation(region=make_region(**given)).region


def test_negative_number_is_a_number_in_excel(client):
    make_observation("-0.50")

    for query in ("", "?bom=1"):
        (row,) = read_csv(client.get(f"/api/v1/observations.csv{query}"))
        assert row["value"] == "-0.50"


def test_file_has_a_name_and_the_line_ends_of_the_standard(client):
    make_observation()

    response = client.get("/api/v1/observations.csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Content-Disposition"] == (
        "attachment; filename=\"observations.csv\"; filename*=UTF-8''observations.csv"
    )
    assert response.getvalue().count(b"\r\n") == 2


def test_long_file_is_streamed_in_one_query(client, django_assert_num_queries):
    first = make_observation(period="1000")
    others = [copy.copy(first) for _year in range(1001, 2001)]
    for year, row in enumerate(others, start=1001):
        row.pk, row.period = None, str(year)
        row.set_bounds()
    Observation.objects.bulk_create(others)

    with django_assert_num_queries(1):
        response = client.get("/api/v1/observations.csv")
        assert response.streaming
        rows = read_csv(response)

    assert [row["period"] for row in rows] == [str(y) for y in range(1000, 2001)]


def documented_paths():
    return list(api.get_openapi_schema()["paths"])


def test_openapi_describes_every_address_of_the_urlconf():
    patterns, _app, _namespace = api.urls
    internal = {"api-root", "openapi-json", "docs"}

    routes = {
        "/api/v1/" + re.sub(r"<(\w+:)?(\w+)>", r"{\2}", str(route.pattern))
        for route in patterns
        if route.name not in internal
    }

    assert set(documented_paths()) == routes


def test_openapi_is_served_in_version_3_1(client):
    body = client.get("/api/v1/openapi.json").json()

    assert body["openapi"].startswith("3.1")
    assert set(body["components"]["schemas"]) >= {"ObservationRow", "Problem"}
    references = re.findall(r'"\$ref": "#/components/schemas/(.+?)"', json.dumps(body))
    assert set(references) <= set(body["components"]["schemas"])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_docs_name_every_address_and_ask_no_other_host(client, language):
    response = client.get(f"/{language}/api/")

    page = response.content.decode()
    for path in documented_paths():
        assert f"GET {path}</code>" in page
    assert " style=" not in page and "<style" not in page
    assert not response.cookies


def test_examples_of_the_docs_answer(client):
    for path, operations in api.get_openapi_schema()["paths"].items():
        example = operations["get"].get("x-example")
        if example is not None:
            assert client.get(f"{path}?{example}").status_code == 200


NASTY = [
    "",
    " ",
    "%",
    "_",
    "'; --",
    "\\",
    "\x01",
    "\ufeff",
    "😀" * 50,
    "-1",
    "0",
    "1e400",
    "NaN",
    "true",
    "9" * 30,
    "9999-12-31",
    "9999-12-31/P999Y",
    "2022-01-01T00:00:00+23:59",
    "x" * 5000,
]


@pytest.mark.parametrize("path", list(api.get_openapi_schema()["paths"]))
def test_no_value_of_a_parameter_causes_a_server_error(client, path):
    parameters = api.get_openapi_schema()["paths"][path]["get"]["parameters"]
    address = re.sub(r"{\w+}", "none", path)

    for parameter in parameters:
        if parameter["in"] == "query":
            for value in NASTY:
                response = client.get(address, {parameter["name"]: value})
                assert response.status_code in (200, 404, 422), (parameter, value)


def test_docs_address_of_the_api_leads_to_the_page(client):
    response = client.get("/api/v1/docs", headers={"accept-language": "en"})

    assert response.status_code == 302
    assert response["Location"] == "/en/api/"


def test_site_address_is_used_where_one_is_set(client, settings):
    settings.SITE_URL = "https://data.example.org"

    body = client.get("/api/v1/observations").json()

    assert body["csv"] == "https://data.example.org/api/v1/observations.csv"
