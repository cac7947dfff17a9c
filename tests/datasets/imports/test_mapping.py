"""Unknown names: mapped, added or left out in the preview, and remembered."""

import io

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from datasets.importing.importer import observations
from datasets.importing.plan import ObservationOptions
from datasets.models import Breakdown, ImportBatch, NameMapping, Observation, Region
from tests.datasets.imports import uploads
from tests.datasets.imports.uploads import UPLOAD
from tests.factories import make_indicator, make_region, make_source, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

HEADER = "indicator,region,period,value,unit\n"
ROWS = "exports,贵州,2022,1.5,亿元\nexports,夜郎,2022,2.5,亿元\n"


@pytest.fixture(autouse=True)
def places():
    make_indicator(code="exports", title="出口额")
    make_region(code="520000", name="贵州省", kind="province")
    make_region(code="520100", name="贵阳市", kind="city")
    make_source(code="office", title="统计局", publisher="贵州省统计局")
    make_source(code="other", title="年鉴")


def send(client, content=HEADER + ROWS, **more):
    return uploads.send(client, content, **{"source": "office"} | more)


def decide(client, address, role, name, target="", **more):
    """Say in the preview what a name stands for."""
    decision = {"role": role, "name": name, "target": target} | more
    client.post(address, {"again": "1", "mapping": "1"} | decision)
    return client.get(address).context


def confirm(client, address):
    client.post(address, {"token": client.get(address).context["plan"].token})


def test_preview_offers_what_to_do_with_an_unknown_name(editor):
    page = editor.get(send(editor))

    (row,) = page.context["unknown"]
    assert (row["role"], row["name"], row["count"]) == ("region", "夜郎", 1)
    assert "add/region/?name=" in row["add_url"]
    assert '<option value="520100">贵阳市</option>' in page.content.decode()
    assert not page.context["plan"].is_clean


@pytest.mark.parametrize("target", ["520100", "贵阳市"])
def test_mapped_name_is_read_as_its_target(editor, target):
    address = send(editor)

    shown = decide(editor, address, "region", "夜郎", target)

    assert (shown["plan"].new_count, shown["unknown"]) == (2, [])
    assert [row["target"] for row in shown["mapped"]] == ["520100 贵阳市"]
    assert not NameMapping.objects.exists()
    confirm(editor, address)
    assert Observation.objects.get(region__code="520100").plain_value == "2.5"


def test_mapping_to_nothing_changes_nothing_and_says_so(editor):
    address = send(editor)
    decision = {"role": "region", "name": "夜郎", "target": "火星"}

    page = editor.post(address, {"again": "1", "mapping": "1"} | decision, follow=True)

    assert "There is nothing called “火星” to map to." in page.content.decode()
    assert not page.context["plan"].is_clean


def test_rows_of_a_name_are_left_out_only_on_request_and_listed(editor):
    address = send(editor)

    shown = decide(editor, address, "region", "夜郎", leave_out="region:夜郎")

    (warning,) = [w for w in shown["plan"].warnings if w.kind == "left_out"]
    assert (warning.line, warning.value) == (3, "夜郎")
    confirm(editor, address)
    assert [row.region.code for row in Observation.objects.all()] == ["520000"]


def test_mapping_is_remembered_for_files_of_the_same_source_only(editor):
    address = send(editor)
    decide(editor, address, "region", "夜郎", "520100")
    confirm(editor, address)

    again = editor.get(send(editor)).context
    other = editor.get(send(editor, source="other")).context

    assert again["plan"].is_clean
    assert [row["name"] for row in again["mapped"]] == ["夜郎"]
    assert [row["name"] for row in other["unknown"]] == ["夜郎"]


def test_remembered_mapping_may_be_forgotten(editor):
    address = send(editor)
    decide(editor, address, "region", "夜郎", "520100")
    confirm(editor, address)
    address = send(editor, HEADER + ROWS.replace("2022", "2021"))

    shown = decide(editor, address, "region", "夜郎", forget="region:夜郎")
    assert [row["name"] for row in shown["unknown"]] == ["夜郎"]
    decide(editor, address, "region", "夜郎", leave_out="region:夜郎")
    confirm(editor, address)

    assert list(NameMapping.objects.values_list("name", "code")) == [("夜郎", "")]


