"""What every public page has in common."""

import re
from html import unescape
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import LocalePrefixPattern, URLResolver, get_resolver

from tests.bench.page_costs import instances_made
from tests.factories import (
    make_analysis,
    make_correction,
    make_entry,
    make_observation,
    make_recommendation,
    make_zone,
)
from tests.html import on_one_line
from tests.sample_site import FEEDS, FRAMES, LANGUAGES, PAGES, address, make_world


def alternates(response):
    """hreflang -> address, from the head of a page."""
    pattern = r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">'
    found = re.findall(pattern, response.content.decode())
    assert len(found) == len(dict(found))
    return {lang: unescape(url) for lang, url in found}


def test_every_address_under_a_language_is_listed_here():
    def names(resolver, namespace=""):
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                yield from names(pattern, f"{pattern.namespace}:")
            else:
                yield f"{namespace}{pattern.name}"

    (prefixed,) = [
        pattern
        for pattern in get_resolver().url_patterns
        if isinstance(pattern.pattern, LocalePrefixPattern)
    ]

    files = {f"datasets:{kind}-file" for kind in ("figure", "indicator", "comparison")}
    files |= {"citation", "card", "policies:policy-workbook", "suggestions"}
    assert set(names(prefixed)) == set(PAGES) | set(FRAMES) | FEEDS | files


@pytest.fixture(scope="module")
def answers(made_world):
    """The answers of the pages and what they cost, by name and language."""
    return {}


@pytest.fixture
def page(client, world, answers):
    """A page of the sample site; each is requested once."""

    def ask(name, language="en"):
        if (name, language) not in answers:
            with instances_made() as made, CaptureQueriesContext(connection) as queries:
                response = client.get(address(name, world, language))
            answers[name, language] = SimpleNamespace(
                response=response, queries=len(queries), instances=made.count
            )
        return answers[name, language]

    return ask


@pytest.mark.sampled
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_page_is_in_its_language(page, name, language):
    response = page(name, language).response

    assert response.status_code == 200
    assert response["Content-Language"].lower() == language
    assert f'<html lang="{LANGUAGES[language]}">' in response.content.decode()


@pytest.mark.sampled
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_page_names_all_its_versions(client, world, name, language):
    expected = {
        LANGUAGES[other]: f"http://testserver{address(name, world, other)}"
        for other in LANGUAGES
    }

    response = client.get(address(name, world, language) + "?page=1")

    assert alternates(response) == expected | {"x-default": expected["zh-Hans"]}


@pytest.mark.sampled
@pytest.mark.parametrize("name", PAGES)
def test_page_is_the_same_for_every_reader(page, name):
    response = page(name).response

    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()
    assert "csrfmiddlewaretoken" not in response.content.decode()


@pytest.mark.sampled
@pytest.mark.parametrize("name", PAGES)
def test_page_runs_nothing_inline(page, name):
    content = page(name).response.content.decode()
    scripts = re.findall(r"<script([^>]*)>", content)

    assert all("src=" in tag or "application/ld+json" in tag for tag in scripts)
    assert not re.search(r"<style|\sstyle=|\son\w+=", content)


QUERIES = {
    "search": "q=%E8%B7%A8%E5%A2%83&kind=policies",
    "swot:report": "about=claim%3AC01",
    **dict.fromkeys((name for name in PAGES if name.endswith("-list")), "page=1"),
    **dict.fromkeys(
        (
            "datasets:indicator-detail",
            "datasets:region-detail",
            "datasets:source-detail",
        ),
        "page=1&sort=period",
    ),
}
WITHOUT_PAGES = ("datasets:figure-list",)


@pytest.mark.sampled
@pytest.mark.parametrize("name", PAGES)
def test_language_switch_keeps_page_and_query(client, world, name):
    query = "" if name in WITHOUT_PAGES else QUERIES.get(name, "")

    response = client.get(f"{address(name, world, 'en')}?{query}")

    other = address(name, world, "zh-hans") + (query and f"?{query}")
    other = other.replace("&", "&amp;")
    assert f'<a href="{other}" hreflang="zh-Hans"' in response.content.decode()


@pytest.mark.sampled
@pytest.mark.parametrize("name", PAGES)
def test_unknown_parameter_changes_nothing(client, world, page, name):
    path = address(name, world, "en")

    other = client.get(f"{path}?utm_source=x&next=//evil")

    assert other.content == page(name).response.content


