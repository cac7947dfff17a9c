"""Forms of new observations and claims, filled in with what a sentence says."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from datasets.models import Indicator
from datasets.units import MEASURES, Unit
from swot.checking.labels import kinds_of_unit
from swot.checking.quantities import Quantity
from swot.checking.verdicts import Comparison

from .contexts import Context, signs_of
from .proposals import is_other_currency, title_in

# The share of an indicator's title that a sentence about it contains.
NAMED = 0.5

_KINDS = {"percent": Unit.PERCENT, "points": Unit.PP, "months": Unit.MONTHS}
_SCALES = ((12, "TRILLION"), (8, "100M"), (4, "10K"))
_QUALIFIERS = {
    Comparison.MORE_THAN: "at_least",
    Comparison.AT_LEAST: "at_least",
    Comparison.NEARLY: "just_under",
    Comparison.ABOUT: "about",
}


@dataclass(frozen=True)
class TextContext:
    """What is known about the numbers of a text in one language.

    `others` are sentences of the other language by the key of a number they have,
    `regions` the ids of regions by code.
    """

    language: str
    around: Mapping[Quantity, Context]
    others: Mapping[tuple, str]
    regions: Mapping[str, int]
    indicators: Iterable[Indicator]

    def in_both(self, number: Quantity, field: str) -> dict[str, str]:
        """The fields of both languages, each filled with its own sentence."""
        own, other = "zh_hans", "en"
        if not self.language.startswith("zh"):
            own, other = other, own
        return {
            f"{field}_{own}": self.around[number].sentence.strip(),
            f"{field}_{other}": self.others.get(number.key, "").strip(),
        }

    def region(self, number: Quantity) -> int | str:
        """The id of the region it is about, or ""."""
        return self.regions.get(self.around[number].region, "")

    def period(self, number: Quantity) -> str:
        """The year it is about, or ""."""
        return next(iter(self.around[number].years), "")

    def indicator(self, number: Quantity) -> int | str:
        """The id of the indicator that the sentence names best, or ""."""
        context, best = self.around[number], (NAMED, 0)
        named: int | str = ""
        for indicator in self.indicators:
            unit, title = indicator.unit, title_in(indicator, self.language)
            if number.kind not in kinds_of_unit(unit):
                continue
            rank = (context.names(title), len(signs_of(title)))
            if rank >= best and not is_other_currency(number, unit):
                named, best = indicator.pk, rank
        return named


def observation_url(number: Quantity, text_context: TextContext) -> str:
    """The form of a new observation, filled with all the sentence says about the
    number."""
    unit, value, decimals = _in_unit(number)
    fields = {
        "indicator": text_context.indicator(number),
        "value": value,
        "unit": unit,
        "decimals": max(decimals, 0),
        "region": text_context.region(number),
        "period": text_context.period(number),
        "qualifier": _QUALIFIERS.get(Comparison(number.comparison), ""),
        **text_context.in_both(number, "note"),
    }
    return _address("datasets_observation", fields)


def claim_url(
    number: Quantity, text_context: TextContext, expression: dict | None = None
) -> str:
    """The form of a new claim, filled with all the sentence says about the number.

    `expression` is the computation that gives the number.
    """
    unit, value, decimals = _in_unit(number)
    comparison = number.comparison
    if number.upper is not None:
        comparison = Comparison.BETWEEN
    elif number.direction and comparison == Comparison.EXACTLY:
        comparison = Comparison.ROSE if number.direction > 0 else Comparison.FELL
    fields = {
        **text_context.in_both(number, "statement"),
        "stated_value": number.text,
        "stated_low": value,
        "stated_high": "" if number.upper is None else _upper(number, unit),
        "stated_decimals": decimals,
        "stated_unit": unit,
        "comparison": str(comparison),
        "subject_region": text_context.region(number),
        "subject_period": text_context.period(number),
        "kind": "arithmetic",
        "expression": expression and json.dumps(expression, ensure_ascii=False),
    }
    return _address("swot_claim", fields)


def unit_of(number: Quantity) -> str:
    """The code of the unit an editor would write the number in; "" if none fits."""
    if number.comparison == Comparison.RANK:
        return number.unit.dimension
    if number.kind:
        return str(_KINDS.get(number.kind, ""))
    currency = number.currency
    if not currency:
        return Unit.COUNT.value
    for exponent, name in _SCALES:
        if abs(number.value) >= Decimal(10) ** exponent:
            return f"{currency}_{name}" if f"{currency}_{name}" in MEASURES else ""
    return currency if currency in MEASURES else ""


def _in_unit(number):
    """(unit code, value in it, decimals) as an editor would write the number."""
    unit = unit_of(number)
    exponent = MEASURES[unit].exponent if unit else 0
    value = number.value.scaleb(-exponent)
    decimals = number.decimals or 0
    return unit, f"{value.normalize():f}", min(max(decimals + exponent, -12), 6)


def _upper(number, unit):
    exponent = MEASURES[unit].exponent if unit else 0
    return f"{number.upper.scaleb(-exponent).normalize():f}"


def _address(name, fields):
    given = {key: value for key, value in fields.items() if value not in ("", None)}
    return f"{reverse(f'admin:{name}_add')}?{urlencode(given)}"
