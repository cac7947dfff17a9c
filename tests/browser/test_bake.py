"""A bake opened from a disk: no server and no request."""

import re
from html import unescape
from io import StringIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override
from playwright.sync_api import expect

from cbec_site.bake.addresses import file_of, normal
from cbec_site.search import KINDS, search
from tests.properties import IS_SOAK

LINK = re.compile(r'\s(?:href|src|action|data-chart)="([^"]*)"')
TAG = re.compile(r"<[a-zA-Z][^>]*>")
PUBLIC = "https://evidence.example"
# A word of two characters, longer ones, other spellings, a number, nothing.
QUERIES = {
    "en": ["trade", "cross-border e-commerce", "E‑COMMERCE", "跨境電商", "zzzz", "a"],
    "zh-hans": ["跨境", "综试区", "国函（2022）126号", "贵州 出口", "ＴＲＡＤＥ"],
}


@pytest.fixture(scope="module")
def baked(site, django_db_blocker, tmp_path_factory):
    """The directory of a bake: some pages of each kind, all of them in `make soak`."""
    directory = tmp_path_factory.mktemp("baked") / "site"
    sample = [] if IS_SOAK else ["--sample", "1"]
    with (
        django_db_blocker.unblock(),
        override_settings(SITE_URL=PUBLIC, ALLOWED_HOSTS=["*"]),
    ):
        call_command("bake", str(directory), *sample, stdout=StringIO())
    return directory


@pytest.fixture
def offline(browser, baked):
    """A page of a browser that may only request files of the bake."""
    context = browser.new_context(locale="en-GB", accept_downloads=True)
    page, wrong = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text))
    asked = []
    yield page
    context.close()
    assert wrong == []
    assert [url for url in asked if not url.startswith(baked.as_uri())] == []


def test_every_link_leads_to_a_file(baked):
    pages = list(baked.rglob("*.html"))

    broken = {
        (str(page.relative_to(baked)), link)
        for page in pages
        for tag in TAG.findall(page.read_text(encoding="utf-8"))
        for link in map(unescape, LINK.findall(tag))
        if not link.startswith("#") and not urlsplit(link).scheme
        if not (page.parent / unquote(urlsplit(link).path)).is_file()
    }

    assert len(pages) > 40
    assert broken == set()


def test_home_article_chart_and_download(baked, offline):
    offline.goto((baked / "index.html").as_uri())
    offline.get_by_role("link", name="English").click()
    with override("en"):
        day = date_format(timezone.localdate(), "DATE_FORMAT")
    expect(offline.locator("main")).to_contain_text(f"as of {day}")

    offline.get_by_role("link", name="Analysis", exact=True).click()
    offline.locator("main a[href*='guizhou']").first.click()
    expect(offline.locator("article svg, main svg").first).to_be_visible()
    offline.get_by_role("link", name="简体中文").click()
    expect(offline.locator("html")).to_have_attribute("lang", "zh-Hans")

    offline.get_by_role("link", name="图表", exact=True).first.click()
    offline.locator("main h2 a, main h3 a").first.click()
    expect(offline.locator("main svg").first).to_be_visible()
    offline.locator(".chart-play").first.click()
    expect(offline.locator("canvas").first).to_be_visible()
    for ending in ("CSV", "XLSX"):
        with offline.expect_download() as download:
            offline.locator(".downloads a", has_text=ending).first.click()
        assert Path(download.value.path()).stat().st_size > 100
    for ending in ("SVG", "PNG"):
        offline.locator(".downloads a", has_text=ending).first.click()
        expect(offline).to_have_url(re.compile(rf"[.]{ending.lower()}$"))
        offline.go_back()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_search_finds_what_the_site_finds(baked, offline, django_db_blocker, language):
    offline.goto((baked / language / "index.html").as_uri())
    for text in QUERIES[language]:
        offline.locator("#site-q").fill(text)
        offline.locator("#site-q").press("Enter")
        result = offline.locator("[data-baked-search]")
        expect(result).to_have_attribute("data-done", text)
        while offline.locator("[data-baked-search] button").count():
            offline.locator("[data-baked-search] button").click()
        links = offline.locator("[data-baked-search] a").evaluate_all(
            "links => links.map(link => link.href)"
        )
        with django_db_blocker.unblock(), override(language):
            expected = in_the_bake(baked, hits_of(text))
        assert links == expected, text


def hits_of(text):
    """The addresses that the site finds, in its order."""
    return [
        hit.url
        for kind in KINDS
        for page in pages_of(text, kind.code)
        for group in page["groups"]
        for hit in group.hits
    ]


def pages_of(text, code):
    page = search(text, code)
    yield page
    while page["page"] and page["page"].has_next():
        page = search(text, code, str(page["page"].next_page_number()))
        yield page


def in_the_bake(baked, addresses):
    files = [file_of(normal(address), "text/html") for address in addresses]
    return [(baked / file).as_uri() for file in files if (baked / file).exists()]
