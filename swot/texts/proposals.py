"""What a number of a text could be bound to, ranked by the words around it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from datasets.units import CURRENCIES, MEASURES
from swot.checking.quantities import Quantity
from swot.checking.verdicts import Verdict
from swot.models.claims import Claim
from swot.models.texts import Item

from .codes import suggested_code
from .contexts import Context, part_of_year
from .marks import mark_of

# The points that a sure proposal needs, and by how many it must lead the next.
SURE, MARGIN = 9, 2
# The weight of each sign; signs against a proposal weigh as much. Region, period and an
# equal number are not enough: the words or many digits have to agree, too.
REGION, PERIOD, INDICATOR, STATEMENT = 3, 3, 8, 10
EXPECTED, EXACT, DIGITS, NEAR, PART = 3, 1, 2, 1, 2
# With this many digits, two numbers do not agree by chance.
MANY_DIGITS = 4


@dataclass(frozen=True)
class Proposal:
    """A claim or observation whose number is the one in the text.

    `reasons` say what supports it besides the number; `is_sure` means that they suffice
    and no other proposal comes close.
    """

    kind: str
    item: Item
    is_exact: bool
    is_expected: bool
    score: float = 0
    reasons: tuple[str, ...] = ()
    is_sure: bool = False

    @property
    def code(self) -> str:
        """Its code; for a value without one, the code it will get when it is bound."""
        return self.item.code or suggested_code(self.item)

    @property
    def code_for(self) -> int | str:
        """The id of the observation if it has no code yet, else ""."""
        return "" if self.item.code else self.item.pk

    @property
    def subject(self) -> tuple:
        """A key shared by all editions of one value, since the text may mean any of
        them."""
        if isinstance(self.item, Claim):
            return (self.item.pk,)
        item = self.item
        return (item.indicator_id, item.region_id, item.period, item.breakdown)

    @property
    def is_draft(self) -> bool:
        return not self.item.is_public

    @property
    def url(self) -> str:
        return admin_url(self.item)

    @property
    def label(self) -> str:
        return describe(self.item)

    def markdown(self, label: str) -> str:
        """What to write in the text: [13亿](obs:gz_cbec_2019)."""
        return f"[{label}]({self.kind}:{self.code})"


def describe(item: Item) -> str:
    """A claim's statement, or an observation's series, place, period and value."""
    if isinstance(item, Claim):
        return item.statement
    names = (item.indicator.title, item.region.name, item.period, item.qualified_value)
    return " · ".join(name for name in names if name)


def admin_url(item: Item) -> str:
    """The address of its form in the admin."""
    meta = item._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[item.pk])


def ranked(
    quantity: Quantity,
    proposals: list[Proposal],
    context: Context | None,
    near: Mapping[int, int],
    language: str,
) -> list[Proposal]:
    """The proposals for a number, best first; the first is sure if no other comes
    close."""
    scored = [_scored(p, quantity, context, near, language) for p in proposals]
    scored.sort(key=lambda p: (-p.score, not p.is_exact, p.is_draft))
    if scored and context is not None:
        first = scored[0]
        others = [p.score for p in scored if p.subject != first.subject]
        is_sure = (
            first.score >= SURE
            and first.score - max(others, default=0) >= MARGIN
            and not first.is_draft
            and mark_of(first.item, quantity).verdict == Verdict.HOLDS
        )
        scored[0] = replace(first, is_sure=is_sure)
    return scored


def _scored(proposal, quantity, context, near, language):
    score = EXACT * proposal.is_exact
    reasons = []
    if _digits(quantity) >= MANY_DIGITS:
        score += DIGITS
        reasons.append(_("the same in every digit"))
    if proposal.is_expected:
        score += EXPECTED
        reasons.append(_("cited here"))
    signs = _signs(proposal.item, quantity, context or Context(), language)
    for points, word in signs:
        score += points
        if points > 0:
            reasons.append(word)
    if proposal.kind == "obs" and near.get(proposal.item.indicator_id, 0) > 1:
        score += NEAR
        reasons.append(_("like its neighbours"))
    return replace(proposal, score=score, reasons=tuple(reasons))


def _signs(item, quantity, context, language):
    """(points, reason) for each thing the words say for or against it."""
    if isinstance(item, Claim):
        share = context.names(_in(item, "statement", language))
        yield round(share * STATEMENT, 2), _("words of the statement")
        unit = item.stated_unit
    else:
        share = context.names(title_in(item.indicator, language))
        yield round(share * INDICATOR, 2), _("words of the indicator")
        near = _agreement(item.region.code, context.region, context.others)
        yield REGION * near, _("same region")
        year = context.years[0] if context.years else ""
        near = _agreement(item.period[:4], year, context.years)
        yield PERIOD * near, _("same period")
        is_part_named = context.part == part_of_year(item.period)
        has_part = context.part or part_of_year(item.period)
        yield (
            PART * (is_part_named or -1) if has_part else 0,
            _("same part of the year"),
        )
        unit = item.unit
    yield (-10 if is_other_currency(quantity, unit) else 0), ""


def _digits(quantity):
    """How many digits the number has, without leading and trailing zeros."""
    return len(quantity.value.normalize().as_tuple().digits)


def _agreement(value, nearest, others):
    """1 for what is named nearest, half for what is named elsewhere, -1 for what is
    not."""
    if not nearest:
        return 0
    if value == nearest:
        return 1
    return 0.5 if value in others else -1


def is_other_currency(quantity: Quantity, unit: str) -> bool:
    """Whether an amount would be compared with another currency or with a count."""
    dimension = MEASURES[unit].dimension if unit in MEASURES else ""
    if quantity.currency:
        return dimension != quantity.currency
    return bool(quantity.unit.dimension == "COUNT" and dimension in CURRENCIES)


def title_in(indicator, language: str) -> str:
    """The title of an indicator in a language, or in Chinese where there is none."""
    return _in(indicator, "title", language)


def _in(item, field, language):
    column = "zh_hans" if language.startswith("zh") else "en"
    return getattr(item, f"{field}_{column}") or getattr(item, f"{field}_zh_hans") or ""
