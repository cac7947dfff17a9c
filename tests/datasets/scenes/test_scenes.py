"""Scenes: what is drawn, what is joined, and which words are beside it."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from datasets.chart_cells import OFFICIAL, Cell, Column, FigureTable
from datasets.scenes.build import build_scene
from datasets.scenes.colours import DARK, LIGHT
from datasets.scenes.labels import Labels
from datasets.scenes.layout import Layout, nice_steps, wrapped
from datasets.scenes.pictures import png, scene_svg
from datasets.scenes.svg import panel_svg


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def cell(year, value, status="A", **facts):
    observation = SimpleNamespace(
        period=str(year),
        period_start=date(year, 1, 1),
        period_end=date(year, 12, 31),
        unit="CNY",
        status=status,
        is_flagged=status != "A",
        plain_status={"E": "Estimated"}.get(status, status),
    )
    return Cell(value, value, observation, **facts)


def table(*columns):
    years = sorted({year for column in columns for year in column.cells})
    return FigureTable("time", [(year, year) for year in years], list(columns))


def column(title, values, mark="line", **facts):
    cells = {str(year): cell(year, value) for year, value in values.items()}
    return Column(title, "CNY", mark, cells=cells, **facts)


def positions(svg):
    return re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*paint-order', svg)


def test_line_is_interrupted_where_a_year_is_missing():
    (panel,) = build_scene(table(column("A", {2018: "1", 2019: "2", 2021: "3"}))).panels

    assert [[mark.period for mark in run] for run in panel.series[0].runs] == [
        ["2018", "2019"],
        ["2021"],
    ]
    assert [text for _, text in panel.ticks] == ["2018", "2019", "2020", "2021"]


def test_distances_are_proportional_to_time():
    (panel,) = build_scene(table(column("A", {2018: "1", 2019: "2", 2022: "3"}))).panels
    at = Layout(panel, 640)
    first, second, third = (at.x(mark.x) for mark in panel.marks)

    assert third - second == pytest.approx(3 * (second - first), rel=0.01)


def test_each_unit_has_its_own_panel():
    bars = column("Sum", {2020: "5"}, "bar")
    share = column("Share", {2020: "40"}, axis="right")
    share.unit = "%"

    panels = build_scene(table(bars, share)).panels

    assert [(panel.unit, len(panel.series)) for panel in panels] == [
        ("CNY", 1),
        ("%", 1),
    ]


@pytest.mark.parametrize(
    ("value", "sign", "told"),
    [
        ("-3", "", "−3%"),
        ("3", "", "+3%"),
        ("0", "", "0%"),
        ("216.07", "≈ ", "≈+216.07%"),
    ],
)
def test_growth_shows_its_own_qualifier(value, sign, told):
    growth = Column(
        "Growth", "%", "label", cells={"2020": cell(2020, value, sign=sign)}
    )
    (panel,) = build_scene(table(column("A", {2020: "5"}, "bar"), growth)).panels

    assert [mark.note for mark in panel.marks] == [told]


def test_label_keeps_two_decimals_rounded_half_up():
    assert [
        cell(2020, text).label for text in ("2.715", "2.7", "322215.125", "-0.005")
    ] == [
        "2.72",
        "2.7",
        "322,215.13",
        "-0.01",
    ]


def test_bars_begin_at_zero_whatever_their_sign():
    series = column("A", {2019: "-4", 2020: "10"}, "bar")
    (panel,) = build_scene(table(series)).panels
    at = Layout(panel, 640)
    below, above = (at.bar(panel.series[0], mark) for mark in panel.marks)

    assert below[1] == pytest.approx(at.y(0))
    assert above[1] + above[3] == pytest.approx(at.y(0))


@pytest.mark.parametrize("width", [340, 640])
def test_labels_never_touch_each_other(width):
    crowded = [
        column(
            f"Series {number}",
            {year: f"{year + number}.25" for year in range(1990, 2020)},
        )
        for number in range(4)
    ]
    (panel,) = build_scene(table(*crowded)).panels
    at = Layout(panel, width)
    boxes = [(x, y) for _, x, y, _, _ in Labels(at).written]

    assert boxes
    for number, (x, y) in enumerate(boxes):
        for other_x, other_y in boxes[number + 1 :]:
            assert abs(x - other_x) > 20 or abs(y - other_y) >= 12


def test_patterns_mean_one_thing_each_and_are_explained():
    paper = Column("A", "CNY", "bar", cells={"2020": cell(2020, "5", "E")})
    official = column("B", {2020: "6"}, "bar", role=OFFICIAL)
    scene = build_scene(table(paper, official))
    svg = panel_svg(scene, scene.panels[0], 640, "x")

    assert {"x-estimated-1", "x-official-2"} < set(re.findall(r'id="([^"]+)"', svg))
    assert ">E estimated<" in svg
    assert ">official publication<" in svg
    assert ">provisional<" not in svg


def test_texts_are_escaped():
    scene = build_scene(table(column("<script>&", {2020: "5"}, "bar")), '"<b>')
    svg = panel_svg(scene, scene.panels[0], 640, "x") + scene_svg(scene)

    assert "<script>" not in svg
    assert "<b>" not in svg


def test_summary_says_first_last_highest_and_gaps():
    text = build_scene(table(column("A", {2018: "1", 2019: "9", 2021: "3"}))).summary

    assert text.split("; ") == [
        "A (CNY): from 1 in 2018 to 3 in 2021 (+200%)",
        "highest 9 in 2019. No values for 2020.",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_picture_has_literal_colours_and_becomes_a_png(scheme):
    svg = scene_svg(
        build_scene(table(column("跨境电商", {2020: "5"}, "bar"))), scheme=scheme
    )

    assert "var(" not in svg
    assert png(svg, zoom=1).startswith(b"\x89PNG")


def test_colours_of_files_are_those_of_the_style_sheet(settings):
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text()

    def token(name):
        return re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", tokens).groups()

    for name in ("ink", "muted", "line", "surface"):
        assert token(name) == (getattr(LIGHT, name), getattr(DARK, name))
    for number in range(4):
        assert token(f"chart-{number + 1}") == (
            LIGHT.series[number],
            DARK.series[number],
        )


@pytest.mark.parametrize(
    ("low", "high", "steps"),
    [(0, 105, [0, 25, 50, 75, 100, 125]), (-3, 3, [-4, -2, 0, 2, 4]), (0, 0, [0.0])],
)
def test_axis_has_round_steps(low, high, steps):
    assert nice_steps(float(low), float(high)) == pytest.approx(steps)


def test_long_words_are_not_broken():
    assert wrapped("cross-border e-commerce", 100) == ["cross-border", "e-commerce"]
