"""An unseen article is bound in both languages with few actions, counted here."""

import pytest
from playwright.sync_api import expect

from datasets.models import Observation
from swot.models import Analysis, Entry
from swot.prose import coverage
from swot.texts.flagged import flagged_numbers
from tests.swot.texts.article import write_article

MOST_ACTIONS = 60


@pytest.fixture
def article(site, django_db_blocker):
    """(Chinese, English, entry) with the data of the article; all go afterwards."""
    with django_db_blocker.unblock():
        zh, en, indicators = write_article("article_")
        entry = Entry.objects.create(
            analysis=Analysis.objects.get(),
            code="S9",
            quadrant="S",
            title_zh_hans="新文",
            title_en="An article",
            body_zh_hans="无",
            body_en="None.",
            is_published=False,
        )
        yield zh, en, entry
        entry.delete()
        Observation.objects.filter(indicator__in=indicators).delete()
        for indicator in indicators:
            indicator.delete()


class Counted:
    """Acts on a page and counts what a person would have done."""

    def __init__(self):
        self.actions = 0

    def click(self, locator):
        self.actions += 1
        locator.click()

    def paste(self, locator, text):
        self.actions += 1
        locator.fill(text)


def test_an_article_of_120_numbers_takes_fewer_than_60_actions(
    editor_page, article, site, django_db_blocker
):
    zh, en, entry = article
    assert len(zh) + len(en) >= 5_000
    page, hand = editor_page, Counted()
    cookie = {"name": "django_language", "value": "en", "url": site}
    page.context.add_cookies([cookie])
    page.goto(f"/admin/swot/entry/{entry.pk}/change/")

    hand.paste(page.locator("#id_body_zh_hans"), zh)
    hand.paste(page.locator("#id_body_en"), en)
    both = page.locator('[data-numbers="both"]')
    sure = both.locator("code[data-sure]")
    expect(sure).not_to_have_count(0, timeout=60_000)
    expect(both.locator("ul[lang]")).to_have_count(2, timeout=60_000)
    hand.click(both.locator("[data-bind-all]"))
    chinese = page.locator('[data-numbers="zh-hans"]')
    for panel in (chinese, page.locator('[data-numbers="en"]')):
        left = panel.locator("code[data-number] + button")
        expect(panel.locator(".desk-coverage strong")).not_to_have_text(
            "0%", timeout=60_000
        )
        while left.count() and hand.actions < MOST_ACTIONS:
            before = panel.locator("mark").count()
            hand.click(left.first)
            expect(panel.locator("mark")).to_have_count(before - 1, timeout=60_000)
    hand.click(page.locator("[name=_save]:visible").first)
    page.wait_for_url("**/admin/swot/entry/**", timeout=60_000)

    with django_db_blocker.unblock():
        entry.refresh_from_db()
        for language, text in (("zh-hans", entry.body_zh_hans), ("en", entry.body_en)):
            found = coverage(text, language)
            assert (len(found.found), found.unbound) == (120, ())
        assert flagged_numbers(entry) == []
    assert hand.actions < MOST_ACTIONS
