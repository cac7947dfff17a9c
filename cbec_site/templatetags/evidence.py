"""Languages, dates, places in the paper and prose for the public templates."""

import datetime
import re

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import to_locale as django_locale

from cbec_site.markdown import render_markdown

register = template.Library()

# Full-width signs bring their own blank. "、" divides the items of a list.
_SIGNS_ZH = {", ": "，", "、": "、", "; ": "；", ": ": "：", ". ": "。"}
_SIGNS_ZH |= {" (": "（", ")": "）"}

_BCP47 = {"zh-hans": "zh-Hans", "en": "en"}
_PLACES = (
    (re.compile(r"\bSec\. ([\d.]+(?:, [\d.]+)*)"), r"第\1节"),
    (re.compile(r"\bFig\. (\d)"), r"图\1"),
    (re.compile(r"\bTable (\d)"), r"表\1"),
    (re.compile(r" \(opening\)"), "（开头）"),
    (re.compile(r" \(picture\)"), "（图片）"),
    (re.compile(r" \(([^)]+)\)"), r"（\1）"),
    (re.compile(r" against "), " 对照 "),
    (re.compile(r"; "), "；"),
    (re.compile(r", | and "), "、"),
)


@register.filter
def bcp47(code):
    """The language tag HTML wants: zh-hans becomes zh-Hans."""
    return _BCP47.get(code, code)


@register.filter
def og_locale(code):
    """The locale Open Graph wants: zh_CN or en_GB."""
    return {"zh-hans": "zh_CN", "en": "en_GB"}.get(code, django_locale(code))


def site_address(request):
    """Scheme and host of the site, without a trailing slash."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"


@register.simple_tag
def sign(mark):
    """A punctuation mark, written as in English, in the active language.

    "、" between the items of a list is a comma in English.
    """
    if get_language() == "en":
        return ", " if mark == "、" else mark
    return _SIGNS_ZH[mark]


@register.simple_tag(takes_context=True)
def language_links(context):
    """The address of this page in every language: dicts of code, lang, name, url.

    `url` is absolute and bare (for search engines), `href` keeps the query string
    (for the reader who filters a list and changes the language).
    """
    request = context.get("request")
    if request is None or request.resolver_match is None:
        return []
    base = site_address(request)
    query = request.META.get("QUERY_STRING", "")
    links = []
    for code, name in (("zh-hans", "简体中文"), ("en", "English")):
        path = translate_url(request.path, code)
        links.append(
            {
                "code": code,
                "lang": bcp47(code),
                "name": name,
                "path": path,
                "href": f"{path}?{query}" if query else path,
                "url": base + path,
                "is_current": code == get_language(),
            }
        )
    return links


@register.simple_tag(takes_context=True)
def absolute_url(context, path):
    """A path of this site as an absolute address."""
    return site_address(context["request"]) + path


@register.simple_tag
def text(item, field):
    """A translated field; a text that exists only in the other language says so."""
    value = getattr(item, field)
    language = get_language() or settings.LANGUAGE_CODE
    if not value or getattr(item, f"{field}_{language.replace('-', '_')}", value):
        return value
    other = "en" if language != "en" else "zh-hans"
    return format_html(
        '<span lang="{}">{}</span> <small class="fallback">{}</small>',
        bcp47(other),
        value,
        gettext("(Chinese only)") if other == "zh-hans" else gettext("(English only)"),
    )


@register.filter
def other_language(item, field):
    """The same field in the language the reader did not choose, or ""."""
    other = "zh_hans" if get_language() == "en" else "en"
    return getattr(item, f"{field}_{other}", "")


@register.filter
def lookup(mapping, key):
    """The value of `key`, or the key itself where the mapping has none."""
    return mapping.get(key, key)


@register.filter
def markdown(value):
    """Prose written in Markdown."""
    return render_markdown(value)


@register.filter
def paper_location(value):
    """Where in the paper: "Sec. 2; Fig. 1" as readers of the page write it."""
    if get_language() == "en" or not value:
        return value
    for pattern, words in _PLACES:
        value = pattern.sub(words, value)
    return value


@register.filter
def partial_date(value):
    """A date of known precision: 2021, 2021-03 or 2021-03-19 in the page's words."""
    if not value:
        return ""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return gettext("%(year)d") % {"year": parts[0]}
    day = datetime.date(*(parts + [1])[:3])
    return date_format(day, "DATE_FORMAT" if len(parts) == 3 else "YEAR_MONTH_FORMAT")


@register.filter
def period(value):
    """A period of the grammar in words: 2022-Q1, 2022-01-01/P9M, 2022-11, 2022."""
    if not value:
        return gettext("not dated")
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        return gettext("Q%(quarter)s %(year)s") % {
            "year": match[1],
            "quarter": match[2],
        }
    if match := re.fullmatch(r"(\d{4})-S([12])", value):
        return gettext("H%(half)s %(year)s") % {"year": match[1], "half": match[2]}
    if match := re.fullmatch(r"(\d{4})-01-01/P(\d+)M", value):
        return gettext("January to month %(month)s, %(year)s") % {
            "year": match[1],
            "month": match[2],
        }
    if re.fullmatch(r"\d{4}(-\d{2}){0,2}", value):
        return partial_date(value)
    return value
