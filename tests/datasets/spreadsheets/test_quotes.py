"""Quoted cells: one that swallows rows is refused, a note with line breaks is read."""

import pytest

from datasets.spreadsheets.documents import read_document
from datasets.spreadsheets.folding import fold_note
from datasets.spreadsheets.problems import UnreadableFileError

pytestmark = pytest.mark.usefixtures("english")
HEADER = "指标,地区,年份,数值,单位,备注\n"
ROW = "出口额,云南,{},5,亿元,{}\n"


@pytest.mark.parametrize(
    "text",
    [
        ROW.format(2012, '"甲') + ROW.format(2013, "乙") + ROW.format(2014, '丙"'),
        ROW.format(2012, '"甲') + ROW.format(2013, '丙"'),
        '出口额,"云南,2012,5,亿元,\n出口额,云南",2013,6,亿元,\n',
        ROW.format(2012, "").replace("亿元", '"亿元') + ROW.format(2013, '"'),
    ],
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_cell_that_swallows_rows_is_refused_where_it_opens(text, delimiter):
    content = (HEADER + ROW.format(2011, "") + text).replace(",", delimiter)

    with pytest.raises(UnreadableFileError, match="Line 3: a quotation mark"):
        list(read_document(content.encode()).sheets[0].lines())


@pytest.mark.parametrize(
    "note",
    [
        '"甲\n乙"',
        '"甲, 乙\n丙, 丁"',
        '"Revised\nin May, 2013, see below"',
        '"甲\r\n\r\n乙"',
    ],
)
def test_note_over_several_lines_is_one_cell(note):
    content = HEADER + ROW.format(2012, note) + ROW.format(2013, "")

    rows = list(read_document(content.encode()).sheets[0].numbered())

    assert [len(row) for _number, row in rows] == [6, 6, 6]
    assert [number for number, _row in rows] == [1, 2, 3 + note.count("\n")]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Revised\nin May", "Revised in May"),
        ("Revised \r\n in May", "Revised in May"),
        ("初步\n核算", "初步核算"),
        ("见第2页\nsee p. 2", "见第2页 see p. 2"),
        ("'=A1 is the base", "=A1 is the base"),
        ("'\tx", "x"),
        ("'80s", "'80s"),
    ],
)
def test_note_on_one_line(text, note):
    assert fold_note(text) == note
