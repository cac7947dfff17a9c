"""Pieces of a page that are kept for the values passed to them."""

from django import template
from django.template.loader import render_to_string

from cbec_site.base.kept import kept_part
from cbec_site.base.reads import state_of

register = template.Library()


@register.simple_tag
def kept_include(name, **context):
    """Like `include … only`: a template that depends on what is passed to it alone.

    It is rendered once for the same rows with all that was read along with them.
    """
    return kept_part((name, state_of(context)), lambda: render_to_string(name, context))
