"""Numbers bound to claims and observations in prose."""

import re
from decimal import Decimal

import pytest
from django.utils.safestring import SafeString
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from swot.checking.labels import label_verdict
from swot.prose import bound_codes, coverage, parity, plain_text, read
from swot.texts.markdown import load_bound, render_body
from tests.factories import make_claim, make_indicator, make_observation

NOTHING = {"claims": {}, "observations": {}}


def render(text, language="en"):
    return render_body(text, **load_bound(text), language=language)


@pytest.mark.django_db
def test_a_number_bound_to_a_claim_opens_its_note_with_its_verdict():
    make_claim(
        code="C07",
        verdict="rounding",
        stated_value="109",
        stated_low=Decimal(109),
        stated_unit="PERCENT",
    )

    html = render("Grew by [109%](claim:C07) then.")

    assert html == (
        '<p>Grew by <button type="button" class="bound" popovertarget="number-C07">'
        '<data value="109">109%</data><span class="verdict verdict-rounding">'
        '<span class="visually-hidden"> (claim C07: holds after rounding)</span>'
        "</span></button> then.</p>\n"
    )
    assert isinstance(html, SafeString)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("占[5](claim:C1)，又", "C1，"),
        ("the share ([5](claim:C1)), then", "(C1),"),
        ("“[5](claim:C1)”。", "“C1”。"),
    ],
)
def test_line_break_does_not_separate_a_number_from_its_punctuation(text, together):
    make_claim(code="C1")

    html = render(text)

    (kept,) = re.findall(r'<span class="unbroken">(.*?)</button>(.*?)</span>', html)
    assert kept[0].partition("<")[0] + "C1" + kept[1] == together


@pytest.mark.django_db
def test_a_number_bound_to_an_observation_is_compared_with_it():
    indicator = make_indicator(code="cbec")
    make_observation("13", code="gz_2019", indicator=indicator)

    html = render("From [1.3 billion](obs:gz_2019) on")

    assert 'popovertarget="number-gz_2019"' in html
    assert '<data value="1300000000">1.3 billion</data>' in html
    assert '<span class="verdict verdict-yes">' in html
    assert "(data: CNY 1.3 billion, holds)" in html


@pytest.mark.django_db
def test_the_same_value_in_both_languages():
    make_observation("13", code="gz_2019")

    zh = render("[13亿元](obs:gz_2019)", "zh-hans")

    assert '<data value="1300000000">13亿元</data>' in zh
    assert "（数据：13亿元，成立）" in zh


@pytest.mark.django_db
def test_drafts_and_unknown_codes_leave_the_plain_number():
    make_claim(code="C01", is_published=False)
    make_observation("5", code="draft", is_published=False)
    make_observation("5", code="hidden", indicator=make_indicator(is_published=False))

    html = render("[1](claim:C01) [2](obs:draft) [3](obs:hidden) [4](claim:C99)")

    assert html == "<p>1 2 3 4</p>\n"


@pytest.mark.django_db
def test_load_bound_takes_three_queries(django_assert_num_queries):
    for n in range(3):
        make_claim(code=f"C{n}")
        make_observation(str(n), code=f"o{n}")
    text = " ".join(f"[{n}](claim:C{n}) [{n}](obs:o{n})" for n in range(3))

    with django_assert_num_queries(3):
        html = render(text)

    assert html.count("<data") == 6


