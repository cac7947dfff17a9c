"""The 56 claims of the study have the verdicts given in its facts, except those named
here.

The table is that of the facts: what disagrees, what rounding explains, what cannot be
compared; all others agree. Two kinds of difference are wanted: editors' findings that
no arithmetic decides have words of their own, and what newer data have overtaken is
superseded, not wrong.
"""

from dataclasses import replace

import pytest

from swot.checking.verification import check
from swot.models.claims import Claim
from swot.models.fact_loading import prefetch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("study")]

FACTS = {
    "no": "C24 C25 C26 C28 C32 C33 C34 C35 C36 C37 C38 C39 C40 C56".split(),
    "rounding": "C02 C03 C17 C18 C49 C51".split(),
    "n/a": "C41 C42 C48 C52 C54 C55".split(),
}
# Wording and labels, found by editors: these used to be called contradicted.
RENAMED = {
    **dict.fromkeys("C32 C33 C39 C40 C56".split(), "imprecise"),
    **dict.fromkeys("C34 C35 C37 C38".split(), "label"),
}
# True of the year they name; the newest values now say something else.
OVERTAKEN = {
    "C04": "the penetration rate of 2024",
    "C18": "the growth of cross-border e-commerce after 2022",
    "C21": "the number of pilot zones after the sixth batch",
    "C44": "goods trade after 2023",
    "C46": "cross-border e-commerce after 2023",
}


def verdicts_of_the_facts():
    told = {code: verdict for verdict, codes in FACTS.items() for code in codes}
    return {f"C{n:02}": told.get(f"C{n:02}", "yes") for n in range(1, 57)}


def test_each_verdict_is_that_of_the_facts_or_a_named_difference():
    found = dict(Claim.objects.values_list("code", "verdict"))

    overtaken = dict.fromkeys(OVERTAKEN, "superseded")
    assert found == verdicts_of_the_facts() | RENAMED | overtaken


def test_what_was_overtaken_is_true_of_its_own_period():
    claims = Claim.objects.filter(code__in=OVERTAKEN)
    statements = {claim.code: claim.as_statement for claim in claims}
    facts = prefetch(statements.values())
    alone = {
        code: check(replace(statement, successor="", is_latest=False), facts)
        for code, statement in statements.items()
    }

    assert {code: outcome.verdict for code, outcome in alone.items()} == {
        code: verdicts_of_the_facts()[code] for code in OVERTAKEN
    }
