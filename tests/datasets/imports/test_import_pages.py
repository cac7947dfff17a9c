"""The pages of an import: preview, confirmations, reading again, large files."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.contrib.auth.models import Group
from django.contrib.staticfiles import finders
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from cbec_site.accounts.roles import DATA_EDITOR, READER
from cbec_site.base.exporting import FORMATS
from datasets.importing.importer import observations
from datasets.imports import tasks as jobs
from datasets.models import ImportBatch, Observation
from datasets.resources import ObservationExport
from tests.datasets.imports.uploads import HEADER, ROW, UPLOAD, send
from tests.factories import (
    make_claim,
    make_figure,
    make_observation,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "places")]


def test_preview_writes_nothing_and_confirming_writes_all(editor):
    address = send(editor)
    shown = editor.get(address).context["plan"]

    assert (shown.new_count, shown.changed_count, shown.write_count) == (1, 0, 1)
    assert not Observation.objects.exists()

    editor.post(address, {"token": shown.token, "reason": "Yearbook"})

    batch = ImportBatch.objects.get()
    assert (batch.state, batch.reason, batch.new_count) == ("applied", "Yearbook", 1)
    assert Observation.objects.get().batch == batch
    assert batch.preview == {}


def test_a_confirmed_file_is_planned_once(editor, monkeypatch):
    address = send(editor)
    token = editor.get(address).context["plan"].token
    plan, planned = observations.plan, []
    monkeypatch.setattr(
        observations, "plan", lambda *a, **named: planned.append(a) or plan(*a, **named)
    )

    editor.post(address, {"token": token})

    assert ImportBatch.objects.get().state == "applied"
    assert len(planned) == 1


@pytest.mark.parametrize("is_published", [True, False])
def test_a_reason_is_asked_for_only_where_something_public_changes(
    editor, is_published
):
    series = {"op": "value", "indicator": "exports", "region": "520000"}
    make_claim(
        code="C01",
        expression=series | {"period": "2022"},
        stated_low=3,
        stated_unit="CNY_100M",
        is_published=is_published,
    )
    address = send(editor)
    plan = editor.get(address).context["plan"]

    refused = editor.post(address, {"token": plan.token, "reason": ""})

    told = [(c.code, c.before, c.after, c.is_public) for c in plan.consequences]
    assert told == [("C01", "data missing", "contradicted", is_published)]
    assert plan.needs_reason is is_published
    assert Observation.objects.exists() is not is_published
    if is_published:
        assert list(refused.context["form"].errors) == ["reason"]
        editor.post(address, {"token": plan.token, "reason": "Yearbook"})
        assert Observation.objects.exists()


def test_preview_lists_what_was_tidied(editor):
    rows = "".join(
        ROW.replace("2022,1.5", f"{year},约1.5") for year in range(2000, 2010)
    )
    address = send(editor, HEADER + rows + ROW.replace("520000", "520\u200b000"))

    english = editor.get(address).content.decode()
    editor.cookies["django_language"] = "zh-hans"
    chinese = editor.get(address).content.decode()

    assert "11 cells were tidied before they were read." in english
    assert "<li>Line 2: 约1.5 → 1.5</li>" in english
    assert "and 5 more" in english
    assert "<li>Line 12: 520[U+200B]000 → 520000</li>" in english
    assert "整理过的单元格" in chinese
    assert "不可见字符已去除" in chinese


def test_import_needs_its_own_permission(client):
    reader = make_user()
    reader.groups.add(Group.objects.get(name=READER))
    client.force_login(reader)

    assert client.get(UPLOAD).status_code == 403


def test_uploaded_file_is_kept_but_cannot_be_downloaded(editor, settings):
    send(editor)

    batch = ImportBatch.objects.get()
    kept = Path(batch.file.path)
    assert kept.read_bytes() == (HEADER + ROW).encode()
    assert finders.find(kept.name) is None
    assert not kept.is_relative_to(settings.STATIC_ROOT)
    for address in (f"/{batch.file.name}", f"/media/{batch.file.name}"):
        assert editor.get(address).status_code == 404


def test_file_of_another_editor_is_not_shown(editor, client):
    address = send(editor)
    other = make_user()
    other.groups.add(Group.objects.get(name=DATA_EDITOR))
    client.force_login(other)

    assert client.get(address).status_code == 302


def test_suspicious_values_are_ticked_one_by_one(editor):
    observations.import_file((HEADER + ROW + ROW.replace("2022", "2021")).encode())
    wrong = HEADER + ROW.replace("1.5", "15") + ROW.replace("2022,1.5", "2021,150")
    address = send(editor, wrong)
    token = editor.get(address).context["plan"].token

    one = editor.post(address, {"token": token, "accept": ["0"]})
    assert one.context["form"].errors["accept"] == [
        "1 suspicious values are not ticked; correct the file or tick them."
    ]
    assert Observation.objects.get(period="2022").plain_value == "1.5"
    editor.post(address, {"token": token, "accept": ["0", "1"]})

    assert Observation.objects.get(period="2022").plain_value == "15"


def test_file_with_too_many_doubts_has_to_be_split(editor, settings):
    settings.IMPORT_DOUBTS = 1
    observations.import_file((HEADER + ROW + ROW.replace("2022", "2021")).encode())
    wrong = HEADER + ROW.replace("1.5", "15") + ROW.replace("2022,1.5", "2021,150")
    address = send(editor, wrong)
    shown = editor.get(address)

    assert "More than 1 suspicious values: correct the file, or divide it." in (
        shown.content.decode()
    )
    assert "Write all of it" not in shown.content.decode()
    editor.post(address, {"token": shown.context["plan"].token, "accept": ["0"]})

    assert Observation.objects.get(period="2022").plain_value == "1.5"


def test_second_to_confirm_gets_a_new_preview(editor):
    address = send(editor)
    token = editor.get(address).context["plan"].token
    observations.import_file((HEADER + ROW.replace("1.5", "2.5")).encode())

    response = editor.post(address, {"token": token}, follow=True)

    assert "The series changed since this preview" in response.content.decode()
    assert response.context["plan"].changed_count == 1
    assert Observation.objects.get().plain_value == "2.5"


def test_unknown_columns_block_until_they_are_ignored(editor):
    address = send(editor, HEADER.replace("\n", ",mood\n") + ROW[:-1] + ",good\n")
    shown = editor.get(address).context["plan"]
    assert (shown.is_clean, shown.unknown_columns) == (False, ["mood"])

    editor.post(address, {"again": "1", "ignore": "mood"})

    assert editor.get(address).context["plan"].is_clean


def test_what_the_columns_lack_can_be_stated_after_the_upload(editor):
    address = send(editor, "indicator,region,period,value\nexports,520000,2022,1.5\n")
    assert not editor.get(address).context["plan"].is_clean

    editor.post(address, {"again": "1", "source": "office", "unit": "CNY_100M"})

    assert editor.get(address).context["plan"].new_count == 1


def test_values_that_the_file_lacks_are_withdrawn_on_request_only(editor):
    observations.import_file((HEADER + ROW + ROW.replace("2022", "2021")).encode())
    address = send(editor)
    kept = editor.get(address).context["plan"]
    assert (kept.absent, kept.withdrawn_count) == (1, 0)

    editor.post(address, {"again": "1", "withdraw_absent": "on"})
    token = editor.get(address).context["plan"].token
    editor.post(address, {"token": token})

    old = Observation.objects.get(period="2021")
    assert old.is_published is False
    assert [former.is_published for former in old.revisions.all()] == [True]
    batch = ImportBatch.objects.latest("pk")
    editor.post(reverse("admin:datasets_importbatch_undo", args=[batch.pk]))
    assert Observation.objects.get(period="2021").is_published is True


def test_preview_names_figures_and_draws_before_and_after(editor):
    observations.import_file((HEADER + ROW).encode())
    figure = make_figure([Observation.objects.get()], number="F9")
    address = send(editor, HEADER + ROW.replace("1.5", "2.5"))

    shown = editor.get(address).context

    assert [(t.kind, t.code, t.count) for t in shown["plan"].touched] == [
        ("figure", figure.number, 1)
    ]
    ((_title, table),) = shown["charts"]
    assert [
        [cell.plain for cell in column.cells.values()] for column in table.columns
    ] == [["0.15"], ["0.25"]]


def test_preview_says_which_points_a_figure_gains_and_loses(editor):
    observations.import_file(
        (
            HEADER.replace("\n", ",status\n")
            + ROW.replace("\n", ",A\n")
            + ROW.replace("2022", "2021").replace("\n", ",A\n")
            + ROW.replace("2022,1.5", "2020,").replace("\n", ",O\n")
        ).encode()
    )
    make_figure(Observation.objects.all(), number="F9")
    file = HEADER + ROW.replace("1.5", "1.6") + ROW.replace("2022", "2020")
    address = send(editor, file)

    editor.post(address, {"again": "1", "withdraw_absent": "on"})
    page = editor.get(address)

    (figure,) = page.context["plan"].touched
    assert (figure.count, figure.gained, figure.lost) == (3, 1, 1)
    assert "loses 1 point" in page.content.decode()


def test_large_file_is_imported_by_the_worker(editor, large):
    address = send(editor)
    shown = editor.get(address).context["plan"]
    assert shown.new_count == 1

    response = editor.post(address, {"token": shown.token}, follow=True)

    assert response.status_code == 200
    assert ImportBatch.objects.get().state == "applied"
    assert Observation.objects.count() == 1


def test_large_file_whose_series_changed_is_previewed_again(editor, large):
    address = send(editor)
    token = editor.get(address).context["plan"].token
    observations.import_file((HEADER + ROW.replace("1.5", "2.5")).encode())

    editor.post(address, {"token": token})

    batch = ImportBatch.objects.exclude(new_count=1).get()
    assert (batch.state, batch.message) == (
        "waiting",
        (
            "Data that the file affects have changed since the preview; nothing was "
            "written."
        ),
    )
    assert editor.get(address).context["plan"].changed_count == 1


def test_batch_is_written_once_however_often_it_is_confirmed(editor, large):
    address = send(editor)
    token = editor.get(address).context["plan"].token
    pk = ImportBatch.objects.get().pk

    editor.post(address, {"token": token})
    editor.post(address, {"token": token})
    jobs.apply_batch.call("datasets.ImportBatch", pk, token, "", "en")

    assert Observation.objects.count() == 1
    assert ImportBatch.objects.get().state == "applied"


@pytest.mark.parametrize(("zeros", "is_large"), [(90_000, False), (500_000, True)])
def test_small_workbook_that_unpacks_large_is_left_to_the_worker(
    editor, queue, settings, zeros, is_large
):
    settings.IMPORT_IN_REQUEST = 20_000
    made = io.BytesIO()
    book = openpyxl.Workbook()
    for row in (HEADER, ROW):
        book.active.append(row.strip().split(","))
    book.save(made)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/zeros.bin", bytes(zeros))
    assert len(made.getvalue()) < settings.IMPORT_IN_REQUEST

    page = editor.get(send(editor, made.getvalue()), follow=True)

    assert ("Waiting for the worker" in page.content.decode()) is is_large
    assert DBTaskResult.objects.exists() is is_large


def test_options_changed_in_another_window_are_not_confirmed_unseen(editor):
    observations.import_file((HEADER + ROW + ROW.replace("2022", "2021")).encode())
    address = send(editor)
    token = editor.get(address).context["plan"].token
    editor.post(address, {"again": "1", "withdraw_absent": "on"})

    page = editor.post(address, {"token": token}, follow=True)

    assert "The series changed since this preview" in page.content.decode()
    assert page.context["plan"].withdrawn_count == 1
    assert Observation.objects.get(period="2021").is_published


def test_edit_without_a_new_version_makes_a_preview_outdated_too(editor):
    observations.import_file((HEADER + ROW).encode())
    address = send(editor, HEADER + ROW.replace("1.5", "2.5"))
    token = editor.get(address).context["plan"].token
    row = Observation.objects.get()
    row.period = "2021"
    row.save()

    page = editor.post(address, {"token": token}, follow=True)

    assert page.context["plan"].new_count == 1
    assert Observation.objects.count() == 1


@pytest.mark.parametrize("number", range(len(FORMATS)))
def test_every_export_of_the_admin_changes_nothing_when_imported(number):
    row = make_observation("-1.50", note_zh_hans="=SUM(A1)", note_en="+more")
    exported = FORMATS[number]().export_data(ObservationExport().export())
    content = exported if isinstance(exported, bytes) else exported.encode()

    outcome = observations.import_file(content)

    assert list(outcome.plan.errors) == []
    assert (outcome.plan.write_count, outcome.plan.unchanged) == (0, 1)
    row.refresh_from_db()
    assert row.note_zh_hans == "=SUM(A1)"


def test_export_for_excel_runs_no_formula():
    make_observation("-1.50", note_zh_hans="=SUM(A1)")

    text = FORMATS[1]().export_data(ObservationExport().export())

    first, second = list(io.StringIO(text))[:2]
    assert first.startswith("\ufeff")
    assert "'=SUM(A1)" in second
    assert ",-1.50," in second
