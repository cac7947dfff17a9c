"""Every kind of public page of the shipped study, in a browser."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from cbec_site.models import Page
from datasets.models import Figure, Observation
from policies.models import Policy
from swot.models import Analysis, Claim
from tests.properties import IS_SOAK
from tests.sample_site import LANGUAGES, PAGES, address

NARROW = {"width": 360, "height": 740}
NARROWEST = {"width": 320, "height": 640}
# A4 between margins of 15 mm, at 96 pixels to the inch.
SHEET = {"width": 680, "height": 1009}
PRINTED = (
    "swot:analysis-detail",
    "swot:analysis-tows",
    "swot:claim-list",
    "swot:claim-detail",
    "swot:entry-detail",
)
# Texts for screen readers only are never printed.
BEYOND_THE_EDGE = """
[...document.querySelectorAll("main *")]
  .filter(part => part.getBoundingClientRect().right > innerWidth + 1)
  .filter(part => !part.closest(".visually-hidden"))
  .map(part => part.outerHTML.slice(0, 80))
"""

# How many colours a canvas has beside its background, and how many pixels.
PAINTED = """
canvas => {
  const {width, height} = canvas;
  const {data} = canvas.getContext("2d").getImageData(0, 0, width, height);
  const colours = new Map();
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] < 128) continue;
    const colour = `${data[i] >> 4},${data[i + 1] >> 4},${data[i + 2] >> 4}`;
    colours.set(colour, (colours.get(colour) || 0) + 1);
  }
  return {
    pixels: [...colours.values()].reduce((sum, count) => sum + count, 0),
    colours: [...colours.values()].filter(count => count > 20).length,
  };
}
"""

# The numbers that a figure's charts plot, and those its table holds.
PLOTTED = """
figure => [...figure.querySelectorAll("canvas")].flatMap(
  canvas => Chart.getChart(canvas).data.datasets.flatMap(
    set => set.data.map(point => point.value))
).sort((a, b) => a - b)
"""
# Series and labels in order, as the chart has them and as the picture has them.
PLAYED = """
figure => [...figure.querySelectorAll("canvas")].flatMap(
  canvas => Chart.getChart(canvas).data.datasets.map(
    set => [set.type, set.data.map(point => [point.period, point.label])]))
"""
PICTURED = """
figure => [...figure.querySelectorAll(".picture-wide g[data-kind]")].map(group => [
  ["line", "step"].includes(group.dataset.kind) ? "line" : "bar",
  [...group.querySelectorAll("[data-value]")].map(
    mark => [mark.dataset.period, mark.dataset.label])])
