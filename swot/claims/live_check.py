"""What the checker says about a claim that is being written; nothing is saved.

Each check reads a bounded number of observations, whatever the expression.
"""

from django.urls import reverse
from django.utils.translation import get_language, override

from cbec_site.base.languages import LANGUAGES
from cbec_site.base.limits import VALUES_READ
from swot.checking.errors import NoResultError
from swot.checking.explanations import (
    computed_phrase,
    explanation,
    interval_phrase,
    reading,
)
from swot.checking.facts import Fact, Facts
from swot.checking.symbols import amount
from swot.checking.verdicts import Statement, Verdict
from swot.checking.verification import Outcome, check
from swot.models.fact_loading import levels, load

MOST_SHOWN = 40


def outcome_of(statement: Statement) -> Outcome:
    """The outcome of checking the statement now; never raises, whatever the data."""
    try:
        facts = Facts(load([statement], VALUES_READ), levels([statement]))
    except NoResultError as error:
        return Outcome(
            statement, Verdict.NOT_TESTABLE, error.kind, about=str(error.about)
        )
    return check(statement, facts)


def describe_outcome(outcome: Outcome) -> dict:
    """An outcome for the editor: verdict and value in the active language, the
    computation and why in both, and the inputs with the addresses of their forms."""
    words = {
        "verdict": str(outcome.verdict),
        "label": str(outcome.verdict.label),
        "value": computed_phrase(outcome),
        "interval": interval_phrase(outcome),
        "inputs": [_input(fact) for fact in outcome.inputs[:MOST_SHOWN]],
        "more": max(len(outcome.inputs) - MOST_SHOWN, 0),
        "computation": {},
        "why": {},
    }
    for language in LANGUAGES:
        with override(language.code):
            words["computation"][language.code] = reading(outcome)
            words["why"][language.code] = explanation(outcome)
    return words


def _input(fact: Fact) -> dict:
    return {
        "name": fact.label(get_language() or "en"),
        "code": fact.code,
        "value": "—"
        if fact.value is None
        else amount(fact.value, fact.unit, fact.decimals),
        "status": fact.status,
        "is_published": fact.is_published,
        "url": reverse("admin:datasets_observation_change", args=[fact.pk]),
    }
