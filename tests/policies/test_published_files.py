"""Lists of policies as authorities publish them: read, matched, or refused by line."""

import io

import openpyxl
import pytest

from policies.importing.importer import policies as policy_importer
from tests.factories import make_issuer, make_policy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
HEADER = "标题,文号,发文机关,成文日期\n"
ROWS = [
    ["标题", "文号", "发文机关", "成文日期"],
    ["关于甲的意见", "商贸发〔2023〕5号", "商务部", "2023-05-06"],
    ["关于乙的意见", "商贸发〔2023〕6号", None, None],
]


@pytest.fixture(autouse=True)
def bodies():
    make_issuer(code="mofcom", name="商务部")
    make_issuer(code="mof", name="财政部")
    make_issuer(code="office", name="国务院办公厅")


def plan(text):
    content = text if isinstance(text, bytes) else text.encode()
    return policy_importer.plan(content)


def acts(text):
    made = plan(text)
    assert list(made.errors) == []
    return [step.after for step in made.steps]


def faults(text):
    return [(problem.line, problem.kind) for problem in plan(text).errors]


def workbook(*merged):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.sampled
@pytest.mark.parametrize(
    "mark", ["、", "，", ",", "；", ";", "/", "|", " ", "\n", " 和 "]
)
def test_issuers_may_be_separated_by_any_mark(mark):
    row = f'关于甲的意见,商贸发〔2023〕5号,"商务部{mark}财政部",2023-05-06\n'

    (act,) = acts(HEADER + row)

    assert (act["issuers"], act["level"]) == (["mofcom", "mof"], "national")


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("二〇二三年五月六日", "2023-05-06"),
        ("二○二三年十月二十日", "2023-10-20"),
        ("2023.05", "2023-05"),
        ("20230506", "2023-05-06"),
        ("6 May 2023", "2023-05-06"),
        ("２０２３年５月６号", "2023-05-06"),
    ],
)
def test_dates_in_every_spelling(written, date):
    (act,) = acts(f"{HEADER}关于甲的意见,商贸发〔2023〕5号,商务部,{written}\n")

    assert act["written"] == date


@pytest.mark.sampled
@pytest.mark.parametrize(
    "written",
    ["5/6/2023", "23年5月6日", "2023.1", "45052", "2023年5月上旬", "1023-05-06",
     "2023-02-30", "约2023年", "2023/24", "2023年5月6日起"],
)  # fmt: skip
def test_date_that_may_be_another_is_refused(written):
    text = f"{HEADER}关于甲的意见,商贸发〔2023〕5号,商务部,{written}\n"

    assert faults(text) == [(2, "invalid")]


def test_merged_issuer_and_date_apply_to_each_row():
    made = plan(workbook("C2:C3", "D2:D3"))

    assert list(made.errors) == []
    assert [step.after["issuers"] for step in made.steps] == [["mofcom"]] * 2
    assert [step.after["written"] for step in made.steps] == ["2023-05-06"] * 2
    assert [w.line for w in made.warnings if w.kind == "merged"] == [3, 3]


def test_merged_title_is_refused():
    assert (3, "cells") in faults(workbook("A2:A3", "C2:C3"))


@pytest.mark.parametrize(
    "line",
    [
        "一、国家层面,,,",
        "（二）省级政策,,,",
        "关于乙的意见，商贸发〔2023〕6号，商务部，2023-05-06,,,",
    ],
)
def test_line_with_a_single_cell_is_named(line):
    row = "关于甲的意见,商贸发〔2023〕5号,商务部,2023-05-06\n"

    assert faults(f"{HEADER}{line}\n{row}") == [(2, "cells")]


def test_title_with_line_breaks_is_one_title():
    (act,) = acts(f'{HEADER}"关于\n甲的意见",商贸发〔2023〕5号,商务部,2023-05-06\n')

    assert act["title_zh_hans"] == "关于甲的意见"


@pytest.mark.parametrize(
    "row",
    [
        "国务院办公厅关于甲的意见,国办发[2021]24号,国务院办公厅,",
        "《国务院办公厅关于甲的意见》,,国务院办公厅,",
        "国务院办公厅关于甲的意见,,国务院办公厅,",
    ],
)
def test_stored_policy_is_found(row):
    make_policy(
        code="N02",
        title_zh_hans="国务院办公厅关于甲的意见",
        document_number="国办发〔2021〕24号",
    )

    made = plan(f"{HEADER}{row}2021-07-02\n")

    assert list(made.errors) == []
    assert [(step.kind, step.code) for step in made.steps] == [("changed", "N02")]


def test_number_and_title_of_two_acts_are_refused():
    make_policy(
        code="N01", title_zh_hans="关于甲的意见", document_number="商〔2023〕1号"
    )
    make_policy(
        code="N02", title_zh_hans="关于乙的意见", document_number="商〔2023〕2号"
    )

    text = f"{HEADER}关于甲的意见,商〔2023〕2号,商务部,2023\n"

    assert faults(text) == [(2, "doubtful")]
