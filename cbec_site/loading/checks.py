"""How the claims of the shipped study are checked, in addition to what they state.

`swot/fixtures/claim_checks.csv` has a row per claim: the comparison word of its
statement; the finding, if arithmetic cannot decide; the period, region and edition it
is about, if its formula does not tell; and the code of a newer value, if newer data
have overtaken it.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from datasets.models import Observation, Region
from swot.checking.formulas import parse_formula
from swot.models.claims import Claim

from .files import table, translated


def read_checks() -> dict[str, dict[str, str]]:
    """The rows of the shipped file by code of the claim."""
    return {row["code"]: row for row in table("swot", "claim_checks")}


def units_by_code() -> dict[str, str]:
    """The unit of every observation that a formula may name."""
    return dict(Observation.objects.exclude(code="").values_list("code", "unit"))


def reason_to_stay(row: Mapping[str, str]) -> dict[str, str]:
    """Why a claim that is known to be contradicted stays published, by field.

    Its remark is the reason. `row` is one of claims.csv; {} for other claims.
    """
    if row["verdict"] != Claim.Verdict.CONTRADICTED:
        return {}
    remark = translated(row, "remark")
    return {
        f"accepted_reason{name.removeprefix('remark')}": remark[name] for name in remark
    }


def fill_check(
    claim: Claim,
    row: Mapping[str, str],
    check: Mapping[str, str],
    units: Mapping[str, str],
    regions: Mapping[str, Region],
) -> None:
    """Set on a claim with stated_value, stated_unit and formula what the checker needs.

    `row` is that of claims.csv, `check` that of claim_checks.csv. Saving the claim
    computes it. Raises ExpressionError for an unsuitable formula.
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
    for name, text in reason_to_stay(row).items():
        setattr(claim, name, text)


def stated_number(text: str) -> tuple[Decimal | None, int]:
    """The number of a stated value and its decimals; (None, 0) for dates and words."""
    try:
        return Decimal(text), len(text.partition(".")[2])
    except InvalidOperation:
        return None, 0
