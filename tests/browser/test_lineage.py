"""From the State Council's reply to the city's measures, step by step, in a browser."""

import pytest

from policies.models import PolicyRelation


@pytest.fixture(scope="module", autouse=True)
def _confirmed(site, django_db_blocker):
    """An editor has confirmed that the city's measures carry out the plan."""
    with django_db_blocker.unblock():
        relation = PolicyRelation.objects.get(policy__code="P17", other__code="P16")
        before, relation.confidence = relation.confidence, "editor"
        relation.save()
        yield
        relation.confidence = before
        relation.save()


@pytest.mark.parametrize(
    ("language", "link", "heading", "measures"),
    [
        (
            "zh-hans",
            "从中央到地方",
            "从中央到地方",
            "贵阳市关于推进跨境电子商务发展促进政策",
        ),
        (
            "en",
            "From central to local acts",
            "From central to local acts",
            "Guiyang policy package to promote cross-border e-commerce",
        ),
    ],
)
def test_a_reader_goes_from_the_reply_to_the_city(
    page, language, link, heading, measures
):
    page.goto(f"/{language}/policies/P10/")
    page.get_by_role("link", name=link).click()

    assert page.get_by_role("heading", level=1).inner_text() == heading
    steps = page.locator(".lineage-step")
    assert "国函〔2018〕93号" in steps.first.inner_text()
    city = page.locator(".lineage-step.depth-2 a[href*='/policies/P17/']")
    assert city.inner_text() == measures
    below = page.locator(".lineage-step.depth-1 a[href*='/policies/P16/']")
    below.click()
    assert page.url.endswith(f"/{language}/policies/P16/")
