"""A year or place above a table counts only if the line says so by its wording."""

import pytest

from datasets.importing.note_texts import unit_in_note
from datasets.importing.titles import TableContext, read_title
from datasets.spreadsheets.folding import fold
from tests.datasets.importing.test_office_texts import faults, found, plan
from tests.factories import make_indicator, make_region, make_source

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("english"),
    pytest.mark.sampled,
]


@pytest.fixture(autouse=True)
def places():
    make_indicator(code="exports", title="出口额")
    make_indicator(code="imports", title="进口额")
    make_region(code="520000", name="贵州省")
    make_region(code="530000", name="云南省")
    make_region(code="522600", name="黔东南苗族侗族自治州", kind="city")
    make_source(code="office", title="统计局")


def read(text):
    around = TableContext()
    read_title(fold(text), 1, around)
    return around


@pytest.mark.parametrize(
    "text",
    [
        "云南省统计局 2014年5月", "云统〔2014〕7号", "印发日期：2014年5月6日",
        "2014年5月6日", "2014-05-06", "更新日期：2014-05-06", "发布时间 2014年5月",
        "《云南统计年鉴-2014》", "Yunnan Statistical Yearbook 2014",
        "云南统计年鉴 (2014)",
        "2014中国统计年鉴", "昆明海关", "编制单位：云南省统计局", "中国统计出版社 2014",
        "2014年第5期", "Printed 2014", "数据更新至2014年5月", "截至2014年5月6日",
        "填报日期：2014年", "报告日期：2014年5月", "导出 2014年", "资料截止2014年",
        "©2014", "文件编号 2014-12", "2010年=100", "2010年不变价", "2014年统计提要",
        "据2014年统计", "本表2014年5月制", "云南日报", "Last updated: 2014-05-06",
        "Source: Customs, 2014", "2012-2014年云南省外贸", "2014年版", "2014年5月印",
    ],
)  # fmt: skip
def test_line_about_issue_and_publisher_gives_no_period(text):
    assert read(text).period == ""


@pytest.mark.parametrize(
    "text", ["云南省统计局", "云南省统计局编", "云南统计年鉴2014", "制表单位：云南省",
             "云南大学", "填报单位：云南省商务厅", "云南日报", "云南省与贵州省对比"],
)  # fmt: skip
def test_publisher_gives_no_region(text):
    around = read(text)

    assert (around.region, around.captions) == ("", []) or "对比" in text


@pytest.mark.parametrize(
    ("text", "region", "period"),
    [
        ("2013年云南省外贸", "云南省", "2013"),
        ("云南省2013年1-6月外贸", "云南省", "2013-01-01/P6M"),
        ("表3-1 2013年三季度各地区外贸", "", "2013-Q3"),
        ("（3）2013年6月进出口总值表（人民币值）", "", "2013-06"),
        ("各地区外贸（2013年）", "", "2013"),
        ("Goods trade by province, 2013", "", "2013"),
        ("二〇一三年云南省外贸", "云南省", "2013"),
        ("2013年", "", "2013"),
        ("地区：云南省 时间：2013年", "云南省", "2013"),
        ("报告期：2013年上半年", "", "2013-S1"),
        ("云南省外贸情况（截至2013年）", "云南省", "2013"),
    ],
)
def test_caption_and_label_give_region_and_period(text, region, period):
    around = read(text)

    assert (around.region, around.period) == (region, period)


def test_month_below_a_publisher_is_not_the_period():
    text = "云南省统计局\n2014年5月\n地区,出口额（亿元）\n云南,5\n"

    assert faults(text) == [(4, "period", "")]


