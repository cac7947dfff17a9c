"""What surrounds a table: titles, unit lines, header rows, notes below."""

import re
from dataclasses import dataclass, field

from .cells import MISSING, NotANumber, read_number
from .folding import fold, split_marks, tidy_name
from .printed_units import find_unit
from .reading import Cell
from .times import NotAPeriod, find_period, read_period

_SYNONYMS = {
    "code": "code id 编码 观测编码",
    "indicator": "indicator series 指标 指标名称 指标代码 项目 series_code",
    "region": "region area ref_area place 地区 区域 省份 省 省市 城市 地方 地区代码 "
    "地区名称",
    "period": "period year time time_period date month 年份 年度 时间 时期 日期 年 "
    "期间 月份 季度",
    "breakdown": "breakdown 分组 分类 分项 细分 类别 dimension",
    "value": "value obs_value 数值 值 数据 指标值 观测值 amount",
    "unit": "unit 单位 计量单位 unit_measure",
    "status": "status obs_status 状态 数据状态",
    "qualifier": "qualifier 限定词 限定",
    "source": "source 来源 数据来源 资料来源",
    "vintage": "vintage 版本 数据版本",
    "note": "note notes note_zh comment obs_comment remark 备注 说明 附注 注释 注 "
    "中文备注",
    "note_en": "note_en 英文备注",
    "paper_location": "paper_location",
    "provenance": "provenance",
    "is_published": "is_published",
    "label": "indicator_zh indicator_en region_zh region_en series_title ref_area_name "
    "obs_status_label source_zh source_en freq last_updated source_short decimals",
}


def _key(text: str) -> str:
    return re.sub(r"[\s_:：]+", "", fold(text)).lower()


ROLES = {
    _key(word): role for role, words in _SYNONYMS.items() for word in words.split()
}
_NOTE = re.compile(
    r"\A(?:数据来源|资料来源|来源|注释?|说明|备注|制表|填表|审核|note|notes|source)\s*"
    r"(?:\d{1,2})?\s*[:：]",
    re.IGNORECASE,
)
_UNIT_LINE = re.compile(r"(?:计量单位|单位|unit)\s*[:：]\s*(.+)", re.IGNORECASE)
_PROVINCES = (
    "全国 中国 北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 "
    "福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 "
    "甘肃 青海 宁夏 新疆"
).split()
_PLACE = re.compile(
    rf"(?:\d{{4}}年?(?:{'[-—–至到]'}+\d{{4}}年?)?)?"
    rf"((?:{'|'.join(_PROVINCES)})(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)?"
    r"|[\u4e00-\u9fff]{2,4}(?:市|自治州))"
)
_BRACKET = re.compile(r"[(（\[]\s*(?:单位[:：]?)?([^()（）\[\]]+)[)）\]]\s*\Z")


@dataclass
class Surroundings:
    """What the lines around a table say about all its values."""

    unit: tuple[str, int] | None = None
    region: str = ""
    period: str = ""
    marks: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def role_of(text: str) -> str:
    """The role a heading names in either language; "" when it names none."""
    return ROLES.get(_key(split_unit(text)[0]), "")


def split_unit(text: str) -> tuple[str, tuple[str, int] | None]:
    """A heading without its bracketed unit, and that unit: 总额（亿元）."""
    shown = tidy_name(text)
    match = _BRACKET.search(shown)
    if match and (unit := find_unit(match[1])):
        return shown[: match.start()].strip(), unit
    return shown, None


def period_of(text: str) -> str:
    """The period a heading is, "" when it is something else."""
    try:
        return read_period(text)
    except NotAPeriod:
        return ""


def is_number(cell: Cell) -> bool:
    """Whether a cell is a value; a missing mark counts, an empty cell does not."""
    text = split_marks(fold(cell.text))[0]
    if not text:
        return False
    try:
        read_number(text, is_percent=cell.is_percent)
    except NotANumber:
        return False
    return True


def filled(row: list[Cell]) -> list[int]:
    """Where a row has text."""
    return [index for index, cell in enumerate(row) if fold(cell.text)]


def is_note(row: list[Cell]) -> bool:
    """A line below or above a table: 数据来源：…, 注：…, ①…"""
    places = filled(row)
    if len(places) != 1:
        return False
    raw = row[places[0]].text.strip()
    return bool(_NOTE.match(fold(raw)) or re.match(r"[①-⑳]|\[\d{1,2}\]|[*†]", raw))


def read_note(text: str, around: Surroundings) -> None:
    """Keep a note; ①… and [2]… explain the marks they begin with."""
    if match := re.match(r"\s*([①-⑳]|\[\d{1,2}\]|[*†])\s*(.+)", text, re.DOTALL):
        around.marks[match[1]] = fold(match[2])
    else:
        around.notes.append(fold(text))


def read_title(text: str, around: Surroundings) -> None:
    """Take unit, place and period from a line above the table."""
    shown = fold(text)
    if match := _UNIT_LINE.search(shown):
        around.unit = find_unit(match[1].strip(" )")) or around.unit
        shown = shown[: match.start()]
    _, bracket = split_unit(shown)
    around.unit = around.unit or bracket
    if match := _PLACE.match(shown):
        around.region = around.region or match[1]
    around.period = around.period or find_period(shown)


def find_table(rows: list[list[Cell]]) -> tuple[int, int, Surroundings]:
    """First header row, number of header rows and what the lines above say.

    (-1, 0, …) when no row looks like a header.
    """
    around = Surroundings()
    for index, row in enumerate(rows):
        places = filled(row)
        if not places:
            continue
        if is_note(row):
            read_note(row[places[0]].text, around)
        elif len(places) == 1 and not _begins_table(rows, index):
            read_title(row[places[0]].text, around)
        elif _is_unit_row(row):
            for place in places:
                read_title(row[place].text, around)
        else:
            return index, _header_height(rows, index), around
    return -1, 0, around


def _is_unit_row(row):
    """A title and 单位：亿元 side by side."""
    texts = [fold(row[place].text) for place in filled(row)]
    return len(texts) <= 2 and any(_UNIT_LINE.match(text) for text in texts)


def _begins_table(rows, index):
    """A single filled cell is a header only in a table of one column."""
    return max((len(filled(row)) for row in rows[index:]), default=0) <= 1


def _header_height(rows, index):
    """2 when the row below names parts of merged headings: no label, no value in it."""
    if index + 1 >= len(rows):
        return 1
    second = rows[index + 1]
    below = filled(second)
    if not below or is_note(second) or any(is_number(second[place]) for place in below):
        return 1
    if any(fold(second[place].text).lower() in MISSING for place in below):
        return 1
    return 1 if below[0] == 0 else 2


def join_header(rows: list[list[Cell]], index: int, height: int) -> list[list[str]]:
    """The parts of each column's heading, outer first; merged cells filled."""
    width = max(len(row) for row in rows[index : index + height])
    first = [_text(rows[index], place) for place in range(width)]
    if height == 1:
        return [[text] if text else [] for text in first]
    second = [_text(rows[index + 1], place) for place in range(width)]
    parts, spanning = [], ""
    for place in range(width):
        if first[place]:
            spanning = first[place]
        outer = spanning if second[place] or first[place] else ""
        parts.append([part for part in (outer, second[place]) if part])
    return parts


def _text(row, place):
    return tidy_name(row[place].text) if place < len(row) else ""
