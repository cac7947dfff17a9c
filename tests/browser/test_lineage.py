"""From the State Council's reply to the city's measures, step by step, in a browser."""

import pytest


@pytest.mark.parametrize(
    ("language", "link", "heading"),
    [
        ("zh-hans", "从中央到地方", "从中央到地方"),
        ("en", "From the centre to the places", "From the centre to the places"),
    ],
)
def test_a_reader_goes_from_the_reply_to_the_city(page, language, link, heading):
    page.goto(f"/{language}/policies/P10/")
    page.get_by_role("link", name=link).click()

    assert page.get_by_role("heading", level=1).inner_text() == heading
    steps = page.locator(".lineage-step")
    assert "国函〔2018〕93号" in steps.first.inner_text()
    below = page.locator(".lineage-step.depth-1 a[href*='/policies/P16/']")
    below.click()
    assert page.url.endswith(f"/{language}/policies/P16/")
