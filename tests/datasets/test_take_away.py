"""What can be taken away of a figure and an indicator: pictures and workbooks."""

import io
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.utils.translation import override
from openpyxl import load_workbook

from datasets.charts import figure_table
from datasets.models import Figure, Indicator

pytestmark = pytest.mark.django_db


@pytest.fixture
def study():
    call_command("load_study", verbosity=0)
    return Figure.objects.get(number="F2")


def test_workbook_has_the_values_of_the_table(client, study):
    answer = client.get(f"/en/datasets/figures/{study.slug}.xlsx")
    book = load_workbook(io.BytesIO(answer.content))

    assert book.sheetnames == ["Data", "Metadata", "Notes"]
    with override("en"):
        table = figure_table(study)
    rows = list(book["Data"].iter_rows(min_row=2, values_only=True))
    for row, (label, cells) in zip(rows, table.lines, strict=True):
        assert row[0] == label
        shown = [float(cell.plain) if cell else None for cell in cells]
        assert list(row[1::2]) == shown
    assert [study.title_en, answer.status_code] == [book["Metadata"]["B2"].value, 200]


def test_picture_says_title_source_and_address(client, study):
    answer = client.get(f"/en/datasets/figures/{study.slug}.svg")
    told = "".join(ElementTree.fromstring(answer.content).itertext())

    assert answer["Content-Type"].startswith("image/svg+xml")
    assert study.title_en in told
    assert study.source_line_en.split()[0] in told
    assert f"/datasets/figures/{study.slug}/" in told
    assert b"var(" not in answer.content


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_pictures_are_public_and_differ_by_scheme(client, study, language):
    address = f"/{language}/datasets/figures/{study.slug}.png"
    light, dark = client.get(address), client.get(f"{address}?scheme=dark")

    assert light.content.startswith(b"\x89PNG")
    assert light.content != dark.content
    assert "s-maxage" in light["Cache-Control"]


def test_indicators_have_the_same_files(client, study):
    indicator = Indicator.objects.get(code="cbec_trade_total")

    for ending in ("svg", "png", "xlsx"):
        answer = client.get(f"/en/datasets/indicators/{indicator.code}.{ending}")
        assert answer.status_code == 200


def test_what_cannot_be_drawn_is_not_found(client, study):
    address = f"/en/datasets/figures/{study.slug}"
    Figure.objects.filter(number="F3").update(is_published=False)
    hidden = Figure.objects.get(number="F3").slug

    wrong = (
        f"{address}.svg?scheme=purple",
        f"{address}.gif",
        "/en/datasets/figures/none.png",
        f"/en/datasets/figures/{hidden}.png",
    )
    assert {client.get(path).status_code for path in wrong} == {404}
