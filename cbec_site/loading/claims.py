"""The claims of the shipped study, checked as they are loaded."""

from datasets.models import Region
from swot.models import Claim

from .checks import fill_check, read_checks, units_by_code
from .files import table, translated


def load_claims() -> dict[str, int]:
    """Load and check every claim; returns their number."""
    rows, checks, units = table("swot", "claims"), read_checks(), units_by_code()
    regions = {region.code: region for region in Region.objects.all()}
    plain = ("code", "stated_value", "stated_unit", "location", "formula")
    plain += ("recomputed_value", "verdict", "kind")
    for row in rows:
        claim = Claim(
            is_published=True,
            interval_low=row["interval_low"] or None,
            interval_high=row["interval_high"] or None,
            **{name: row[name] for name in plain},
            **translated(row, "statement", "remark"),
        )
        fill_check(claim, row, checks[row["code"]], units, regions)
        claim.save()
    return {"claims": len(rows)}
