"""What the list before publishing says of figures, claims and texts, with its link."""

import pytest
from django.contrib import admin

from cbec_site.base.drafts.checklist import findings_of
from tests.factories import make_claim, make_entry, make_figure, make_observation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def findings(row):
    """{what is said: (whether it blocks, where it is corrected)}."""
    found = findings_of(admin.site._registry[type(row)], row)
    return {finding.text: (finding.is_blocking, finding.url) for finding in found}


def test_figure_needs_a_source_and_is_reported_until_a_published_text_uses_it():
    figure = make_figure()
    assert findings(figure) == {
        "Give the source of its data.": (True, "#id_source_line_zh_hans"),
        "No published text uses this figure.": (False, ""),
    }

    sourced = make_figure([make_observation()])
    draft = make_entry(figures=[sourced], is_published=False)
    assert list(findings(sourced)) == ["No published text uses this figure."]

    draft.is_published = True
    draft.save()
    assert findings(sourced) == {}


@pytest.mark.parametrize("verdict", ["yes", "no"])
def test_contradicted_claim_needs_a_reason(verdict):
    claim = make_claim(verdict=verdict)
    told = {
        "The data contradict it: say why that stays.": (
            True,
            "#id_accepted_reason_zh_hans",
        )
    }
    assert findings(claim) == (told if verdict == "no" else {})

    claim.accepted_reason_zh_hans = claim.accepted_reason_en = "Printed like this."
    claim.save()
    assert findings(claim) == {}


def test_numbers_that_are_not_bound_are_counted_for_each_language():
    entry = make_entry(body_zh_hans="出口增长12.5%。", body_en="Exports grew.")

    assert findings(entry)["Numbers that are not bound (Chinese): 1"] == (
        False,
        "#id_body_zh_hans",
    )
    assert not any("(English)" in text for text in findings(entry))
