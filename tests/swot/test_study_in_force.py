"""Was it in force on that day? Answers worked out by hand from the facts.

Each line says why. The facts are the dates of acts gathered on 26 November 2026; "in
force" means that no end was found by then.
"""

import datetime

import pytest

from policies.models import Policy

pytestmark = pytest.mark.django_db

QUESTIONS = [
    # Relief for returned goods: dated and effective 30 January 2023.
    ("P07", "2023-01-29", "not_yet"),
    ("P07", "2023-08-01", "in_force"),
    # Its first year had gone by, but No. 34 of 2023 had stretched the window.
    ("P07", "2024-06-01", "in_force"),
    # The last day of the window, then its successor's first.
    ("P07", "2025-12-31", "in_force"),
    ("P07", "2026-01-01", "ended"),
    # The extension itself: 22 August 2023 to the end of 2025.
    ("N18", "2023-08-01", "not_yet"),
    ("N18", "2025-12-31", "in_force"),
    ("N18", "2026-02-01", "ended"),
    # No. 16 of 2026 reaches back to 1 January, and ends with 2027.
    ("N28", "2025-12-31", "not_yet"),
    ("N28", "2026-01-15", "in_force"),
    ("N28", "2028-01-01", "ended"),
    # Customs announcement 75 of 2020: from 1 July 2020, amended, never ended.
    ("P19", "2020-06-30", "not_yet"),
    ("P19", "2020-07-01", "in_force"),
    ("P19", "2025-01-01", "in_force"),
    ("N20", "2024-12-14", "not_yet"),
    ("N20", "2024-12-15", "in_force"),
    # A plan of 2021 to 2025.
    ("P04", "2023-08-01", "in_force"),
    ("P04", "2026-11-26", "ended"),
    # The tasks of one year.
    ("P01", "2022-01-01", "ended"),
    # Lists of goods: each replaced by the next on the first of January.
    ("N06", "2018-12-31", "in_force"),
    ("N07", "2019-12-31", "in_force"),
    ("N07", "2020-01-01", "ended"),
    # When the eighth batch took effect is known to the month only.
    ("N26", "2025-04-10", "possibly_in_force"),
    ("N26", "2025-05-01", "in_force"),
    # Known to be in force, the day of its beginning only recalled.
    ("P14", "2020-01-01", "possibly_in_force"),
    ("P14", "2016-01-01", "not_yet"),
    # Of the express opinions nothing but the month is known.
    ("P05", "2023-08-01", "unknown"),
]


@pytest.mark.usefixtures("study")
def test_was_it_in_force():
    policies = {policy.code: policy for policy in Policy.objects.with_labels()}
    wrong = []
    for code, day, force in QUESTIONS:
        asked = datetime.date.fromisoformat(day)
        found = policies[code].force(asked).force.value
        listed = Policy.objects.in_force_state(force, asked).filter(code=code).exists()
        if found != force or not listed:
            wrong.append((code, day, force, found, listed))

    assert wrong == []


@pytest.mark.usefixtures("study")
def test_the_amended_announcement_says_so():
    act = Policy.objects.with_labels().get(code="P19")

    before = act.force(datetime.date(2024, 12, 14)).because
    after = act.force(datetime.date(2024, 12, 15)).because

    assert before.kind == "effective"
    assert (after.kind, after.act.code) == ("amended", "N20")
