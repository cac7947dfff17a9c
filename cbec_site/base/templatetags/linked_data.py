"""schema.org data in the page: read by search engines, never run."""

from django import template
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString

register = template.Library()

_START, _END = '<script type="application/json">', "</script>"


@register.simple_tag
def linked_data(data):
    """A JSON-LD block; json_script has escaped what could end it."""
    json = json_script(data).removeprefix(_START).removesuffix(_END)
    return format_html(
        '<script type="application/ld+json">{}</script>', SafeString(json)
    )
