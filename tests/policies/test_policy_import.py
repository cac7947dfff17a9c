"""A file of policies: read, compared, written completely, undone exactly."""

import io
import json

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from cbec_site.base.exporting import FORMATS
from datasets.imports.batch_record import PreviewOutdatedError
from datasets.spreadsheets.problems import UnreadableFileError
from policies.importing.bodies import Directory
from policies.importing.columns import differences
from policies.importing.importer import policies as policy_importer
from policies.importing.plan import PolicyOptions
from policies.importing.snapshots import snapshot
from policies.models import Issuer, Policy, PolicyBatch, Topic
from policies.resources import PolicyExport
from tests.factories import (
    make_entry,
    make_issuer,
    make_policy,
    make_recommendation,
    make_topic,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

HEADER = "code,title_zh_hans,level\n"
NEW = "N1,关于支持跨境电商的通知,provincial\n"


@pytest.fixture
def bodies():
    make_issuer(code="gov", name="省政府")
    make_issuer(code="com", name="省商务厅")
    make_topic(code="tax", name="税收")


def plan_of(text, **options):
    return policy_importer.plan(text.encode(), options=PolicyOptions(**options))


def _differences(step):
    return differences(step.before, step.after, Directory())


def problems(listed):
    return [(item.line, item.column, item.kind) for item in listed]


def with_reason(row):
    """A file of one row that says why it has neither official page nor text."""
    return f"{HEADER.strip()},no_source_reason\n{row.strip()},Only on paper\n"


def test_new_policies_are_drafts_until_an_editor_says_otherwise():
    policy_importer.import_file((HEADER + NEW).encode())
    policy_importer.import_file(
        with_reason(NEW.replace("N1", "N2")).encode(),
        options=PolicyOptions(publish=True),
    )

    found = dict(Policy.objects.values_list("code", "is_published"))
    assert found == {"N1": False, "N2": True}
    assert Policy.objects.get(code="N2").published_at is not None


def test_chinese_headings_and_words_are_read(bodies):
    file = """贵州省跨境电商政策一览表,,,,,,,,
编号,标题,文号,发文机关,级别,成文日期,发布日期,效力状态,主题
N1,关于支持跨境电商的通知,黔府发[2021]7号,省政府；省商务厅,省级,2021年3月19日,2021年3月,现行有效,税收
"""

    assert policy_importer.import_file(file.encode("gb18030")).is_accepted

    policy = Policy.objects.get()
    state = snapshot(policy)
    assert state["document_number"] == "黔府发〔2021〕7号"
    assert state["issuers"] == ["gov", "com"]
    assert (state["level"], state["status"]) == ("provincial", "in_force")
    assert (state["written"], state["published"]) == ("2021-03-19", "2021-03")
    assert state["topics"] == ["tax"]


def test_dates_of_a_workbook_are_read():
    import datetime

    book = openpyxl.Workbook()
    book.active.append(["code", "title_zh", "level", "published"])
    book.active.append(["N1", "通知", "national", datetime.date(2022, 5, 6)])
    content = io.BytesIO()
    book.save(content)

    assert policy_importer.import_file(content.getvalue()).is_accepted

    assert snapshot(Policy.objects.get())["published"] == "2022-05-06"


def test_plan_lists_what_changes_and_writes_nothing():
    make_policy(code="P1", title="旧", level="national")
    make_policy(code="P2", title="二", level="national")
    make_policy(code="P3")

    plan = plan_of(HEADER + NEW + "P1,新旧,national\n" + "P2,二,national\n")

    steps = {step.code: step for step in plan.steps}
    assert (plan.new_count, plan.changed_count, plan.unchanged) == (1, 1, 1)
    assert plan.absent == 1
    assert _differences(steps["P1"]) == [("title (Chinese)", "旧", "新旧")]
    assert Policy.objects.get(code="P1").title_zh_hans == "旧"
    assert not PolicyBatch.objects.exists()


def test_what_a_file_does_not_say_stays(bodies):
    policy = make_policy(
        code="P1", title="题", summary="概要", document_number="国发1号"
    )
    policy.refresh_from_db()
    before = snapshot(policy)

    plan = plan_of("code,document_number,summary_zh_hans\nP1,—,\n")

    assert (plan.unchanged, plan.write_count) == (1, 0)
    assert problems(plan.warnings) == [(2, "document number", "kept")]
    assert snapshot(Policy.objects.get()) == before


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("level", "county", "Not one of: National, Provincial, Municipal."),
        ("published", "2021-02-30", "This day does not exist."),
        ("published", "21-3", "Write 2021, 2021-03 or 2021-03-19."),
        (
            "issuers",
            "nobody",
            "No issuing body is called “nobody”; ",
        ),
        ("topics", "tax;fog", "No topic is called “fog”; map it to one, or add it."),
        ("is_published", "maybe", "Write yes or no (是 or 否)."),
        ("source_url", "javascript:alert(1)", "must begin with http:// or https://"),
        ("source_url", "https://www.shndlaw.com/post/1", "not a page of an authority"),
        ("source_url", "https://gov.cn.example.org/", "not a page of an authority"),
        ("source_url", "https://example.org/www.gov.cn/", "not a page of an authority"),
        ("title_en", "x" * 301, "Longer than 300 characters (301)."),
        ("code", "N 1", "Use only letters from A to Z"),
        ("code", "N123456789012", "at most 12 characters"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_written(bodies, column, cell, message):
    row = {"code": "N1", "title_zh_hans": "通知", "level": "national"} | {column: cell}

    outcome = policy_importer.import_file(
        f"{','.join(row)}\n{','.join(row.values())}\n".encode()
    )

    (problem,) = outcome.plan.errors
    assert (problem.line, problem.value) == (2, cell[:200])
    assert message in problem.message
    assert not outcome.is_accepted
    assert not Policy.objects.exists()


def test_a_new_policy_needs_title_and_level():
    plan = plan_of("code,title_zh_hans\nN1,通知\n")

    assert problems(plan.errors) == [(2, "level", "missing")]


def test_one_wrong_row_blocks_the_whole_file():
    text = HEADER + NEW + "N2,通知,nowhere\n"

    assert not policy_importer.import_file(text.encode()).is_accepted

    assert not Policy.objects.exists()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEADER + NEW + NEW, ([], [(3, "code", "duplicate")])),
        (
            HEADER + NEW + NEW.replace("支持", "促进"),
            ([(3, "code", "conflict")], []),
        ),
        (HEADER + ",通知,national\n", ([(2, "code", "missing")], [])),
        (HEADER + "N1,通知\n", ([(2, "", "cells")], [])),
        (HEADER + "N1,通知,national,more\n", ([(2, "", "cells")], [])),
        (HEADER + NEW + "注：以上均为公开文件,,\n", ([], [(3, "", "note")])),
        (
            "code,level,title,title_zh\nN1,national,通知,\n",
            ([(1, "title_zh", "repeated")], []),
        ),
    ],
)
def test_rows_that_do_not_fit_are_named(text, expected):
    plan = plan_of(text)

    errors, warnings = expected
    assert problems(plan.errors) == errors
    assert problems(plan.warnings) == warnings


