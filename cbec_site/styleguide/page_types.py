"""Every kind of public page by its route name, with an existing example."""

from django.urls import reverse

from cbec_site.models import Page
from datasets.models import Figure, Indicator, Observation
from policies.models import Policy
from swot.models import Analysis, Claim, Entry, Recommendation

ALONE = (
    "home",
    "search",
    "api-docs",
    "datasets:indicator-list",
    "datasets:comparison",
    "datasets:figure-list",
    "datasets:region-list",
    "datasets:source-list",
    "policies:policy-list",
    "policies:pilotzone-list",
    "swot:analysis-list",
    "swot:claim-list",
    "swot:report",
    "swot:report-thanks",
    "swot:correction-list",
)


def _first(model):
    return model.objects.published().first()


def _codes(name):
    """The arguments of an address of this kind, taken from an existing page."""
    if name in ALONE:
        return ()
    model, field = OF_RECORDS[name]
    record = _first(model)
    if record is None:
        raise LookupError(name)
    return tuple(_value(record, path) for path in field.split(","))


def _value(record, path):
    for part in path.split("."):
        record = getattr(record, part)
    return record


# Name of the page: the kind of record, and where the codes of its address are found.
OF_RECORDS = {
    "page": (Page, "slug"),
    "datasets:indicator-detail": (Indicator, "code"),
    "datasets:figure-detail": (Figure, "slug"),
    "datasets:region-detail": (Observation, "region.code"),
    "datasets:source-detail": (Observation, "source.code"),
    "policies:policy-detail": (Policy, "code"),
    "policies:policy-lineage": (Policy, "code"),
    "swot:analysis-detail": (Analysis, "slug"),
    "swot:analysis-tows": (Analysis, "slug"),
    "swot:entry-detail": (Entry, "analysis.slug,code"),
    "swot:recommendation-detail": (Recommendation, "analysis.slug,code"),
    "swot:claim-detail": (Claim, "code"),
}
NAMES = (*ALONE, *OF_RECORDS)


def address_of(name: str) -> str:
    """The address of a page of this kind, in the language that is active.

    LookupError where there is no such kind, or nothing published of it.
    """
    if name not in NAMES:
        raise LookupError(name)
    return reverse(name, args=_codes(name))
