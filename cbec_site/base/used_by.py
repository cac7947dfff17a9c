"""What rests on a thing, for its page: a bounded list of each kind with its total.

The lower apps do not know what builds on them: they hand over querysets that they
reach by the names relations have on their side.
"""

from dataclasses import dataclass, field

from django.db.models import Q

SHOWN = 12


@dataclass(frozen=True)
class Part:
    """The first rows of a kind and how many there are."""

    rows: list = field(default_factory=list)
    total: int = 0

    def __bool__(self):
        return self.total > 0

    @property
    def more(self):
        return self.total - len(self.rows)


@dataclass(frozen=True)
class Resting:
    entries: Part
    recommendations: Part
    claims: Part

    @property
    def total(self):
        return self.entries.total + self.recommendations.total + self.claims.total

    @property
    def more_parts(self):
        return self.entries.more + self.recommendations.more


def resting(*, entries=None, recommendations=None, claims=None) -> Resting:
    """The published ones of these querysets; six queries at most.

    Entries and recommendations of draft analyses are left out.
    """
    return Resting(
        entries=_first(_of_public_analyses(entries), "analysis__slug", "code"),
        recommendations=_first(
            _of_public_analyses(recommendations), "analysis__slug", "code"
        ),
        claims=_first(claims, "code"),
    )


def resting_on_values(observations, **more) -> Resting:
    """What rests on one of the published `observations` (a queryset).

    `more` gives, by kind, further conditions (Q) that also count, such as a link to
    the figure that shows the values.
    """
    found = {}
    for name in ("entries", "recommendations", "claims"):
        model = observations.model._meta.get_field(name).related_model
        key = model._meta.get_field("observations").remote_field.through
        column = key._meta.get_field(model._meta.model_name).attname
        keys = key.objects.filter(observation__in=observations).values(column)
        counts = Q(pk__in=keys)
        if name in more:
            # By key, so that no relation of the condition doubles a row.
            counts |= Q(pk__in=model.objects.filter(more[name]).values("pk"))
        found[name] = model.objects.filter(counts)
    return resting(**found)


def _of_public_analyses(parts):
    if parts is None:
        return None
    return parts.filter(analysis__is_published=True).select_related("analysis")


def _first(rows, *order):
    if rows is None:
        return Part()
    rows = rows.published().order_by(*order)
    first = list(rows[:SHOWN])
    return Part(first, rows.count())
