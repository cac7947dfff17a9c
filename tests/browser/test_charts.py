"""Charts in a browser: interaction, pointer, keyboard, going back, embedding."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests.sample_site import LANGUAGES

INDICATOR = "/{}/datasets/indicators/cbec_trade_total/"
FIGURE = "/{}/datasets/figures/f2-guizhou-trade/"
COMPARISON = "/en/datasets/compare/"
NARROW = {"width": 360, "height": 740}

# The label and fill of each series, in the picture and in the interactive chart.
PICTURED = """
figure => [...figure.querySelectorAll(".picture-wide g[data-kind]")].map(
  group => [...group.querySelectorAll("[data-value]")].map(mark => [
    mark.dataset.period, mark.dataset.label,
    mark.dataset.status ?? "", mark.dataset.former ?? "",
    /^url/.test(mark.getAttribute("fill"))]))
"""
PLAYED = """
figure => [...figure.querySelectorAll("canvas")].flatMap(
  canvas => Chart.getChart(canvas).data.datasets.map(set => set.data.map((mark, at) => [
    mark.period, mark.label, mark.status ?? "", mark.former ?? "",
    Array.isArray(set.backgroundColor)
      && set.backgroundColor[at] instanceof CanvasPattern])))
"""
JOINED = """
figure => [...figure.querySelectorAll("canvas")].flatMap(canvas => {
  const chart = Chart.getChart(canvas);
  return chart.data.datasets.flatMap((set, number) => {
    if (set.type !== "line") return [];
    const points = chart.getDatasetMeta(number).dataset.segments;
    return set.data.slice(1).map((mark, at) =>
      [set.data[at].period, mark.period,
       set.segment.borderColor({p0DataIndex: at, p1DataIndex: at + 1}) ?? "drawn"]);
  });
})
"""

# The values written in a chart: their texts, those that touch another or a foreign
# point, how many colours their lines have, and how far the years are turned.
WRITTEN = """
canvas => {
  const chart = Chart.getChart(canvas);
  const texts = chart.written.map(({texts}) => texts);
  const meet = ([a, b, c, d], [e, f, g, h]) => a < g && e < c && b < h && f < d;
  const points = chart.data.datasets.flatMap((set, number) =>
    set.type === "line" ? chart.getDatasetMeta(number).data : []);
  const collisions = chart.written.filter(({box}, at) =>
    chart.written.some((other, place) => place !== at && meet(box, other.box))
    || points.some(({x, y}) => meet(box, [x - 2, y - 2, x + 2, y + 2])));
  return {
    texts,
    collisions: collisions.map(({texts}) => texts[0]),
    colours: new Set(chart.written.map(({colour}) => colour)).size,
    rotation: chart.scales.x.labelRotation,
  };
}
"""


def chart(page):
    return page.locator("[data-play] figure[data-figure]")


def play(page):
    chart(page).locator(".chart-play").click()
    expect(chart(page).locator("canvas").first).to_be_visible()


@pytest.mark.parametrize("query", ["", "?as=index&region=520000&region=100000"])
def test_interactive_chart_has_the_marks_of_the_picture(page, site, query):
    page.goto(INDICATOR.format("en") + query)
    play(page)

    assert chart(page).evaluate(PLAYED) == chart(page).evaluate(PICTURED) != []
    joined = chart(page).evaluate(JOINED)
    assert joined
    for before, after, line in joined:
        follows = int(after) == int(before) + 1
        assert (line == "drawn") == follows, (before, after)


@pytest.mark.parametrize("size", [NARROW, {"width": 1280, "height": 900}])
def test_values_of_an_interactive_chart_stand_apart(page, site, size):
    page.set_viewport_size(size)
    page.goto(COMPARISON)
    play(page)

    seen = page.locator("canvas").first.evaluate(WRITTEN)

    assert len(seen["texts"]) >= 8
    assert seen["collisions"] == []
    assert seen["colours"] == 2
    assert seen["rotation"] == 0


def test_interactive_bars_say_by_how_much_they_grew(page, site):
    page.goto(FIGURE.format("en"))
    play(page)

    seen = page.locator("canvas").first.evaluate(WRITTEN)

    assert ["10.5", "≈+216%"] in seen["texts"]
    assert seen["collisions"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_state_is_in_the_address_and_back_restores_it(page, site, language):
    page.goto(INDICATOR.format(language))
    form = page.locator(".play-form")
    form.locator("[name=as]").select_option("index")
    page.wait_for_url("**?as=index")
    series = chart(page).locator(".picture-wide g[data-kind]")
    expect(series.first).to_have_attribute("data-unit", re.compile("= ?100"))
    form.locator("summary").first.click()
    form.locator("[name=region][value='520000']").check()
    page.wait_for_url("**?region=520000&as=index")

    expect(series).to_have_count(1)
    expect(form.locator("[name=region][value='520000']")).to_be_focused()
    switch = page.locator("header a[hreflang]").first
    assert switch.get_attribute("href").endswith("?region=520000&as=index")
    page.go_back()
    page.go_back()
    expect(form.locator("[name=as]")).to_have_value("")
    assert page.url.endswith(INDICATOR.format(language))


def test_same_state_without_scripts(plain_page, page, site):
    address = INDICATOR.format("en")
    plain_page.goto(address)
    form = plain_page.locator(".play-form")
    form.locator("[name=as]").select_option("change")
    form.get_by_role("button").click()
    page.goto(plain_page.url)

    labels = (
        "svg => [...svg.querySelectorAll('[data-label]')].map(m => m.dataset.label)"
    )
    drawn = ".picture-wide svg"
    assert "as=change" in plain_page.url
    assert plain_page.locator(drawn).first.inner_html() == (
        page.locator(drawn).first.inner_html()
    )
    assert page.locator(drawn).first.evaluate(labels) != []


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_are_shown_wherever_the_pointer_is(page, site, language):
    page.goto(FIGURE.format(language))
    picture = chart(page).locator(".picture").first
    box = picture.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 40)
    told = picture.locator(".chart-hover")

    expect(told).to_be_visible()
    marks = picture.locator(".picture-wide [data-value]").evaluate_all(
        "marks => marks.map(mark => [mark.dataset.period, mark.dataset.label])"
    )
    assert any(p in told.inner_text() and v in told.inner_text() for p, v in marks)
    play(page)
    plot = chart(page).locator("canvas").first.bounding_box()
    page.mouse.move(plot["x"] + plot["width"] * 0.4, plot["y"] + 60)
    page.wait_for_function(
        "Chart.getChart(document.querySelector('canvas')).tooltip.opacity > 0"
    )


def test_keys_reach_both_ends_and_are_spoken(page, site):
    page.emulate_media(reduced_motion="reduce")
    page.goto(FIGURE.format("zh-hans"))
    marks = (
        chart(page)
        .locator(".picture-wide [data-value]")
        .evaluate_all("marks => marks.map(({dataset: d}) => `${d.period}: ${d.label}`)")
    )
    play(page)
    canvas = chart(page).locator("canvas").first
    spoken = chart(page).locator("[aria-live]").first
    canvas.focus()
    for key, told in (("End", marks[-1]), ("ArrowLeft", marks[-2]), ("Home", marks[0])):
        page.keyboard.press(key)
        expect(spoken).to_contain_text(told)
    still = "Chart.getChart(document.querySelector('canvas')).options.animation"

    assert page.evaluate(still) is False


@pytest.mark.parametrize("language", LANGUAGES)
def test_interactive_chart_is_accessible_on_a_phone(page, violations, site, language):
    page.set_viewport_size(NARROW)
    page.goto(INDICATOR.format(language) + "?marks=1&region=520000&view=chart")
    page.evaluate("document.querySelectorAll('details').forEach(d => (d.open = true))")
    play(page)

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


def test_table_is_copied_as_cells(page, context, site):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(FIGURE.format("en"))
    chart(page).locator(".chart-copy").click()
    expect(chart(page).locator(".chart-copied")).not_to_be_empty()
    rows = page.evaluate("navigator.clipboard.readText()").split("\n")

    values = (
        chart(page)
        .locator("tbody tr:first-child td")
        .evaluate_all("cells => cells.map(cell => cell.dataset.value)")
    )
    assert rows[1].split("\t")[1:] == values


@pytest.fixture
def elsewhere():
    """Serves a page of another site: `elsewhere(html)` returns its address."""
    content = {}

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(content["html"].encode())

        def log_message(self, *_args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def serve(html):
        content["html"] = html
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "path", [INDICATOR.format("zh-hans"), f"{FIGURE.format('en')}?view=table"]
)
def test_embedded_chart_fits_its_height_without_cookies(
    browser, site, elsewhere, path, page
):
    """The code that the page offers, put into a page of another site."""
    page.goto(path)
    code = chart(page).locator(".embed pre").first.text_content()
    context = browser.new_context()
    other = context.new_page()
    other.goto(elsewhere(f"<!doctype html><p>Text</p>{code}"))
    frame = other.frame_locator("iframe")

    expect(frame.locator("figure[data-figure]")).to_be_visible()
    other.wait_for_function("Number(document.querySelector('iframe').height) != 560")
    height = other.evaluate("Number(document.querySelector('iframe').height)")
    assert height == pytest.approx(
        frame.locator("body").bounding_box()["height"], abs=2
    )
    assert context.cookies() == []
    context.close()
