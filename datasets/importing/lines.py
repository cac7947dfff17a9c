"""Classifies lines in the body of a table that have text but no value."""

import re
from dataclasses import dataclass, replace

from datasets.spreadsheets.folding import close_up, tidy_name
from datasets.spreadsheets.sheets import Cell

from .note_texts import unit_in_note
from .times import period_of, plain_figures
from .titles import split_unit_line, unit_of_line

_SEPARATOR = re.compile(r"[-—–=_*.·~…＊─━+|\s]+\Z")
_CONTINUED = re.compile(
    r"\A[(（]?(?:续 ?上?表|接上表|表续|续|table continued|continued|cont\.?d?)[)）]?"
    r" ?(?:(?:\d{1,2}(?:[-.]\d{1,2})?|[一二三四五六七八九十]{1,3})(?![\d年月]))?"
    r"[ :：]*(?P<rest>.*?)[)）]?\Z",
    re.IGNORECASE,
)
# Words about the table itself, its preparation or its end.
_REMARK = re.compile(
    r".*[。；;]\Z|本表|上表|以上|上述|注[\d:：]|说明|(?:制|填)表|审核|编制|单位负责人|联系|电话"
    r"|数据(?:来源|由|为|不|均)|资料|未经|以下空白|此页|第 ?\d+ ?页|共 ?\d+ ?页"
    r"|\(?完\)?\Z|end of"
    r"|notes?\b|sources?\b|page \d|this table|data (?:are|from|source)|last updated"
    r"|报出日期|打印|更新|发布日期|公布日期|.*(?:统计局|调查总队|出版社|编印?)\Z"
    r"|共 ?\d+ ?[条行]",
    re.IGNORECASE,
)
_NUMBERING = re.compile(
    r"\A(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十\d]{1,3}[、.．]"
    r"|其中[:：]|[IVXivx]{1,4}[.、])\s*"
)
_DELIMITERS = re.compile(r"[,，;；\t|｜、]")
# A name and a value separated by something that is not the file's delimiter:
# 重庆，3358.1
_NAME_AND_VALUE = re.compile(
    r"[^,，;；\t|｜、\d]+[,，;；\t|｜、]\s*-?\d[\d,.]*%?\s*\Z", re.ASCII
)


@dataclass(frozen=True)
class Line:
    """What a line without a value is: `kind`, and the text or name it gives.

    The kinds are unit, period, remark, separator, lost, and text for any other.
    """

    kind: str
    text: str
    given: str = ""


def read_lines(cell: Cell) -> list[Line]:
    """Classify a line: it says one thing, or something (say a period) followed by a
    unit."""
    before, unit = split_unit_line(cell.plain)
    parts = [Cell(before), Cell(unit)] if before and unit else [cell]
    return [read_line(part) for part in parts]


def read_line(cell: Cell) -> Line:
    """Classify a line that says only one thing."""
    plain = cell.plain
    if _SEPARATOR.match(plain):
        return Line("separator", plain)
    if printed := unit_of_line(plain) or unit_in_note(plain):
        return Line("unit", plain, printed)
    if match := _CONTINUED.match(plain):
        rest = match["rest"].strip()
        if not rest:
            return Line("separator", plain)
        return replace(read_line(Cell(rest)), text=plain)
    if period := period_of(plain_figures(plain.strip("()"))):
        return Line("period", plain, period)
    if is_lost_row(cell.text):
        return Line("lost", plain)
    if _REMARK.match(plain):
        return Line("remark", plain)
    return Line("text", plain, close_up(_NUMBERING.sub("", tidy_name(cell.text))))


def is_lost_row(raw: str) -> bool:
    """Whether a text is a whole row with delimiters that are not those of its file.

    It contains digits, and delimiters of one kind between words.
    """
    if _NAME_AND_VALUE.fullmatch(raw):
        return True
    delimiters = _DELIMITERS.findall(re.sub(r"\d,\d{3}(?!\d)", "", raw))
    return len(delimiters) >= 2 and bool(re.search(r"\d", raw)) and bool(
        any(re.fullmatch(r"\s*-?[\d.,]+%?\s*", part, re.ASCII)
            for part in _DELIMITERS.split(raw))
    )  # fmt: skip
