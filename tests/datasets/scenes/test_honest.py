"""Charts say no more than their values do: one test for each promise."""

import re
from datetime import date
from html import unescape
from itertools import combinations
from math import hypot
from types import SimpleNamespace

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from datasets.chart_cells import OFFICIAL, PAPER, Cell, Column, FigureTable
from datasets.dependents import Dated
from datasets.scenes.build import build_scene
from datasets.scenes.colours import DARK, LIGHT
from datasets.scenes.keys import pattern
from datasets.scenes.labels import Labels
from datasets.scenes.layout import Layout, text_width
from datasets.scenes.pictures import png, scene_svg
from datasets.scenes.sentences import change
from datasets.scenes.svg import panel_svg
from tests.properties import examples

WIDTHS = (340, 640)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def cell(year, value, status="A"):
    observation = SimpleNamespace(
        period=str(year),
        period_start=date(year, 1, 1),
        period_end=date(year, 12, 31),
        unit="CNY",
        status=status,
        is_flagged=status != "A",
        plain_status=f"status {status}",
    )
    return Cell(f"{value}", f"{value}", observation)


def table(*columns, dated=()):
    years = sorted({year for column in columns for year in column.cells})
    rows = [(year, year) for year in years]
    return FigureTable("time", rows, list(columns), dated=list(dated))


def column(title, values, mark="line", **facts):
    cells = {
        str(year): value if isinstance(value, Cell) else cell(year, value)
        for year, value in values.items()
    }
    return Column(title, "CNY", mark, cells=cells, **facts)


TITLES = [
    "Guizhou",
    "China · first release",
    "跨境电商进出口总额",
    "West of it",
    "贵州省",
]
VALUES = st.integers(-400, 4_000_000) | st.integers(0, 60)
STATUSES = st.sampled_from("AAAEPF")


@st.composite
def tables(draw):
    """Up to four series over years with gaps, near to and far from each other."""
    titles = draw(
        st.lists(st.sampled_from(TITLES), min_size=1, max_size=4, unique=True)
    )
    columns = []
    for title in titles:
        years = draw(
            st.sets(st.integers(2001, 2024), min_size=1, max_size=14).map(sorted)
        )
        values = {year: cell(year, draw(VALUES), draw(STATUSES)) for year in years}
        columns.append(
            column(
                title,
                values,
                draw(st.sampled_from(["bar", "line"])),
                role=draw(st.sampled_from([PAPER, OFFICIAL])),
            )
        )
    days = draw(st.lists(st.integers(2001, 2024), max_size=6))
    dated = [
        Dated(date(year, 3, 1), date(year, 3, 31), str(year), "Act", "")
        for year in days
    ]
    return table(*columns, dated=dated)


def texts(svg):
    """(content, left, top, right, bottom) of each text in a drawing."""
    found = []
    for attributes, content in re.findall(r"<text ([^>]*)>([^<]*)</text>", svg):
        facts = dict(re.findall(r'([\w-]+)="([^"]*)"', attributes))
        x, y, size = (float(facts[name]) for name in ("x", "y", "font-size"))
        wide = text_width(unescape(content), size)
        left = {"middle": x - wide / 2, "end": x - wide}.get(
            facts.get("text-anchor"), x
        )
        found.append((content, left, y - size * 0.7, left + wide, y + size * 0.1))
    return found


def touch(one, two):
    return one[1] < two[3] and two[1] < one[3] and one[2] < two[4] and two[2] < one[4]


@pytest.mark.hypothesis
@examples(60)
@given(tables(), st.sampled_from(WIDTHS))
def test_no_two_texts_of_a_chart_touch(drawn, width):
    with override("en"):
        scene = build_scene(drawn)
        for panel in scene.panels:
            boxes = texts(panel_svg(scene, panel, width, "x"))

            collisions = [pair for pair in combinations(boxes, 2) if touch(*pair)]
            assert collisions == []


@pytest.mark.hypothesis
@examples(60)
@given(tables(), st.sampled_from(WIDTHS))
def test_each_label_is_nearest_to_its_own_series(drawn, width):
    with override("en"):
        for panel in build_scene(drawn).panels:
            at = Layout(panel, width)
            labels = Labels(at)
            values = [label for label in labels.written if not label.is_note]
            assert len(values) + len(labels.missing) == len(panel.marks)
            for series, x, y, text, is_note in labels.written:
                if is_note:
                    continue
                own = [m for m in series.marks if text.startswith(m.label)]
                nearest = min(distance(at, series, mark, x, y - 4) for mark in own)
                others = [
                    distance(at, other, mark, x, y - 4)
                    for other in panel.series
                    if other is not series
                    for mark in other.marks
                ]
                assert nearest < 60
                assert all(nearest < other for other in others)


