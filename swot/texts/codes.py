"""Codes for values that a text will name and that have none yet."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cbec_site.base.reasons import reason
from datasets.models import Observation

_OTHER = re.compile(r"[^A-Za-z0-9]+")
LONGEST = 64
NAMED = reason("named by a text", gettext_lazy("named by a text"))


def suggested_code(observation: Observation) -> str:
    """A code made of series, region and period: exports_520000_2022.

    Breakdown and edition are part of it, too. It may be taken already; `give_codes`
    checks.
    """
    parts = (
        observation.indicator.code,
        observation.region.code,
        observation.period,
        observation.breakdown,
        observation.vintage,
    )
    words = (_OTHER.sub("_", part).strip("_") for part in parts)
    code = "_".join(word for word in words if word)
    # A code of digits only would be read as an id.
    return (code if not code[:1].isdigit() else f"v_{code}")[:LONGEST].rstrip("_")


@transaction.atomic
def give_codes(pks: Iterable[int]) -> dict[int, str]:
    """Give each of these observations a code unless it has one; their codes by id.

    Raises ValidationError and writes nothing if one of them cannot be saved.
    """
    given = {}
    rows = Observation.objects.filter(pk__in=list(pks)).with_labels().order_by("pk")
    for row in rows.select_for_update(of=("self",)):
        if not row.code:
            row.code = _free(suggested_code(row))
            row._change_reason = NAMED
            row.full_clean()
            row.save()
        given[row.pk] = row.code
    return given


def _free(code):
    """The code, or the first of code_2, code_3 … that is free."""
    taken = set(
        Observation.objects.filter(code__startswith=code[: LONGEST - 4]).values_list(
            "code", flat=True
        )
    )
    candidate, number = code, 1
    while candidate in taken:
        number += 1
        candidate = f"{code[: LONGEST - len(str(number)) - 1]}_{number}"
        if number > 9999:
            raise ValidationError(_("There is no free code like %s.") % code)
    return candidate
