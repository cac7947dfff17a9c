"""Suggestions while a reader types: by keyboard, and a search without them."""

import re

from playwright.sync_api import expect


def test_suggestions_follow_the_box_and_lead_to_pages(page, violations):
    page.goto("/en/search/")
    box = page.locator("main input[name=q]")
    shown = page.locator("main .suggestions")
    box.press_sequentially("cross")
    expect(shown.locator("a").first).to_contain_text("cross-border")
    assert violations(page) == []

    box.press("ArrowDown")
    expect(shown.locator("a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    expect(box).to_be_focused()
    box.press_sequentially(" border")
    expect(shown).to_be_visible()
    box.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/en/swot/analyses/"))


def test_without_scripts_the_form_searches(plain_page):
    plain_page.goto("/en/search/")
    plain_page.locator("main input[name=q]").fill("cross")
    plain_page.locator("main form button").click()

    expect(plain_page.locator("main ol a").first).to_be_visible()
