"""The texts of the shipped study: every number is bound, alike in both languages."""

import pytest

from cbec_site.loading.files import sections
from swot.models import Analysis, Entry, Recommendation
from swot.prose import bound_codes, coverage, parity
from swot.texts.editor_notes import report
from swot.texts.markdown import load_bound

pytestmark = pytest.mark.usefixtures("study")


@pytest.mark.parametrize("section", sections().values(), ids=sections().keys())
def test_every_number_is_bound_alike_in_both_languages(section):
    texts = {"zh-hans": section["zh"], "en": section["en"]}

    for language, text in texts.items():
        assert [q.text for q in coverage(text, language).unbound] == []
    assert parity(*texts.values()).is_equal


def test_every_bound_code_is_published():
    for section in sections().values():
        for text in (section["zh"], section["en"]):
            found = load_bound(text)
            known = {("claim", code) for code in found["claims"]}
            known |= {("obs", code) for code in found["observations"]}
            assert set(bound_codes(text)) == known


@pytest.mark.parametrize("model", [Analysis, Entry, Recommendation])
def test_loaded_texts_have_no_faults(model):
    items = list(model.objects.all())

    assert items
    for item in items:
        item.full_clean()
        for part in report(item).values():
            assert part.coverage.is_complete
            assert (part.unknown, part.drafts) == ([], [])


def test_numbers_bound_to_a_value_are_that_value():
    """A wrong statement of the study is bound to the claim that contradicts it."""
    wrong = [
        (item.code, number.label, number.code)
        for model in (Entry, Recommendation)
        for item in model.objects.all()
        for part in report(item).values()
        for number in part.bound
        if number.kind == "obs" and number.verdict != "yes"
    ]

    assert wrong == []


@pytest.mark.parametrize(("language", "usual"), [("en", "Normal"), ("zh-hans", "正常")])
def test_notes_on_numbers_leave_out_normal_statuses(client, language, usual):
    page = client.get(f"/{language}/").content.decode()
    notes = page.partition('class="number-notes"')[2]

    assert notes.count('class="number-note"') > 3
    assert f">{usual}<" not in notes
