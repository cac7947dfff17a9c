"""The filters and tags of the public templates, thin wrappers around the base."""

from html import unescape

from django import template
from django.conf import settings
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from cbec_site.base import addresses, dates, foreign, languages, line_breaks
from cbec_site.base.markdown import render_markdown
from cbec_site.base.paper_places import paper_location
from cbec_site.base.search_text import excerpt

register = template.Library()

register.filter(languages.bcp47)
register.filter(languages.og_locale)
register.simple_tag(languages.other_code)
register.filter(languages.other_language)
register.simple_tag(languages.sign)
register.simple_tag(languages.text)
register.filter(foreign.marked)
register.filter(line_breaks.unbroken)
register.filter(line_breaks.unbroken_html, is_safe=True)
register.filter(dates.machine_time)
register.filter(dates.partial_date)
register.filter(dates.period)
register.filter(paper_location)


@register.filter
def shortened(text, length):
    """The beginning of a text, at most so many characters, to the end of a word."""
    return excerpt(text, [], length)


@register.simple_tag(takes_context=True)
def language_links(context):
    """The address of this page in every language, see `addresses.language_links`."""
    return addresses.language_links(context.get("request"))


@register.simple_tag(takes_context=True)
def card_address(context):
    """The address of the picture for this page; "" if it is not a page."""
    request = context.get("request")
    if request is None or request.resolver_match is None:
        return ""
    return addresses.site_address(request) + addresses.card_path(request.path)


@register.simple_tag(takes_context=True)
def absolute_url(context, path):
    """A path of this site as an absolute address."""
    return addresses.site_address(context["request"]) + path


@register.simple_tag(takes_context=True)
def words_of_block(context, name):
    """A page's content for a block of its base template, on one line and escaped, or
    "".

    For what the head needs twice: a block can occur in a template only once.
    """
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    # It was escaped when it was rendered, as in its first place.
    return SafeString(" ".join(block.render(context).split())) if block else ""


@register.simple_tag
def content_licence():
    """Name and address of the licence for texts and data; the name may be empty."""
    return {"name": settings.CONTENT_LICENCE, "url": settings.CONTENT_LICENCE_URL}


@register.filter
def lookup(mapping, key):
    """The value of `key`, or the key itself where the mapping has none."""
    return mapping.get(key, key)


@register.filter
def markdown_words(value):
    """The words of prose written in Markdown; text, which templates escape."""
    # Without markup it is plain text again: a quotation mark would end an
    # attribute.
    return unescape(strip_tags(str(render_markdown(value))))


@register.filter
def markdown(value):
    """Prose written in Markdown."""
    return line_breaks.unbroken_html(foreign.marked_html(render_markdown(value)))