def test_command_ignores_remembered_mappings(editor, tmp_path):
    address = send(editor)
    decide(editor, address, "region", "夜郎", "520100")
    confirm(editor, address)
    file = tmp_path / "figures.csv"
    file.write_text(HEADER + ROWS.replace("2022", "2020"))

    with pytest.raises(SystemExit):
        call_command("import_observations", str(file), source="office", verbosity=0)


def test_unknown_name_is_added_from_the_preview(editor):
    address = send(editor)
    add = editor.get(address).context["unknown"][0]["add_url"]

    form = editor.get(add).context["form"]
    assert form["name_zh_hans"].value() == "夜郎"
    wrong = editor.post(add, {"new-code": "520999"})
    assert set(wrong.context["form"].errors) >= {"kind"}
    fields = {"name_zh_hans": "夜郎", "name_en": "Yelang", "kind": "area"}
    data = {f"new-{name}": value for name, value in fields.items()}
    response = editor.post(add, data | {"new-code": "520999"})

    assert response["Location"] == address
    region = Region.objects.get(code="520999")
    assert (region.name_zh_hans, region.name_en) == ("夜郎", "Yelang")
    assert editor.get(address).context["plan"].new_count == 2


def test_nobody_adds_without_the_permission(client):
    user = make_user()
    user.user_permissions.add(Permission.objects.get(codename="import_observation"))
    client.force_login(user)
    address = send(client)

    assert client.get(address).context["unknown"][0]["add_url"] == ""
    assert client.get(f"{address}add/region/?name=x").status_code == 403


def test_unknown_columns_are_decided_one_by_one(editor):
    text = HEADER.replace("\n", ",心情,附言\n") + "exports,520000,2022,1.5,亿元,好,甲\n"
    address = send(editor, text)

    one = decide(editor, address, "column", "心情", leave_out="column:心情")
    assert [row["name"] for row in one["unknown"]] == ["附言"]
    two = decide(editor, address, "column", "附言", "note")

    assert two["plan"].is_clean
    confirm(editor, address)
    assert Observation.objects.get().note_zh_hans == "甲"


def test_breakdown_is_mapped_to_an_existing_one(editor):
    Breakdown.objects.create(code="general", title_zh_hans="一般贸易")
    text = HEADER.replace("region", "region,breakdown") + (
        "exports,520000,一般的贸易,2022,1.5,亿元\n"
    )
    mapping = {"breakdown": {"一般的贸易": "general"}}

    outcome = observations.import_file(
        text.encode(), options=ObservationOptions(source="office", mapping=mapping)
    )

    assert outcome.is_accepted
    assert Observation.objects.get().breakdown == "general"


def test_new_values_may_be_imported_as_drafts(editor):
    address = send(editor, HEADER + ROWS.splitlines()[0], drafts="on")

    confirm(editor, address)

    assert Observation.objects.get().is_published is False


def test_drafts_do_not_hide_that_a_public_value_changes(editor):
    row = HEADER + ROWS.splitlines()[0] + "\n"
    confirm(editor, send(editor, row))
    address = send(editor, row.replace("1.5", "1.6"), drafts="on")

    shown = editor.get(address).context["plan"]

    assert [item.kind for item in shown.suspicious] == ["public"]
    editor.post(address, {"token": shown.token})
    assert Observation.objects.get().plain_value == "1.5"


def test_equal_faults_are_grouped_with_their_count(editor):
    rows = "".join(f"exports,夜郎,{year},1,亿元\n" for year in range(2000, 2020))

    (group,) = editor.get(send(editor, HEADER + rows)).context["plan"].error_groups

    assert (group.count, group.first.value) == (20, "夜郎")
    assert group.shown_lines == "2, 3, 4, 5, 6, 7, 8, 9 …"


def test_marked_copy_has_a_comment_in_each_faulty_cell(editor):
    rows = 'exports,贵州,2022,"1,5",亿元\nexports,夜郎,2022,2,亿元\n'
    address = send(editor, HEADER + rows + "exports,贵州,2021,=2+3,亿元\n")

    response = editor.get(f"{address}marked/")

    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    listed, sheet = book.worksheets
    assert "No region has this code" in sheet["B3"].comment.text
    assert sheet["D2"].comment is not None
    assert (sheet["D4"].value, sheet["D4"].data_type) == ("'=2+3", "s")
    assert sheet["A2"].comment is None
    assert {row[1].value for row in listed.iter_rows(min_row=2)} == {2, 3, 4}