@pytest.mark.parametrize("width", WIDTHS)
def test_chart_says_how_many_values_are_not_labelled(width):
    years = range(2000, 2024)
    crowded = table(column("A", {year: f"{year}000000" for year in years}, "bar"))
    sparse = table(column("A", {2001: "5", 2002: "6"}, "bar"))

    def drawn(table):
        (panel,) = build_scene(table).panels
        written = Labels(Layout(panel, width)).written
        return panel_svg(build_scene(table), panel, width, "x"), len(written)

    svg, written = drawn(crowded)
    assert 0 < written < len(years)
    assert f"{len(years) - written} values not labelled" in svg
    assert "not labelled" not in drawn(sparse)[0]


def test_bars_beside_each_other_have_all_their_labels():
    stated = {2018: "30.51", 2020: "32.22", 2023: "41.8"}
    official = {
        2018: "30.50",
        2020: "32.16",
        2021: "39.1",
        2022: "42.07",
        2023: "41.76",
    }
    columns = [column("Paper", stated, "bar"), column("Customs", official, "bar")]
    (panel,) = build_scene(table(*columns)).panels
    labels = Labels(Layout(panel, 480))

    assert labels.missing == []
    assert labels.leaders
    for leader in labels.leaders:
        assert leader.to_y < leader.y


def test_label_below_a_bar_keeps_clear_of_the_axis_labels():
    below = column("Customs", {2001: "-14"}, "bar", role=OFFICIAL)
    drawn = table(column("Paper", {2001: "0", 2002: "0"}, "bar"), below)
    scene = build_scene(drawn)
    boxes = texts(panel_svg(scene, scene.panels[0], 340, "x"))

    assert not [pair for pair in combinations(boxes, 2) if touch(*pair)]


def distance(at, series, mark, x, y):
    place = at.x(mark.x)
    if series.kind == "bar":
        left, _top, wide, _high = at.bar(series, mark)
        place = left + wide / 2
    return hypot(place - x, at.y(mark.value) - y)


@pytest.mark.hypothesis
@examples(60)
@given(tables())
def test_no_line_crosses_a_year_without_a_value(drawn):
    with override("en"):
        for panel in build_scene(drawn).panels:
            for series in panel.lines:
                for run in series.runs:
                    years = [int(mark.period) for mark in run]
                    assert years == list(range(years[0], years[0] + len(years)))


@pytest.mark.hypothesis
@examples(60)
@given(tables(), st.sampled_from(WIDTHS))
def test_every_bar_begins_at_zero_and_is_as_high_as_its_value(drawn, width):
    with override("en"):
        for panel in build_scene(drawn).panels:
            at = Layout(panel, width)
            for series in panel.bars:
                for mark in series.marks:
                    _x, top, _wide, height = at.bar(series, mark)
                    ends = sorted([at.y(0), at.y(mark.value)])
                    assert [top, top + height] == pytest.approx(ends)


@pytest.mark.hypothesis
@examples(40)
@given(tables(), st.sampled_from(WIDTHS))
def test_every_series_is_named_in_its_own_colour(drawn, width):
    with override("en"):
        scene = build_scene(drawn)
        for panel in scene.panels:
            svg = panel_svg(scene, panel, width, "x", LIGHT)
            for series in panel.series:
                colour = LIGHT.series[series.colour - 1]
                named = re.findall(rf'<text [^>]*fill="{colour}"[^>]*>([^<]*)<', svg)
                said = "".join(named).replace(" ", "")
                assert series.title.replace(" ", "") in said
            assert len({one.colour for one in panel.series}) == len(panel.series)


def test_no_pattern_has_two_meanings():
    kinds = ("official", "estimated", "provisional", "forecast", "derived", "unused")
    tiles = [pattern("x", kind, "#000", "#fff") for kind in kinds]

    assert len(set(tiles)) == len(kinds)


def test_a_panel_has_one_unit():
    share = column("Share", {2020: 40, 2021: 50})
    share.unit = "%"
    scene = build_scene(table(column("Sum", {2020: 1}), share))

    for panel in scene.panels:
        assert {series.unit for series in panel.series} == {panel.unit}


