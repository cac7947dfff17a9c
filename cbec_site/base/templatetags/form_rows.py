"""The rows of admin forms, for Unfold's template of a fieldset."""

from django import template

from cbec_site.base.form_rows import written_row

register = template.Library()


@register.simple_tag(takes_context=True)
def form_row(context, line):
    """The row of a line within a loop over a fieldset."""
    return written_row(context, line, is_last=context["forloop"]["last"])
