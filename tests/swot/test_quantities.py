"""Numbers in Chinese and English prose, and whether two texts agree."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swot.quantities import chinese_number, compare, find


def found(text, language):
    return [(q.text, f"{q.value:f}", q.kind) for q in find(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("达到105亿元", [("105亿", "10500000000", "")]),
        ("322,215.12亿元", [("322,215.12亿", "32221512000000", "")]),
        ("１３亿元", [("１３亿", "1300000000", "")]),
        ("1.62万亿元", [("1.62万亿", "1620000000000", "")]),
        ("5000万元", [("5000万", "50000000", "")]),
        ("增长63.3%", [("63.3%", "63.3", "percent")]),
        ("增长63.3％", [("63.3％", "63.3", "percent")]),
        ("提高2.4个百分点", [("2.4个百分点", "2.4", "points")]),
        ("增长3倍", [("3倍", "3", "times")]),
        ("近九成", [("九成", "90", "percent")]),
        ("百分之二十五点五", [("百分之二十五点五", "25.5", "percent")]),
        ("约为全国的十分之一", [("十分之一", "10", "percent")]),
        ("共三个综合保税区", [("三个", "3", "")]),
        ("一百零四个", [("一百零四个", "104", "")]),
        ("三千万元", [("三千万元", "30000000", "")]),
        ("5‰", [("5‰", "0.5", "percent")]),
        ("半年内", [("半年", "6", "months")]),
        ("33 个", [("33", "33", "")]),
        ("历时5年", [("5", "5", "")]),
    ],
)
def test_find_in_chinese(text, expected):
    assert found(text, "zh-hans") == expected


@pytest.mark.parametrize(
    "text",
    [
        "2018年7月24日",
        "2018至2023年",
        "2018—2023年",
        "2021、2022年",
        "二〇二二年",
        "国函〔2022〕126号",
        "国函[2018]93号",
        "第三批综试区",
        "第6批",
        "图4与表1",
        "见3.3节",
        "倒数三、四位",
        "1月14日",
        "2022-11-14",
        "统一标准，一个平台，一方面",
        "十分重要",
        "G7保税广场",
        "见文献[3]",
        "DOI 10.12677/ecl.2024.133922",
        "一、背景",
        "完成为了",
    ],
)
def test_find_leaves_out_what_is_no_quantity_in_chinese(text):
    assert found(text, "zh-hans") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("reached 10.5 billion yuan", [("10.5 billion", "10500000000", "")]),
        ("CNY 50 million a year", [("50 million", "50000000", "")]),
        ("32,221.512 billion", [("32,221.512 billion", "32221512000000", "")]),
        ("up 63.3% in 2020", [("63.3%", "63.3", "percent")]),
        ("by 7.1 per cent", [("7.1 per cent", "7.1", "percent")]),
        ("2.4 percentage points", [("2.4 percentage points", "2.4", "points")]),
        ("three times as much", [("three times", "3", "times")]),
        ("nine tenths of them", [("nine tenths", "90", "percent")]),
        ("about a tenth as much", [("a tenth", "10", "percent")]),
        ("five warehouses", [("five", "5", "")]),
        ("twenty-two zones", [("twenty-two", "22", "")]),
        ("more than 2,000", [("2,000", "2000", "")]),
        ("more than 2000 warehouses", [("2000", "2000", "")]),
        ("within six months", [("six months", "6", "months")]),
        ("two hundred firms", [("two hundred", "200", "")]),
    ],
)
def test_find_in_english(text, expected):
    assert found(text, "en") == expected


@pytest.mark.parametrize(
    "text",
    [
        "in July 2018",
        "on 14 November 2022",
        "January 14, 2021",
        "from 2018 to 2023",
        "2018-2023 and 2018–23",
        "Guohan [2018] No. 93",
        "the 3rd batch, the third batch",
        "Figure 4 and Table 1",
        "sections 3.3 and 5",
        "G7 Bonded Plaza, B2B, COVID-19",
        "one of them",
        "reference [3]",
        "https://example.org/2022/33",
    ],
)
def test_find_leaves_out_what_is_no_quantity_in_english(text):
    assert found(text, "en") == []


def test_find_knows_the_printed_precision():
    (large,) = find("1.3 billion", "en")
    (word,) = find("五个", "zh-hans")
    (share,) = find("99.5%", "en")

    assert (large.decimals, word.decimals, share.decimals) == (-8, None, 1)


def test_find_gives_positions_in_the_text():
    text = "共１３２个，占99.5%。"

    assert [text[q.start : q.end] for q in find(text, "zh-hans")] == ["１３２", "99.5%"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("十", 10), ("二十四", 24), ("一百零四", 104), ("二〇", 20), ("千", 1000)],
)
def test_chinese_number(text, number):
    assert chinese_number(text) == number


@given(st.text(max_size=80), st.sampled_from(["zh-hans", "en"]))
def test_find_takes_any_text(text, language):
    for quantity in find(text, language):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert isinstance(quantity.value, Decimal)


def test_texts_agree_after_scaling():
    zh = find("2019年13亿元，2022年105亿元，占0.25%，共五个", "zh-hans")
    en = find("1.3 billion in 2019, 10.5 billion in 2022, 0.25%, five", "en")

    assert compare(["C01"], zh, ["C01"], en).is_equal


def test_texts_that_differ_name_the_numbers():
    zh = find("13亿元，占0.25%", "zh-hans")
    en = find("13 billion, 0.25%, and 0.25% again", "en")

    parity = compare(["C01", "C02"], zh, ["C02", "C03"], en)

    assert (parity.codes_zh, parity.codes_en) == (("C01",), ("C03",))
    assert [q.text for q in parity.numbers_zh] == ["13亿"]
    assert [q.text for q in parity.numbers_en] == ["13 billion", "0.25%"]
    assert not parity.is_equal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("百分之五十", "50"),
        ("百分之五", "5"),
        ("百分之三点零五", "3.05"),
        ("百分之一百二十点五", "120.5"),
    ],
)
def test_chinese_percentages_with_and_without_decimals(text, value):
    (quantity,) = find(text, "zh-hans")

    assert (quantity.kind, quantity.value) == ("percent", Decimal(value))


@pytest.mark.parametrize(
    "text", ["2023年上半年", "1—11月", "双11期间", "618期间", "网络好，5G普及"]
)
def test_names_and_stretches_of_the_year_are_no_quantities(text):
    assert find(text, "zh-hans") == []
