"""Finds the object that a public page or file is about from its address."""

from swot.models import Analysis


def find_by_names(match, find):
    """The published row that a resolved address names, and its names there.

    `find(rows, field, written)` returns the row of `rows` whose `field` matches what is
    written in the address, or None. Returns (row, names); row is None if nothing public
    matches, or if the address is not of a single object or something below its page.
    """
    view = getattr(match.func, "view_class", None)
    rows = getattr(view, "queryset", None)
    if rows is None or "slug" not in match.kwargs:
        return None, {}
    rows, names, field = rows.all(), dict(match.kwargs), view.slug_field
    if "analysis" in names:
        # Parts of an analysis are called by their code within it.
        analysis = find(Analysis.objects.published(), "slug", names["analysis"])
        if analysis is None:
            return None, {}
        names["analysis"], field = analysis.slug, "code"
        rows = rows.filter(analysis=analysis)
    row = find(rows, field, names["slug"])
    if row is None:
        return None, {}
    return row, names | {"slug": getattr(row, field)}


def exactly(rows, field, written):
    """The row whose field is exactly what is written."""
    return rows.filter(**{field: written}).first()