def test_unknown_columns_block_until_they_are_ignored():
    text = "code,title_zh_hans,level,mood\nN1,通知,national,good\n"

    assert plan_of(text).unknown_columns == ["mood"]
    assert plan_of(text, ignore=frozenset(["mood"])).is_clean


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"\xd0\xcf\x11\xe0old", b"\x00"])
def test_files_that_are_no_table_are_refused(content):
    outcome = policy_importer.import_file(content)

    assert [problem.kind for problem in outcome.plan.errors] == ["refused"]


def test_unknown_sheet_is_refused():
    with pytest.raises(UnreadableFileError):
        plan_of(HEADER + NEW, sheet="Sheet9")


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"published": "2999-01-01"}, "future"),
        ({"written": "2021-05", "published": "2021-03-02"}, "order"),
        ({"document_number": "国发〔2021〕1号"}, "number"),
    ],
)
def test_likely_mistake_has_to_be_ticked(cells, kind):
    make_policy(code="P1", document_number="国发〔2021〕1号")
    row = {"code": "N1", "title_zh_hans": "通知", "level": "national"} | cells

    plan = plan_of(f"{','.join(row)}\n{','.join(row.values())}\n")

    assert [problem.kind for problem in plan.suspicious] == [kind]
    assert plan.is_clean


