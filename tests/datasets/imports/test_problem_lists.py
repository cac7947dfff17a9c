"""Problems of a file are grouped: however many there are, each kind is described."""

from django.utils.translation import override

from datasets.imports.plans import ProblemList
from datasets.spreadsheets.problems import Problem


def listed(limit, problems):
    found = ProblemList(limit=limit)
    found.extend(Problem(*problem) for problem in problems)
    return found


def test_equal_problems_are_one_group_with_their_lines():
    found = listed(5, [(line, "note", "约数", "left out") for line in range(2, 20)])

    (group,) = found.groups.values()
    assert (group.count, group.shown_lines) == (18, "2, 3, 4, 5, 6, 7, 8, 9 …")


def test_beyond_the_limit_problems_are_grouped_whatever_their_cells_say():
    notes = [(line, "", f"row {line}", "left out") for line in range(1, 301)]
    totals = [(line, "", f"sum {line}", "total row") for line in range(301, 304)]

    found = listed(200, notes + totals)

    assert sum(group.count for group in found.groups.values()) == found.count == 303
    (*_own, rest, sums) = found.groups.values()
    assert (rest.first.value, rest.first.message, rest.count) == ("", "left out", 100)
    assert (sums.first.line, sums.first.message, sums.count) == (301, "total row", 3)


def test_kind_of_problem_first_met_after_many_others_is_described():
    many = [(line, "", f"row {line}", f"lost {line}", "", "note") for line in range(9)]
    late = [
        (line, "值", "x", f"no number {line}", "", "value") for line in range(20, 23)
    ]

    with override("en"):
        found = listed(2, many + late)

    assert sum(group.count for group in found.groups.values()) == found.count == 12
    (*_own, notes, values) = found.groups.values()
    assert (notes.count, values.count, values.shown_lines) == (5, 3, "20, 21, 22")
    assert values.first.message == "More faults of this kind; the first: no number 20"
