"""Downloads of a figure and an indicator: pictures and workbooks."""

import io
from xml.etree import ElementTree

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from datasets.charts import figure_table
from datasets.models import Figure, Indicator

pytestmark = pytest.mark.django_db


@pytest.fixture
def figure(study, db):
    return Figure.objects.get(number="F2")


def test_workbook_has_the_values_of_the_table(client, figure, settings):
    settings.CONTENT_LICENCE = "CC BY-SA 4.0"
    answer = client.get(f"/en/datasets/figures/{figure.slug}.xlsx")
    book = load_workbook(io.BytesIO(answer.content))

    assert book.sheetnames == ["Data", "Metadata", "Notes"]
    with override("en"):
        table = figure_table(figure)
    rows = list(book["Data"].iter_rows(min_row=2, values_only=True))
    for row, (label, cells) in zip(rows, table.lines, strict=True):
        assert row[0] == label
        shown = [float(cell.plain) if cell else None for cell in cells]
        assert list(row[1::2]) == shown
    assert [figure.title_en, answer.status_code] == [book["Metadata"]["B2"].value, 200]
    known = dict(book["Metadata"].iter_rows(min_row=2, max_col=2, values_only=True))
    assert known["Licence"] == "CC BY-SA 4.0"
    as_json = client.get(f"/en/datasets/figures/{figure.slug}.json").json()
    assert as_json["licence"] == "CC BY-SA 4.0"


def test_picture_states_title_source_and_address(client, figure):
    answer = client.get(f"/en/datasets/figures/{figure.slug}.svg")
    told = "".join(ElementTree.fromstring(answer.content).itertext())

    assert answer["Content-Type"].startswith("image/svg+xml")
    assert figure.title_en in told
    assert figure.source_line_en.split()[0] in told
    assert f"/datasets/figures/{figure.slug}/" in told
    assert b"var(" not in answer.content


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_pictures_are_public_and_differ_by_scheme(client, figure, language):
    address = f"/{language}/datasets/figures/{figure.slug}.png"
    light, dark = client.get(address), client.get(f"{address}?scheme=dark")

    assert light.content.startswith(b"\x89PNG")
    assert light.content != dark.content
    assert "s-maxage" in light["Cache-Control"]


def test_indicators_have_the_same_files(client, figure):
    indicator = Indicator.objects.get(code="cbec_trade_total")

    for ending in ("svg", "png", "xlsx"):
        answer = client.get(f"/en/datasets/indicators/{indicator.code}.{ending}")
        assert answer.status_code == 200


def test_picture_of_what_cannot_be_drawn_is_not_found(client, figure):
    address = f"/en/datasets/figures/{figure.slug}"
    Figure.objects.filter(number="F3").update(is_published=False)
    hidden = Figure.objects.get(number="F3").slug

    wrong = (
        f"{address}.svg?scheme=purple",
        f"{address}.gif",
        "/en/datasets/figures/none.png",
        f"/en/datasets/figures/{hidden}.png",
    )
    assert {client.get(path).status_code for path in wrong} == {404}
