"""How the claims of the shipped study are checked, beside what the study says of them.

`swot/fixtures/claim_checks.csv` has a row per claim: the comparison word of its
statement, the finding where no arithmetic can decide, the period, region and edition
it is about where its formula alone does not say so, and the code of a newer value where
data since have overtaken it.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from datasets.models import Observation, Region
from swot.checking.formulas import parse_formula
from swot.models.claims import Claim

from .files import table


def read_checks() -> dict[str, dict[str, str]]:
    """The rows of the shipped file by code of the claim."""
    return {row["code"]: row for row in table("swot", "claim_checks")}


def units_by_code() -> dict[str, str]:
    """The unit of every observation that a formula may name."""
    return dict(Observation.objects.exclude(code="").values_list("code", "unit"))


def fill_check(
    claim: Claim,
    check: Mapping[str, str],
    units: Mapping[str, str],
    regions: Mapping[str, Region],
) -> None:
    """Set what the checker needs on a claim with stated_value, stated_unit and formula.

    The study itself reports the contradictions it ships with: its remark is the reason
    why they stay. Saving the claim computes it. ExpressionError for an unfit formula.
    """
    claim.comparison = check["comparison"]
    claim.finding = check["finding"]
    claim.subject_period = check["subject_period"]
    claim.subject_region = regions.get(check["subject_region"])
    claim.subject_vintage = check["subject_vintage"]
    claim.successor = check["successor"]
    claim.stated_low, claim.stated_decimals = stated_number(claim.stated_value)
    if not claim.finding:
        claim.expression = parse_formula(claim.formula, units, claim.stated_unit)
    if claim.verdict == Claim.Verdict.CONTRADICTED:
        claim.accepted_reason_zh_hans = claim.remark_zh_hans
        claim.accepted_reason_en = claim.remark_en


def stated_number(text: str) -> tuple[Decimal | None, int]:
    """The number of a stated value and its decimals; (None, 0) for dates and words."""
    try:
        return Decimal(text), len(text.partition(".")[2])
    except InvalidOperation:
        return None, 0
