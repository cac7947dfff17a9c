"""Addresses in another case, and former ones, redirect to the page."""

import pytest
from django.db import OperationalError

from datasets.models import Figure
from tests.factories import (
    make_analysis,
    make_claim,
    make_entry,
    make_figure,
    make_indicator,
    make_observation,
    make_page,
    make_policy,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed():
    """A figure and an analysis under new names, and others whose codes stayed."""
    figure = make_figure(slug="trade")
    figure.slug = "goods-trade"
    figure.save()
    analysis = make_analysis(slug="study")
    make_entry(analysis=analysis, code="S1")
    analysis.slug = "guizhou"
    analysis.save()
    make_policy(code="P07")
    make_indicator(code="exports")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_case_of_codes_and_words_does_not_matter(client, language):
    make_policy(code="P07", is_published=True)

    for written in ("policies/p07/", "POLICIES/P07/"):
        response = client.get(f"/{language}/{written}?on=2023-08-01")

        assert response.status_code == 301
        assert response["Location"] == f"/{language}/policies/P07/?on=2023-08-01"


def test_entry_is_found_by_both_of_its_names(client):
    analysis = make_analysis(slug="guizhou-2024", is_published=True)
    make_entry(analysis=analysis, code="S1", is_published=True)

    response = client.get("/en/swot/analyses/Guizhou-2024/entries/s1/")

    assert response["Location"] == "/en/swot/analyses/guizhou-2024/entries/S1/"


def test_former_slug_leads_to_the_figure(client):
    figure = make_figure(slug="trade", is_published=True)
    figure.slug = "goods-trade"
    figure.save()

    response = client.get("/en/datasets/figures/trade/")

    assert response.status_code == 301
    assert response["Location"] == figure.get_absolute_url().replace("zh-hans", "en")


def test_addresses_below_a_page_redirect_with_it(client, renamed):
    moved = {
        "datasets/figures/trade/frame/?as_of=2026-01-01": "goods-trade/frame/",
        "datasets/figures/trade.svg?scheme=dark": "goods-trade.svg",
        "datasets/indicators/EXPORTS.csv?from=2019": "exports.csv",
        "swot/analyses/study/tows/": "guizhou/tows/",
        "swot/analyses/study/entries/S1/?cited=2026-01-01": "guizhou/entries/S1/",
        "POLICIES/P07/LINEAGE/": "policies/P07/lineage/",
    }

    for former, now in moved.items():
        response = client.get(f"/en/{former}")
        assert response.status_code == 301
        address, _, query = response["Location"].partition("?")
        assert address.startswith("/en/") and address.endswith(f"/{now}")
        assert query == former.partition("?")[2]


def test_citations_and_records_of_programs_move_as_well(client, renamed):
    make_claim(code="C07")
    make_claim(code="C08", is_published=False)
    figures = "/en/datasets/figures"
    moved = {
        f"{figures}/trade/cite.bib": f"{figures}/goods-trade/cite.bib",
        "/en/swot/analyses/STUDY/entries/s1/cite.json": (
            "/en/swot/analyses/guizhou/entries/S1/cite.json"
        ),
        "/zh-hans/swot/claims/c07/CITE.RIS": "/zh-hans/swot/claims/C07/cite.ris",
        "/api/v1/figures/trade": "/api/v1/figures/goods-trade",
        "/api/v1/figures/trade.csv?bom=1": "/api/v1/figures/goods-trade.csv?bom=1",
        "/api/v1/claims/c07": "/api/v1/claims/C07",
        "/API/v1/policies/p07": "/api/v1/policies/P07",
        "/api/v1/indicators/EXPORTS": "/api/v1/indicators/exports",
        "/api/v1/analyses/study/entries/s1": "/api/v1/analyses/guizhou/entries/S1",
    }

    for former, now in moved.items():
        response = client.get(former)
        assert (response.status_code, response["Location"]) == (301, now), former
        assert client.get(now).status_code == 200
    for path in (
        "en/swot/claims/c08/cite.bib",
        "api/v1/claims/c08",
        "api/v1/claims/C9",
    ):
        assert client.get(f"/{path}").status_code == 404
    assert client.get("/en/swot/claims/C07/cite.txt").status_code == 404


@pytest.mark.parametrize("kind", ["page", "region", "source"])
def test_former_codes_of_other_records_redirect_to_them(client, kind):
    thing, field = {
        "page": lambda: (make_page(), "slug"),
        "region": lambda: (make_observation().region, "code"),
        "source": lambda: (make_observation().source, "code"),
    }[kind]()
    former = thing.get_absolute_url()
    setattr(thing, field, "R98")
    thing.save()

    response = client.get(former)

    assert response["Location"] == thing.get_absolute_url() != former


@pytest.mark.parametrize(
    "path", ["policies/p99/", "policies/p1/", "swot/claims/c08/", "POLICIES/nothing/x/"]
)
def test_what_is_not_public_is_not_found(client, path):
    make_policy(code="P1", is_published=False)
    make_claim(code="C08", is_published=False)

    assert client.get(f"/en/{path}").status_code == 404


def test_withdrawn_figure_is_not_found_by_its_former_slug(client):
    figure = make_figure(slug="trade", is_published=True)
    Figure.objects.filter(pk=figure.pk).update(slug="other", is_published=False)

    assert client.get("/en/datasets/figures/trade/").status_code == 404


def test_lists_are_found_in_any_case_without_redirect_loops(client):
    assert client.get("/en/Policies/")["Location"] == "/en/policies/"
    assert client.get("/en/policies/").status_code == 200


def test_without_the_database_a_moved_address_is_not_found(client, monkeypatch):
    def away(*args):
        raise OperationalError("gone")

    monkeypatch.setattr("cbec_site.moved_addresses.moved_to", away)

    assert client.get("/en/Nothing/").status_code == 404
