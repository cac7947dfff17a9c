"""Which figures an analysis has, and which of its entries they are shown beside."""

from django.db.models import Count, Exists, F, Q

from datasets.models import Figure, FigureObservation

from .models import Analysis, Evidence


def figures_of(analysis):
    """The published figures of an analysis, in its order.

    Figures that belong to no analysis come last if only one analysis is published; with
    several, nobody has said whose they are. One query.
    """
    others = Analysis.objects.published().exclude(pk=analysis.pk)
    return (
        Figure.objects.published()
        .filter(
            Q(analysis_links__analysis=analysis)
            | Q(~Exists(others), analysis_links=None)
        )
        .order_by(F("analysis_links__position").asc(nulls_last=True), "number")
    )


def figures_beside(entries, figures):
    """The figures shown beside the entry that uses them, and those that no entry uses.

    `figures` are pairs of a figure and its part of the page. Returns the pairs by the
    key of their entry, and a list of the others. An entry that has the figure as
    evidence takes precedence over those that rest on its values; among these, the one
    that rests on most. Two queries.
    """
    keys = [entry.pk for entry in entries]
    named = set(
        Evidence.objects.filter(entry__in=keys, figure__isnull=False).values_list(
            "figure", "entry"
        )
    )
    shared = (
        FigureObservation.objects.with_public_value()
        .filter(observation__evidence__entry__in=keys)
        .values_list("figure", "observation__evidence__entry")
        .annotate(count=Count("pk"))
        .order_by()
    )
    counts = {(figure, entry): count for figure, entry, count in shared}
    beside, others = {key: [] for key in keys}, []
    for figure, part in figures:
        weights = {
            key: ((figure.pk, key) in named, counts.get((figure.pk, key), 0))
            for key in keys
        }
        key = max(keys, key=weights.get, default=None)
        is_argued = key is not None and any(weights[key])
        (beside[key] if is_argued else others).append((figure, part))
    return beside, others