def test_a_code_that_gets_another_title_altogether_is_doubted():
    make_policy(code="P1", title="意见", level="national")

    plan = plan_of(HEADER + "P1,通知,national\n")

    assert problems(plan.suspicious) == [(2, "title (Chinese)", "title")]


def test_policies_that_the_file_lacks_are_withdrawn_on_request_only():
    make_policy(code="P1", title="题", level="national")
    make_policy(code="P2")
    text = HEADER + "P1,题,national\n"
    assert plan_of(text).write_count == 0

    batch = policy_importer.import_file(
        text.encode(), options=PolicyOptions(withdraw_absent=True)
    ).batch

    assert Policy.objects.get(code="P2").is_published is False
    policy_importer.undo(batch)
    assert Policy.objects.get(code="P2").is_published is True


def test_history_says_who_and_why():
    make_policy(code="P1", title="旧", level="national")
    user = make_user()

    policy_importer.import_file(
        (HEADER + NEW + "P1,旧二,national\n").encode(), user=user, reason="Yearly check"
    )

    for policy in Policy.objects.all():
        newest = policy.history.latest()
        assert (newest.history_user, newest.history_change_reason) == (
            user,
            "Yearly check",
        )
        assert newest.title_zh_hans == policy.title_zh_hans


@pytest.mark.parametrize(
    ("reason", "file_name", "told"),
    [
        ("", "2024.xlsx", "2024.xlsx"),
        ("Yearly check", "2024.xlsx", "Yearly check (2024.xlsx)"),
        ("Yearly check", "a" * 200, f"Yearly check ({'a' * 84}…)"),
        ("r" * 99, "2024.xlsx", f"{'r' * 99} "),
        ("r" * 300, "2024.xlsx", "r" * 100),
    ],
)
def test_history_says_from_which_import(reason, file_name, told):
    policy_importer.import_file(
        (HEADER + NEW).encode(), file_name=file_name, reason=reason
    )

    newest = Policy.objects.get().history.latest()

    assert newest.history_change_reason == told


def test_batch_keeps_each_policy_before_and_after():
    make_policy(code="P1", title="旧", level="national")

    batch = policy_importer.import_file(
        (HEADER + NEW + "P1,旧二,national\n").encode()
    ).batch

    titles = {
        change.code: (
            change.before and change.before["title_zh_hans"],
            change.after["title_zh_hans"],
        )
        for change in batch.changes.all()
    }
    assert titles == {"N1": (None, "关于支持跨境电商的通知"), "P1": ("旧", "旧二")}
    assert (batch.new_count, batch.changed_count) == (1, 1)
    with batch.file.open() as file:
        assert file.read() == (HEADER + NEW + "P1,旧二,national\n").encode()


def test_undo_restores_exactly_what_was_there(bodies):
    policy = make_policy(code="P1", title="题", level="national")
    make_topic(code="law")
    policy.topics.set(policy.topics.model.objects.filter(code="law"))
    before = snapshot(Policy.objects.get())
    batch = policy_importer.import_file(
        (
            "code,title_zh_hans,level,issuers,topics,published,source_url\n"
            "P1,题目,provincial,com;gov,tax,2023,https://www.gov.cn/1\n"
            "N1,通知,national,gov,,,\n"
        ).encode()
    ).batch
    assert snapshot(Policy.objects.get(code="P1")) != before

    back = policy_importer.undo(batch, reason="Wrong file")

    assert snapshot(Policy.objects.get()) == before
    batch.refresh_from_db()
    assert (batch.state, back.undoes, back.reason) == ("undone", batch, "Wrong file")
    again = policy_importer.undo(back)
    assert Policy.objects.get(code="N1").issuer_list[0].code == "gov"
    assert again.state == "applied"


