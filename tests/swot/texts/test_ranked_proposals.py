"""Proposals ranked by the words around a number, and an article bound by them."""

from urllib.parse import parse_qs, urlsplit

import pytest

from swot.texts.editor_notes import report
from tests.factories import (
    make_entry,
    make_indicator,
    make_observation,
    make_region,
)
from tests.swot.texts.article import INDICATORS, REGIONS, YEARS, write_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.mark.whole
def test_most_numbers_of_an_unseen_article_are_sure_and_none_is_wrong():
    zh, en, _indicators = write_article()
    entry = make_entry(body_zh_hans=zh, body_en=en, is_published=False)

    found = report(entry)

    for language, part in found.items():
        assert len(part.unbound) == 120, language
        assert len(part.sure) >= 110, language
        wrong = [
            (number.phrase, number.sure[0].code, code)
            for number, code in zip(part.unbound, codes_in_order(), strict=True)
            if number.sure and number.sure[0].code != code
        ]
        assert wrong == []
        assert all(number.sure[0].reasons for number in part.sure)


def codes_in_order():
    return [
        f"{indicator}_{region}_{year}"
        for region in REGIONS
        for year in YEARS
        for indicator in INDICATORS
    ]


def test_the_period_and_region_decide_between_equal_values():
    indicator = make_indicator(
        code="trade", title_zh_hans="货物贸易总额", unit="CNY_100M"
    )
    regions = [
        make_region(code=code, name_zh_hans=name, name_en=name, kind="province")
        for code, name in (("520000", "贵州省"), ("530000", "云南省"))
    ]
    for region in regions:
        for year in (2021, 2022):
            make_observation(
                "105",
                code=f"t_{region.code}_{year}",
                indicator=indicator,
                region=region,
                period=str(year),
            )
    entry = make_entry(
        body_zh_hans="2021年贵州货物贸易总额为105亿元。2022年云南为105亿美元。"
        "2022年云南货物贸易总额为105亿元。",
        body_en="",
        is_published=False,
    )

    found = [n.proposals for n in report(entry)["zh-hans"].unbound]

    assert [p[0][0].code for p in found] == [
        "t_520000_2021",
        "t_530000_2022",
        "t_530000_2022",
    ]
    assert [bool(p[0][0].is_sure) for p in found] == [True, False, True]
    assert found[0][0][1] == "[105亿元](obs:t_520000_2021)"


def test_a_new_claim_starts_from_what_the_sentence_says():
    region = make_region(code="520000", name_zh_hans="贵州省", name_en="Guizhou")
    entry = make_entry(
        body_zh_hans="2022年贵州出口超过105.5亿元。", body_en="", is_published=False
    )

    (number,) = report(entry)["zh-hans"].unbound
    claim = parse_qs(urlsplit(number.claim_url).query)
    observation = parse_qs(urlsplit(number.observation_url).query)

    assert number.phrase == "超过105.5亿元"
    assert claim["comparison"] == ["more_than"]
    assert (claim["stated_low"], claim["stated_unit"]) == (["105.5"], ["CNY_100M"])
    assert claim["stated_decimals"] == ["1"]
    assert claim["subject_period"] == ["2022"]
    assert claim["subject_region"] == observation["region"] == [str(region.pk)]
    assert (observation["value"], observation["qualifier"]) == (["105.5"], ["at_least"])