def test_computed_value_is_drawn_hollow_and_says_so():
    derived = column("A", {2019: Cell("100.0", "100.0"), 2020: 120, 2021: 130})
    scene = build_scene(table(derived))
    svg = panel_svg(scene, scene.panels[0], 640, "x", LIGHT)

    (mark,) = re.findall(r"<path [^>]*data-pattern=\"derived\"[^>]*>", svg)
    assert f'fill="{LIGHT.surface}"' in mark
    assert "computed by us" in svg


def test_acts_and_events_are_drawn_at_their_dates():
    act = Dated(date(2020, 1, 1), date(2020, 12, 31), "2020", "Act", "")
    (panel,) = build_scene(
        table(column("A", {2019: 1, 2020: 2, 2021: 3}), dated=[act])
    ).panels
    at = Layout(panel, 640)

    ((x, text, _numbers),) = at.moments
    assert (x, text) == (pytest.approx(at.x(panel.series[0].marks[1].x), abs=1), "1")


SENTENCES = {
    "en": "A (CNY): from 10 in 2018 to 15 in 2021 (+50%); highest 40 in 2019. "
    "No values for 2020.",
    "zh-hans": "A（CNY）：由2018年的10到2021年的15（+50%）；"
    "最高为2019年的40。缺2020年的数值。",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_summary_states_first_last_change_peak_and_gap(language):
    with override(language):
        scene = build_scene(table(column("A", {2018: 10, 2019: 40, 2021: 15})), "T")
        svg = panel_svg(scene, scene.panels[0], 640, "x")

    assert scene.summary == SENTENCES[language]
    assert scene.summary in unescape(re.search(r'aria-label="([^"]*)"', svg)[1])
    assert scene.summary in unescape(re.search(r"<desc>([^<]*)<", scene_svg(scene))[1])


@pytest.mark.parametrize(
    ("first", "last", "is_rate", "told"),
    [
        ("10", "15", False, "+50%"),
        ("10", "9.5", False, "−5%"),
        ("3", "3", False, "0%"),
        ("1", "165", False, "×165"),
        ("≈ 4", "8", False, "≈+100%"),
        ("≥ 4", "8", False, ""),
        ("4", "< 8", False, ""),
        ("0", "8", False, ""),
        ("-2", "8", False, ""),
        ("3.4", "5.7", True, "+2.3 percentage points"),
        ("0", "-1", True, "−1 percentage points"),
    ],
)
def test_change_is_stated_as_precisely_as_it_is_known(first, last, is_rate, told):
    def made(year, text):
        sign, _, value = text.rpartition(" ")
        kept = cell(year, value)
        return Cell(text, value, kept.observation, sign=f"{sign} " if sign else "")

    values = {2018: made(2018, first), 2019: made(2019, last)}
    drawn = column("A", values, is_percent=is_rate)
    (panel,) = build_scene(table(drawn)).panels

    assert change(panel.series[0]) == told


# Machado, Oliveira and Fernandes (2009), full severity; linear light.
SIGHT = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# In CIELAB; two colours side by side can be distinguished from about 2.3.
APART = 20


def linear(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def lab(colour, sight):
    light = [
        min(max(sum(a * b for a, b in zip(row, linear(colour), strict=True)), 0), 1)
        for row in SIGHT[sight]
    ]
    rows = (
        (0.4124, 0.3576, 0.1805),
        (0.2126, 0.7152, 0.0722),
        (0.0193, 0.1192, 0.9505),
    )
    sums = [sum(a * b for a, b in zip(row, light, strict=True)) for row in rows]
    x, y, z = (
        t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116
        for t in (sums[0] / 0.95047, sums[1], sums[2] / 1.08883)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("sight", SIGHT)
def test_colours_are_distinguishable_with_every_colour_vision(colours, sight):
    for one, two in combinations(colours.series, 2):
        apart = sum(
            (a - b) ** 2 for a, b in zip(lab(one, sight), lab(two, sight), strict=True)
        )
        assert apart**0.5 > APART, (one, two)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_have_enough_contrast_on_their_background(colours):
    def luminance(colour):
        return sum(
            a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True)
        )

    for colour in (*colours.series, colours.ink, colours.muted):
        light, dark = sorted(map(luminance, (colour, colours.surface)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, colour


def test_chinese_is_drawn_on_a_machine_without_fonts():
    """Two characters differ from each other and from one that no font has."""
    pictures = {
        png(scene_svg(build_scene(table()), subtitle=text)) for text in "跨境\ue000"
    }

    assert len(pictures) == 3