def test_undo_refuses_by_name_what_was_changed_since():
    batch = policy_importer.import_file(
        (HEADER + NEW + NEW.replace("N1", "N2")).encode()
    ).batch
    policy_importer.import_file((HEADER + "N2,关于促进的通知,provincial\n").encode())

    with pytest.raises(ValidationError) as caught:
        policy_importer.undo(batch)

    assert caught.value.messages == ["N2 has been changed since."]
    assert Policy.objects.count() == 2


def test_undo_refuses_a_policy_that_texts_rest_on():
    batch = policy_importer.import_file((HEADER + NEW).encode()).batch
    entry = make_entry(policies=[Policy.objects.get()])
    advice = make_recommendation(policies=[Policy.objects.get()])

    with pytest.raises(ValidationError) as caught:
        policy_importer.undo(batch)

    assert caught.value.messages == [
        f"N1 is still used. Remove it from these first: {advice}, {entry}"
    ]

    assert Policy.objects.exists()


def test_second_of_two_imports_writes_nothing():
    make_policy(code="P1", title="旧", level="national")
    plan = plan_of(HEADER + NEW + "P1,旧二,national\n")
    policy_importer.import_file((HEADER + "P1,旧三,national\n").encode())

    with pytest.raises(PreviewOutdatedError):
        policy_importer.apply(plan, token=plan.token)

    assert Policy.objects.get().title_zh_hans == "旧三"
    assert PolicyBatch.objects.count() == 1


def test_code_taken_meanwhile_makes_the_plan_outdated():
    plan = plan_of(HEADER + NEW)
    make_policy(code="N1")

    with pytest.raises(PreviewOutdatedError):
        policy_importer.apply(plan)

    assert Policy.objects.count() == 1


def test_comparing_takes_no_query_per_row(django_assert_max_num_queries):
    for number in range(40):
        make_policy([make_issuer()], code=f"Q{number}", title="题", level="national")
    lines = "".join(f"Q{number},题目,national\n" for number in range(40))

    with django_assert_max_num_queries(8):
        plan = plan_of(HEADER + lines)
    assert plan.changed_count == 40
    # SQLite writes these in two batches; each also writes the search index and the
    # periods of force.
    with django_assert_max_num_queries(54):
        policy_importer.apply(plan)


@pytest.mark.parametrize("number", range(len(FORMATS)))
def test_every_export_of_the_admin_changes_nothing_when_imported(bodies, number):
    issuers = Issuer.objects.order_by("code")
    make_policy(issuers, Topic.objects.all(), summary_zh_hans="=SUM(A1)\n第二行")
    make_policy(title_en="+more", written_on=None, source_url="https://www.gov.cn/a")
    exported = FORMATS[number]().export_data(PolicyExport().export())
    content = exported if isinstance(exported, bytes) else exported.encode()

    outcome = policy_importer.import_file(content)

    assert list(outcome.plan.errors) == []
    assert (outcome.plan.write_count, outcome.plan.unchanged) == (0, 2)


def run(*arguments):
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_policies", *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_command_imports_and_undoes(tmp_path):
    file = tmp_path / "policies.csv"
    file.write_text(with_reason(NEW))

    code, out, _err = run(str(file), "--json", "--publish", "--reason", "Check")

    found = json.loads(out)
    batch = PolicyBatch.objects.get()
    assert (code, found["status"], found["new"]) == (0, "ok", 1)
    assert (found["batch"], batch.reason) == (batch.pk, "Check")
    assert Policy.objects.get().is_published

    code, out, _err = run("--undo", str(batch.pk))

    assert (code, Policy.objects.count()) == (0, 0)


def test_command_names_what_is_wrong_and_writes_nothing(tmp_path):
    file = tmp_path / "policies.csv"
    file.write_text(HEADER + NEW + "N2,通知,nowhere\n")

    code, out, err = run(str(file))

    assert (code, Policy.objects.count()) == (1, 0)
    assert "line 3, column level: Not one of" in err
    assert out.startswith("rejected: 0 new")