@pytest.mark.parametrize(
    "text",
    [
        "指标：出口额（亿元）\n地区,2013年\n云南,5\n",
        "指标：,出口额\n单位：,亿元\n地区,2013年\n云南,5\n",
        "数据库：分省\n指标：出口额 单位：亿元\n时间：最近3年\n地区,2013年\n云南,5\n",
        "地区：云南省\n时间：2013年\n指标,数值\n出口额（亿元）,5\n",
        "时间：2013年\n指标,云南\n出口额（亿元）,5\n",
        "云南省2013年\n单位：亿元\n指标,绝对值\n出口额,5\n",
        "地区,2013年\n,出口额\n,亿元\n云南,5\n",
        "地区 Region,2013年出口额（亿元）\n云南省,5\n",
        "地区（Region）,2013年出口额（亿元）\n云南省,5\n",
        ",2013年\n云南,5\n",
    ],
)
def test_value_is_the_same_whatever_its_headings(text):
    options = {} if "出口额" in text else {"indicator": "exports", "unit": "亿元"}

    assert found(text, **options) == [("exports", "530000", "2013", "5")]


@pytest.mark.parametrize(
    ("text", "options", "fault"),
    [
        ("云南省外贸\n年份,出口额\n2013,5\n", {"region": "520000"},
         (1, "chosen", "云南省外贸")),
        ("黔东南州外贸\n年份,出口额\n2013,5\n", {"region": "520000"},
         (1, "chosen", "黔东南州外贸")),
        ("地区：云南省\n年份,出口额\n2013,5\n", {"region": "520000"},
         (1, "chosen", "地区:云南省")),
        ("指标：进口额\n地区,2013年\n云南,5\n", {"indicator": "exports"},
         (1, "chosen", "指标:进口额")),
        ("地区,2013年进口额\n云南,5\n", {"indicator": "exports"}, (1, "chosen", "")),
        ("单位：万元\n地区,2013年\n云南,5\n", {"indicator": "exports"},
         (1, "unit", "单位:万元")),
        ("出口额（万元）\n地区,2013年\n云南,5\n", {"indicator": "exports"},
         (1, "unit", "出口额(万元)")),
        ("地区（万元）,2013年\n云南,5\n", {"indicator": "exports"},
         (1, "unit", "地区（万元）")),
        ("地区,2013年（万元）\n云南,5\n", {"indicator": "exports"}, (1, "unit", "")),
        ("出口额（亿卢布）\n地区,2013年\n云南,5\n", {"indicator": "exports"},
         (3, "unit", "亿卢布")),
    ],
)  # fmt: skip
def test_what_was_chosen_takes_precedence(text, options, fault):
    assert faults(text, **{"unit": "亿元"} | options) == [fault]


def test_chosen_region_applies_where_the_line_above_is_a_publisher():
    text = "云南省统计局编\n年份,出口额（亿元）\n2013,5\n"

    assert found(text, region="520000") == [("exports", "520000", "2013", "5")]


def test_dollars_in_the_caption_are_not_yuan():
    text = "2013年出口总值表（美元值）\n地区,出口额\n云南,5\n"

    assert faults(text, unit="亿元") == [(3, "value", "5")]


def test_lines_that_name_different_periods_give_none():
    text = "2012年外贸\n时间：2013年\n2011年\n地区,出口额（亿元）\n云南,5\n"

    assert found(text) == [("exports", "530000", "2013", "5")]
    assert faults(text.replace("时间：", "")) == [(5, "period", "2011年")]


def test_preliminary_values_are_marked():
    title = plan("2013年云南省快报数\n指标,数值\n出口额（亿元）,5\n")
    heading = plan("地区,2013年出口额（初步数）（亿元）\n云南,5\n")

    assert [change.after.status for change in title.new] == ["P"]
    assert "preliminary" in {warning.kind for warning in title.warnings}
    assert heading.errors.count or heading.new[0].after.status == "P"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("注：本表单位为万元", "万元"),
        ("说明：数值单位均为亿美元。", "亿美元"),
        ("注：以万元计", "万元"),
        ("注：单位数为法人单位", ""),
        ("注：合计不含军品，单位万元", "万元"),
        ("#comment unit=万元", "万元"),
        ("unit: 10 thousand yuan", "10 thousand yuan"),
        ("Values in millions of yuan.", "millions of yuan"),
        ("注：单位GDP能耗", ""),
        ("Revised in May", ""),
        ("注：以上为快报数", ""),
    ],
)
def test_unit_in_a_note(text, unit):
    assert unit_in_note(text.replace("：", ":")) == unit
