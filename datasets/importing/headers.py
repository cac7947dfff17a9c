"""What surrounds a table: titles, unit lines, header rows, notes below."""

import re
from dataclasses import dataclass, field

from datasets.spreadsheets.documents import Cell
from datasets.spreadsheets.folding import fold, split_marks, tidy_name

from .cells import NotANumber, is_missing_mark, read_number
from .printed_units import find_unit
from .times import find_period, period_of

_SYNONYMS = {
    "code": "code id 编码 观测编码",
    "indicator": "indicator series 指标 指标名称 指标代码 项目 series_code",
    "region": "region area ref_area place 地区 区域 省份 省 省市 城市 地方 地区代码 "
    "地区名称",
    "period": "period year time time_period date month 年份 年度 时间 时期 日期 年 "
    "期间 月份 季度",
    "breakdown": "breakdown 分组 分类 分项 细分 类别 dimension",
    "value": "value obs_value 数值 值 数据 指标值 观测值 绝对值 amount",
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
_UNIT_LINE = re.compile(r"(?:计量\s*单位|单\s*位|unit)\s*[:：]\s*(.+)", re.IGNORECASE)
_MARKED = re.compile(r"\s*([①-⑳]|\[\d{1,2}\]|［\d{1,2}］|[*†])\s*(.+)", re.DOTALL)
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
class TableContext:
    """What the lines around a table say about all its values.

    `unknown_unit` is a unit we do not store; `lines` tells where region and period came
    from, (line, text) each. `notes` are (line, text), `marks` the notes that explain
    one, `used` the marks of them that a cell had. `header` is the line of the heading.
    """

    unit: tuple[str, int] | None = None
    unknown_unit: tuple[int, str] | None = None
    region: str = ""
    period: str = ""
    lines: dict[str, tuple[int, str]] = field(default_factory=dict)
    marks: dict[str, tuple[int, str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    notes: list[tuple[int, str]] = field(default_factory=list)
    header: int = 0

    def explain(self, marks) -> list[str]:
        """The notes that the marks of a cell stand for."""
        found = [mark for mark in marks if mark in self.marks]
        self.used.update(found)
        return [self.marks[mark][1] for mark in found]

    def unused_notes(self) -> list[tuple[int, str]]:
        """The notes that explain no cell, in the order of their lines."""
        marks = self.marks.keys() - self.used
        kept = [(self.marks[m][0], f"{m} {self.marks[m][1]}") for m in marks]
        return sorted(self.notes + kept)


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
    """A line below or above a table: 数据来源：…, 注：…, ①…

    A note with the delimiter in it fills several cells, none of them with a number.
    """
    places = filled(row)
    if not places:
        return False
    raw = row[places[0]].text.strip()
    if len(places) > 1:
        return bool(_NOTE.match(fold(raw))) and not any(
            is_number(row[place]) for place in places[1:]
        )
    return bool(_NOTE.match(fold(raw)) or _MARKED.match(raw))


def read_note(row: list[Cell], line: int, around: TableContext) -> None:
    """Keep a note; ①… and [2]… explain the marks they begin with."""
    text = " ".join(row[place].text for place in filled(row))
    match = _MARKED.match(text)
    mark = fold(match[1]) if match and match[1][0] == "［" else match and match[1]
    if match and mark not in around.marks:
        around.marks[mark] = line, fold(match[2])
    else:
        around.notes.append((line, fold(text)))


def read_title(text: str, line: int, around: TableContext) -> None:
    """Take unit, place and period from a line above the table."""
    shown = fold(text)
    if match := _UNIT_LINE.search(shown):
        printed = match[1].strip(" )")
        around.unit = find_unit(printed) or around.unit
        if find_unit(printed) is None:
            around.unknown_unit = line, printed
        shown = shown[: match.start()]
    _, bracket = split_unit(shown)
    around.unit = around.unit or bracket
    match = _PLACE.match(shown)
    # A title that names two provinces speaks of both.
    if match and sum(name in shown for name in _PROVINCES) <= 1 and not around.region:
        around.region, around.lines["region"] = match[1], (line, shown)
    if not around.period and (period := find_period(shown)):
        around.period, around.lines["period"] = period, (line, shown)


def find_table(rows: list[list[Cell]]) -> tuple[int, int, TableContext]:
    """First header row, number of header rows and what the lines above say.

    (-1, 0, …) when no row looks like a header.
    """
    around = TableContext()
    for index, row in enumerate(rows):
        places = filled(row)
        if not places:
            continue
        if is_note(row):
            read_note(row, index + 1, around)
        elif _is_title(rows, index, places) and not _begins_table(rows, index):
            for place in places:
                read_title(row[place].text, index + 1, around)
        else:
            around.header = index + 1
            for place in places:
                if _UNIT_LINE.match(fold(row[place].text)):
                    read_title(row[place].text, index + 1, around)
            return index, _header_height(rows, index), around
    return -1, 0, around


def _is_title(rows, index, places):
    """A single cell, or a title and 单位：亿元 side by side.

    Where that stands in the corner of a heading, the other cells are years or the like,
    and a single one of them has a value below it.
    """
    others = {
        place: text
        for place in places
        if not _UNIT_LINE.match(text := fold(rows[index][place].text))
    }
    if len(places) == 1:
        return True
    if len(others) == len(places):
        return False
    if not all(period_of(text) or role_of(text) for text in others.values()):
        return True
    below = rows[index + 1] if index + 1 < len(rows) else []
    return len(others) < 2 and not any(
        place < len(below) and is_number(below[place]) for place in others
    )


def _begins_table(rows, index):
    """A single filled cell is a header only in a table of one column."""
    return max((len(filled(row)) for row in rows[index:]), default=0) <= 1


def _header_height(rows, index):
    """2 when the row below names parts of merged headings: no label, no value in it.

    Years are parts, although they look like values. The label of the first column may
    stand in either row.
    """
    if index + 1 >= len(rows):
        return 1
    first, second = filled(rows[index]), rows[index + 1]
    below = filled(second)
    if not below or is_note(second) or below[0] == first[0]:
        return 1
    texts = [fold(second[place].text) for place in below]
    if below[0] > first[0] and len(below) > 1 and all(map(period_of, texts)):
        return 2
    if any(map(is_missing_mark, texts)) or any(is_number(second[p]) for p in below):
        return 1
    return 2


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
    text = tidy_name(row[place].text) if place < len(row) else ""
    return "" if _UNIT_LINE.match(text) else text