"""
TABLED = """
figure => {
  const headings = [...figure.querySelectorAll("thead th[data-mark]")];
  return [...figure.querySelectorAll("tbody tr")].flatMap(row =>
    [...row.querySelectorAll("td")].filter((cell, index) =>
      cell.dataset.value && !["none", "label"].includes(headings[index].dataset.mark)
    ).map(cell => Number(cell.dataset.value))
  ).sort((a, b) => a - b);
}
"""


@pytest.fixture(scope="module")
def world(site, django_db_blocker):
    """Something of the study for every kind of page."""
    with django_db_blocker.unblock():
        analysis = Analysis.objects.published().get()
        return SimpleNamespace(
            observation=Observation.objects.published()
            .select_related("indicator", "region", "source")
            .get(code="gz_cbec_2022"),
            figure=Figure.objects.published().get(number="F1"),
            figures=list(Figure.objects.published()),
            policy=Policy.objects.published().filter(in_table_1=True).first(),
            analysis=analysis,
            entry=analysis.entries.published().first(),
            recommendation=analysis.recommendations.published().first(),
            claim=Claim.objects.published().get(code="C24"),
            page=Page.objects.published().get(slug="method"),
        )


# Open menus, filters and everything folded, and one note on a number: the browser
# shows one at a time.
OPENED = """
() => {
  document.querySelectorAll("details").forEach(part => (part.open = true));
  document.querySelector("[popover]")?.showPopover();
}
"""

WIDTH = "document.documentElement.scrollWidth"
# Verdicts and their cards whose text does not fit.
SPILT = """() => [...document.querySelectorAll(
    ".verdict, .verdict-counts a, .check, .telling li, .claim-list li, .chips li")]
    .filter((card) => card.clientWidth && card.scrollWidth > card.clientWidth + 1)
    .map((card) => card.textContent.trim().slice(0, 60))"""
# Words that have to stay whole but are on two lines.
BROKEN_WORDS = """() => [...document.querySelectorAll(".whole")]
    .filter((word) => new Set(
      [...word.getClientRects()].map((part) => Math.round(part.bottom))).size > 1)
    .map((word) => word.textContent)"""


def days_and_nights():
    """Each page in one language, on phones in the dark; in `make soak` in both.

    The languages take turns: they share the templates and the colours.
    """
    for number, name in enumerate(PAGES):
        languages = list(LANGUAGES)
        yield from (
            (name, language)
            for language in (languages if IS_SOAK else [languages[number % 2]])
        )


@pytest.mark.parametrize(("name", "language"), days_and_nights())
def test_page_is_accessible_in_light_and_dark(page, violations, world, name, language):
    """On a wide screen in light colours; on a phone in dark ones, all parts open."""
    page.goto(address(name, world, language))
    by_day = violations(page, rules=["color-contrast", "target-size"])
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="dark")
    width = page.evaluate(WIDTH)
    broken = page.evaluate(BROKEN_WORDS)
    page.set_viewport_size(NARROWEST)
    narrowest = {language: page.evaluate(WIDTH)}
    spilt = page.evaluate(SPILT)
    small = violations(page, rules=["target-size"])
    page.evaluate(OPENED)
    by_night = violations(page)
    for other in set(LANGUAGES) - {language}:
        page.goto(address(name, world, other))
        narrowest[other] = page.evaluate(WIDTH)
        spilt += page.evaluate(SPILT)

    assert by_day == []
    assert width == NARROW["width"]
    assert narrowest == dict.fromkeys(LANGUAGES, NARROWEST["width"])
    assert broken == []
    assert small == spilt == []
    assert by_night == []


def test_violations_would_be_found(page, violations, world):
    page.goto("/en/search/")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.evaluate("content.append(document.createElement('img'))")
    page.evaluate("document.querySelector('h1').style.color = 'black'")

    rules = [line.partition(":")[0] for line in violations(page)]

    assert rules == ["color-contrast", "image-alt"]
    assert len(violations(page, rules=["color-contrast"])) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_results_are_accessible(page, violations, world, language):
    page.goto(f"/{language}/search/?q=跨境")

    expect(page.locator("mark").first).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_refused_filter_is_accessible(page, violations, complaints, world, language):
    page.goto(f"/{language}/policies/?year=1066")

    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []
    # The browser notes the status 400.
    assert len(complaints) == 1
    complaints.clear()


@pytest.mark.parametrize("language", LANGUAGES)
def test_not_found_page_is_accessible(page, violations, complaints, site, language):
    page.goto(f"/{language}/nothing/")

    assert violations(page) == []
    assert len(complaints) == 1
    complaints.clear()


@pytest.mark.parametrize("language", LANGUAGES)
def test_printed_page_cuts_nothing_off(page, world, language):
    page.set_viewport_size(SHEET)
    page.emulate_media(media="print")
    cut = {}
    for name in PRINTED:
        page.goto(address(name, world, language))
        cut[name] = page.evaluate(BEYOND_THE_EDGE)

    assert cut == {name: [] for name in PRINTED}


def test_board_is_printed_as_a_board(page, world):
    page.set_viewport_size(SHEET)
    page.emulate_media(media="print")
    page.goto(address("swot:analysis-tows", world, "en"))
    cells = [page.locator(f".tows-{kind}").bounding_box() for kind in ("so", "wo")]

    assert cells[0]["y"] == cells[1]["y"]
    assert page.locator(".tows").bounding_box()["height"] < SHEET["height"]


def play(figure):
    """Switch to the interactive chart, which replaces the picture."""
    figure.locator(".chart-play").click()
    expect(figure.locator("canvas").first).to_be_visible()
    expect(figure.locator(".picture").first).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_are_drawn_with_the_values_of_their_tables(
    page, world, language, scheme
):
    page.emulate_media(color_scheme=scheme)
    page.goto(address("datasets:figure-list", world, language))
    figures = page.locator("figure[data-figure]")

    expect(figures).to_have_count(len(world.figures))
    for figure in figures.all():
        play(figure)
        for canvas in figure.locator("canvas").all():
            expect(canvas).to_be_visible()
            painted = canvas.evaluate(PAINTED)
            assert painted["pixels"] > 2000
            assert painted["colours"] >= 3
        assert figure.evaluate(PLOTTED) == figure.evaluate(TABLED) != []
        assert figure.evaluate(PLAYED) == figure.evaluate(PICTURED)


@pytest.mark.parametrize("name", ["home", "datasets:figure-detail"])
def test_charts_on_other_pages_are_drawn_too(page, world, name):
    page.goto(address(name, world, "en"))
    for figure in page.locator("figure[data-figure]").all():
        play(figure)
    charts = page.locator("canvas")

    assert charts.count() > 0
    for canvas in charts.all():
        assert canvas.evaluate(PAINTED)["colours"] >= 3


def test_charts_are_redrawn_for_the_other_scheme(page, world):
    page.goto(address("datasets:figure-detail", world, "en"))
    play(page.locator("figure[data-figure]"))
    canvas = page.locator("canvas").first
    by_day = canvas.evaluate("canvas => canvas.toDataURL()")
    page.emulate_media(color_scheme="dark")

    # The browser tells the page of the change a little later.
    differs = "([canvas, before]) => canvas.toDataURL() !== before"
    page.wait_for_function(differs, arg=[canvas.element_handle(), by_day])


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_are_readable_without_scripts(plain_page, world, language):
    plain_page.goto(address("datasets:figure-list", world, language))

    for table in plain_page.locator("figure table").all():
        expect(table).to_be_visible()
    assert plain_page.locator("figure table").count() == len(world.figures)
    expect(plain_page.locator("canvas").first).to_be_hidden()
    for panel in plain_page.locator(".panel").all():
        expect(panel.locator(".picture svg:visible")).to_have_count(1)


def test_values_of_a_chart_are_announced_point_by_point(page, world):
    page.goto(address("datasets:figure-detail", world, "en"))
    figure = page.locator("figure[data-figure]")
    marks = figure.evaluate(PICTURED)[0][1]
    play(figure)
    page.locator("canvas").first.focus()

    for period, label in marks[:2]:
        page.keyboard.press("ArrowRight")
        expect(figure.locator("[aria-live]").first).to_contain_text(
            f"{period}: {label}"
        )


def test_policies_are_filtered_without_scripts(plain_page, world):
    plain_page.goto("/en/policies/")
    every = plain_page.locator("tbody tr").count()
    form = plain_page.get_by_role("form", name="Filter the list")
    form.get_by_label("Level").select_option("provincial")
    form.get_by_role("button").click()

    assert "level=provincial" in plain_page.url
    assert 0 < plain_page.locator("tbody tr").count() < every


def test_policies_are_sorted_by_a_click(page, world):
    page.goto("/en/policies/?in_table_1=1")
    page.get_by_role("columnheader", name="Level").get_by_role("link").click()

    assert page.url.endswith("?in_table_1=1&sort=level")
    expect(page.get_by_role("columnheader", name="Level")).to_have_attribute(
        "aria-sort", "ascending"
    )
    expect(page.locator("table:has(th[aria-sort]) tbody tr")).to_have_count(8)


def test_language_switch_keeps_the_filter(page, world):
    page.goto("/en/policies/?level=national&q=pilot")
    page.get_by_role("link", name="简体中文").click()

    assert page.url.endswith("/zh-hans/policies/?level=national&q=pilot")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_skip_link_leads_to_the_content(page, world):
    page.goto("/en/policies/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#content")).to_be_focused()


# A window in which all of a page moves in sight, and nothing else moves it.
TALL = {"width": 412, "height": 9000}
PAINTED_TWICE = """() => new Promise(
    done => requestAnimationFrame(() => requestAnimationFrame(done)))"""
WATCH_SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver(list => shifts.push(...list.getEntries().flatMap(
    ({ sources }) => sources.map(({ node }) => node?.outerHTML?.slice(0, 60)))
  )).observe({ type: "layout-shift" });
}"""


