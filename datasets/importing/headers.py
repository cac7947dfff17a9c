"""Finds where a table begins, its headings, and the notes around it."""

import re

from datasets.spreadsheets.documents import Cell
from datasets.spreadsheets.folding import close_up, split_marks, tidy_name

from .cells import NumberError, is_missing_mark, read_number
from .dimensions import heading_words
from .eurostat import without_time
from .note_texts import unit_in_note
from .printed_units import find_unit
from .times import part_of_year, period_of
from .titles import TableContext, read_title, split_unit, unit_of_line

_SYNONYMS = {
    "code": "code id 编码 观测编码",
    "indicator": "indicator series 指标 指标名称 指标代码 项目 series_code "
    "indicator_name indicator_code series_name",
    "region": "region area ref_area location place geo 地区 区域 省份 省 省市 城市 "
    "地方 地区代码 地区名称 country country_name country_code region_name region_code "
    "reporterdesc reporteriso 收发货人所在地 经营单位所在地 企业所在地 所在地 所在地区 "
    "市州 市(州) 市、州 地州市 州市 城市名称 省市区 省、自治区、直辖市",
    "period": "period year time time_period date month 年份 年度 时间 时期 日期 年 "
    "期间 月份 季度 月 季 refyear",
    "breakdown": "breakdown 分组 分类 分项 细分 类别 dimension",
    "value": "value obs_value 数值 值 数据 指标值 观测值 绝对值 amount primaryvalue",
    "unit": "unit unit_code 单位 计量单位 unit_measure",
    "status": "status obs_status 状态 数据状态",
    "qualifier": "qualifier 限定词 限定",
    "source": "source 来源 数据来源 资料来源",
    "vintage": "vintage 版本 数据版本",
    "note": "note notes note_zh comment obs_comment comment_obs obs_com remark 备注 "
    "说明 附注 注释 注 中文备注",
    "note_en": "note_en 英文备注",
    "paper_location": "paper_location",
    "provenance": "provenance",
    "is_published": "is_published",
    "action": "action",
    "unit_mult": "unit_mult unit_multiplier powercode_code powercodecode 单位乘数",
    "scale": "scale powercode power_code 单位倍数 倍数 量级 数量级",
    "freq": "freq frequency 频率 频度",
    "time_format": "time_format",
    "decimals": "decimals",
    **heading_words(),
    "factor": "系数 换算系数 factor multiplier",
    "conf_status": "conf_status 保密状态",
    "currency": "currency 币种 币制 货币 货币种类",
    "flag": "obs_flag flags flag_codes flagcodes",
    "dataflow": "dataflow structure",
    "label": "structure_id structure_name series_key obs_key last_update "
    "indicator_zh indicator_en region_zh region_en series_title ref_area_name "
    "obs_status_label source_zh source_en last_updated source_short",
}


def _key(plain: str) -> str:
    return re.sub(r"[\s_:]+", "", plain).lower()


ROLES = {
    _key(word): role for role, words in _SYNONYMS.items() for word in words.split()
}
_NOTE = re.compile(
    r"\A(?:数据来源|资料来源|来源|注释?|说明|备注|制表|填表|审核|note|notes|source)\s*"
    r"(?:\d{1,2})?\s*[:：]",
    re.IGNORECASE,
)
# Labels above World Bank tables, each with its text in the next cell.
_ABOUT_THE_FILE = re.compile(r"data source|last updated(?: date)?", re.IGNORECASE)
_MARKED = re.compile(r"\s*([①-⑳]|\[\d{1,2}\]|［\d{1,2}］|[*†])\s*(.+)", re.DOTALL)
_BLANK = Cell("")
# A heading has no more lines than this.
_TALLEST = 4
SOME_YEAR = "2000"


# COMMENT_OBS[en;zh] and STRUCTURE[;] of SDMX-CSV.
_WITH_PARTS = re.compile(r"(STRUCTURE|COMMENT_OBS|OBS_COM|OBS_COMMENT)\[[^\]]*\]")
_CODED = re.compile(r"([A-Z][A-Z_]+|freq|geo|unit): ?\S.*")


def is_coded(plain: str) -> bool:
    """Whether a folded heading of SDMX-CSV has code and name: REF_AREA: Reference
    area."""
    match = _CODED.fullmatch(plain)
    return bool(match and ROLES.get(_key(match[1])))


