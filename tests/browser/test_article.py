"""Reading the study: figures beside the text, numbers that turn them, print."""

import re

import pytest
from playwright.sync_api import expect

from swot.models import Analysis
from tests.sample_site import LANGUAGES

WIDE = {"width": 1280, "height": 900}
# Each page of a PDF is an object of its own.
SHEETS = re.compile(rb"/Type\s*/Page[^s]")


def article(page, site, language):
    page.goto(f"{site}/{language}/swot/analyses/{Analysis.objects.get().slug}/")
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_touched_number_turns_its_value_in_the_chart_beside_it(page, site, language):
    page.set_viewport_size(WIDE)
    article(page, site, language)
    entry = page.locator("#W2")
    text, figure = entry.locator(".entry-text"), entry.locator("[data-figure]")
    number = text.locator("button.bound").first

    assert text.bounding_box()["x"] < figure.bounding_box()["x"]
    assert figure.locator(".is-turned").count() == 0
    number.hover()
    expect(figure.locator("td.is-turned")).to_have_count(1)
    assert figure.locator(".picture-wide [data-value].is-turned").count() == 1
    page.mouse.move(2, 2)
    expect(figure.locator(".is-turned")).to_have_count(0)
    number.focus()
    expect(figure.locator("td.is-turned")).to_have_count(1)


def test_contents_show_where_one_reads(page, site):
    page.set_viewport_size(WIDE)
    article(page, site, "en")

    page.evaluate("document.querySelector('#T1').scrollIntoView({behavior: 'instant'})")

    expect(page.locator(".toc [aria-current]")).to_have_count(1)
    expect(page.locator(".toc [aria-current]")).to_have_attribute("href", "#T1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_article_prints_on_twelve_sheets_at_most(page, site, language):
    article(page, site, language)

    sheets = SHEETS.findall(page.pdf(format="A4", prefer_css_page_size=True))

    assert 4 <= len(sheets) <= 12
    page.emulate_media(media="print")
    line = page.locator(".sheet-line")
    expect(line).to_contain_text(f"/{language}/swot/analyses/")
    expect(line).to_contain_text(re.compile(r"\d{4}-\d\d-\d\dT"))


@pytest.mark.parametrize("path", ["swot/claims/C36", "policies/P12", "policies/P07"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_claim_and_policy_print_on_one_sheet(page, site, language, path):
    page.goto(f"{site}/{language}/{path}/")

    assert len(SHEETS.findall(page.pdf(prefer_css_page_size=True))) == 1
