"""What is read out of a caption, and what only looks as if it could be."""

import pytest

from datasets.importing.captions import is_aside, read_caption
from datasets.importing.titles import TableContext, read_title
from datasets.spreadsheets.folding import fold

GIVEN = {
    "Foreign trade in March 2013": "2013-03",
    "Foreign trade, Jan-Sep 2013": "2013-01-01/P9M",
    "Trade, January to September 2013": "2013-01-01/P9M",
    "Trade of Guizhou in Q1 2013": "2013-Q1",
    "Trade in the first quarter of 2013": "2013-Q1",
    "Trade, first half of 2013": "2013-S1",
    "Trade H1 2013": "2013-S1",
    "Trade by province, 2013": "2013",
    "Trade in 2013": "2013",
    "Trade of Guizhou (2013)": "2013",
    "2013年头8个月外贸": "2013-01-01/P8M",
    "2013年一至八月外贸": "2013-01-01/P8M",
    "2013年八月外贸": "2013-08",
    "2013 年 1 - 9 月外贸": "2013-01-01/P9M",
    "2013上半年外贸": "2013-S1",
    "外贸2013上半年": "2013-S1",
    "2013一季度外贸": "2013-Q1",
    "2013年9月当月外贸": "2013-09",
    "2013年3月末外汇": "2013-03",
    "2013年初步核算的外贸": "2013",
    "2013年上海外贸": "2013",
    # The year that columns of months belong to.
    "2013年各月外贸": "2013",
}
# Each begins or ends with a year, but means something other than that year.
NOT_THE_YEAR = [
    "Trade FY 2013", "Trade, fiscal year 2013", "Trade, mid-2013", "Trade, early 2013",
    "Trade until 2013", "Trade to 2013", "Trade, week 5 2013", "Trade 5/2013",
    "Trade, spring 2013", "Trade YTD 2013", "Trade, 1-9 2013", "5 March 2013",
    "March 5, 2013", "2013年初外贸", "2013年年中外贸", "2013年春季外贸",
    "2013年第一周外贸", "2013年3月上旬外贸", "2013年上旬外贸", "2013年第1至3季度外贸",
    "2013年“五一”期间外贸", "2013年3-5日外贸", "2013年1、2月外贸", "2013年1月和2月外贸",
    "2013年三四季度外贸", "2013财年外贸", "2013学年外贸", "2013年一季度末外贸",
    "2013年以前外贸", "2013年之后外贸", "2013年至今外贸", "2013年双11外贸",
    "2013年度1-9月外贸", "2013Q3外贸", "2013M09外贸", "2013 9月外贸", "2013年累计外贸",
    "行政区划代码 GB/T 2260-2007", "进出口商品（HS 2012）", "SNA 2008", "2013年新口径",
    "ISIC Rev.4, 2008",
]  # fmt: skip
ASIDE = [
    "贵州省2013年政府工作报告", "2013年两会材料", "贵阳海关2013年4月",
    "贵阳海关 2013年", "贵州省口岸办", "中国海关杂志社 2013", "修订于2013年",
    "最后修改 2013年5月", "2013年5月修订", "来源于2013年统计公报", "统计资料汇编2013",
    "Statistical Abstract 2013",
    "Guizhou Provincial Department of Commerce", "Guiyang Customs",
    "All rights reserved 2013", "Doc. No. 2013-12",
]  # fmt: skip


def test_period_at_an_end_of_a_caption_is_given():
    read = {text: read_caption(text, False).period for text in GIVEN}

    assert read == GIVEN


def test_year_that_is_part_of_something_else_gives_no_period():
    read = {text: read_caption(text, False).period for text in NOT_THE_YEAR}

    assert {text: period for text, period in read.items() if period} == {}


def test_lines_about_issue_and_publisher_are_not_captions():
    assert [text for text in ASIDE if not is_aside(text)] == []
    assert [text for text in ("2013年海关特殊监管区域外贸", "2013年全社会投资")
            if is_aside(text)] == []  # fmt: skip


@pytest.mark.parametrize(
    ("text", "unit", "currency"),
    [
        ("Goods trade in millions of yuan", ("CNY_10K", 2), ""),
        ("Goods trade, RMB million", ("CNY_10K", 2), ""),
        ("2013年各地区外贸，亿元", ("CNY_100M", 0), ""),
        ("各地区外贸（亿美元，现价）", ("USD_100M", 0), ""),
        ("各地区外贸（人民币百万元）", ("CNY_10K", 2), ""),
        ("币种：美元", None, "USD"),
        ("Values in euros", None, "EUR"),
        ("按港币计价", None, "HKD"),
        ("Trade in goods", None, ""),
        ("Trade, total", None, ""),
    ],
)
def test_unit_and_currency_at_the_end_of_a_title(text, unit, currency):
    around = TableContext()
    read_title(fold(text), 1, around)

    assert (around.unit, around.currency) == (unit, currency)


@pytest.mark.parametrize(
    ("text", "called", "is_doubtful"),
    [
        ("2013年外贸预计完成数", "E", False),
        ("2013年外贸预测", "F", False),
        ("2013年外贸快报数", "P", False),
        ("Trade in 2013 (preliminary)", "P", False),
        ("2012-2013年外贸（2013年为初步数）", "", True),
        ("2013年外贸计划", "", True),
        ("2013年计划单列市外贸", "", False),
        ("2013年目标市场出口", "", False),
    ],
)
def test_title_that_qualifies_its_values(text, called, is_doubtful):
    around = TableContext()
    read_title(fold(text), 1, around)

    assert around.called == called
    assert bool(around.notes_calling or around.wanted) == is_doubtful