def role_of(plain: str) -> str:
    """The role that a folded heading names in either language or in both; "" when it
    names none."""
    name = without_time(close_up(split_unit(plain)[0]))
    if is_coded(plain):
        name = plain.partition(":")[0]
    elif match := _WITH_PARTS.fullmatch(plain):
        name = match[1]
    if role := ROLES.get(_key(name)):
        return role
    parts = [part for part in re.split(r"(?<=[^\x00-\x7f])(?=[\x00-\x7f])|"
             r"(?<=[\x00-\x7f])(?=[^\x00-\x7f])", name) if _key(part)]  # fmt: skip
    roles = {ROLES.get(_key(part.strip(" /()"))) for part in parts}
    return (roles.pop() or "") if len(parts) > 1 and len(roles) == 1 else ""


def is_number(cell: Cell) -> bool:
    """Whether a cell is a value; a missing mark counts, an empty cell does not."""
    text = split_marks(cell.plain)[0]
    if not text:
        return False
    try:
        read_number(text, is_percent=cell.is_percent)
    except NumberError:
        return False
    return True


def filled(row: list[Cell]) -> list[int]:
    """The positions of a row's cells that contain text."""
    return [index for index, cell in enumerate(row) if cell.plain]


def is_note(row: list[Cell]) -> bool:
    """Whether a line is a note above or below a table: 数据来源：…, 注：…, ①…

    A note that contains the delimiter fills several cells, none of them with a number.
    One that gives a unit (注：单位为万元) is data, not a note.
    """
    places = filled(row)
    if not places:
        return False
    first = row[places[0]]
    if len(places) == 2 and _ABOUT_THE_FILE.fullmatch(first.plain):
        return not is_number(row[places[1]]) and not role_of(row[places[1]].plain)
    plain = " ".join(row[position].plain for position in places)
    if len(places) > 1:
        is_noted = bool(_NOTE.match(first.plain)) and not any(
            is_number(row[position]) for position in places[1:]
        )
    else:
        is_noted = bool(_NOTE.match(plain) or _MARKED.match(first.text.strip()))
    return is_noted and not unit_in_note(plain)


def read_note(row: list[Cell], line: int, around: TableContext) -> None:
    """Keep a note; ①… and [2]… explain the marks they begin with."""
    places = filled(row)
    match = _MARKED.match(" ".join(row[position].text for position in places))
    mark = match[1] if match else ""
    if mark.startswith("［"):
        mark = Cell(mark).plain
    if match and mark not in around.marks:
        around.marks[mark] = line, Cell(match[2]).plain
    else:
        note = " ".join(row[position].plain for position in places)
        around.notes.append((line, note))


def find_table(rows: list[list[Cell]], numbers) -> tuple[int, int, TableContext]:
    """Position and number of the header rows, and what the lines above them say.

    `numbers` are the lines of the rows in the file. (-1, 0, …) when no row looks like a
    header.
    """
    around = TableContext()
    for index, row in enumerate(rows):
        places, line = filled(row), numbers[index]
        if not places:
            continue
        if is_note(row):
            read_note(row, line, around)
        elif _is_title(rows, index, places) and not _begins_table(rows, index):
            for plain in _texts_of_title(row, places):
                read_title(plain, line, around)
        else:
            around.header = line
            for position in places:
                if unit_of_line(row[position].plain) and _is_corner(row[position]):
                    read_title(row[position].plain, line, around)
            return index, _header_height(rows, index), around
    return -1, 0, around


def _is_corner(cell):
    """单位：亿元 in a heading; a bracketed unit or 亿元 alone belongs to a column."""
    return bool(re.search(r"单 ?位 ?[:为]|unit ?:", cell.plain, re.IGNORECASE))


def _texts_of_title(row, places):
    """The texts of a line above the table, folded; a label and its text may fill two
    cells."""
    texts = [row[position].plain for position in places]
    if len(texts) == 2 and _is_label(texts[0]):
        return ["".join(texts)]
    return texts


def _is_label(plain):
    """Whether a cell is 指标： or 单位：, with its text in the next cell."""
    return bool(re.fullmatch(r"[^:]{2,12}:", plain))