def test_marked_copy_of_a_workbook_keeps_its_sheets(editor):
    book = openpyxl.Workbook()
    book.active.title = "表一"
    for row in (
        ["说明"],
        HEADER.strip().split(","),
        ["exports", "夜郎", 2022, 1, "亿元"],
    ):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    file = SimpleUploadedFile("figures.xlsx", content.getvalue())
    address = editor.post(UPLOAD, {"file": file, "source": "office"})["Location"]

    response = editor.get(f"{address}marked/")

    marked = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert marked.sheetnames[1:] == ["表一"]
    assert marked["表一"]["B3"].comment is not None


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_template_can_be_imported_as_it_is(editor, language, kind):
    editor.cookies["django_language"] = language

    response = editor.get(f"{UPLOAD}template.{kind}")

    content = b"".join(response.streaming_content)
    outcome = observations.import_file(content)
    assert list(outcome.plan.errors) == []
    assert outcome.plan.new_count == 1


def test_template_lists_the_codes(editor):
    response = editor.get(f"{UPLOAD}template.xlsx")

    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert ["exports", "出口额"] in [
        [cell.value for cell in row[:2]] for row in book["Indicators"].iter_rows()
    ]


def test_cells_may_be_pasted(editor):
    text = (HEADER + ROWS.splitlines()[0]).replace(",", "\t")

    response = editor.post(UPLOAD, {"pasted": text, "source": "office"})

    assert editor.get(response["Location"]).context["plan"].new_count == 1
    assert ImportBatch.objects.get().file_name == "pasted.txt"


@pytest.mark.parametrize("pasted", ["", " \n"])
def test_empty_upload_form_is_refused(editor, pasted):
    page = editor.post(UPLOAD, {"pasted": pasted})

    assert list(page.context["form"].errors) == ["file"]


def test_command_needs_a_doubt_accepted_by_its_kind(tmp_path):
    row = HEADER + "exports,520000,2022,1.5,亿元\n"
    options = ObservationOptions(source="office")
    observations.import_file(row.encode(), options=options)
    file = tmp_path / "figures.csv"
    file.write_text(row.replace("1.5", "150"))

    for accept in ([], ["gap"]):
        with pytest.raises(SystemExit):
            call_command(
                "import_observations", file, source="office", accept=accept, verbosity=0
            )
        assert Observation.objects.get().plain_value == "1.5"
    call_command(
        "import_observations", file, source="office", accept=["suspicious"], verbosity=0
    )

    assert Observation.objects.get().plain_value == "150"


@pytest.mark.parametrize(
    "line", ["数据来源：贵州省统计局", "来源:统计局", "Source: 年鉴"]
)
def test_source_line_is_compared_with_the_chosen_source(editor, line):
    rows = HEADER + ROWS.splitlines()[0] + f"\n{line},,,,\n"

    plan = editor.get(send(editor, rows)).context["plan"]

    doubts = [(item.line, item.kind) for item in plan.suspicious]
    assert doubts == ([(3, "source")] if "年鉴" in line else [])


def test_applied_import_links_to_the_pages_it_changed(editor):
    make_indicator(code="imports", title="进口额", is_published=False)
    rows = HEADER + "exports,520000,2022,1.5,亿元\nimports,520000,2022,1.5,亿元\n"
    address = send(editor, rows)

    token = editor.get(address).context["plan"].token
    page = editor.post(address, {"token": token}, follow=True)

    assert [title for title, _url in page.context["written_pages"]] == ["出口额"]


def test_preview_shows_notes_and_everything_else_to_be_written(editor):
    rows = HEADER.replace("\n", ",note,status\n") + (
        "exports,520000,2022,1.5,亿元,口径不同,P\n"
    )

    page = editor.get(send(editor, rows))

    (change,) = page.context["plan"].new
    details = {str(label): new for label, _old, new in change.details}
    assert details["note (Chinese)"] == "口径不同"
    assert details["status"] == "Provisional"
    assert "口径不同" in page.content.decode()


BREAKDOWNS = HEADER.replace("region", "region,breakdown")


