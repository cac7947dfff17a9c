"""From when imported values are valid here, if not from now."""

import datetime
from itertools import islice

from django.utils import timezone
from django.utils.translation import gettext as _

from datasets.models import Observation
from datasets.spreadsheets.problems import Problem

from .undo import row_name


def parse_moment(text: str) -> datetime.datetime:
    """The beginning of a day, or a time; without a zone, in the site's own.

    Raises ValueError for anything else.
    """
    moment = datetime.datetime.fromisoformat(text)
    # Within these, no time zone can carry a moment beyond the years of a database.
    if not 1900 <= moment.year <= 2200:
        raise ValueError(text)
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def check_moment(plan, moment: datetime.datetime) -> None:
    """Report a moment in the future, and values that were changed after it."""
    if moment > timezone.now():
        message = _(
            "Values cannot apply from %(moment)s on: that moment is still to come."
        )
        message %= {"moment": _text(moment)}
        plan.errors.append(Problem(0, "", "", message, kind="moment"))
    later = (
        step
        for step in plan.steps
        if step.stored is not None and step.stored.valid_from > moment
    )
    first = list(islice(later, plan.errors.limit))
    rows = Observation.objects.with_labels().in_bulk(step.stored.pk for step in first)
    for step in first:
        if step.stored.pk not in rows:
            continue  # deleted a moment ago, so nothing will be written
        message = _(
            "The stored value of %(row)s has been valid since %(since)s, later than "
            "%(moment)s."
        ) % {
            "row": row_name(rows[step.stored.pk]),
            "since": _text(step.stored.valid_from),
            "moment": _text(moment),
        }
        line, raw, sheet = (
            (step.row.line, step.row.raw, step.row.sheet) if step.row else (0, "", "")
        )
        plan.errors.append(Problem(line, "value", raw, message, sheet, "moment"))
    plan.errors.count += sum(1 for _found in later)


def _text(moment):
    """The moment as the command accepts it, in either language."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}"
