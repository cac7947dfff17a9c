"""Whether the number in a label is the value that the label is bound to."""

import re
from decimal import Decimal
from typing import Protocol

from datasets.units import MEASURES

from .intervals import Estimate
from .quantities import find
from .shares import SINGLE
from .verdicts import Statement, Verdict, decide

_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_ONE = re.compile(
    rf"\A\s*(?:one\b(?![ -](?:{SINGLE})\b| and a half)|一(?=[个家份项座条])|一\Z)",
    re.IGNORECASE,
)
_KINDS_OF_DIMENSION = {"PERCENT": {"percent", "points"}, "MONTHS": {"months"}}


class PrintedValue(Protocol):
    """A value as its source prints it: an observation, for instance."""

    value: Decimal | None
    unit: str
    decimals: int


def kinds_of_unit(unit: str) -> set[str]:
    """Which kinds of `Quantity` a number in this unit can be; "" is a bare number."""
    if unit not in MEASURES:
        return {"", "times"} if unit == "" else set()
    return _KINDS_OF_DIMENSION.get(MEASURES[unit].dimension, {""})


def label_verdict(observation: PrintedValue, label: str) -> Verdict | None:
    """Whether the number in a label is the value; None where there is nothing to say.

    Written in any scale and language: 13亿元, 1.3 billion and 1,300 million agree.
    """
    # Digits alone are no year here: an editor has bound them.
    language = "en" if _LATIN.search(label) else "zh-hans"
    # The finder takes a lone one for an article; here it is bound.
    label = _ONE.sub("1", label)
    numbers = find(label, language)
    if len(numbers) != 1 or observation.value is None:
        return None
    (number,) = numbers
    measure = MEASURES[observation.unit]
    if number.kind not in kinds_of_unit(observation.unit):
        return None
    stated = Statement(
        None,
        low=number.value,
        decimals=0 if number.decimals is None else number.decimals,
    )
    printed = Estimate.printed(observation.value, observation.decimals)
    return decide(stated, printed.scaleb(measure.exponent))
