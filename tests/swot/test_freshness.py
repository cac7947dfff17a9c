"""Entries whose evidence is older than the data."""

import datetime

import pytest
from django.utils.translation import override

from swot.freshness import Link, needing_review, review_reasons
from tests.factories import (
    make_entry,
    make_indicator,
    make_observation,
    make_region,
    make_source,
)

DAY = datetime.date(2024, 5, 1)


def link(**given):
    """A value of 2022, the newest of its series, checked on the day it was saved."""
    defaults = {
        "entry": 1,
        "indicator": "trade",
        "region": "520000",
        "breakdown": "",
        "period": "2022",
        "ends_on": datetime.date(2022, 12, 31),
        "newer": "",
        "checked_on": DAY,
        "changed_on": DAY,
    }
    return Link(**(defaults | given))


def older(**given):
    given = {"period": "2020", "ends_on": datetime.date(2020, 12, 31)} | given
    return link(**({"newer": "2022"} | given))


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([], {}),
        ([link()], {}),
        ([older()], {1: [True]}),
        # The entry also rests on the newest value: nothing to do.
        ([older(), link()], {}),
        ([link(), older()], {}),
        # Of another series the newest value does not count.
        ([older(), link(region="000000")], {1: [True]}),
        ([older(), link(breakdown="exports")], {1: [True]}),
        ([older(), link(entry=2)], {1: [True]}),
        # One reason for a series, however many of its values are used.
        (
            [older(), older(period="2019", ends_on=datetime.date(2019, 12, 31))],
            {1: [1]},
        ),
        ([link(ends_on=None, period="")], {}),
        ([link(changed_on=DAY + datetime.timedelta(days=1))], {1: [False]}),
        ([link(changed_on=DAY - datetime.timedelta(days=1))], {}),
        ([link(checked_on=None, changed_on=DAY + datetime.timedelta(days=1))], {}),
    ],
)
def test_rule(links, expected):
    found = review_reasons(links)

    assert {
        entry: [reason.is_newer for reason in reasons]
        for entry, reasons in found.items()
    } == expected


def series():
    return {
        "indicator": make_indicator(title_zh_hans="总额", title_en="Total"),
        "region": make_region(name_zh_hans="贵州", name_en="Guizhou"),
        "source": make_source(),
    }


def texts(entry):
    return [reason.text for reason in needing_review([entry.pk]).get(entry.pk, [])]


@pytest.mark.django_db
def test_newer_value_of_another_source_is_told_in_both_languages():
    common = series()
    entry = make_entry(observations=[make_observation(period="2020", **common)])
    assert texts(entry) == []

    make_observation(period="2023", **(common | {"source": make_source()}))

    with override("en"):
        assert texts(entry) == [
            "Total, Guizhou: the entry rests on data up to 2020; there are data up to "
            "2023 now."
        ]
    with override("zh-hans"):
        assert texts(entry) == [
            "总额，贵州：条目所用数据截至2020年，本站现有2023年数据。"
        ]


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["is_published", "breakdown", "region", "period"])
def test_values_that_are_not_newer_values_of_the_series(change):
    common = series()
    entry = make_entry(observations=[make_observation(period="2020", **common)])
    other = {
        "is_published": False,
        "breakdown": "exports",
        "region": make_region(),
        "period": "2019",
    }[change]

    make_observation(**({"period": "2023"} | common | {change: other}))

    assert texts(entry) == []


@pytest.mark.django_db
def test_value_revised_after_it_was_checked():
    value = make_observation(period="2020", **series())
    entry = make_entry(observations=[value])
    entry.evidence.update(checked_on=datetime.date(2020, 1, 31))
    value.refresh_from_db()

    value.value += 1
    value.save()

    with override("en"):
        (text,) = texts(entry)
    assert text.startswith("Total, Guizhou: the value for 2020 was changed on ")
    assert text.endswith(", after the evidence was checked on 31 January 2020.")


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 5])
def test_one_query_for_many_entries(django_assert_num_queries, count):
    common = series()
    make_observation(period="2023", **common)
    old = make_observation(period="2020", **common)
    entries = [make_entry(observations=[old]) for _number in range(count)]

    with django_assert_num_queries(1):
        found = needing_review()

    assert found.keys() == {entry.pk for entry in entries}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_entry_page_says_it(client, language):
    common = series()
    entry = make_entry(observations=[make_observation(period="2020", **common)])
    with override(language):
        url = entry.get_absolute_url()
    words = {"en": "Needs review", "zh-hans": "有待复核"}[language]
    assert words not in client.get(url).content.decode()

    make_observation(period="2023", **common)

    assert words in client.get(url).content.decode()
