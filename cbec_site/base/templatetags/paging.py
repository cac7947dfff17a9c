"""Page numbers under a long list."""

from django import template

register = template.Library()


@register.filter
def page_numbers(page):
    """Numbers around the current page, both ends, and … for the rest."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
