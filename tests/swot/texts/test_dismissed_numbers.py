"""A number marked as no statistic leaves every count, and comes back when unmarked."""

import pytest

from swot.models.texts import is_settled, parity_of
from swot.prose import bound_codes, coverage, odd_links, parity, plain_text
from swot.texts.editor_notes import report
from swot.texts.flagged import checked, flagged_numbers
from swot.texts.markdown import load_bound, render_body
from tests.factories import make_entry, make_indicator, make_observation

ZH = "专家[3位](not:statistic)列出[5个](obs:five)仓库，另有7个。"
EN = "[3 experts](not:statistic) list [5](obs:five) warehouses, and 7 more."


def test_it_is_neither_found_nor_bound():
    found = coverage(ZH, "zh-hans")

    assert [q.text for q in found.found] == ["5", "7"]
    assert [q.text for q in found.unbound] == ["7"]
    assert bound_codes(ZH) == [("obs", "five")]
    assert odd_links(ZH) == []
    assert plain_text(EN).startswith("3 experts list 5 warehouses")


def test_the_languages_need_not_agree_on_it():
    assert parity(ZH, EN).is_equal
    assert parity(ZH, EN.replace("[3 experts](not:statistic)", "Experts")).is_equal
    assert not parity(
        ZH, EN.replace("(not:statistic)", "").replace("[3", "[4")
    ).is_equal


@pytest.mark.parametrize("href", ["not:statistics", "not:", "no:statistic", "not"])
def test_other_spellings_do_not_dismiss_a_number(href):
    text = f"[3]({href}) warehouses."

    assert len(coverage(text, "en").found) == 1
    assert bool(odd_links(text)) == (":" in href)


@pytest.mark.django_db
def test_readers_see_plain_text_and_the_page_does_not_count_it(english):
    make_observation("5", code="five", indicator=make_indicator(unit="COUNT"))
    numbers = load_bound(EN)

    html = render_body(EN, **numbers)
    coverage_ = checked(numbers, EN)

    assert "3 experts list <button" in html
    assert "not:statistic" not in html
    assert (coverage_.count, coverage_.found, coverage_.outside) == (1, 2, ("7",))


@pytest.mark.django_db
def test_the_panel_lists_it_with_the_way_back(english):
    make_observation("5", code="five", indicator=make_indicator(unit="COUNT"))
    entry = make_entry(body_zh_hans=ZH, body_en=EN, is_published=False)

    part = report(entry)["zh-hans"]

    assert [stretch.label for stretch in part.dismissed] == ["3位"]
    (left,) = part.unbound
    assert (left.phrase, left.nth) == ("7个", 0)
    assert left.dismissal == "[7个](not:statistic)"
    assert not is_settled(entry)
    entry.body_zh_hans = ZH.replace("7个", left.dismissal)
    entry.body_en = EN.replace("7 more", "[7 more](not:statistic)")
    assert is_settled(entry)
    assert parity_of(entry).is_equal
    assert flagged_numbers(entry) == []
