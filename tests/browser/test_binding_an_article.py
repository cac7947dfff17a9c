"""Binding the numbers of a new article in both languages takes few actions."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cbec_site.base.drafts.models import Draft
from datasets.models import Observation
from swot.models import Analysis, Entry
from swot.prose import coverage
from swot.texts.flagged import flagged_numbers
from tests.swot.texts.study_article import read_article

MOST_ACTIONS = 60


@pytest.fixture
def entry(site, django_db_blocker):
    """A draft that is deleted afterwards."""
    with django_db_blocker.unblock():
        made = Entry.objects.create(
            analysis=Analysis.objects.get(),
            code="S9",
            quadrant="S",
            title_zh_hans="新文",
            title_en="An article",
            body_zh_hans="无",
            body_en="None.",
            is_published=False,
        )
        yield made
        # The page saves by itself what is typed in it.
        Draft.objects.all().delete()
        made.delete()


@pytest.fixture
def article(site, django_db_blocker):
    """(Chinese, English) text about the data of the study, all public meanwhile."""
    with django_db_blocker.unblock():
        zh, en, codes, _codes = read_article()
        drafts = Observation.objects.filter(code__in=codes, is_published=False)
        kept = list(drafts.values_list("pk", flat=True))
        drafts.update(is_published=True, published_at=timezone.now())
        yield zh, en
        kept = Observation.objects.filter(pk__in=kept)
        kept.update(is_published=False, published_at=None)


class Counted:
    """Acts on a page and counts what a person would have to do."""

    def __init__(self):
        self.actions = 0

    def click(self, locator):
        self.actions += 1
        locator.click()

    def paste(self, locator, text):
        self.actions += 1
        locator.fill(text)


def open_form(page, site, entry):
    cookie = {"name": "django_language", "value": "en", "url": site}
    page.context.add_cookies([cookie])
    page.goto(f"/admin/swot/entry/{entry.pk}/change/")
    return [
        page.locator(f'[data-numbers="{language}"]')
        for language in ("zh-hans", "en", "both")
    ]


def test_an_article_of_120_numbers_takes_fewer_than_60_actions(
    editor_page, entry, article, site, django_db_blocker
):
    zh, en = article
    assert min(len(zh), len(en)) >= 5_000
    page, hand = editor_page, Counted()
    chinese, english, both = open_form(page, site, entry)

    hand.paste(page.locator("#id_body_zh_hans"), zh)
    hand.paste(page.locator("#id_body_en"), en)
    expect(both.locator("ul[lang]")).to_have_count(2, timeout=60_000)
    hand.click(both.locator("[data-bind-all]"))
    for panel in (chinese, english):
        expect(panel.locator(".admin-coverage strong")).not_to_have_text(
            "0%", timeout=60_000
        )
        rows = panel.locator("tr:has(code[data-dismiss])")
        while (left := rows.count()) and hand.actions < MOST_ACTIONS:
            # Take the best proposal; a number without one is no statistic.
            hand.click(rows.first.locator("code + button").first)
            expect(rows).to_have_count(left - 1, timeout=60_000)
    hand.click(page.locator("[name=_save]:visible").first)
    page.wait_for_url("**/admin/swot/entry/**", timeout=60_000)

    with django_db_blocker.unblock():
        entry.refresh_from_db()
        for language, text in (("zh-hans", entry.body_zh_hans), ("en", entry.body_en)):
            found = coverage(text, language)
            assert (len(found.found), found.unbound) == (122, ())
            assert text.count("(obs:") == 122
        assert flagged_numbers(entry) == []
    assert hand.actions < MOST_ACTIONS


def test_binding_in_bulk_is_chosen_line_by_line_and_dismissing_is_undone(
    editor_page, entry, site, django_db_blocker
):
    """A value without a code gets one; a line can be left out; dismissing is undone."""
    page = editor_page
    with django_db_blocker.unblock():
        uncoded = Observation.objects.get(code="up_gdp_530000_2025")
        Observation.objects.filter(pk=uncoded.pk).update(code="")
    text = page.locator("#id_body_zh_hans")
    try:
        chinese, _english, both = open_form(page, site, entry)
        text.fill(
            "专家3位认为，2025年云南地区生产总值为32765.78亿元，"
            "2025年四川地区生产总值为67665.3亿元。"
        )
        lines = both.locator("li:has(code[data-sure])")
        expect(lines).to_have_count(2, timeout=30_000)
        lines.nth(1).locator("input").uncheck()
        both.locator("[data-bind-all]").click()
        expect(lines).to_have_count(1, timeout=30_000)
        assert "[32765.78亿元](obs:gdp_530000_2025" in text.input_value()
        assert "，2025年四川地区生产总值为67665.3亿元" in text.input_value()

        dismiss = chinese.get_by_role("button", name="Not a statistic").first
        dismiss.click()
        undo = chinese.get_by_role("button", name="Undo")
        expect(undo).to_have_count(1, timeout=30_000)
        assert "专家[3位](not:statistic)认为" in text.input_value()
        undo.click()
        expect(undo).to_have_count(0, timeout=30_000)
        assert "专家3位认为" in text.input_value()
        with django_db_blocker.unblock():
            uncoded.refresh_from_db()
            assert uncoded.code.startswith("gdp_530000_2025")
    finally:
        with django_db_blocker.unblock():
            code = "up_gdp_530000_2025"
            Observation.objects.filter(pk=uncoded.pk).update(code=code)
