"""Lists of policies as authorities publish them: no codes, no level, any divider."""

import io

import openpyxl
import pytest

from datasets.importing.dates import read_date
from datasets.importing.times import PeriodError
from policies.importing.bodies import Directory, LeftOutError, UnknownNameError
from policies.importing.importer import policies as policy_importer
from policies.importing.plan import PolicyOptions
from policies.importing.snapshots import snapshot
from policies.models import Policy
from tests.factories import make_issuer, make_policy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture(autouse=True)
def bodies():
    make_issuer(code="state-office", name="国务院办公厅")
    make_issuer(code="commerce", name="商务部")
    make_issuer(code="ndrc", name="国家发展改革委")
    make_issuer(code="tax", name="国家税务总局")
    make_issuer(code="province", name="贵州省人民政府")
    make_issuer(code="city", name="贵阳市人民政府")
    make_issuer(code="mofa", name_zh_hans="外交部", name_en="Foreign and Home Affairs")


def plan_of(text, **options):
    return policy_importer.plan(text.encode(), options=PolicyOptions(**options))


def only_step(text, **options):
    plan = plan_of(text, **options)
    assert list(plan.errors) == []
    (step,) = plan.steps
    return step


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024", "2024"),
        ("2024年3月", "2024-03"),
        ("２０２４年３月１９日", "2024-03-19"),
        ("二〇二四年三月十九日", "2024-03-19"),
        ("二○二一年十二月三十一日", "2021-12-31"),
        ("二零二〇年十月廿一日", "2020-10-21"),
        ("2024.3.19", "2024-03-19"),
        ("2024/03/19", "2024-03-19"),
        ("20240319", "2024-03-19"),
        ("2024-03-19 08:30", "2024-03-19"),
        ("2024年3月19日（星期二）", "2024-03-19"),
        ("19 March 2024", "2024-03-19"),
        ("March 19, 2024", "2024-03-19"),
        ("2024.10", "2024-10"),
    ],
)
def test_a_date_is_read_in_every_spelling(text, date):
    assert read_date(text) == date


@pytest.mark.sampled
@pytest.mark.parametrize(
    "text",
    "2024.1 45370 20241319 20240230 202413 24-3-19 03/19/2024 2024-Q1 2024年底 2024-13 "
    "截至2024年3月 2024年上半年 二〇二四年三月三十二日 二〇二四年二月三十日".split(),
)
def test_ambiguous_date_is_refused(text):
    with pytest.raises(PeriodError):
        read_date(text)


@pytest.mark.parametrize(
    "cell",
    [
        "国务院办公厅;商务部",
        "国务院办公厅，商务部",
        "国务院办公厅,商务部",
        "国务院办公厅、商务部",
        "国务院办公厅 商务部",
        "国务院办公厅/商务部",
        "国务院办公厅\n商务部",
        "国办；中华人民共和国商务部",
    ],
)
def test_list_of_issuers_may_be_separated_by_any_mark(cell):
    assert Directory().codes("issuer", cell) == ["state-office", "commerce"]


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("贵州省政府", ["province"]),
        ("国家发展和改革委员会", ["ndrc"]),
        ("发改委", ["ndrc"]),
        ("税务总局 国家发改委", ["tax", "ndrc"]),
        ("Foreign and Home Affairs, 商务部", ["mofa", "commerce"]),
    ],
)
def test_bodies_are_known_by_their_short_names(cell, codes):
    assert Directory().codes("issuer", cell) == codes


@pytest.mark.parametrize("cell", ["贵州政府", "省政府", "商务局", "国务院", "商务"])
def test_name_similar_to_an_issuer_is_not_taken_for_it(cell):
    with pytest.raises(UnknownNameError):
        Directory().codes("issuer", f"商务部、{cell}")


def test_a_short_name_of_two_bodies_stands_for_neither():
    make_issuer(code="tax-2", name="税务总局局")
    make_issuer(code="xin", name="工信部")
    make_issuer(code="xin-2", name="工业和信息化部")

    with pytest.raises(UnknownNameError):
        Directory().codes("issuer", "中华人民共和国工信部")


def test_an_unknown_body_is_named_alone():
    plan = plan_of(
        "标题,发文机关\n通知,国务院办公厅,商务部、海关总局\n".replace(
            "国务院办公厅,商务部、海关总局", '"国务院办公厅,商务部、海关总局"'
        )
    )

    assert plan.unknown_names == {"issuer": {"海关总局": 1}}
    (problem,) = plan.errors
    assert "“海关总局”" in problem.message


def test_a_name_may_be_mapped_or_its_rows_left_out():
    text = "标题,发文机关\n通知,海关总局\n"
    step = only_step(text, mapping={"issuer": {"海关总局": "commerce"}})
    left = plan_of(text, mapping={"issuer": {"海关总局": ""}})

    assert step.after["issuers"] == ["commerce"]
    assert [item.kind for item in left.warnings] == ["left_out"]
    with pytest.raises(LeftOutError):
        Directory({"issuer": {"海关总局": ""}}).codes("issuer", "海关总局")


