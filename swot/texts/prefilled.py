"""Forms of new observations and claims, filled in with what a sentence says."""

import json
from collections.abc import Mapping
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from datasets.units import MEASURES, Unit
from swot.checking.quantities import Quantity
from swot.checking.verdicts import Comparison

from .contexts import Context

_KINDS = {"percent": Unit.PERCENT, "points": Unit.PP, "months": Unit.MONTHS}
_SCALES = ((12, "TRILLION"), (8, "100M"), (4, "10K"))
_QUALIFIERS = {
    Comparison.MORE_THAN: "at_least",
    Comparison.AT_LEAST: "at_least",
    Comparison.NEARLY: "just_under",
    Comparison.ABOUT: "about",
}


def observation_url(
    quantity: Quantity, context: Context, regions: dict[str, int]
) -> str:
    """The form of a new observation with value, unit, region and period."""
    unit, value, decimals = _in_unit(quantity)
    fields = {
        "value": value,
        "unit": unit,
        "decimals": max(decimals, 0),
        "region": regions.get(context.region, ""),
        "period": context.years[0] if context.years else "",
        "qualifier": _QUALIFIERS.get(Comparison(quantity.comparison), ""),
        "note_zh_hans": context.sentence.strip(),
    }
    return _address("datasets_observation", fields)


def claim_url(
    quantity: Quantity,
    context: Context,
    regions: dict[str, int],
    language: str,
    other: str = "",
    expression: Mapping | None = None,
) -> str:
    """The form of a new claim with everything the sentence says of the number.

    `other` is the sentence in the other language, `expression` what gives the number.
    """
    unit, value, decimals = _in_unit(quantity)
    column = "zh_hans" if language.startswith("zh") else "en"
    other_column = "en" if column == "zh_hans" else "zh_hans"
    comparison = quantity.comparison
    if quantity.direction and comparison == Comparison.EXACTLY:
        comparison = Comparison.ROSE if quantity.direction > 0 else Comparison.FELL
    fields = {
        f"statement_{column}": context.sentence.strip(),
        f"statement_{other_column}": other.strip(),
        "stated_value": quantity.text,
        "stated_low": value,
        "stated_high": "" if quantity.upper is None else _upper(quantity, unit),
        "stated_decimals": decimals,
        "stated_unit": unit,
        "comparison": str(comparison),
        "subject_region": regions.get(context.region, ""),
        "subject_period": context.years[0] if context.years else "",
        "expression": expression and json.dumps(expression),
    }
    return _address("swot_claim", fields)


def _in_unit(quantity):
    """(unit code, value in it, decimals) as an editor would write the number."""
    unit = _unit(quantity)
    exponent = MEASURES[unit].exponent if unit else 0
    value = quantity.value.scaleb(-exponent)
    decimals = quantity.decimals or 0
    return unit, f"{value.normalize():f}", min(max(decimals + exponent, -12), 6)


def _upper(quantity, unit):
    exponent = MEASURES[unit].exponent if unit else 0
    return f"{quantity.upper.scaleb(-exponent).normalize():f}"


def _unit(quantity):
    if quantity.kind:
        return str(_KINDS.get(quantity.kind, ""))
    currency = quantity.currency
    if not currency:
        return Unit.COUNT.value
    for exponent, name in _SCALES:
        if abs(quantity.value) >= Decimal(10) ** exponent:
            return f"{currency}_{name}" if f"{currency}_{name}" in MEASURES else ""
    return currency if currency in MEASURES else ""


def _address(name, fields):
    given = {key: value for key, value in fields.items() if value not in ("", None)}
    return f"{reverse(f'admin:{name}_add')}?{urlencode(given)}"
