"""Prose with its bound numbers, for the templates."""

from django import template

from cbec_site.base.foreign import marked_html
from cbec_site.base.line_breaks import unbroken_html
from swot.prose import bound_codes, plain_text
from swot.texts.markdown import note_id, render_body

register = template.Library()


@register.filter
def bound(text, numbers):
    """Prose as HTML; `numbers` is what `load_bound` gave for the texts of the page."""
    return unbroken_html(marked_html(render_body(text, **numbers)))


@register.filter
def bound_by(numbers, text):
    """The rows that one text of a page binds, out of those of `load_bound`."""
    codes = {code for _kind, code in bound_codes(text)}
    return {
        kind: {code: item for code, item in items.items() if code in codes}
        for kind, items in numbers.items()
    }


@register.simple_tag
def bound_in(language, text, numbers):
    """The same for prose in a language that is not the page's."""
    return unbroken_html(marked_html(render_body(text, **numbers, language=language)))


@register.filter
def plain(text):
    """Prose without any markup, for descriptions."""
    return plain_text(text)


@register.filter
def note(item):
    """The id of the note that explains a claim or an observation on this page."""
    return note_id(item)