def test_codes_are_proposed_after_the_highest_that_is_used():
    make_policy(code="P09", title="一")
    make_policy(code="P21", title="二")
    make_policy(code="X500", title="三")

    plan = plan_of("标题,发文机关\n通知,商务部\n意见,国家税务总局\n")

    assert [step.code for step in plan.steps] == ["P22", "P23"]
    assert [step.after["level"] for step in plan.steps] == ["national", "national"]


@pytest.mark.parametrize(
    ("issuers", "level"),
    [
        ("商务部", "national"),
        ("国务院办公厅", "national"),
        ("贵州省人民政府", "provincial"),
        ("贵阳市人民政府", "municipal"),
    ],
)
def test_level_is_derived_from_the_issuing_body_and_said(issuers, level):
    text = f"标题,发文机关\n通知,{issuers}\n"

    assert only_step(text).after["level"] == level
    assert "level" in [item.kind for item in plan_of(text).warnings]


@pytest.mark.parametrize("issuers", ["商务部、贵州省人民政府", "某某联合会", ""])
def test_unclear_level_has_to_be_stated(issuers):
    make_issuer(code="union", name="某某联合会")

    plan = plan_of(f"标题,发文机关\n通知,{issuers}\n")

    assert [(item.column, item.kind) for item in plan.errors] == [("level", "missing")]


@pytest.mark.parametrize(
    "row",
    [
        "国发[2021]6号,另一个通知",
        "国发〔2021〕6号,通知",
        "国发（2021）6 号,",
        ",《通知》",
    ],
)
def test_stored_policy_is_found_before_another_is_created(row):
    make_policy(code="P1", title="通知", document_number="国发〔2021〕6号")

    plan = plan_of(f"文号,标题,摘要\n{row},概要\n")

    assert list(plan.errors) == []
    assert [(step.kind, step.code) for step in plan.steps] == [("changed", "P1")]
    assert "found" in [item.kind for item in plan.warnings]


def test_policy_with_another_number_is_another_policy():
    make_policy(code="P1", title="通知", document_number="国发〔2021〕6号")

    step = only_step("文号,标题,发文机关\n国发〔2021〕16号,另一通知,商务部\n")

    assert (step.kind, step.code) == ("new", "P2")


def test_number_and_title_of_two_acts_are_refused():
    make_policy(code="P1", title="通知", document_number="国发〔2021〕6号")
    make_policy(code="P2", title="意见", document_number="国发〔2021〕7号")

    plan = plan_of("文号,标题\n国发〔2021〕6号,意见\n")

    (problem,) = plan.errors
    assert "P1, P2" in problem.message


def test_policy_listed_twice_is_imported_once():
    rows = "通知,商务部\n" * 2
    plan = plan_of(f"标题,发文机关\n{rows}")

    assert plan.new_count == 1
    assert [(item.line, item.kind) for item in plan.warnings] == [
        (2, "level"),
        (3, "duplicate"),
    ]


def test_a_published_list_is_imported_and_nothing_changes_the_second_time():
    file = (
        "序号,文件名称,发文字号,发文单位,成文日期,发布日期\n"
        "1,关于促进外贸的通知,国办发〔2024〕1号,国办,二〇二四年三月十九日,20240320\n"
        "2,实施方案,黔府发〔2024〕2号,贵州省政府,2024.4.1,2024年4月\n"
    ).encode("gb18030")
    options = PolicyOptions(ignore=frozenset(["序号"]))

    assert policy_importer.import_file(file, options=options).is_accepted
    again = policy_importer.import_file(file, options=options)

    assert again.is_accepted
    assert (again.plan.write_count, again.plan.unchanged) == (0, 2)
    state = snapshot(Policy.objects.get(document_number="国办发〔2024〕1号"))
    assert (state["code"], state["written"], state["published"]) == (
        "P01",
        "2024-03-19",
        "2024-03-20",
    )


def test_number_displayed_differently_is_refused_with_its_cell():
    book = openpyxl.Workbook()
    book.active.append(["标题", "发文机关", "发布日期"])
    book.active.append(["通知", "商务部", 2024.10])
    content = io.BytesIO()
    book.save(content)

    plan = policy_importer.plan(content.getvalue())

    (problem,) = plan.errors
    assert (problem.line, problem.value) == (2, "2024.1")
    assert "January or October" in problem.message


def test_lines_are_those_of_the_file_after_a_quoted_break():
    text = '标题,摘要,发文机关\n通知,"一\n二",商务部\n意见,三,无此机关\n'

    (problem,) = plan_of(text).errors

    assert (problem.line, problem.value) == (4, "无此机关")


@pytest.mark.parametrize(
    "cell",
    [
        "国务院办公厅和商务部", "国务院办公厅与商务部", "国务院办公厅及商务部",
        "国务院办公厅·商务部", "国务院办公厅＋商务部", "国务院办公厅\\商务部",
        "国务院办公厅 & 商务部", "国务院办公厅商务部",
    ],
)  # fmt: skip
def test_bodies_may_be_divided_by_words_or_by_nothing(cell):
    assert Directory().codes("issuer", cell) == ["state-office", "commerce"]


