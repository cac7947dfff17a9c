"""schema.org data in the page: read by search engines, never executed."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, json_script, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from cbec_site.base.addresses import site_address

register = template.Library()

_START, _END = '<script type="application/json">', "</script>"


@register.simple_tag
def linked_data(data):
    """A JSON-LD block; json_script has escaped what could end it."""
    json = json_script(data).removeprefix(_START).removesuffix(_END)
    return format_html(
        '<script type="application/ld+json">{}</script>', SafeString(json)
    )


@register.simple_tag(takes_context=True)
def breadcrumb_data(context, *steps):
    """The path to a page as a BreadcrumbList; `steps` alternate names and paths.

    The last step has only a name; earlier steps without a path are left out. Empty if
    the request has no address.
    """
    request = getattr(context, "request", None)
    if request is None:
        return ""
    *before, current = steps
    named = [
        (gettext("Home"), reverse("home")),
        *((name, path) for name, path in zip(before[::2], before[1::2], strict=True)),
        (current, request.path),
    ]
    base = site_address(request)
    shown = [(strip_tags(str(name)), path) for name, path in named if path]
    return linked_data(
        {
            "@context": "https://schema.org",
            "@type": "BreadcrumbList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": number,
                    "name": name,
                    "item": base + path,
                }
                for number, (name, path) in enumerate(shown, 1)
            ],
        }
    )
