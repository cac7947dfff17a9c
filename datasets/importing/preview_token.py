"""What a confirmation has to name: the file and the data that its preview showed."""

import hashlib
import json
from dataclasses import asdict

from django.db.models import Count, Max

from datasets.models import Observation

STATE = (Count("pk"), Max("pk"), Max("valid_from"), Max("batch"))


def make_token(plan) -> str:
    """Changes with the file, with how it is read and with the series it touches."""
    said = json.dumps(asdict(plan.options), default=_plain)
    state = series_state(plan.indicators)
    return hashlib.sha256(f"{plan.sha256} {said} {state}".encode()).hexdigest()


def _plain(value):
    """What JSON has no word for: sets of headings and a moment."""
    return sorted(value) if isinstance(value, frozenset) else str(value)


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
            found = rows.filter(**part).values_list("indicator").annotate(*newest)
            state += found.order_by("indicator")
    return state
