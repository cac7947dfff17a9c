"""What a line above a table says: labelled lines, captions, and what is neither.

A year or a place counts only in a role that gives it: behind a label (时间：2012年), at
an end of the table's caption (2012年贵州省…, …, 2012), or alone on its line. Dates of
making and publication, document numbers, yearbooks and publishers give nothing.
"""

import re
from dataclasses import dataclass, field

from datasets.spreadsheets.folding import fold, tidy_name

from .note_texts import is_of_some_values, is_preliminary, unit_in_note
from .printed_units import are_at_odds, find_unit, is_like_a_unit
from .times import period_of, plain_figures

_LABELS = {
    "indicator": "指标|指标名称|统计指标|indicator|indicator name|series",
    "region": "地区|地区名称|区域|省份|region|area|country|reference area",
    "period": "时间|年份|年度|时期|报告期|报告年度|报表期|统计时间|统计时期|统计年度"
    "|所属期|所属时期|数据时间|数据时期|数据年份|数据年度"
    "|period|year|time|time period|reference period",
    "unit": "(?:计量|货币|金额|数据|本表|表内)?单 ?位|units?|unit of measure",
    "silent": "数据库|频度|频率|database|frequency|表号|table",
}
_ROLE_OF = {
    word: role
    for role, words in _LABELS.items()
    if role != "unit"
    for word in words.split("|")
}
_LABELLED = re.compile(
    rf"(?:\A|(?<=[\s,;(|，；、]))(?P<label>{'|'.join(_LABELS.values())}) ?: ?",
    re.IGNORECASE,
)
_UNIT_LINE = re.compile(
    rf"(?:\A|[\s,;(|，；、])(?:{_LABELS['unit']}) ?[:为] ?\(?(?P<unit>.+?)\)?\Z",
    re.IGNORECASE,
)
# Without a colon, only what looks like a unit is one: 单位名称 is a heading.
_BARE_UNIT_LINE = re.compile(
    rf"\(?(?:{_LABELS['unit']}) ?\(?(?P<unit>.+?)\)*\Z", re.IGNORECASE
)
_RECENT = re.compile(
    r"最近\d+|近\d+年|last ?\d+|所有|全部|\d{4}年?[-—–~至到]+(?:\d{4}年?)?|.*[,、，]",
    re.IGNORECASE,
)
# When, by whom and where something was made, published or printed.
_ASIDE = re.compile(
    r"制表|编制|编印|编辑|编者|主编|填报|填表|上报|报送|报出|审核|发布|公布|更新|印发|印制"
    r"|印刷|出版|版|下载|导出|打印|查询|提取|采集|生成|创建|年鉴|手册|摘要|〔|\[\d{4}\]|\d号"
    r"|号文|版权|统计局|调查总队|海关总署|海关\Z|统计司|人民政府|办公[厅室]|出版社|信息中心"
    r"|第 ?\d+ ?期|提要|概览|要览|便览|皮书|[日晚]报\Z|报社|网\Z|制\Z|资料截"
    r"|数据截|截[至止](?!\d{4}年(?:底|末)?\)?\Z)|研究院|大学|商务[厅局部]\Z|委员会\Z|编\Z|印\Z"
    r"|updated?\b|publi|printed|prepared|created|released?\b|download|extracted|retrieved"
    r"|accessed|edition|yearbook|compiled|©|isbn|bureau|ministry|\bpress\b",
    re.IGNORECASE,
)
# A year of prices, of a base or of a change of method is not the year of the values.
_OTHER_YEAR = re.compile(
    r"不变价|可比价|可比口径|基期|= ?100|为 ?100|年起|以来|普查|据|按照"
    r"|constant|prices|base year|since|census|\bas of\b",
    re.IGNORECASE,
)
_NUMBERING = re.compile(
    r"\A(?:(?:续|附)?表 ?[\d一二三四五六七八九十]+(?:[-—–.]\d+)*"
    r"|\([\d一二三四五六七八九十]{1,3}\)"
    r"|[\d一二三四五六七八九十]{1,3}[、.)]|\d{1,2}[-—–]\d{1,3}(?![\d年月])"
    r"|table ?[\d.\-]+)[ :、.]*",
    re.IGNORECASE,
)
PROVINCES = (
    "全国 中国 北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 "
    "福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 "
    "甘肃 青海 宁夏 新疆"
).split()
_PLACE = (
    rf"(?:(?:{'|'.join(PROVINCES)})(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)?"
    r"|[\u4e00-\u9fff]{2,4}(?:市|自治州))"
)
_MONTHS = r"\d{1,2}月?[-—–~至到]+\d{1,2}月份?|\d{1,2}月份?|前\d{1,2}个?月"
_PERIOD = (
    rf"\d{{4}}年(?:{_MONTHS}|第?[一二三四1-4]季度|[IV]{{1,3}}季度|[上下]半年|前[三3]季度"
    r"|度|全年|末|底)?|(?<!\d)(?:19|20)\d{2}(?![\d-])"
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
_BRACKET = re.compile(
    r"[(（\[]\s*(?:单位[:：]?)?([^()（）\[\]]+(?:\([^()]*\))?)[)）\]]\s*\Z"
)
# A label that we do not know: 报告日期：… may say when the table was made.
_OTHER_LABEL = re.compile(r"[^:]{1,12}:")


@dataclass
class TableContext:
    """What the lines around a table say about all its values.

    `unknown_unit` is a unit we do not store; `lines` tells where indicator, region and
    period came from, (line, text) each; `labelled` are those that stood behind a label,
    `doubts` those that two lines give differently. `notes` are (line, text), `marks`
    the notes that explain one, `used` the marks of them that a cell had. `header` is
    the line of the heading. `currency` is the one of values in 美元值. `preliminary`
    are lines that call the values so, `preliminary_notes` notes of single values, and
    `captions`
    lines that may begin with a place, with what is left of them without their period.
    `own_units` are the cells, (line, text), that name another unit than their heading;
    `has_flags` tells that letters behind a value are flags.
    """

    unit: tuple[str, int] | None = None
    unit_line: tuple[int, str] = (0, "")
    unknown_unit: tuple[int, str] | None = None
    indicator: str = ""
    region: str = ""
    period: str = ""
    currency: str = ""
    lines: dict[str, tuple[int, str]] = field(default_factory=dict)
    labelled: set[str] = field(default_factory=set)
    doubts: dict[str, tuple[int, str]] = field(default_factory=dict)
    preliminary: list[tuple[int, str]] = field(default_factory=list)
    preliminary_notes: list[tuple[int, str]] = field(default_factory=list)
    captions: list[tuple[int, str, str]] = field(default_factory=list)
    own_units: list[tuple[int, str]] = field(default_factory=list)
    has_publisher: bool = False
    marks: dict[str, tuple[int, str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    notes: list[tuple[int, str]] = field(default_factory=list)
    header: int = 0
    has_decimal_commas: bool = False
    has_flags: bool = False

    def explain(self, marks) -> list[str]:
        """The notes that the marks of a cell stand for."""
        notes = [mark for mark in marks if mark in self.marks]
        self.used.update(notes)
        return [self.marks[mark][1] for mark in notes]

    def unused_notes(self) -> list[tuple[int, str]]:
        """The notes that explain no cell, in the order of their lines."""
        marks = self.marks.keys() - self.used
        kept = [(self.marks[m][0], f"{m} {self.marks[m][1]}") for m in marks]
        return sorted(self.notes + kept)

    def give(self, role, value, line, text, is_labelled=False) -> None:
        """Keep what a line gives; what two lines give differently is in doubt."""
        known = getattr(self, role)
        if is_labelled and role not in self.labelled:
            self.labelled.add(role)
        elif known and known != value:
            if role not in self.labelled or is_labelled:
                self.doubts[role] = line, text
            return
        setattr(self, role, value)
        self.lines[role] = line, text

    def give_unit(self, printed: str, line: int, text: str, unit=None) -> None:
        """Keep the unit that a line names, or that it names one we do not store."""
        unit = unit or find_unit(printed)
        if unit is None or are_at_odds(self.unit, unit):
            self.unknown_unit = line, printed
        self.unit = self.unit or unit
        self.unit_line = line, text


def unit_of_line(text: str) -> str:
    """The unit as printed that a line is there to name: 单位：亿元; "" if none."""
    plain = fold(text)
    if match := _UNIT_LINE.search(plain):
        return match["unit"].strip(" )")
    match = _BARE_UNIT_LINE.match(plain)
    bare = match["unit"].strip(" )") if match else plain.strip("() ")
    if (
        bare
        and bare != "年"
        and is_like_a_unit(bare)
        and not re.search(r"\d{4}年", bare)
    ):
        return bare if match or find_unit(bare) else ""
    return ""


def split_unit(text: str) -> tuple[str, tuple[str, int] | None]:
    """A heading without its bracketed unit, and that unit: 总额（亿元）."""
    name = tidy_name(text)
    match = _BRACKET.search(name)
    if match and (unit := find_unit(match[1])):
        return name[: match.start()].strip(), unit
    return name, None


def read_title(text: str, line: int, around: TableContext) -> None:
    """Take unit, indicator, place and period from a line above the table."""
    plain = fold(text)
    if is_preliminary(plain):
        around.preliminary.append((line, plain))
    if printed := unit_of_line(plain) or unit_in_note(plain):
        if not unit_of_line(plain) and is_of_some_values(plain):
            around.unknown_unit = line, plain
        around.give_unit(printed, line, plain)
        match = _UNIT_LINE.search(plain)
        plain = plain[: match.start()].strip() if match else ""
    _read_currency(plain, around)
    if list(_LABELLED.finditer(plain)):
        return _read_labels(plain, line, around)
    if _ASIDE.search(plain):
        around.has_publisher = True
        return None
    plain = _take_bracketed_unit(plain, line, around)
    if not _OTHER_LABEL.match(_NUMBERING.sub("", plain)):
        _read_caption(plain, line, around)
    return None


def _read_currency(plain, around):
    """进出口总值表（美元值） has dollars in it, whatever else is said."""
    if re.search("美元值|以美元计|按美元计|in us dollars", plain, re.IGNORECASE):
        around.currency = "USD"
    elif re.search("人民币值|以人民币计|按人民币计", plain):
        around.currency = "CNY"


def _take_bracketed_unit(plain, line, around):
    match = _BRACKET.search(plain)
    if match is None or not is_like_a_unit(match[1]):
        return plain
    around.give_unit(match[1], line, plain)
    return plain[: match.start()].strip()


def _read_labels(plain, line, around):
    """指标：货物贸易进出口总额(亿元), 时间：2012年: each is data of the whole table."""
    labels = list(_LABELLED.finditer(plain))
    ends = [match.start() for match in labels[1:]] + [len(plain)]
    for match, end in zip(labels, ends, strict=True):
        role = _ROLE_OF.get(re.sub(r"\s+", " ", match["label"]).lower(), "unit")
        value = plain[match.end() : end].strip(" ,;|，；、")
        if not value or role == "silent":
            continue
        if role == "unit":
            around.give_unit(value, line, plain)
        elif role == "period":
            _read_labelled_period(value, line, plain, around)
        else:
            value = _take_bracketed_unit(value, line, around)
            around.give(role, value, line, plain, is_labelled=True)


def _read_labelled_period(value, line, plain, around):
    if period := period_of(value):
        around.give("period", period, line, plain, is_labelled=True)
    elif not _RECENT.match(value):
        around.doubts["period"] = line, plain


def _read_caption(plain, line, around):
    """The place and the period of a caption, where they stand at one of its ends."""
    title = _NUMBERING.sub("", plain_figures_apart(plain))
    match = _START.match(title)
    region_named = match["before"] or match["after"]
    # A title that names two provinces speaks of both.
    if region_named and sum(name in title for name in PROVINCES) <= 1:
        around.give("region", region_named, line, plain)
    elif not region_named:
        start = match["period"] or ""
        around.captions.append((line, plain, title.lstrip('《("').removeprefix(start)))
    if period := _period_of_caption(title, match, around):
        around.give("period", period, line, plain)


def plain_figures_apart(text: str) -> str:
    """A caption with Chinese numerals of a year or month as figures: 二〇一二年."""
    return (
        plain_figures(text)
        if re.search("[〇零○一二三四五六七八九]{4}年", text)
        else text
    )


def _period_of_caption(title, start, around):
    if len(set(_YEARS.findall(title))) != 1 or _OTHER_YEAR.search(title):
        return ""
    match = start if start["period"] else _END.search(title) or _MIDDLE.match(title)
    if match is None:
        return ""
    rest = title[match.end("period") :]
    is_alone = not re.search(r"\w", title[: match.start("period")] + rest)
    # A day is the one of making; and so is a month or year below the publisher's name.
    if re.match(r" ?(?:\d{1,2}[日号]|[-/.]\d)", rest) or (
        is_alone and around.has_publisher
    ):
        return ""
    return period_of(match["period"])


def find_place(around: TableContext, is_place) -> None:
    """Take the place that a caption begins with; `is_place` knows the names of places.

    黔东南州外贸 is of 黔东南州, Guizhou: goods trade of Guizhou.
    """
    for line, plain, title in around.captions:
        if title.isascii():
            words = title.split(" ")
            starts = [" ".join(words[:count]) for count in range(4, 0, -1)]
        else:
            starts = [title[:size] for size in range(14, 1, -1)]
        for start in starts:
            name = start.strip(" :,.")
            if len(name) > 1 and is_place(name):
                around.give("region", name, line, plain)
                break