@pytest.mark.sampled
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("unit", "value", "label", "verdict"),
    [
        ("CNY_100M", "13", "13亿元", "yes"),
        ("CNY_100M", "13", "1.3 billion yuan", "yes"),
        ("CNY_100M", "13", "13.2亿元", "rounding"),
        ("CNY_100M", "13", "14亿元", "no"),
        ("CNY_100M", "322215.12", "32.2 trillion", "yes"),
        ("COUNT", "2000", "2000", "yes"),
        ("COUNT", "2000", "2,000", "yes"),
        ("COUNT", "1", "one", "yes"),
        ("COUNT", "1", "一个", "yes"),
        ("COUNT", "2", "one", "no"),
        ("COUNT", "5", "five", "yes"),
        ("COUNT", "5", "五个", "yes"),
        ("COUNT", "5", "six", "no"),
        ("PERCENT", "90", "九成", "yes"),
        ("PERCENT", "90", "nine tenths", "yes"),
        ("PERCENT", "50", "half", "yes"),
        ("PERCENT", "25", "one quarter", "yes"),
        ("PERCENT", "75", "四分之三", "yes"),
        ("PERCENT", "65", "六成五", "yes"),
        ("PERCENT", "90", "90 warehouses", None),
        ("MONTHS", "6", "半年", "yes"),
        ("COUNT", "5", "several", None),
        ("COUNT", "5", "5 or 6", None),
    ],
)
def test_label_verdict(unit, value, label, verdict):
    observation = make_observation(value, indicator=make_indicator(unit=unit))

    assert label_verdict(observation, label) == verdict


@pytest.mark.django_db
def test_prose_is_sanitised():
    make_claim(code="C01", stated_value='"><script>')

    html = render(
        "<script>alert(1)</script> [x](javascript:alert(1)) "
        '[1](claim:C01) <a class="bound" onclick="x">y</a> '
        "![i](https://example.org/i.png)"
    )

    assert "<script" not in html
    assert "<img" not in html
    assert html.count("<button ") == 1
    assert "<a " not in html
    assert 'href="javascript' not in html


@given(st.text(max_size=200))
def test_any_text_renders_without_active_content(text):
    html = render_body(text, **NOTHING).lower()

    for tag in ("<script", "<img", "<iframe", "<svg", "<style", "<form"):
        assert tag not in html
    assert read(text).plain is not None


@given(st.text(max_size=60))
def test_bindings_lie_within_the_plain_text(text):
    prose = read(f"{text} [5](obs:a) {text}")

    for binding in prose.bindings:
        assert 0 <= binding.start <= binding.end <= len(prose.plain)


def test_ordinary_links_stay():
    html = render_body("[a](https://example.org/) and [5](obs:a)", **NOTHING)

    assert html == (
        '<p><a href="https://example.org/" rel="noopener">a</a> and 5</p>\n'
    )


def test_bound_codes_in_order():
    text = "[1](obs:b) **[2](claim:C1)** `[3](obs:c)` [4](obs:b)\n\n- [5](claim:C2)"

    assert bound_codes(text) == [
        ("obs", "b"),
        ("claim", "C1"),
        ("obs", "b"),
        ("claim", "C2"),
    ]


def test_plain_text_has_no_markup():
    text = "## Title\n\n1. From *[13亿元](obs:a)* on"

    assert plain_text(text) == "Title\nFrom 13亿元 on"


def test_coverage_counts_bound_numbers_only():
    text = "2019年[13亿元](obs:a)，2022年[105亿元](obs:b)，占0.25%。\n\n1. 第三批"

    result = coverage(text, "zh-hans")

    assert [quantity.text for quantity in result.unbound] == ["0.25%"]
    assert (result.bound_count, len(result.found)) == (2, 3)
    assert not result.is_complete
    assert coverage("[0.25%](claim:C12)", "en").is_complete


def test_parity_of_two_languages():
    zh = "[13亿元](obs:a)，占0.25%"
    en = "[1.3 billion](obs:a), or 0.25%"

    assert parity(zh, en).is_equal
    assert parity(zh, "1.3 billion, or 0.25%").codes_zh == ("obs:a",)
    assert [q.text for q in parity(zh, f"{en} of 3").numbers_en] == ["3"]


@pytest.mark.django_db
def test_marks_are_in_the_language_of_the_page():
    make_claim(code="C01", verdict="no")

    with override("en"):
        html = render_body("[1](claim:C01)", **load_bound("[1](claim:C01)"))

    assert "(claim C01: contradicted)" in html