def test_names_with_such_a_word_in_them_stay_whole():
    make_issuer(code="industry", name="工业和信息化部")
    make_issuer(code="npc", name="全国人民代表大会常务委员会")
    directory = Directory()

    assert directory.codes("issuer", "工业和信息化部和商务部") == [
        "industry",
        "commerce",
    ]
    assert directory.codes("issuer", "国家发展改革委商务部") == [
        "ndrc",
        "commerce",
    ]
    assert directory.codes("issuer", "全国人大常委会") == ["npc"]
    for cell in ("商务部某局", "国务院办公厅商务", "商务部等9部门"):
        with pytest.raises(UnknownNameError, match=cell):
            directory.codes("issuer", cell)


def test_number_of_an_act_in_any_spelling_finds_it_and_stays():
    make_policy(code="P1", title="通知", document_number="国发〔2021〕6号")
    for number in (
        "国发[2021]006号",
        "国发2021年第6号",
        "国发〔2021〕6",
        "国发(2021)6号",
    ):
        plan = plan_of(f"文号,标题,摘要\n{number},通知,概要\n")
        (step,) = plan.steps

        assert (step.code, step.after["document_number"]) == ("P1", "国发〔2021〕6号")
        assert list(plan.suspicious) == []


def test_number_behind_a_title_is_its_number():
    make_policy(code="P1", title="关于外贸的通知", document_number="国发〔2021〕6号")
    text = "标题,发文机关\n《{}》（{}）,商务部\n"

    old = only_step(text.format("关于外贸的通知", "国发〔2021〕6号"))
    new = only_step(text.format("关于内贸的通知", "国发〔2022〕7号"))
    none = only_step(text.format("关于三贸的通知", "2018年版"))

    assert (old.code, old.after["title_zh_hans"]) == ("P1", "关于外贸的通知")
    assert (new.code, new.after["title_zh_hans"]) == ("P2", "关于内贸的通知")
    assert new.after["document_number"] == "国发〔2022〕7号"
    assert none.after["title_zh_hans"] == "《关于三贸的通知》（2018年版）"


def test_policy_with_nearly_the_same_title_is_doubted():
    make_policy(code="P1", title="国务院办公厅关于外贸、内贸的意见")
    cases = {
        "关于外贸、内贸的意见,": "similar",
        "国务院办公厅关于外贸内贸的意见,": "similar",
        "国务院办公厅关于外贸、内贸的意见,": "",
        "国务院办公厅关于外贸的意见,": "",
        "关于外贸、内贸的意见,国发〔2022〕7号": "",
    }
    found = {}
    for row in cases:
        plan = plan_of(f"标题,文号,发文机关\n{row},国务院办公厅\n")
        found[row] = "".join(problem.kind for problem in plan.suspicious)

    assert found == cases


def test_stored_number_under_another_title_is_doubted():
    make_policy(code="P1", title="关于外贸的通知", document_number="国发〔2021〕6号")

    plan = plan_of("文号,标题\n国发〔2021〕6号,关于内贸的通知\n")

    assert [(p.line, p.kind) for p in plan.suspicious] == [(2, "title")]


def test_text_with_direction_characters_is_refused():
    plan = plan_of("标题,发文机关,发布日期\n通知,商务部,\u202e2024-07-09\n")

    assert [(p.line, p.column) for p in plan.errors] == [(2, "发布日期")]


@pytest.mark.parametrize(
    "issuers",
    [
        "MOFCOM",
        "商务部（MOFCOM）",
        "商务部 (简称商务部)",
        "商务部会同国家税务总局",
        "MOFCOM and STA",
    ],
)
def test_bodies_by_acronym_and_with_it_behind_them(issuers):
    codes = Directory().codes("issuer", issuers)

    assert codes in (["commerce"], ["commerce", "tax"])
    assert ("tax" in codes) == ("会同" in issuers or "STA" in issuers)


@pytest.mark.parametrize(
    ("issuers", "named", "words"),
    [
        ("商务部等9部门", "商务部等9部门", "stands for several bodies"),
        ("商务部等", "商务部等", "stands for several bodies"),
        ("商务部（国家税务总局）", "商务部", "No issuing body"),
        ("Ministry of Health (MOH)", "Ministry of Health (MOH)", "No issuing body"),
    ],
)
def test_unknown_issuers_are_quoted_as_written(issuers, named, words):
    with pytest.raises(UnknownNameError, match=words) as refusal:
        Directory().codes("issuer", issuers)

    assert named in str(refusal.value)


def test_date_with_a_full_stop_or_of_before_its_month():
    assert read_date("2024.3.19.") == "2024-03-19"
    assert read_date("19th of March 2024") == "2024-03-19"
    # In another zone this is another day.
    with pytest.raises(PeriodError):
        read_date("2024-03-18T16:00:00Z")
