"""What a line above a table says: labelled lines, captions, and others.

A year or a place counts only after a label (时间：2012年), at one end of the table's
caption (2012年贵州省…, …, 2012), or alone on its line. Dates of preparation and
publication, document numbers, yearbooks and publishers do not count.
"""

import re
from dataclasses import dataclass, field

from datasets.spreadsheets.folding import fold, round_brackets, tidy_name
from datasets.units import CURRENCIES

from .captions import is_aside, names_province, read_caption, without_number
from .note_texts import (
    is_of_one_year,
    is_of_some_values,
    is_wanted,
    status_called,
    unit_in_note,
)
from .partners import is_by_partner
from .printed_units import are_at_odds, find_unit, is_like_a_unit, scale_of
from .times import period_of

_LABELS = {
    "indicator": "指标|指标名称|统计指标|indicator|indicator name|series",
    "region": "地区|地区名称|区域|省份|region|area|country|reference area",
    "period": "时间|年份|年度|时期|报告期|报告年度|报表期|统计时间|统计时期|统计年度"
    "|所属期|所属时期|数据时间|数据时期|数据年份|数据年度"
    "|period|year|time|time period|reference period",
    "unit": "(?:计量|货币|金额|数据|本表|表内)?单 ?位|units?|unit of measure",
    "database": "数据库|database",
    "silent": "频度|频率|frequency|表号|table",
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
# Without a colon, only what looks like a unit counts: 单位名称 is a heading.
_BARE_UNIT_LINE = re.compile(
    rf"\(?(?:{_LABELS['unit']}) ?\(?(?P<unit>.+?)\)*\Z", re.IGNORECASE
)
# 亿元（另有注明者除外）: exceptions say so in their heading.
_EXCEPTED = re.compile(
    r" ?[(,，](?:[^(),，]*除外|另[有行]注明[^()]*|除[^(),，]*外"
    r"|(?:unless|except where) [^()]*)\)?\Z",
    re.IGNORECASE,
)
_RECENT = re.compile(
    r"最近\d+|近\d+年|last ?\d+|所有|全部|\d{4}年?[-—–~至到]+(?:\d{4}年?)?|.*[,、，]",
    re.IGNORECASE,
)
_BRACKET = re.compile(
    r"[(（\[［〔【{]\s*(?:单位[:：]?)?([^()（）\[\]〔〕【】]+(?:[(（][^()（）]*[)）])?)"
    r"[)）\]］〕】}]\s*\Z"
)
_LAST_WORDS = re.compile(
    r"(?:[,;、—]|\bin\b| (?=[^ ]+\Z)| (?=[a-z$€£]+ [a-z]+\Z)) *([^,;、—]{1,30}?)\Z",
    re.IGNORECASE,
)
_CURRENCY = re.compile(
    r"(?:币种|币制|货币(?:种类)?|currency) ?: ?(?P<label>[^,;，；]+)"
    r"|[以按]?(人民币|美元|欧元|港元|港币|日元|英镑)(?:值|计价?|计算|核算)"
    r"|\bin (us dollars|usd|euros?|eur|hong kong dollars|hkd|yen|jpy|gbp|pounds"
    r"|renminbi|rmb|cny|yuan)\b",
    re.IGNORECASE,
)
# An unknown label: 报告日期：… may say when the table was made.
_OTHER_LABEL = re.compile(r"[^:]{1,12}:")


@dataclass
class TableContext:
    """What the lines around a table say about its values.

    `unknown_unit` is a unit we do not store; `lines` says where indicator, region and
    period came from, as (line, text); `labelled` are those that followed a label,
    `doubts` those that two lines give differently. `notes` are (line, text); `marks`
    are the notes that explain a footnote mark, and `used` the marks that a cell has.
    `header` is the line of the heading. `currency` is that of values in 美元值.
    `called` is the code for what titles call all values, such as P; `lines_calling` are
    these titles, and `notes_calling` the notes that say so of some values; `wanted` are
    lines about plans or targets. `captions` are lines that may begin with a place, with
    the rest of their text without the period. `own_units` are the cells, as (line,
    text), that name a unit other than their heading, `other_units` the notes that name
    a unit other than the one their value was read in, `not_chosen` the cells whose row
    names a unit other than the one chosen for the file; `has_flags` says that letters
    after a value are flags. `database` is the one that a line names, as (line, text,
    name). `by_partner` is a title that says that rows are trading partners,
    `names_province` says that some line names a province, `proposes_country` that the
    values may be of the whole country.
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
    called: str = ""
    lines_calling: list[tuple[int, str]] = field(default_factory=list)
    notes_calling: list[tuple[int, str]] = field(default_factory=list)
    wanted: list[tuple[int, str]] = field(default_factory=list)
    captions: list[tuple[int, str, str]] = field(default_factory=list)
    own_units: list[tuple[int, str]] = field(default_factory=list)
    other_units: list[tuple[int, str]] = field(default_factory=list)
    not_chosen: list[tuple[int, str]] = field(default_factory=list)
    has_publisher: bool = False
    database: tuple[int, str, str] = (0, "", "")
    by_partner: tuple[int, str] | None = None
    names_province: bool = False
    proposes_country: bool = False
    marks: dict[str, tuple[int, str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    notes: list[tuple[int, str]] = field(default_factory=list)
    header: int = 0
    has_decimal_commas: bool = False
    has_flags: bool = False

    def take_words(self, line: int, text: str, *, is_of_all: bool) -> None:
        """Note a line that calls values preliminary, estimated, planned …"""
        if status := status_called(text):
            if is_of_all:
                self.called = self.called or status
                self.lines_calling.append((line, text))
            else:
                self.notes_calling.append((line, text))
        elif is_wanted(text):
            self.wanted.append((line, text))

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
        """Note what a line gives; a role that two lines give differently is in
        doubt."""
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
        """Note the unit that a line names, or that it is one we do not store."""
        unit = unit or find_unit(printed)
        if unit is None or are_at_odds(self.unit, unit):
            self.unknown_unit = line, printed
        self.unit = self.unit or unit
        self.unit_line = line, text


def unit_of_line(plain: str) -> str:
    """The unit as printed that a folded line is there to name; "" if none.

    单位:亿元 names one, and so does 亿元 alone; brackets may have any shape.
    """
    plain = round_brackets(plain)
    if match := _UNIT_LINE.search(plain):
        return _closed(match["unit"])
    match = _BARE_UNIT_LINE.match(plain)
    bare = _closed(match["unit"]) if match else plain.strip("() ")
    if (
        bare
        and bare != "年"
        and is_like_a_unit(bare)
        and not re.search(r"\d{4}年", bare)
    ):
        return bare if match or find_unit(bare) else ""
    return ""


def _closed(unit):
    """A unit without the bracket around its line, but with its own: 元 (人民币)."""
    plain = _EXCEPTED.sub("", unit).strip(" )")
    return f"{plain})" if plain.count("(") > plain.count(")") else plain


def split_unit_line(plain: str) -> tuple[str, str]:
    """What stands before 单位:亿元 in a folded line, and that; ("", "") if none."""
    plain = round_brackets(plain)
    match = _UNIT_LINE.search(plain)
    if match is None:
        return "", ""
    return plain[: match.start()].strip(" ,;(|、"), plain[match.start() :].strip()


def split_unit(text: str) -> tuple[str, tuple[str, int] | None]:
    """A heading without its bracketed unit, and that unit: 总额（亿元）."""
    name = tidy_name(text)
    match = _BRACKET.search(name)
    if match and (unit := find_unit(fold(match[1]))):
        return name[: match.start()].strip(), unit
    return name, None


def read_title(plain: str, line: int, around: TableContext) -> None:
    """Take unit, indicator, place and period from a folded line above the table."""
    if is_by_partner(plain):
        around.by_partner = around.by_partner or (line, plain)
    around.names_province = around.names_province or names_province(plain)
    around.take_words(line, plain, is_of_all=not is_of_one_year(plain))
    if printed := unit_of_line(plain) or unit_in_note(plain):
        if not unit_of_line(plain) and is_of_some_values(plain):
            around.unknown_unit = line, plain
        around.give_unit(printed, line, plain)
        plain = round_brackets(plain)
        match = _UNIT_LINE.search(plain)
        plain = plain[: match.start()].strip() if match else ""
    _read_currency(plain, line, around)
    if list(_LABELLED.finditer(plain)):
        return _read_labels(plain, line, around)
    if is_aside(plain):
        around.has_publisher = True
        return None
    plain = _take_unit(plain, line, around)
    if not _OTHER_LABEL.match(without_number(plain)):
        _read_caption(plain, line, around)
    return None


def _read_currency(plain, line, around):
    """Note the currency of a title: values of 进出口总值表（美元值） are in dollars."""
    match = _CURRENCY.search(plain)
    if match is None:
        return
    unit = find_unit(next(filter(None, match.groups())))
    if unit and scale_of(unit)[1] == 0:
        around.currency = scale_of(unit)[0]
    elif match["label"]:
        around.unknown_unit = line, plain


def _take_unit(plain, line, around):
    """Take the unit from the end of a title: (亿元), “, 亿元”, “in millions of
    yuan”."""
    match = _BRACKET.search(plain)
    if match is None or not is_like_a_unit(match[1]):
        match = _LAST_WORDS.search(plain)
        unit = match and find_unit(match[1])
        # “In euros” may be above a column of millions of them.
        if not unit or scale_of(unit)[0] not in CURRENCIES or not scale_of(unit)[1]:
            return plain
    around.give_unit(match[1], line, plain)
    return plain[: match.start()].strip()


def _read_labels(plain, line, around):
    """Read labels such as 指标：货物贸易进出口总额(亿元), 时间：2012年."""
    labels = list(_LABELLED.finditer(plain))
    ends = [match.start() for match in labels[1:]] + [len(plain)]
    for match, end in zip(labels, ends, strict=True):
        role = _ROLE_OF.get(re.sub(r"\s+", " ", match["label"]).lower(), "unit")
        value = plain[match.end() : end].strip(" ,;|，；、")
        if not value or role == "silent":
            continue
        if role == "unit":
            around.give_unit(value, line, plain)
        elif role == "database":
            around.database = line, plain, value
        elif role == "period":
            _read_labelled_period(value, line, plain, around)
        else:
            value = _take_unit(value, line, around)
            around.give(role, value, line, plain, is_labelled=True)


def _read_labelled_period(value, line, plain, around):
    if period := period_of(value):
        around.give("period", period, line, plain, is_labelled=True)
    elif not _RECENT.match(value):
        around.doubts["period"] = line, plain


def _read_caption(plain, line, around):
    """Read the place and the period at the beginning or end of a caption."""
    caption = read_caption(plain, around.has_publisher)
    if caption.region:
        around.give("region", caption.region, line, plain)
    elif not caption.is_of_two:
        rest = caption.title.lstrip('《("').removeprefix(caption.start)
        around.captions.append((line, plain, rest))
    if caption.period:
        around.give("period", caption.period, line, plain)


def find_place(around: TableContext, is_place) -> None:
    """Take the place at the beginning of a caption; `is_place` recognises names of
    places.

    黔东南州外贸 is about 黔东南州, “Guizhou: goods trade” about Guizhou.
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
