"""What search engines get."""

import re
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from cbec_site.base.language_sitemap import LanguageSitemap
from cbec_site.page_cache.cache import LARGEST
from cbec_site.sitemaps import SITEMAPS
from tests.factories import (
    make_analysis,
    make_claim,
    make_entry,
    make_figure,
    make_indicator,
    make_observation,
    make_page,
    make_policy,
    make_recommendation,
)

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def locations(client, path):
    root = ElementTree.fromstring(b"".join(client.get(path)))
    return [element.text for element in root.iter(f"{SITEMAP}loc")]


def everything(client):
    return [
        page
        for section in locations(client, "/sitemap.xml")
        for page in locations(client, section)
    ]


def make_all(**given):
    analysis = make_analysis(**given)
    make_figure([make_observation()], **given)
    make_page(**given)
    make_policy(**given)
    make_indicator(**given)
    make_claim(**given)
    make_entry(analysis=analysis, **given)
    make_recommendation(analysis=analysis, **given)


def test_index_names_every_section(client):
    assert locations(client, "/sitemap.xml") == [
        f"http://testserver/sitemap-{name}.xml" for name in SITEMAPS
    ]


def test_every_page_named_answers(client):
    make_all()

    pages = everything(client)

    assert len(pages) == len(set(pages)) > 30
    for page in pages:
        assert client.get(page).status_code == 200, page


def test_drafts_are_not_named(client):
    before = set(everything(client))
    make_all(is_published=False)

    added = set(everything(client)) - before

    # The observation of the draft figure is published, so its indicator, region
    # and source are.
    assert {re.sub(r"[^/]+/$", "", page.split("/", 4)[4]) for page in added} == {
        "datasets/indicators/",
        "datasets/regions/",
        "datasets/sources/",
    }


def test_page_has_its_versions_and_a_default(client):
    make_policy(code="P01")

    root = ElementTree.fromstring(b"".join(client.get("/sitemap-policies.xml")))

    base = "http://testserver"
    for url in root:
        assert [
            (link.get("hreflang"), link.get("href")) for link in url.iter(LINK)
        ] == [
            ("zh-Hans", f"{base}/zh-hans/policies/P01/"),
            ("en", f"{base}/en/policies/P01/"),
            ("x-default", f"{base}/zh-hans/policies/P01/"),
        ]


def test_page_without_english_text_has_no_english_version(client):
    make_policy(code="P01", title_en="")

    assert locations(client, "/sitemap-policies.xml") == [
        "http://testserver/zh-hans/policies/P01/"
    ]


def test_long_section_is_split(client, monkeypatch):
    monkeypatch.setattr("cbec_site.base.language_sitemap.LanguageSitemap.limit", 2)
    make_policy(code="P01")
    make_policy(code="P02")

    pages = [page for page in locations(client, "/sitemap.xml") if "policies" in page]

    assert pages == [
        "http://testserver/sitemap-policies.xml",
        "http://testserver/sitemap-policies.xml?p=2",
    ]
    assert locations(client, pages[1]) == [
        "http://testserver/zh-hans/policies/P02/",
        "http://testserver/en/policies/P02/",
    ]


def test_every_part_has_pages_and_every_page_is_in_one(client, monkeypatch):
    limit = "cbec_site.base.language_sitemap.LanguageSitemap.limit"
    monkeypatch.setattr(limit, 2 * 3)
    acts = [make_policy(code=f"P{number:02}") for number in range(20)]
    for act in acts[5:14]:
        act.delete()
    for act in acts[2:5]:
        act.is_published = False
        act.save()
    public = acts[:2] + acts[14:]

    parts = [part for part in locations(client, "/sitemap.xml") if "policies" in part]
    pages = [locations(client, part) for part in parts]

    assert all(0 < len(own) <= 2 * 3 for own in pages)
    assert len(parts) < 6
    assert [page for own in pages for page in own] == [
        f"http://testserver/{language}/policies/{act.code}/"
        for act in public
        for language in ("zh-hans", "en")
    ]


def test_a_full_part_is_below_two_megabytes():
    site = f"https://{'a-long-name.' * 4}example.org"
    addresses = [
        f"/{code}/datasets/indicators/{'k' * 20}/" for code in ("zh-hans", "en")
    ]

    entry = LanguageSitemap().entry(site, addresses, timezone.now(), is_in_both=True)

    assert entry.count("<url>") == entry.count("<lastmod>") == 2
    assert len(entry) * LanguageSitemap().page_limit < LARGEST <= 2_000_000


@pytest.mark.parametrize("path", ["/sitemap-nothing.xml", "/sitemap-policies.xml?p=9"])
def test_missing_section_or_part_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_set_address_of_the_site_is_used(client, settings):
    settings.SITE_URL = "https://data.example.org"

    assert locations(client, "/sitemap.xml")[0] == (
        "https://data.example.org/sitemap-lists.xml"
    )
    pages = locations(client, "/sitemap-lists.xml")
    assert pages[0] == "https://data.example.org/zh-hans/"


def test_robots_keep_out_of_the_admin(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain"
    assert response.content.decode() == (
        "User-agent: *\nDisallow: /admin/\nSitemap: http://testserver/sitemap.xml\n"
    )