def shifts_by_scripts(page, address):
    """What moves in a page that was painted before any of its scripts ran."""
    held = []
    page.route("**/*.js", lambda route: held.append(route))
    page.goto(address, wait_until="commit")
    page.locator("footer.colophon").wait_for()
    page.evaluate(PAINTED_TWICE)
    page.evaluate(WATCH_SHIFTS)
    assert held
    for route in held:
        route.continue_()
    page.wait_for_load_state()
    page.unroute("**/*.js")
    page.evaluate(PAINTED_TWICE)
    return page.evaluate("shifts")


# Kinds of page that have scripts besides those of every page, and one that has not.
SCRIPTED = (
    "home",
    "datasets:indicator-detail",
    "datasets:comparison",
    "datasets:figure-list",
    "datasets:figure-detail",
    "policies:policy-detail",
    "policies:policy-list",
    "swot:analysis-detail",
    "swot:entry-detail",
    "swot:claim-detail",
)


def test_nothing_moves_when_scripts_run(page, world):
    page.set_viewport_size(TALL)
    moved = {}
    for number, name in enumerate(PAGES if IS_SOAK else SCRIPTED):
        language = list(LANGUAGES)[number % 2]
        moved[name] = shifts_by_scripts(page, address(name, world, language))
    page.set_viewport_size({"width": 1280, "height": 9000})
    article = address("swot:analysis-detail", world, "en")
    moved["wide article"] = shifts_by_scripts(page, article)

    assert {name: parts for name, parts in moved.items() if parts} == {}