def _is_title(rows, index, places):
    """Whether a row is a title: one cell, a label and its text, or a title and
    单位：亿元.

    If 单位：亿元 is in the corner of a heading instead, the other cells are years and
    so on, or a single one with a value below it.
    """
    below = rows[index + 1] if index + 1 < len(rows) else []
    if len(places) == 1:
        # Above a value with a name beside it, the cell is the only heading.
        position = places[0]
        return not (
            position and position in filled(below) and is_number(below[position])
        )
    if len(places) == 2 and _is_label(rows[index][places[0]].plain):
        return True
    others = {
        position: text
        for position in places
        if not (unit_of_line(text := rows[index][position].plain) and ":" in text)
    }
    if len(others) == len(places):
        return False
    if not all(period_of(text) or role_of(text) for text in others.values()):
        return True
    return len(others) < 2 and not any(
        position < len(below) and is_number(below[position]) for position in others
    )


def _begins_table(rows, index):
    """Whether a single filled cell is a header: only in a table of one column."""
    return max((len(filled(row)) for row in rows[index:]), default=0) <= 1


def _header_height(rows, index):
    """The number of heading rows: those below the first name parts of columns."""
    height = 1
    while height < _TALLEST and index + height < len(rows):
        if not _is_part_of_heading(rows[index], rows[index + height]):
            break
        height += 1
    return height


def _is_part_of_heading(first_row, row):
    """Whether a row continues the headings above: it has no label and no value.

    Years, months and units are parts of headings although they look like values. The
    label of the first column may be in either row.
    """
    first, below = filled(first_row), filled(row)
    if not below or is_note(row):
        return False
    texts = [row[position].plain for position in below]
    if _is_unit_row(texts, below[0] <= first[0]):
        return True
    if below[0] == first[0]:
        # 地区 over Region, where the other headings are years.
        role = role_of(texts[0])
        return len(below) == 1 and role and role == role_of(first_row[first[0]].plain)
    if below[0] > first[0] and len(below) > 1 and all(map(period_of, texts)):
        return True
    if any(map(is_missing_mark, texts)):
        return False
    return not any(
        is_number(row[position]) and not part_of_year(text, SOME_YEAR)
        for position, text in zip(below, texts, strict=True)
    )


def _is_unit_row(texts, has_label):
    """Whether a row has the units of the headings, with or without 单位 before them."""
    if has_label:
        if _key(texts[0].strip("()")) not in ("单位", "计量单位", "unit", "units"):
            return False
        texts = texts[1:]
    units = [text.strip("() ") for text in texts]
    return bool(units) and all(map(find_unit, units))


def join_header(rows: list[list[Cell]], index: int, height: int) -> list[list[Cell]]:
    """The parts of each column's heading, tidied, outer first; merged cells filled."""
    lines = rows[index : index + height]
    width = max(len(row) for row in lines)
    levels = [[_heading(row, position) for position in range(width)] for row in lines]
    lowest = levels[-1]
    written = [cell.plain for cell in lowest if cell.text]
    if height > 1 and _is_unit_row(written, bool(lowest[0].text)):
        units = [_BLANK, *levels.pop()[1:]]
    else:
        units = [_BLANK] * width
    parts = _spread(levels)
    return [
        [*part, Cell(f"({unit.plain.strip('()')})")] if unit.text and part else part
        for part, unit in zip(parts, units, strict=True)
    ]


def _spread(levels):
    """The parts of each column's heading; one stands for the columns on its right too,
    as far as they have a heading of their own below it."""
    width, lowest = len(levels[0]), len(levels) - 1
    parts = [[] for _ in range(width)]
    for level, line in enumerate(levels):
        spanning = None
        for position in range(width):
            own = line[position]
            if own.text:
                spanning = own
            elif level and parts[position] and levels[level - 1][position].text:
                # There is a new heading above: its left neighbour does not extend below
                # it.
                spanning = None
            is_needed = any(each[position].text for each in levels[level:])
            if spanning and is_needed and (own.text or level < lowest):
                parts[position].append(spanning)
    return parts


def _heading(row, position):
    if position >= len(row):
        return _BLANK
    cell = row[position]
    text = tidy_name(cell.text)
    if cell.fault and not cell.is_date:
        # The sheet shows something else, which is not a known heading.
        return Cell(f"{text} ?")
    is_unit_line = unit_of_line(cell.plain) and ":" in cell.plain
    return _BLANK if is_unit_line else Cell(text)
