"""What is proposed for an article that the data were not made for."""

import pytest
from django.utils import timezone

from datasets.models import Observation
from swot.checking.quantities import scan
from swot.texts.contexts import contexts, part_of_year
from swot.texts.editor_notes import report
from tests.factories import make_entry, make_indicator, make_observation, make_region
from tests.swot.texts.study_article import read_article


@pytest.mark.usefixtures("study")
def test_nearly_all_of_its_numbers_are_sure_and_none_is_wrong(
    english, django_assert_max_num_queries
):
    zh, en, *orders = read_article()
    assert min(len(zh), len(en)) >= 5_000
    drafts = Observation.objects.filter(code__in=orders[0], is_published=False)
    drafts.update(is_published=True, published_at=timezone.now())
    meant = {
        row.code: (row.indicator_id, row.region_id, row.period, row.breakdown)
        for row in Observation.objects.filter(code__in=orders[0])
    }
    entry = make_entry(body_zh_hans=zh, body_en=en, is_published=False)

    with django_assert_max_num_queries(20):
        found = report(entry)

    for part, order in zip(found.values(), orders, strict=True):
        with_values = [number for number in part.unbound if number.proposals]
        assert len(with_values) == len(order) == 122
        # What has no value is no statistic: 十余年, "a trillion".
        assert len(part.unbound) == 123
        wrong = [
            (number.phrase, number.sure[0].code, code)
            for number, code in zip(with_values, order, strict=True)
            if number.sure and number.sure[0].subject != meant[code]
        ]
        assert wrong == []
        assert len(part.sure) >= 118
        assert all(number.sure[0].reasons for number in part.sure)


@pytest.mark.parametrize(
    ("text", "language", "part"),
    [
        ("2024年一季度为5776亿元", "zh-hans", "-Q1"),
        ("2024年上半年为5776亿元", "zh-hans", "-S1"),
        ("2024年6月为5776亿元", "zh-hans", "-06"),
        ("2024年为5776亿元", "zh-hans", ""),
        ("in the second half of 2024 it was 5776", "en", "-S2"),
        ("in the third quarter of 2024 it was 5776", "en", "-Q3"),
        ("in June 2024 it was 5776", "en", "-06"),
        ("it may be 5776 in 2024", "en", ""),
    ],
)
def test_the_part_of_the_year_is_read(text, language, part):
    (number,) = (q for q in scan(text, language).quantities if q.value > 5000)

    (context,) = contexts(text, [number], {}).values()

    assert context.part == part
    assert context.years == ("2024",)


@pytest.mark.parametrize(
    ("period", "part"),
    [("2024", ""), ("2024-Q1", "-Q1"), ("2024-06", "-06"), ("2024-01-01/P9M", "")],
)
def test_the_part_of_a_period(period, part):
    assert part_of_year(period) == part


def test_in_english_the_year_may_follow_its_number():
    text = "Exports were 80.3 in 2022, 81.9 in 2023 and 86.7 in 2024."
    numbers = scan(text, "en").quantities

    years = [c.years[0] for c in contexts(text, numbers, {}).values()]

    assert years == ["2022", "2023", "2024"]


@pytest.fixture
def falling():
    place = make_region(
        code="520000", name_zh_hans="贵州省", name_en="Guizhou", kind="province"
    )
    indicator = make_indicator(
        title_zh_hans="货物出口增幅", title_en="Growth of goods exports", unit="PERCENT"
    )
    return make_observation("-10.4", code="fall", indicator=indicator, region=place)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("2022年贵州货物出口下降10.4%。", True),
        ("2022年贵州货物出口增幅为-10.4%。", True),
        ("2022年贵州货物出口增长10.4%。", False),
    ],
)
def test_a_fall_is_a_negative_value(falling, english, text, is_found):
    entry = make_entry(body_zh_hans=text, body_en="", is_published=False)

    (number,) = report(entry)["zh-hans"].unbound

    assert bool(number.sure) == is_found
    assert [p.code for p, _markdown in number.proposals] == ["fall"] * is_found
