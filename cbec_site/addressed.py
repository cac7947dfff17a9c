"""The thing that a public page is about, found by the page's address."""

from swot.models import Analysis


def find_by_names(match, find):
    """The published row that a resolved address names, and its names there.

    `find(rows, field, written)` gives the row of `rows` whose `field` is meant by what
    is written in the address, or None. Gives (row, names); row is None where nothing
    public is meant, or where the page is no page of one thing.
    """
    view = getattr(match.func, "view_class", None)
    rows = getattr(view, "queryset", None)
    if rows is None or not match.route.endswith("<code:slug>/"):
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
    """The row whose field is just what is written."""
    return rows.filter(**{field: written}).first()
