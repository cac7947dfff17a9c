"""What a spreadsheet program would run: an apostrophe before it, and off again."""

import pytest

from cbec_site.base.formulas import guarded, unguarded


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+more", "-", "@SUM(A1)", "\tx", "\rx", "-1.5 %", "=", "-1,000"],
)
def test_a_text_that_might_be_run_has_an_apostrophe(text):
    assert guarded(text) == f"'{text}"
    assert unguarded(f"'{text}") == text


@pytest.mark.parametrize(
    "text", ["", "-1.50", "+3", "-0", "1=1", "a-b", "'quoted'", "' =1", "0"]
)
def test_numbers_and_other_texts_are_left_alone(text):
    assert guarded(text) == text
    assert unguarded(text) == text


def test_an_apostrophe_before_a_number_is_no_guard():
    assert unguarded("'-1.50") == "'-1.50"