# The queries and model instances that each page may take on the sample site, which
# has one of everything.
MOST = {
    "home": (16, 14),
    "search": (1, 0),
    "api-docs": (1, 0),
    "page": (2, 1),
    # The number of values is read once for a whole list, in one query.
    "datasets:indicator-list": (5, 1),
    "datasets:indicator-detail": (20, 14),
    "datasets:comparison": (8, 5),
    "datasets:figure-list": (5, 6),
    "datasets:figure-detail": (14, 16),
    "datasets:region-list": (4, 1),
    "datasets:region-detail": (19, 14),
    "datasets:source-list": (4, 1),
    "datasets:source-detail": (14, 10),
    "policies:policy-list": (18, 9),
    "policies:policy-detail": (16, 9),
    "policies:policy-lineage": (5, 1),
    "policies:pilotzone-list": (8, 3),
    "swot:analysis-list": (3, 2),
    "swot:analysis-detail": (21, 16),
    "swot:analysis-tows": (5, 6),
    "swot:entry-detail": (11, 17),
    "swot:recommendation-detail": (13, 14),
    "swot:claim-list": (9, 4),
    "swot:claim-detail": (10, 14),
    "swot:report": (1, 1),
    "swot:report-thanks": (1, 0),
    "swot:correction-list": (4, 4),
}


@pytest.mark.parametrize("name", PAGES)
def test_page_takes_no_more_queries_and_instances_than_before(page, name):
    taken = page(name)

    queries, instances = MOST[name]
    assert taken.queries <= queries
    assert taken.instances <= instances


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("en-GB,en;q=0.9", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-hans"),
        ("zh-Hans", "zh-hans"),
        ("de", "zh-hans"),
        ("", "zh-hans"),
    ],
)
def test_bare_address_leads_to_the_language_asked_for(client, asked, language):
    response = client.get("/", headers={"accept-language": asked})

    assert response.status_code == 302
    assert response["Location"] == f"/{language}/"
    assert response["Vary"] == "Accept-Language"
    assert not response.cookies


def test_deep_link_keeps_its_language(client, world):
    response = client.get(
        world.policy.get_absolute_url().replace("/zh-hans/", "/en/"),
        headers={"accept-language": "zh-CN"},
    )

    assert response.status_code == 200
    assert response["Content-Language"] == "en"


@pytest.mark.parametrize(
    "name",
    [
        "datasets:indicator-list",
        "datasets:region-list",
        "datasets:source-list",
        "policies:policy-list",
        "policies:pilotzone-list",
        "swot:analysis-list",
        "swot:claim-list",
        "swot:correction-list",
    ],
)
def test_list_query_count_is_constant(client, world, name):
    url = address(name, world, "en")
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _number in range(2):
        make_world()
    with CaptureQueriesContext(connection) as three:
        response = client.get(url)

    assert response.status_code == 200
    assert len(three) == len(one)


@pytest.mark.parametrize(
    "name",
    [
        "datasets:indicator-detail",
        "datasets:region-detail",
        "datasets:source-detail",
        "policies:policy-detail",
        "swot:claim-detail",
    ],
)
def test_detail_query_count_is_constant(client, world, name):
    url = address(name, world, "en")
    add_relations(world, ["2020", "2021"])
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    add_relations(world, ["2016", "2017", "2018", "2019"])
    with CaptureQueriesContext(connection) as many:
        response = client.get(url)

    assert response.status_code == 200
    assert len(many) == len(few)


def add_relations(world, years):
    """For each year add one of everything that a page about `world` may list."""
    shared = {
        name: getattr(world.observation, name)
        for name in ("indicator", "region", "source")
    }
    for year in years:
        observation = make_observation(period=year, **shared)
        world.claim.observations.add(observation)
        make_zone(region=shared["region"])
        make_correction([world.claim], claim=world.claim)
        make_correction(observation=observation)
        make_correction(policy=world.policy)
        links = {"policies": [world.policy], "claims": [world.claim]}
        analysis = make_analysis(region=shared["region"])
        make_entry(analysis=analysis, **links)
        make_recommendation(analysis=analysis, **links)


@pytest.mark.django_db
def test_footer_names_the_licence_of_texts_and_data(client):
    page = on_one_line(client.get("/en/datasets/sources/").content.decode())

    address = "https://creativecommons.org/licenses/by/4.0/"
    assert f'<a href="{address}" rel="license external">CC BY 4.0</a>' in page


@pytest.mark.django_db
def test_operator_may_state_another_licence_or_none(client, settings):
    settings.CONTENT_LICENCE, settings.CONTENT_LICENCE_URL = "Our <own> terms", ""
    own = client.get("/en/datasets/sources/").content.decode()
    settings.CONTENT_LICENCE = ""
    none = client.get("/en/datasets/sources/").content.decode()

    assert "Our &lt;own&gt; terms" in own
    assert 'rel="license' not in own
    assert "Licence of our texts and data" not in none


@pytest.mark.django_db
def test_list_of_analyses_quotes_whole_words(client):
    make_analysis(abstract_en="warehouses " * 40)

    content = client.get("/en/swot/analyses/").content.decode()

    (quoted,) = re.findall(r"<p>(warehouses [^<]*)</p>", content)
    assert len(quoted) <= 221
    assert quoted.endswith(" warehouses…")
