"""Whole or nothing: the command, its messages, versions and undo."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from datasets.importing.importer import observations
from datasets.importing.plan import ObservationOptions
from datasets.imports.batch_record import PreviewOutdatedError
from datasets.models import (
    ImportBatch,
    Indicator,
    Observation,
    Region,
    Revision,
    Source,
)
from tests.factories import (
    make_claim,
    make_figure,
    make_indicator,
    make_observation,
    make_region,
    make_source,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
HEADER = "indicator,region,period,breakdown,value,unit,status,source,note\n"


@pytest.fixture(autouse=True)
def places():
    make_indicator(code="exports", title="出口额")
    make_region(code="520000", name="贵州省")
    make_source(code="office", title="统计局")


def test_good_file_is_written_with_its_batch(run):
    status, found = run(HEADER + "exports,520000,2022,,1.50,亿元,P,office,初步\n")

    row = Observation.objects.get()
    batch = ImportBatch.objects.get()
    assert status == 0
    assert found == {
        "status": "ok",
        "new": 1,
        "changed": 0,
        "unchanged": 0,
        "errors": [],
        "warnings": [],
        "batch": batch.pk,
    }
    assert (row.value, row.decimals, row.unit) == (Decimal("1.5"), 2, "CNY_100M")
    assert (row.status, row.note_zh_hans, row.batch) == ("P", "初步", batch)
    assert (batch.new_count, batch.file_name) == (1, "figures.csv")
    assert batch.file.read().decode().startswith("indicator")


def test_chinese_names_are_read_as_codes(run):
    text = "指标,地区,年份,数值,单位,来源\n出口额,贵州,2022年,1.5,亿元,统计局\n"

    assert run(text)[1]["new"] == 1


def test_second_run_is_unchanged_and_leaves_no_batch(run):
    text = HEADER + "exports,520000,2022,,1.50,亿元,P,office,初步\n"
    run(text)

    status, found = run(text)

    assert (status, found["new"], found["unchanged"]) == (0, 0, 1)
    assert ImportBatch.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("imports,520000,2022,,1,亿元,,office,", "indicator", "imports"),
        ("exports,Atlantis,2022,,1,亿元,,office,", "region", "Atlantis"),
        ("exports,520000,2022,,1,亿元,,nobody,", "source", "nobody"),
        ("exports,520000,2022,,1,furlong,,office,", "unit", "furlong"),
        ("exports,520000,2022,,1,%,,office,", "unit", "PERCENT"),
        ("exports,520000,2022,,1,,,office,", "unit", ""),
        ("exports,520000,22年,,1,亿元,,office,", "period", "22年"),
        ("exports,520000,,,1,亿元,,office,", "period", ""),
        ("exports,520000,2022,,one,亿元,,office,", "value", "one"),
        ("exports,520000,2022,,NaN,亿元,,office,", "value", "NaN"),
        ("exports,520000,2022,,1,亿元,X,office,", "status", "X"),
        ("exports,520000,2022,,1,亿元,O,office,", "status", "O"),
        ("exports,520000,2022,,,亿元,A,office,", "status", "A"),
    ],
)
def test_bad_row_is_named_and_nothing_is_written(run, row, column, value):
    status, found = run(HEADER + "exports,520000,2021,,1,亿元,,office,\n" + row + "\n")

    assert (status, found["status"]) == (1, "rejected")
    assert (found["new"], Observation.objects.count()) == (0, 0)
    (error,) = found["errors"]
    assert (error["line"], error["column"], error["value"]) == (3, column, value)
    assert error["message"]


def test_unknown_column_blocks_until_ignored(run):
    text = "indicator,region,period,value,unit,source,colour\n"
    text += "exports,520000,2022,1,亿元,office,red\n"

    blocked = run(text)[1]
    ignored = run(text, "--ignore-columns", "colour")[1]

    assert [error["column"] for error in blocked["errors"]] == ["colour"]
    assert (ignored["status"], ignored["new"]) == ("ok", 1)


def test_source_for_the_whole_file(run):
    text = "indicator,region,period,value,unit\nexports,520000,2022,1,亿元\n"

    assert run(text)[0] == 1
    assert run(text, "--source", "office")[0] == 0


def test_dry_run_writes_nothing(run):
    text = HEADER + "exports,520000,2022,,1,亿元,,office,\n"

    assert run(text, "--dry-run")[1]["new"] == 1
    assert Observation.objects.count() == 0


def test_empty_cell_never_erases(run):
    run(HEADER + "exports,520000,2022,,1.5,亿元,,office,\n")

    found = run(HEADER + "exports,520000,2022,,,亿元,,office,\n")[1]

    assert (found["unchanged"], Observation.objects.get().value) == (1, Decimal("1.5"))
    assert len(found["warnings"]) == 1


def test_identical_repeat_is_dropped_and_conflict_refused(run):
    row = "exports,520000,{},,{},亿元,,office,\n"

    same = run(HEADER + row.format(2021, 1) + row.format("2021年", "1.0"))[1]
    other = run(HEADER + row.format(2022, 1) + row.format(2022, 2))[1]

    assert (same["new"], len(same["warnings"])) == (1, 1)
    assert [error["line"] for error in other["errors"]] == [2, 3]


def test_changed_value_keeps_the_former_version(run):
    run(HEADER + "exports,520000,2022,,1.5,亿元,,office,\n")
    first = Observation.objects.get()

    found = run(HEADER + "exports,520000,2022,,1.6,亿元,,office,\n")[1]

    second, former = Observation.objects.get(), Revision.objects.get()
    assert (found["changed"], second.value) == (1, Decimal("1.6"))
    assert (former.value, former.batch_id) == (Decimal("1.5"), first.batch_id)
    assert (former.valid_from, former.valid_to) == (first.valid_from, second.valid_from)
    assert list(Revision.objects.valid_at(first.valid_from)) == [former]


def test_value_entered_by_hand_without_a_note_is_replaced(run):
    make_observation(
        "1.5",
        indicator=Indicator.objects.get(),
        region=Region.objects.get(),
        source=Source.objects.get(),
    )

    status, found = run(HEADER + "exports,520000,2022,,1.6,亿元,,office,\n")

    row = Observation.objects.get()
    assert (status, found["errors"], found["changed"]) == (0, [], 1)
    assert (row.value, row.note) == (Decimal("1.6"), "")


def test_value_off_by_a_power_of_ten_is_pointed_out(run):
    run(HEADER + "exports,520000,2022,,1.5,亿元,,office,\n")

    found = run(HEADER + "exports,520000,2022,,15,亿元,,office,\n", "--dry-run")[1]

    assert len(found["warnings"]) == 1


def test_undo_restores_exactly(run):
    run(HEADER + "exports,520000,2022,,1.5,亿元,P,office,alt\n")
    rows = "exports,520000,2022,,1.6,亿元,A,office,neu\n"
    run(HEADER + rows + "exports,520000,2023,,2,亿元,,office,\n")

    undone = observations.undo(ImportBatch.objects.get(changed_count=1))

    row = Observation.objects.get()
    assert (row.value, row.status, row.note_en) == (Decimal("1.5"), "P", "alt")
    assert (row.batch, undone.undoes.state) == (undone, "undone")


def test_undo_reverts_a_code_unless_it_was_changed_since(run):
    header = HEADER.replace("\n", ",code\n")
    run(header + "exports,520000,2021,,1,亿元,,office,,old\n")
    run(header + "exports,520000,2021,,2,亿元,,office,,new\n")
    observations.undo(ImportBatch.objects.latest("pk"))
    assert Observation.objects.get().code == "old"

    run(header + "exports,520000,2021,,3,亿元,,office,,new\n")
    row = Observation.objects.get()
    row.code = "newer"
    row.save()

    with pytest.raises(ValidationError, match="has been changed since"):
        observations.undo(ImportBatch.objects.latest("pk"))


@pytest.mark.parametrize("many", [3, 10_000])
def test_undo_takes_few_queries_and_leaves_no_trace(run, monkeypatch, many):
    monkeypatch.setattr("datasets.importing.undo.ROWS_AT_ONCE", 7)
    monkeypatch.setattr("datasets.importing.undo.FOLLOWED_ONE_BY_ONE", many)
    row = "exports,520000,{},,{},亿元,,office,\n"
    run(HEADER + "".join(row.format(year, 1) for year in range(1950, 1980)))
    stored = Observation.objects.order_by("pk").values("pk", "value", "note")
    before = list(stored)
    run(HEADER + "".join(row.format(year, 1.5) for year in range(1950, 2020)))

    with CaptureQueriesContext(connection) as queries:
        observations.undo(ImportBatch.objects.latest("pk"))

    assert list(stored.all()) == before
    # Five chunks of changed values, and all that were added at once.
    assert len(queries) < 80


def test_code_that_another_value_has_is_refused_in_its_column(run):
    header = HEADER.replace("\n", ",code\n")
    make_observation(code="taken")

    refused = run(header + "exports,520000,2021,,1,亿元,,office,,taken\n")[1]

    assert [
        (item["line"], item["column"], item["value"]) for item in refused["errors"]
    ] == [(2, "code", "taken")]


def test_undo_names_a_code_that_another_value_has_by_now(run):
    header = HEADER.replace("\n", ",code\n")
    run(header + "exports,520000,2021,,1,亿元,,office,,old\n")
    run(header + "exports,520000,2021,,2,亿元,,office,,new\n")
    make_observation(code="old")

    with pytest.raises(ValidationError, match="restore a code that another value"):
        observations.undo(ImportBatch.objects.latest("pk"))

    assert Observation.objects.get(period="2021").code == "new"


def test_undo_removes_values_that_a_claim_reads(run):
    row = "exports,520000,{},,1,亿元,,office,\n"
    run(HEADER + "".join(row.format(year) for year in range(1950, 1980)))
    years = {
        "op": "range",
        "indicator": "exports",
        "region": "520000",
        "from": "1950",
        "to": "1979",
    }
    claim = make_claim(
        expression={"op": "sum", "args": [years]},
        stated_low=Decimal(30),
        stated_unit="CNY_100M",
    )
    claim.refresh_from_db()
    assert (claim.verdict, claim.observations.count()) == ("yes", 30)

    observations.undo(ImportBatch.objects.get())

    claim.refresh_from_db()
    assert (claim.verdict, claim.observations.count()) == ("missing", 0)
    assert not Observation.objects.exists()


def test_undo_that_removed_values_cannot_be_undone_in_part(run):
    run(HEADER + "exports,520000,2021,,1,亿元,,office,\n")
    run(HEADER + "exports,520000,2021,,2,亿元,,office,\n")
    run(
        HEADER
        + "exports,520000,2021,,3,亿元,,office,\nexports,520000,2022,,3,亿元,,office,\n"
    )
    back = observations.undo(ImportBatch.objects.latest("pk"))

    with pytest.raises(ValidationError, match="import that file again"):
        observations.undo(back)

    assert [row.plain_value for row in Observation.objects.all()] == ["2"]


def test_undo_refuses_rows_changed_since(run):
    run(HEADER + "exports,520000,2022,,1.5,亿元,,office,\n")
    row = Observation.objects.get()
    row.value = Decimal(7)
    row.save()

    with pytest.raises(ValidationError, match="2022 has been changed since"):
        observations.undo(ImportBatch.objects.get())

    assert Observation.objects.get().value == Decimal(7)


def test_undo_refuses_a_row_that_a_figure_shows(run):
    run(HEADER + "exports,520000,2022,,1.5,亿元,,office,\n")
    make_figure([Observation.objects.get()])

    with pytest.raises(ValidationError, match="Still used"):
        observations.undo(ImportBatch.objects.get())

    assert ImportBatch.objects.get().state == "applied"


def test_single_edit_keeps_the_former_version():
    row = make_observation("1.5")
    row.value = Decimal("2.5")
    row.save()
    row.paper_location = "Sec. 1"
    row.save()

    assert [former.value for former in row.revisions.all()] == [Decimal("1.5")]


def test_outdated_preview_is_not_applied():
    content = (HEADER + "exports,520000,2022,,1.5,亿元,,office,\n").encode()
    plan = observations.plan(content)
    observations.import_file(
        (HEADER + "exports,520000,2021,,9,亿元,,office,\n").encode()
    )

    with pytest.raises(PreviewOutdatedError):
        observations.apply(plan, token=plan.token)

    assert Observation.objects.count() == 1


def test_batch_dated_back_makes_a_preview_outdated():
    long_ago = datetime.datetime(2020, 5, 1, tzinfo=datetime.UTC)
    first = HEADER + "exports,520000,2022,,1.5,亿元,,office,\n"
    observations.import_file(
        first.encode(), options=ObservationOptions(moment=long_ago)
    )
    observations.import_file(
        (HEADER + "exports,520000,2021,,9,亿元,,office,\n").encode()
    )
    plan = observations.plan(first.replace("1.5", "1.7").encode())
    # The versions it makes are older than that of the row of 2021.
    later = long_ago + datetime.timedelta(days=30)
    observations.import_file(
        first.replace("1.5", "1.6").encode(), options=ObservationOptions(moment=later)
    )

    with pytest.raises(PreviewOutdatedError):
        observations.apply(plan, token=plan.token)

    row = Observation.objects.get(period="2022")
    assert (row.value, row.valid_from) == (Decimal("1.6"), later)


def test_wide_file_needs_to_be_told_what_it_does_not_say():
    content = "单位：亿元\n地区,2021年,2022年\n贵州,1.5,2.5\n".encode("gb18030")

    refused = observations.import_file(content)
    written = observations.import_file(
        content, options=ObservationOptions(indicator="exports", source="office")
    )

    assert {problem.column for problem in refused.plan.errors} == {
        "indicator",
        "source",
    }
    assert written.as_json()["new"] == 2


def test_tidied_cells_are_one_warning_a_column(run):
    row = 'exports,520000,{},,"{}",亿元,,office,\n'
    rows = [row.format(1950 + place, f"1,{place:03}.5") for place in range(30)]

    found = run(HEADER + "".join(rows))[1]

    (warning,) = found["warnings"]
    assert (found["new"], warning["kind"], warning["count"]) == (30, "tidied", 30)
    assert (warning["line"], warning["column"], warning["value"]) == (
        2,
        "value",
        "1,000.5",
    )
    assert warning["message"] == (
        "thousands separators removed: 1,000.5 → 1000.5; 30 cells of this column"
    )
    assert warning["examples"][-1] == {
        "line": 6,
        "value": "1,004.5",
        "became": "1004.5",
    }


def test_queries_do_not_grow_with_the_file(django_assert_max_num_queries):
    rows = [f"exports,520000,{year},,1,亿元,,office,\n" for year in range(1950, 2050)]

    with django_assert_max_num_queries(30):
        outcome = observations.import_file((HEADER + "".join(rows)).encode())

    assert outcome.as_json()["new"] == 100


@pytest.mark.parametrize(
    ("is_published", "said", "told"),
    [
        (False, "yes", ("warnings", "publication")),
        (True, "no", ("suspicious", "publication")),
        (True, "yes", None),
        (False, "no", None),
        (False, "", None),
    ],
)
def test_file_that_contradicts_the_publication_status_is_reported(
    is_published, said, told
):
    make_observation(
        indicator=Indicator.objects.get(), region=Region.objects.get(), period="2022",
        source=Source.objects.get(), value=5, unit="CNY_100M",
        is_published=is_published,
    )  # fmt: skip
    header = HEADER.replace("\n", ",is_published\n")

    # The other row only shares the names of the first.
    rows = "exports,520000,2021,,4,亿元,,office,,\n"
    rows += f"exports,520000,2022,,5,亿元,,office,,{said}\n"
    plan = observations.plan((header + rows).encode())
    kinds = [
        (name, problem.kind)
        for name in ("warnings", "suspicious")
        for problem in getattr(plan, name)
    ]

    assert (plan.new_count, plan.unchanged) == (1, 1)
    assert kinds == [told] * bool(told)
