"""Numbers in a text open their sources; editors bind and preview them."""

import pytest
from playwright.sync_api import expect

from swot.models import Entry

ENTRY = "swot/analyses/guizhou-cbec-2024/entries/W1/"


@pytest.fixture
def entry(site, django_db_blocker):
    with django_db_blocker.unblock():
        return Entry.objects.get(code="W1")


def number(page, code):
    return page.locator(f'.prose button[popovertarget="number-{code}"]')


@pytest.mark.parametrize(
    ("language", "words", "name"),
    [
        ("en", "5 ÷ 2,000 = 0.25%", "0.25% (claim C12: holds)"),
        ("zh-hans", "5 ÷ 2,000 = 0.25%", "0.25% （论断C12：成立）"),
    ],
)
def test_a_number_is_read_with_the_keyboard_alone(page, language, words, name):
    page.goto(f"/{language}/{ENTRY}")
    button = number(page, "C12")
    note = page.locator("#number-C12")
    expect(button).to_have_accessible_name(name)
    for _press in range(80):
        page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    expect(button).to_be_focused()
    expect(note).to_be_hidden()

    page.keyboard.press("Enter")

    expect(note).to_be_visible()
    expect(note).to_contain_text(words)
    page.keyboard.press("Tab")
    expect(note.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(button).to_be_focused()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_number_is_read_without_scripts(plain_page, language):
    plain_page.goto(f"/{language}/{ENTRY}")
    note = plain_page.locator("#number-gz_ow_2022")
    expect(note).to_be_hidden()

    number(plain_page, "gz_ow_2022").click()

    expect(note).to_be_visible()
    note.get_by_role("link").first.click()
    expect(plain_page.locator("h1")).to_be_visible()
    assert "/datasets/indicators/" in plain_page.url


def test_notes_are_printed_with_the_text(page):
    page.goto(f"/en/{ENTRY}")
    page.emulate_media(media="print")

    expect(page.locator("#number-C12")).to_be_visible()
    expect(page.locator("#number-gz_ow_2022")).to_be_visible()


def test_a_bracket_and_its_number_stay_on_one_line(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/en/{ENTRY}")

    heights = page.evaluate(
        "[...document.querySelectorAll('.prose .unbroken')].map("
        "kept => kept.getBoundingClientRect().height / "
        "kept.querySelector('data').getBoundingClientRect().height)"
    )

    assert len(heights) > 2
    assert max(heights) < 1.9


def test_an_editor_binds_a_number_and_previews_before_saving(editor_page, entry, site):
    page = editor_page
    page.goto(f"{site}/admin/swot/entry/{entry.pk}/change/")
    text = page.locator("#id_body_zh_hans")
    # The first 5 is bound, the second is not, the third is to be bound.
    before = "[5](obs:gz_ow_2022)个，第5天，贵州有5个"
    text.fill(before)
    with page.expect_popup() as opened:
        page.locator("button[data-preview]").click()
    preview = opened.value

    expect(preview.get_by_text("贵州有5个")).to_be_visible()
    expect(preview.locator("#number-gz_ow_2022")).to_have_count(1)
    preview.close()
    # The form is still there with what was typed, and is still sent to its own address.
    expect(text).to_have_value(before)
    action = page.locator("#entry_form").get_attribute("action") or ""
    assert "preview" not in action


def test_one_press_binds_the_right_one_of_equal_numbers(
    editor_page, entry, site, django_db_blocker
):
    page = editor_page
    typed = "[5](obs:gz_ow_2022)个，另有5个，再5个"
    with django_db_blocker.unblock():
        kept = Entry.objects.filter(pk=entry.pk).values("body_zh_hans").get()
        Entry.objects.filter(pk=entry.pk).update(body_zh_hans=typed)
    page.goto(f"{site}/admin/swot/entry/{entry.pk}/change/")
    last = page.locator('code[data-number="5个"][data-nth="1"]').first

    last.locator("xpath=following-sibling::button[1]").press("Enter")

    expect(page.locator("#id_body_zh_hans")).to_have_value(
        "[5](obs:gz_ow_2022)个，另有5个，再[5个](obs:gz_ow_2022)"
    )
    with django_db_blocker.unblock():
        Entry.objects.filter(pk=entry.pk).update(**kept)
