"""Texts whose numbers are bound: known codes, and the same in both languages."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from swot.checking.quantities import find
from swot.models import Entry
from swot.models.texts import bound_items
from swot.texts.bindings import MAX_PROPOSALS, propose
from swot.texts.editor_notes import report
from tests.factories import (
    make_analysis,
    make_claim,
    make_entry,
    make_indicator,
    make_observation,
    make_recommendation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

BOTH = {"body_zh_hans": "共[5](obs:a)个", "body_en": "[Five](obs:a) of them"}
DIFFER = {"body_zh_hans": "共[5](obs:a)个，占3%", "body_en": "[Five](obs:a) of them"}


@pytest.fixture
def counted(db):
    return make_observation("5", code="a", indicator=make_indicator(unit="COUNT"))


def errors_of(item):
    with pytest.raises(ValidationError) as caught:
        item.full_clean()
    return caught.value.message_dict


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (make_entry, "body"),
        (make_recommendation, "body"),
        (make_analysis, "abstract"),
    ],
)
def test_a_code_that_nothing_has_is_named_at_its_text(counted, make, field):
    texts = {
        f"{field}_zh_hans": "共[5](obs:a)个，[6](obs:b)",
        f"{field}_en": "[5](obs:a) [6](claim:C98) [7](obs: c) [8](Obs:a)",
    }

    found = errors_of(make(is_published=False, **texts))

    assert found == {
        f"{field}_zh_hans": [
            "No claim or observation has this code: obs:b. Write claim: or obs: "
            "followed by a code."
        ],
        f"{field}_en": [
            "No claim or observation has this code: claim:C98, Obs:a. Write claim: or "
            "obs: followed by a code."
        ],
    }


def test_a_draft_may_be_bound(counted):
    counted.is_published = False
    counted.save()

    make_entry(**BOTH).full_clean()


def test_ordinary_links_may_stay(counted):
    text = "[a](https://example.org/) [b](/en/) [c](#top) [d](mailto:a@example.org)"

    make_entry(body_zh_hans=text, body_en=text).full_clean()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_published_languages_agree_or_give_a_reason(counted, language):
    entry = make_entry(is_published=False, **DIFFER)
    entry.full_clean()

    entry.is_published = True
    with override(language):
        found = errors_of(entry)

    assert found.keys() == {"parity_reason"}
    assert "3%" in found["parity_reason"][0]
    if language == "en":
        assert found["parity_reason"] == [
            "The languages do not agree: only in Chinese: 3%. Make them agree, or say "
            "why they differ."
        ]


def test_both_kinds_of_difference_are_named(counted):
    make_claim(code="C1")
    entry = make_entry(
        body_zh_hans="共[5](obs:a)个，占3%", body_en="[Two](claim:C1), and seven more"
    )

    assert errors_of(entry)["parity_reason"] == [
        "The languages do not agree: only in Chinese: obs:a, 3%; only in English: "
        "claim:C1, seven. Make them agree, or say why they differ."
    ]


def test_numbers_agree_after_scaling(counted):
    make_entry(body_zh_hans="约1.3亿元", body_en="about 130 million yuan").full_clean()


def test_a_text_without_translation_differs_from_nothing(counted):
    make_entry(body_zh_hans="共[5](obs:a)个", body_en="").full_clean()


def test_reason_applies_to_the_differences_it_was_given_for(counted):
    entry = make_entry(**DIFFER)
    entry.parity_reason = "The English edition leaves the share out."
    entry.full_clean()
    entry.save()
    entry.title_en = "Another title"
    entry.full_clean()

    entry.body_zh_hans += "，另有8个"

    assert errors_of(entry)["parity_reason"] == [
        "The languages no longer differ as they did when this reason was written: only "
        "in Chinese: 3%, 8. Make them agree, or write a new reason."
    ]
    entry.parity_reason = "The English edition leaves two numbers out."
    entry.full_clean()
    entry.save()
    Entry.objects.get(pk=entry.pk).full_clean()


def test_removed_reason_no_longer_applies(counted):
    entry = make_entry(parity_reason="Left out.", **DIFFER)
    entry.full_clean()

    entry.parity_reason = " "

    assert "parity_reason" in errors_of(entry)


def proposed(text, language, expected=()):
    """The Markdown proposed for each number of a text."""
    found = propose(find(text, language), expected)
    return {
        quantity.text: [p.markdown(quantity.text) for p in proposals]
        for quantity, proposals in found.items()
    }


@pytest.mark.parametrize(
    ("unit", "value", "text", "language", "label"),
    [
        ("CNY_100M", "13", "13亿元", "zh-hans", "13亿"),
        ("CNY_100M", "13", "1.3 billion yuan", "en", "1.3 billion"),
        ("CNY_100M", "322215.12", "32.2 trillion", "en", "32.2 trillion"),
        ("COUNT", "5", "共五个", "zh-hans", "五个"),
        ("COUNT", "5", "five of them", "en", "five"),
        ("PERCENT", "90", "近九成", "zh-hans", "九成"),
        ("PERCENT", "1.5", "1.5 percentage points", "en", "1.5 percentage points"),
        ("MONTHS", "6", "半年内", "zh-hans", "半年"),
        ("TONNE_10K", "20", "20万吨", "zh-hans", "20万"),
    ],
)
def test_observations_of_the_same_value_are_proposed(
    unit, value, text, language, label
):
    make_observation(value, code="a", indicator=make_indicator(unit=unit))

    assert proposed(text, language) == {label: [f"[{label}](obs:a)"]}


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("PERCENT", "5", "5 of them"),
        ("COUNT", "5", "5%"),
        ("CNY_100M", "5", "5 billion"),
        ("CNY_100M", "5.6", "500 million"),
    ],
)
def test_other_values_and_other_measures_are_not(unit, value, text):
    make_observation(value, code="a", indicator=make_indicator(unit=unit))

    assert list(proposed(text, "en").values()) == [[]]


def test_values_without_code_cannot_be_bound():
    make_observation("5", indicator=make_indicator(unit="COUNT"))
    make_observation(None, code="none", indicator=make_indicator(unit="COUNT"))

    assert proposed("five", "en") == {"five": []}


def test_claims_are_proposed_by_what_they_state():
    make_claim(code="C1", stated_low=Decimal(109), stated_unit="PERCENT")
    make_claim(
        code="C2",
        comparison="between",
        stated_low=Decimal(100),
        stated_high=Decimal(109),
        stated_unit="PERCENT",
    )
    make_claim(code="C3", stated_low=Decimal("108.97"), stated_unit="PERCENT")
    make_claim(code="C4", stated_low=Decimal(109), stated_unit="DATE")

    assert proposed("109%", "en") == {"109%": ["[109%](claim:C1)", "[109%](claim:C2)"]}


def test_likely_proposals_come_first_and_drafts_last():
    indicator = make_indicator(unit="CNY_100M")
    for code, value, is_published in (
        ("draft", "13", False),
        ("rounded", "12.6", True),
        ("exact", "13", True),
        ("cited", "13", True),
    ):
        make_observation(
            value, code=code, indicator=indicator, is_published=is_published
        )
    (quantity,) = find("13亿", "zh-hans")

    found = propose([quantity], [("obs", "cited")])[quantity]

    assert [p.code for p in found] == ["cited", "exact", "draft", "rounded"]
    assert [p.code for p in found if p.is_draft] == ["draft"]
    assert [p.code for p in found if not p.is_exact] == ["rounded"]


def test_proposals_are_few_and_take_two_queries_a_hundred(django_assert_num_queries):
    indicator = make_indicator(unit="COUNT")
    for n in range(MAX_PROPOSALS + 3):
        make_observation("5", code=f"o{n}", indicator=indicator)
        make_claim(stated_low=Decimal(5), stated_unit="COUNT")
    numbers = find(" and ".join(f"{n} of {n + 5}" for n in range(200)), "en")

    # 205 different numbers: none is left out in silence.
    with django_assert_num_queries(6):
        found = propose(numbers)

    assert max(map(len, found.values())) == MAX_PROPOSALS


@pytest.mark.parametrize(
    "number",
    ["9" * 400, "0." + "0" * 400 + "1", "9" * 18 + " trillion", "0.5" + "0" * 20 + "1"],
)
def test_numbers_that_no_column_holds_get_no_proposals(number):
    make_observation("0.5", code="a", indicator=make_indicator(unit="COUNT"))

    assert list(proposed(f"{number} of them", "en").values()) == [[]]


def test_report_of_a_text(counted, django_assert_num_queries):
    make_observation("9", code="d", is_published=False)
    make_claim(code="C1", verdict="no")
    entry = make_entry(
        claims=[make_claim(code="C2", stated_low=Decimal(5), stated_unit="COUNT")],
        body_zh_hans="[5](obs:a)个，[6](obs:a)个，[9亿](obs:d)，[1](claim:C1)，5，"
        "[7](obs:x)，又是5个",
        body_en="",
    )

    with django_assert_num_queries(7):
        found = report(entry)["zh-hans"]

    assert [(n.label, n.code, n.verdict, n.is_draft) for n in found.bound] == [
        ("5", "a", "yes", False),
        ("6", "a", "no", False),
        ("9亿", "d", "yes", True),
        ("1", "C1", "no", False),
        ("7", "x", None, False),
    ]
    assert [n.code for n in found.unknown] == ["x"]
    assert [n.code for n in found.drafts] == ["d"]
    # Each with its unit; what the entry cites comes first.
    assert [(n.phrase, n.nth) for n in found.unbound] == [("5", 0), ("5个", 0)]
    assert [code for _p, code in found.unbound[0].proposals] == [
        "[5](obs:a)",
        "[5](claim:C2)",
    ]
    assert found.unbound[1].before.endswith("又是")
    assert found.coverage.percent == 71


def test_items_of_codes_include_drafts(counted):
    draft = make_claim(code="C1", is_published=False)
    wanted = [("claim", "C1"), ("obs", "a"), ("obs", "C1"), ("claim", "a")]

    assert bound_items(wanted) == {("claim", "C1"): draft, ("obs", "a"): counted}


def test_a_binding_encloses_the_whole_phrase(counted):
    make_observation("46", code="t", indicator=make_indicator(unit="CNY_100M"))
    entry = make_entry(
        body_zh_hans="贸易额超过46亿元，又超过46亿元。",
        body_en="More than **4.6** billion",
    )

    found = report(entry)

    assert [(n.phrase, n.nth) for n in found["zh-hans"].unbound] == [
        ("超过46亿元", 0),
        ("超过46亿元", 1),
    ]
    assert found["zh-hans"].unbound[0].proposals[0][1] == "[超过46亿元](obs:t)"
    # Markup inside a phrase parts it.
    assert [n.phrase for n in found["en"].unbound] == ["4.6 billion"]