@pytest.mark.parametrize("width", [320, 412, 1280])
def test_header_is_steady_while_it_arrives(page, site, width):
    """What is first has its place before the languages, which are last, are there."""
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(f"{site}/en/")
    parts = page.locator(".brand, .menu > summary, .site-search").all()
    # On a phone the search is in the menu.
    seen = [part for part in parts if part.is_visible()]
    places = [part.bounding_box() for part in seen]

    page.locator(".languages").evaluate("languages => languages.remove()")

    assert [part.bounding_box() for part in seen] == places
    assert len(places) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_header_of_a_phone_is_one_row_with_a_menu(page, site, language):
    page.set_viewport_size(NARROWEST)
    page.goto(f"{site}/{language}/")
    header = page.locator("header.masthead")
    links = header.locator(".site-nav")

    assert page.evaluate(WIDTH) == 320
    assert header.bounding_box()["height"] < 72
    expect(links).not_to_be_visible()
    header.locator("summary").click()
    expect(links.get_by_role("link")).to_have_count(6)
    expect(links).to_be_visible()
    assert page.evaluate(WIDTH) == 320


def test_filters_are_folded_on_a_phone_and_say_what_is_in_use(page, site):
    page.set_viewport_size(NARROW)
    page.goto(f"{site}/en/swot/claims/?verdict=yes")
    form = page.locator("form.filters")

    expect(form).not_to_be_visible()
    expect(page.locator(".filters-fold > summary")).to_contain_text("1 in use")
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(form).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_choices_of_an_order_are_not_cut_on_a_phone(page, site, language):
    page.set_viewport_size(NARROW)
    page.goto(f"{site}/{language}/swot/claims/")

    given, wanted = page.locator("#id_sort").evaluate("""choice => {
      const free = choice.cloneNode(true);
      free.style.cssText = "position: absolute; max-width: none";
      choice.after(free);
      return [choice.offsetWidth, free.offsetWidth];
    }""")

    assert given >= wanted > 0
