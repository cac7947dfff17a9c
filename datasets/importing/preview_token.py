"""What a confirmation has to name: the file and the data that its preview showed."""

import hashlib

from django.db.models import Count, Max

from datasets.models import Observation

STATE = (Count("pk"), Max("pk"), Max("valid_from"), Max("batch"))


def make_token(plan) -> str:
    """Changes with the file, with how it is read and with the series it touches."""
    state = series_state(plan.indicators)
    text = f"{plan.sha256} {plan.options.as_text()} {state}"
    return hashlib.sha256(text.encode()).hexdigest()


def series_state(indicators) -> list:
    """Count and newest version of each touched series, a few hundred in one query.

    And the newest batch: one whose values hold since long ago has no newest version.
    And the newest line of their history, which knows of an edit that makes no version,
    such as one of the period.
    """
    wanted, state = sorted(indicators), []
    for start in range(0, len(wanted), 500):
        part = {"indicator__in": wanted[start : start + 500]}
        for rows, *newest in (
            (Observation.objects, *STATE),
            (Observation.history, Max("history_id")),
        ):
            newest_rows = rows.filter(**part).values_list("indicator").annotate(*newest)
            state += newest_rows.order_by("indicator")
    return state
