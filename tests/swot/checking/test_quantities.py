"""Numbers in Chinese and English prose, and whether two texts agree."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swot.checking.parity import compare
from swot.checking.quantities import chinese_number, find


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


@pytest.mark.parametrize(
    ("zh", "en", "value", "kind"),
    [
        ("占三分之二", "two thirds of it", Decimal(200) / 3, "percent"),
        ("占三分之二", "two-thirds of it", Decimal(200) / 3, "percent"),
        ("增长三分之一", "up by a third.", Decimal(100) / 3, "percent"),
        ("占三分之一", "one third of it", Decimal(100) / 3, "percent"),
        ("占三分之一", "a third of it", Decimal(100) / 3, "percent"),
        ("占四分之三", "three quarters of it", 75, "percent"),
        ("占四分之三", "three-fourths of it", 75, "percent"),
        ("占四分之一", "a quarter of it", 25, "percent"),
        ("占五分之二", "two fifths of it", 40, "percent"),
        ("占千分之五", "0.5 per cent", Decimal("0.5"), "percent"),
        ("占一半", "half of it", 50, "percent"),
        ("占半数", "one half of it", 50, "percent"),
        ("半数以上", "More than half were exported", 50, "percent"),
        ("出口过半", "more than half, then less", 50, "percent"),
        ("六成", "60%", 60, "percent"),
        ("六成五", "65%", 65, "percent"),
        ("六成五的企业", "65% of firms", 65, "percent"),
        ("六成五企业", "65% of firms", 65, "percent"),
        ("上升半个百分点", "up half a percentage point", Decimal("0.5"), "points"),
        ("半年内", "within half a year", 6, "months"),
        ("两年半", "two and a half years", Decimal("2.5"), ""),
        ("增至两倍半", "two and a half times", Decimal("2.5"), "times"),
        ("50万元", "half a million yuan", 500_000, ""),
        ("300万美元", "$3m", 3_000_000, ""),
        ("300万美元", "USD 3m in all", 3_000_000, ""),
        ("150万美元", "US$1.5mn", 1_500_000, ""),
        ("30亿美元", "US$3bn", 3_000_000_000, ""),
        ("2万亿元", "CNY2tn", 2_000_000_000_000, ""),
        ("十二个", "a dozen of them", 12, ""),
        ("六个", "half a dozen of them", 6, ""),
        ("24个", "two dozen of them", 24, ""),
    ],
)
def test_one_fact_has_one_value_in_both_languages(zh, en, value, kind):
    for text, language in ((zh, "zh-hans"), (en, "en")):
        (quantity,) = find(text, language)
        assert (quantity.kind, quantity.value) == (kind, value)
    assert compare([], find(zh, "zh-hans"), [], find(en, "en")).is_equal


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("$3m", "en", ["3m"]),
        ("worth US$1.5bn now", "en", ["1.5bn"]),
        ("about one-third of it", "en", ["one-third"]),
        ("a half of it", "en", ["a half"]),
        ("约六成五。", "zh-hans", ["六成五"]),
        ("六成三线城市", "zh-hans", ["六成"]),
        ("共9610家企业", "zh-hans", ["9610"]),
        ("1210亿元", "zh-hans", ["1210亿"]),
        ("1210 million yuan", "en", ["1210 million"]),
        ("排名3：105亿元", "zh-hans", ["3", "105亿"]),
    ],
)
def test_found_text_is_what_states_the_number(text, language, found):
    assert [quantity.text for quantity in find(text, language)] == found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("9610出口、9710、9810与“1210”保税", "zh-hans"),
        ("监管方式代码1239，代码 0110", "zh-hans"),
        ("9610,9710,9810,1210", "zh-hans"),
        ("mode 9610, code 1210 and codes 9710 and 9810", "en"),
        ("exports under 9610/9710, “1239” imports", "en"),
        ("24/7在线，7×24小时客服", "zh-hans"),
        ("open 24/7", "en"),
        ("比例为3：1，得分1∶4，3比1", "zh-hans"),
        ("a ratio of 3:1, a score of 1:4, three-to-one", "en"),
        ("at 12:30", "en"),
        ("前三季度，前3季度，前三个季度", "zh-hans"),
        ("the first three quarters", "en"),
        ("the first half, the second half, a half-year report, half-price", "en"),
        ("上半年，后半段，半年报，半成品", "zh-hans"),
        ("the 14th Five-Year Plan", "en"),
        ("“十四五”规划，第十四个五年规划", "zh-hans"),
        ("a third party, a third batch, a third country", "en"),
        ("one plant and a third in Guiyang", "en"),
        ("第三方支付", "zh-hans"),
        ("Phase 2, Terminal 3, Industry 4.0, a Fortune 500 firm", "en"),
        ("世界500强，工业4.0，2期工程", "zh-hans"),
    ],
)
def test_codes_scores_and_ordinals_are_no_quantities(text, language):
    assert found(text, language) == []


@pytest.mark.parametrize("words", ["2020年1月", "〔2020〕", "http://a.", " \t"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_long_texts_without_numbers_are_read_quickly(words, language):
    """In time that grows with their length, not with its square (15 s once)."""
    text = words * (20_000 // len(words))
    began = time.process_time()

    find(text, language)

    assert time.process_time() - began < 3
