"""The history of a value in the admin: its versions, their times and their imports."""

import copy
from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.utils import unquote

from .models import ImportBatch, Observation, Revision

MOST = 100


@dataclass(frozen=True)
class Version:
    """A value as it was until a moment (None: today), and the import it came from."""

    value: Observation
    since: datetime
    until: datetime | None
    batch: ImportBatch | None


def versions_of(observation: Observation) -> list[Version]:
    """The newest versions of a value, today's first."""
    former = observation.revisions.select_related("batch__user")[:MOST]
    today = Version(observation, observation.valid_from, None, observation.batch)
    return [
        today,
        *(
            Version(
                _restored(observation, each),
                each.valid_from,
                each.valid_to,
                each.batch,
            )
            for each in former
        ),
    ]


def _restored(observation: Observation, revision: Revision) -> Observation:
    value = copy.copy(observation)
    for name in Revision.KEPT:
        setattr(value, name, getattr(revision, name))
    return value


class VersionsInHistory:
    """For the admin of observations: shows their versions above the edits by hand."""

    object_history_template = "admin/datasets/observation/history.html"

    def history_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, unquote(object_id))
        if row is not None and self.has_view_or_change_permission(request, row):
            extra_context = (extra_context or {}) | {"versions": versions_of(row)}
        return super().history_view(request, object_id, extra_context)
