"""Tags of public pages that need to know every app: citations, the data version."""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cbec_site.base.addresses import site_address
from cbec_site.base.kept import content_changed_at
from cbec_site.base.media_types import XLSX
from cbec_site.citations.formats import every_format
from cbec_site.citations.records import record_of
from cbec_site.citations.since import changes_of
from cbec_site.site_facts import site_facts
from cbec_site.structured_data import article, dataset, website
from datasets.cited import cited_address

register = template.Library()

# Endings of the addresses of citation files, and the names of their formats.
FILES = (("bib", "BibTeX"), ("ris", "RIS"), ("json", "CSL-JSON"))


@register.inclusion_tag("includes/_cite.html", takes_context=True)
def cite(context, thing, others=False):
    """How to cite the page of `thing`; `others` leaves out the Chinese standard.

    One query, for the version of the data.
    """
    request = context["request"]
    version = data_version(context)
    record = record_of(
        thing,
        address=cited_address(
            site_address(request) + thing.get_absolute_url(), version
        ),
        cited_on=timezone.localdate(),
        version=version,
    )
    formats = every_format(record)
    return {
        "formats": formats[1:] if others else formats,
        "others": others,
        "path": thing.get_absolute_url(),
        "files": FILES,
        "read_by_programs": [name for _ending, name in FILES],
    }


@register.inclusion_tag("includes/_since.html", takes_context=True)
def since_cited(context):
    """What changed on the page since the moment that its address names, if any."""
    moment = context.get("cited_moment")
    return {"since": changes_of(context["object"], moment) if moment else None}


@register.simple_tag(takes_context=True)
def data_version(context):
    """The moment at which public content last changed; None if it cannot be read.

    One query per page, however often the tag is used; none on error pages.
    """
    request = context["request"]
    return content_changed_at(request) if request.resolver_match else None


@register.simple_tag
def today():
    """Today in the site's time zone."""
    return timezone.localdate()


register.simple_tag(site_facts)


@register.simple_tag(takes_context=True)
def describe_site(context):
    return website(site_address(context["request"]))


@register.simple_tag(takes_context=True)
def describe_article(context, analysis):
    base = site_address(context["request"])
    return article(analysis, base + analysis.get_absolute_url())


@register.simple_tag(takes_context=True)
def describe_figure(context, figure, changed=None):
    """`changed` is the moment of the last change of its values."""
    base = site_address(context["request"])
    files = [
        ("text/csv", reverse("api:figure-csv", args=[figure.slug])),
        ("application/json", reverse("api:figure", args=[figure.slug])),
        *_chart_files("datasets:figure-file", figure.slug),
    ]
    return _described(base, figure, figure.subtitle, files, changed)


@register.simple_tag(takes_context=True)
def describe_indicator(context, indicator):
    base = site_address(context["request"])
    observations = f"?indicator={indicator.code}"
    files = [
        ("text/csv", reverse("api:observations-csv") + observations),
        ("application/json", reverse("api:observations") + observations),
    ]
    return _described(base, indicator, indicator.definition, files)


def _chart_files(name, slug):
    kinds = {"xlsx": XLSX, "svg": "image/svg+xml", "png": "image/png"}
    return [(kind, reverse(name, args=[slug, end])) for end, kind in kinds.items()]


def _described(base, thing, description, files, changed=None):
    return dataset(
        thing.title,
        description,
        base + thing.get_absolute_url(),
        [(kind, base + path) for kind, path in files],
        changed=changed,
        licence=settings.CONTENT_LICENCE_URL,
    )
