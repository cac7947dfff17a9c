"""Reading the study: figures beside the text, numbers linked to them, printing."""

import io
import re
import unicodedata

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from datasets.models import Figure
from swot.models import Analysis
from tests.sample_site import LANGUAGES

WIDE = {"width": 1280, "height": 900}
# A4 between the margins of the sheet, at 96 pixels to the inch.
SHEET = {"width": 703, "height": 1036}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


def printed(page):
    """The text of each sheet of a printed page."""
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    # Chromium writes some Chinese characters as the radicals that look like them.
    return [
        unicodedata.normalize("NFKC", sheet.extract_text())
        for sheet in PdfReader(io.BytesIO(pdf)).pages
    ]


def assert_sheets_say_what_they_are(page, sheets):
    """Each states its number, the first also address, version and day of printing."""
    for number, words in enumerate(sheets, 1):
        assert words.startswith(f"{number} / {len(sheets)}\n")
    head = "".join(sheets[0].split())[:300]
    assert page.url in head
    assert MOMENT.search(head)
    page.emulate_media(media="print")
    line = "".join(page.locator(".sheet-line").text_content().split())
    assert line in head
    day = timezone.localdate()
    assert f"{day.year}年" in line or f"{day:%-d%B%Y}" in line


def article(page, site, language):
    page.goto(f"{site}/{language}/swot/analyses/{Analysis.objects.get().slug}/")
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_number_in_the_text_highlights_its_value_in_the_chart(page, site, language):
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


def test_contents_mark_the_section_being_read(page, site):
    page.set_viewport_size(WIDE)
    article(page, site, "en")

    page.evaluate("document.querySelector('#T1').scrollIntoView({behavior: 'instant'})")

    expect(page.locator(".toc [aria-current]")).to_have_count(1)
    expect(page.locator(".toc [aria-current]")).to_have_attribute("href", "#T1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_article_prints_on_twelve_sheets_at_most(page, site, language):
    article(page, site, language)

    sheets = printed(page)

    assert 4 <= len(sheets) <= 12
    assert f"/{language}/swot/analyses/" in page.url
    assert_sheets_say_what_they_are(page, sheets)
    numbers = [figure.number[1:] for figure in Figure.objects.published()]
    word = {"en": "Figure ", "zh-hans": "图 "}[language]
    on_sheet = {
        number: [
            position
            for position, words in enumerate(sheets)
            if re.search(rf"^{word}{number}$", words, re.MULTILINE)
        ]
        for number in numbers
    }
    # No figure is printed twice.
    assert [len(found) for found in on_sheet.values()] == [1] * len(numbers) != []
    assert on_sheet["1"] == on_sheet["2"]
    page.set_viewport_size(SHEET)
    boxes = [box.bounding_box() for box in page.locator("figure.figure").all()]
    assert len(boxes) == len(numbers)
    # Two fit side by side on a sheet, and none is longer than that.
    assert all(box["width"] <= SHEET["width"] / 2 for box in boxes)
    assert all(box["height"] < SHEET["height"] for box in boxes)
    assert boxes[1]["y"] == boxes[2]["y"]
    notes = page.locator(".number-notes").bounding_box()
    assert 0 < notes["height"] < SHEET["height"]


@pytest.mark.parametrize("path", ["swot/claims/C36", "policies/P12", "policies/P07"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_claim_and_policy_print_on_one_sheet(page, site, language, path):
    page.goto(f"{site}/{language}/{path}/")

    sheets = printed(page)

    assert len(sheets) == 1
    assert_sheets_say_what_they_are(page, sheets)
