"""Captions: the place and the period in the wording of a title.

Both count only at one end of the caption (2012年贵州省…, …, 2012). A part of a year
that we cannot read (2012年初, mid-2012) yields no period at all.
"""

import re
from dataclasses import dataclass

from datasets.english_months import SHORT_NAMES

from .times import period_of, western_figures

PROVINCES = (
    "全国 中国 北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 "
    "福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 "
    "甘肃 青海 宁夏 新疆"
).split()
# When, by whom and where something was made, published or printed.
_ASIDE = re.compile(
    r"制表|编制|编印|编辑|编者|主编|填报|填表|上报|报送|报出|审核|发布|公布|更新|印发|印制"
    r"|印刷|出版|版|下载|导出|打印|查询|提取|采集|生成|创建|年鉴|手册|摘要|〔|\[\d{4}\]|\d号"
    r"|号文|版权|统计局|调查总队|海关总署|统计司|人民政府|办公[厅室]|出版社|信息中心"
    r"|第 ?\d+ ?期|提要|概览|要览|便览|皮书|[日晚]报\Z|报社|网\Z|制\Z|资料截|汇编|杂志"
    r"|工作报告|两会|修订|修改|来源于|源自|引自|摘自"
    r"|数据截|截[至止](?!\d{4}年(?:底|末)?\)?\Z)|研究院|大学|商务[厅局部]\Z|委员会\Z|编\Z|印\Z"
    r"|(?:海关|[局厅办委署社]|协会|学会|商会|公司) ?(?:\d{4}年?(?:\d{1,2}月)?)?\Z"
    r"|updated?\b|publi|printed|prepared|created|released?\b|download|extracted|retrieved"
    r"|accessed|edition|yearbook|compiled|©|isbn|bureau|ministry|\bpress\b|abstract"
    r"|rights reserved|\bdoc(?:ument)?\.? no|department of|\bcustoms\Z|\bagency\Z",
    re.IGNORECASE,
)
# The year of a price level, a base, a classification or a change of method is not the
# year of the values.
_OTHER_YEAR = re.compile(
    r"不变价|可比价|可比口径|[新老旧]口径|基期|= ?100|为 ?100|年起|以来|普查|据|按照"
    r"|constant|prices|base year|since|census|\bas of\b"
    r"|\bGB ?/? ?T\b|\b(?:HS|SITC|ISIC|SNA|NACE|BPM|CPC|BEC)\b",
    re.IGNORECASE,
)
_NUMBERING = re.compile(
    r"\A(?:(?:续|附)?表 ?[\d一二三四五六七八九十]+(?:[-—–.]\d+)*"
    r"|\([\d一二三四五六七八九十]{1,3}\)"
    r"|[\d一二三四五六七八九十]{1,3}[、.)]|\d{1,2}[-—–]\d{1,3}(?![\d年月])"
    r"|table ?[\d.\-]+)[ :、.]*",
    re.IGNORECASE,
)
_PLACE = (
    rf"(?:(?:{'|'.join(PROVINCES)})(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)?"
    r"|[\u4e00-\u9fff]{2,4}(?:市|自治州))"
)
_MONTHS = r"\d{1,2}月?[-—–~至到]+\d{1,2}月份?|\d{1,2}月份?[末底]?|[前头]\d{1,2}个?月"
_QUARTERS = r"第?[一二三四1-4]季度|[IV]{1,3}季度|[上下]半年|前[三3]季度"
_PERIOD = (
    rf"\d{{4}}年(?:度?(?:{_MONTHS}|{_QUARTERS})|度|全年|年?[末底])?"
    rf"|(?<!\d)(?:19|20)\d{{2}}(?:{_QUARTERS}|(?![\d-]))"
)
_START = re.compile(
    rf"\A[《(“\"]*(?P<before>{_PLACE})?(?P<period>{_PERIOD})?(?P<after>{_PLACE})?",
)
_END = re.compile(
    r"(?:[ (]截[至止] ?|[\s,;(，—-]|(?<=[^\d年月])(?=\d{4}年))"
    rf"(?P<period>{_PERIOD})\)?\Z"
)
_MIDDLE = re.compile(rf"\A[\u4e00-\u9fff()]{{1,14}}(?P<period>{_PERIOD})")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
# What continues a period that was only partly read: 2012年3月上旬, 2012年5、6月.
_GOES_ON = re.compile(
    r" ?(?:\d|[-/.—–~、,，和与及至到] ?\d"
    r"|[一二三四五六七八九十]{1,3}(?:[月季旬周至到、—–-]|个月)"
    r"|第|[前头]|之?[前后]|以[前后]|至今|起|初(?!步)|年[初中]|[末底]|[上中下]旬|[春夏秋冬]"
    r"|[财学]年|双\d|[正腊]月|[“\"'‘]|五一|十一|国庆|元旦|黄金周|累计"
    r"|(?:[qhsmw]\d{1,2}|first|second|third|fourth|half|quarter|fy|fiscal|ytd|week"
    rf"|{SHORT_NAMES})[a-z]*(?![a-z\d]))",
    re.IGNORECASE,
)
# English words before a year that make it another period than the year itself.
_NOT_THE_YEAR = re.compile(
    r"\b(?:fy|fiscal(?: year)?|financial year|school year|academic year|mid|early|late"
    r"|end|ended|ending|until|till|to|before|after|from|by|than|vs|and|start|beginning"
    r"|spring|summer|autumn|fall|winter|ytd|to date|week|months?|half|quarter|season"
    r"|[qhsmw]?\d+|\d+[qhsmw]|[\d/-]+|of the year"
    rf"|(?:{SHORT_NAMES})[a-z]*)[ .,(-]*\Z",
    re.IGNORECASE,
)
_LONGEST_PERIOD = 6


