"""The constraints of claims, each with its message."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cbec_site.base.codes import code_constraint, unreserved_constraint
from datasets.models import Observation
from datasets.units import MEASURES, Unit
from swot.checking.verdicts import FINDINGS, Verdict

# Addresses next to /claims/<code>/, which no code may take.
OTHER_PAGES = ("feed",)

CONSTRAINTS = [
    code_constraint(),
    unreserved_constraint(*OTHER_PAGES),
    models.CheckConstraint(
        condition=models.Q(interval_low__isnull=True)
        | models.Q(interval_low__lte=models.F("interval_high")),
        name="swot_claim_interval_ordered",
        violation_error_message=_("The interval starts above its end."),
    ),
    models.CheckConstraint(
        condition=models.Q(
            comparison="between",
            stated_high__isnull=False,
            stated_low__lte=models.F("stated_high"),
        )
        | (~models.Q(comparison="between") & models.Q(stated_high__isnull=True)),
        name="swot_claim_range_is_between",
        violation_error_message=_(
            "“Between” needs two numbers, the lower one first; other comparisons "
            "have one."
        ),
    ),
    models.CheckConstraint(
        condition=models.Q(
            stated_decimals__gte=-12,
            stated_decimals__lte=6,
        ),
        name="swot_claim_decimals_stored",
        violation_error_message=_("Between −12 and 6 decimals."),
    ),
    models.CheckConstraint(
        condition=models.Q(finding="") | models.Q(expression__isnull=True),
        name="swot_claim_finding_or_expression",
        violation_error_message=_(
            "A claim is computed or found by an editor, not both."
        ),
    ),
    models.CheckConstraint(
        condition=~models.Q(verdict=Verdict.CONTRADICTED)
        | models.Q(finding__in=["", "date"]),
        name="swot_claim_arithmetic_contradicts",
        violation_error_message=_(
            "Only arithmetic contradicts: call this imprecise wording, or a "
            "label that does not fit."
        ),
    ),
    models.CheckConstraint(
        condition=~models.Q(verdict__in=FINDINGS) | ~models.Q(finding=""),
        name="swot_claim_finding_of_an_editor",
        violation_error_message=_("Say what kind of finding this is."),
    ),
]


def check_successor(claim):
    """Raise ValidationError unless a stored value in a comparable unit has the
    successor's code."""
    if not claim.successor:
        return
    named = Observation.objects.named([claim.successor])
    unit = named.values_list("unit", flat=True).first()
    if unit is None:
        text = _("There is no value with the code “%(code)s”.")
        raise ValidationError({"successor": text % {"code": claim.successor}})
    stated = MEASURES.get(claim.stated_unit)
    if stated is None or MEASURES[unit].dimension != stated.dimension:
        text = _("A value in %(unit)s cannot be compared with the statement.")
        raise ValidationError({"successor": text % {"unit": Unit(unit).label}})
