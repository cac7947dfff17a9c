"""Finds the object that a public address is about: a page, a file or a record."""

from datasets.models import Figure, Indicator
from policies.models import Policy
from swot.models import Analysis, Claim, Entry

# What the addresses of single records in the API are about, by their names there.
RECORDS = {
    "api:indicator": Indicator,
    "api:figure": Figure,
    "api:figure-csv": Figure,
    "api:policy": Policy,
    "api:entry": Entry,
    "api:claim": Claim,
}


def find_by_names(match, find):
    """The published row that a resolved address names, and its names there.

    `find(rows, field, written)` returns the row of `rows` whose `field` matches what is
    written in the address, or None. Returns (row, names); row is None if nothing public
    matches, or if the address is not of a single object or something below its page.
    """
    rows, field = _named(match)
    # Pages call the parameter a slug, even if it is a code.
    name = "slug" if "slug" in match.kwargs else "code"
    if rows is None or name not in match.kwargs:
        return None, {}
    names = dict(match.kwargs)
    if "analysis" in names:
        # Parts of an analysis are called by their code within it.
        analysis = find(Analysis.objects.published(), "slug", names["analysis"])
        if analysis is None:
            return None, {}
        names["analysis"], field = analysis.slug, "code"
        rows = rows.filter(analysis=analysis)
    row = find(rows, field, names[name])
    if row is None:
        return None, {}
    return row, names | {name: getattr(row, field)}


def _named(match):
    """The public rows that an address selects from, and the field it uses.

    (None, "") where it chooses none.
    """
    if model := RECORDS.get(match.view_name):
        return model.objects.published(), "slug" if model is Figure else "code"
    view = getattr(match.func, "view_class", None)
    rows = getattr(view, "queryset", None)
    return (None, "") if rows is None else (rows.all(), view.slug_field)


def exactly(rows, field, written):
    """The row whose field is exactly what is written."""
    return rows.filter(**{field: written}).first()
