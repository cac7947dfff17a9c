"""The page of a claim: the values it reads are marked in the chart and the table.

C11 states the growth from 2021 (33.22) to 2022 (105); the series starts in 2019.
"""

import pytest
from playwright.sync_api import expect

PAGE = "/{}/swot/claims/C11/"
# In 亿元 for Chinese readers, in billions for English ones.
VALUES = {
    "en": ["1.3", "2.717", "3.322", "10.5"],
    "zh-hans": ["13", "27.17", "33.22", "105"],
}
USED = {"en": "used", "zh-hans": "已用"}

# How many colours the middle of each bar has: one if filled, more if hatched.
FILLED = """
canvas => {
  const chart = Chart.getChart(canvas);
  const ratio = chart.currentDevicePixelRatio;
  const {width, height} = canvas;
  const {data} = canvas.getContext("2d").getImageData(0, 0, width, height);
  return chart.getDatasetMeta(0).data.map((bar, index) => {
    const [left, top] = [bar.x - 8, (bar.y + bar.base) / 2 - 8].map(
      at => Math.round(at * ratio));
    const colours = new Set();
    for (let x = left; x < left + 16; x++) {
      for (let y = top; y < top + 16; y++) {
        const at = 4 * (y * width + x);
        colours.add(data.slice(at, at + 3).join());
      }
    }
    return [chart.data.datasets[0].data[index].period, colours.size === 1];
  });
}
"""


def rows(page):
    """Period and cell of the table below the chart."""
    lines = page.locator("[data-figure] tbody tr")
    return [
        (line.locator("th").inner_text(), line.locator("td").first)
        for line in lines.all()
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_that_the_claim_reads_are_filled(page, site, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(PAGE.format("en"))

    page.locator(".chart-play").click()
    expect(page.locator("[data-figure] canvas")).to_be_visible()
    filled = page.locator("[data-figure] canvas").evaluate(FILLED)

    assert filled == [["2019", False], ["2020", False], ["2021", True], ["2022", True]]


@pytest.mark.parametrize("language", USED)
def test_table_beside_the_chart_says_which_values_are_used(page, site, language):
    page.goto(PAGE.format(language))
    expect(page.locator("[data-figure] table")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.locator("[data-figure] table")).to_be_hidden()

    page.locator("[data-figure] summary").click()

    assert {
        period: cell.locator(".used").all_inner_texts() for period, cell in rows(page)
    } == {"2019": [], "2020": [], "2021": [USED[language]], "2022": [USED[language]]}


@pytest.mark.parametrize("language", USED)
def test_claim_page_is_readable_without_scripts(plain_page, language):
    plain_page.goto(PAGE.format(language))

    expect(plain_page.locator("[data-figure] canvas")).to_be_hidden()
    expect(plain_page.locator("[data-figure] table")).to_be_visible()
    values = [cell.get_attribute("data-value") for _, cell in rows(plain_page)]
    assert values == VALUES[language]
    expect(plain_page.locator("[data-figure] .used")).to_have_count(2)
    expect(plain_page.locator(".computation")).to_contain_text("(105 − 33.22) ÷ 33.22")