def test_new_breakdown_is_offered_and_blocks_nothing(editor):
    address = send(editor, BREAKDOWNS + "exports,520000,一般的贸易,2022,1.5,亿元\n")
    page = editor.get(address)

    (row,) = page.context["unknown"]
    assert (row["role"], row["name"], row["count"]) == ("breakdown", "一般的贸易", 0)
    assert "imported as written" in page.content.decode()
    assert page.context["plan"].is_clean

    confirm(editor, address)

    assert Observation.objects.get().breakdown == "一般的贸易"
    again = send(editor, BREAKDOWNS + "exports,520000,一般的贸易,2023,1.5,亿元\n")
    assert editor.get(again).context["unknown"] == []


@pytest.mark.parametrize(
    ("target", "more", "written"),
    [
        ("general", {}, ["general"]),
        ("", {"leave_out": "breakdown:一般的贸易"}, []),
    ],
)
def test_new_breakdown_is_mapped_or_left_out(editor, target, more, written):
    Breakdown.objects.create(code="general", title_zh_hans="一般贸易")
    address = send(editor, BREAKDOWNS + "exports,520000,一般的贸易,2022,1.5,亿元\n")

    found = decide(editor, address, "breakdown", "一般的贸易", target, **more)

    assert [change.after.breakdown for change in found["plan"].new] == written


def test_new_breakdown_is_added_from_the_preview(editor):
    address = send(editor, BREAKDOWNS + "exports,520000,一般的贸易,2022,1.5,亿元\n")
    (row,) = editor.get(address).context["unknown"]

    editor.post(row["add_url"], {"new-code": "general", "new-title_zh_hans": "一般贸易",
                                 "new-title_en": "General trade"})  # fmt: skip

    (change,) = editor.get(address).context["plan"].new
    assert change.after.breakdown == "general"


@pytest.mark.parametrize("text", ["一般贸易", "General  Trade", "GENERAL"])
def test_title_of_a_breakdown_is_read_as_its_code(text):
    Breakdown.objects.create(
        code="general", title_zh_hans="一般贸易", title_en="General trade"
    )
    rows = BREAKDOWNS + f"exports,520000,{text},2022,1.5,亿元\n"

    made = observations.plan(rows.encode(), options=ObservationOptions(source="office"))

    assert [change.after.breakdown for change in made.new] == ["general"]
    told = [w.value for w in made.warnings if w.kind == "breakdown"]
    assert told == ([] if text == "GENERAL" else [text.replace("  ", " ")])


def test_command_uses_remembered_mappings_when_asked(editor, tmp_path):
    address = send(editor)
    decide(editor, address, "region", "夜郎", "520100")
    confirm(editor, address)
    file = tmp_path / "figures.csv"
    file.write_text(HEADER + ROWS.replace("2022", "2020"))

    def run(source):
        call_command("import_observations", str(file), source=source, remembered=True,
                     verbosity=0)  # fmt: skip

    with pytest.raises(SystemExit):
        run("other")
    run("office")

    assert Observation.objects.filter(region__code="520100", period="2020").exists()


@pytest.mark.parametrize("unit", ["两", "斗", "亿两白银"])
def test_unknown_unit_is_mapped_in_the_preview(editor, unit):
    address = send(editor, HEADER + f"exports,520000,2022,1.5,{unit}\n")
    (row,) = editor.get(address).context["unknown"]
    assert (row["role"], row["name"], row["add_url"]) == ("unit", unit, "")

    found = decide(editor, address, "unit", unit, "CNY_100M")

    assert [str(change.after.unit) for change in found["plan"].new] == ["CNY_100M"]


def test_value_that_a_note_calls_preliminary_needs_its_tick(editor):
    note = HEADER.replace("unit", "unit,note")
    address = send(editor, note + "exports,520000,2022,1.5,亿元,初步核算\n")
    plan = editor.get(address).context["plan"]
    assert [doubt.kind for doubt in plan.suspicious] == ["preliminary_note"]

    editor.post(address, {"token": plan.token})
    assert not Observation.objects.exists()

    editor.post(address, {"token": plan.token, "accept": ["0"]})
    assert Observation.objects.get().note_zh_hans == "初步核算"


@pytest.mark.parametrize("mark", ["\t", ";", ","])
def test_pasted_cells_are_read_as_a_file(editor, mark):
    pasted = (HEADER + ROWS.splitlines()[0]).replace(",", mark)
    address = editor.post(UPLOAD, {"pasted": pasted, "source": "office"})["Location"]

    plan = editor.get(address).context["plan"]

    assert (plan.is_clean, plan.new_count) == (True, 1)