@dataclass(frozen=True)
class Caption:
    """A caption without its number; `region` and `period` are "" if it has none.

    `is_of_two` says that it names two provinces; `start` is the period before the place
    that it may begin with.
    """

    title: str
    region: str = ""
    period: str = ""
    is_of_two: bool = False
    start: str = ""


def is_aside(plain: str) -> bool:
    """Whether a line is about the making or publishing of a table, not about its
    values."""
    return bool(_ASIDE.search(plain))


def names_province(plain: str) -> bool:
    """Whether a text has the name of a province in it, the country aside."""
    return any(name in plain for name in PROVINCES[2:])


def without_number(plain: str) -> str:
    """A caption without its numbering: 表3-1, （四）."""
    return _NUMBERING.sub("", plain)


def read_caption(plain: str, has_publisher: bool) -> Caption:
    """The place and the period at the beginning or end of a caption.

    `has_publisher` says that a line above names a publisher, to whom a bare year then
    belongs.
    """
    title = without_number(_close(western_figures(plain)))
    match = _START.match(title)
    region = match["before"] or match["after"] or ""
    is_of_two = sum(name in title for name in PROVINCES) > 1
    return Caption(
        title,
        "" if is_of_two else region,
        _period_of(title, match, has_publisher),
        is_of_two and bool(region),
        match["period"] or "",
    )


def _close(plain):
    """2012 年 1 - 9 月 as one word."""
    return re.sub(
        r"(?<=\d) (?=[年月季])|(?<=[年月第]) (?=\d)"
        r"|(?<=\d) (?=[-—–~至到] ?\d)|(?<=[-—–~至到]) (?=\d+ ?月)",
        "",
        plain,
    )


def _period_of(title, start, has_publisher):
    if len(set(_YEARS.findall(title))) != 1 or _OTHER_YEAR.search(title):
        return ""
    match = start if start["period"] else _END.search(title) or _MIDDLE.match(title)
    if match is None:
        return ""
    before = title[: match.start("period")]
    rest = title[match.end("period") :]
    last = before.rstrip(" (,-")[-1:]
    if last and last.isascii() and match["period"].isdigit():
        return _english_period(before, match["period"])
    is_alone = not re.search(r"\w", before + rest)
    # A day is that of publication, and so is a month or year below the publisher's
    # name.
    if _GOES_ON.match(rest) or (is_alone and has_publisher):
        return ""
    return period_of(match["period"])


def _english_period(before, year):
    """The period at the end of an English caption: …, March 2013; "" if it cannot be
    read or is a day, which is that of publication."""
    words = f"{before}{year}".replace("(", " ").split()
    for count in range(_LONGEST_PERIOD, 1, -1):
        period = period_of(" ".join(words[-count:]).rstrip(","))
        if period and period != year:
            return period if len(period) != len("2013-01-01") else ""
    return "" if _NOT_THE_YEAR.search(before) else year
