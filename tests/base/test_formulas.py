"""Texts that a spreadsheet would run: exported with an apostrophe, imported without."""

import pytest
from django.utils import translation

from cbec_site.base.formulas import (
    LONGEST,
    fits_workbook,
    guarded,
    unguarded,
    workbook_text,
)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+more",
        "-",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "-1.5 %",
        "=",
        "-1,000",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1.5",
        "＠SUM(A1)",
    ],
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


@pytest.mark.parametrize("text", ["贵" * LONGEST, "=" * LONGEST, "𠮷" * (LONGEST // 2)])
def test_text_that_fits_a_cell_of_a_workbook_stays_whole(text):
    assert fits_workbook(text)
    assert unguarded(workbook_text(text)) == text


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("贵" * (LONGEST + 1), "32,767"),
        ("=" + "1" * 40_000, "40,001"),
        ("𠮷" * 16_384, "32,768"),
        ("a" + "𠮷" * 20_000, "40,001"),
    ],
)
def test_text_too_long_for_a_cell_says_that_it_was_cut(text, length):
    with translation.override("en"):
        cell = workbook_text(text)

    assert not fits_workbook(text)
    # As Excel counts: in units of UTF-16.
    assert LONGEST - 1 <= len(unguarded(cell).encode("utf-16-le")) // 2 <= LONGEST
    whole, _, end = unguarded(cell).partition(" … ")
    assert text.startswith(whole)
    assert end == f"[cut here: {length} characters, and a cell holds 32,766]"
