"""The token of a preview: a confirmation must match the file and data it showed."""

import hashlib

from django.db.models import Count, Max

from datasets.models import Observation

STATE = (Count("pk"), Max("pk"), Max("valid_from"), Max("batch"))


def make_token(plan) -> str:
    """A token that changes with the file, its options and the series it touches."""
    state = series_state(plan.indicators)
    text = f"{plan.sha256} {plan.options.as_text()} {state}"
    return hashlib.sha256(text.encode()).hexdigest()


def series_state(indicators) -> list:
    """Count and newest version of each touched series, a few hundred per query.

    Also the newest batch, since values valid from long ago make no newest version; and
    the newest history entry, since some edits, such as of the period, make no version.
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
