"""Addresses of the site, absolute and in each language."""

from django.conf import settings
from django.urls import reverse, translate_url
from django.utils.translation import get_language

from .languages import LANGUAGES

# Where the admin and the API begin.
ADMIN = "/admin/"
API = "/api/"

# What the home page is called where its path would be empty.
HOME = "home"


def card_path(path):
    """The path of a page's picture, given the page's path in the active language."""
    _, _, page = path.strip("/").partition("/")
    return reverse("card", args=[page or HOME])


def in_language(path, language):
    """The path of the same page in another language: only its first part differs."""
    _, _, page = path.removeprefix("/").partition("/")
    return f"/{language.code}/{page}"


def site_address(request):
    """Scheme and host of the site, without a trailing slash."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"


def language_links(request):
    """The address of this page in every language: dicts of code, lang, name, url.

    `url` is absolute and bare (for search engines), `href` keeps the query string
    (for the reader who filters a list and changes the language).
    """
    if request is None or request.resolver_match is None:
        return []
    base = site_address(request)
    query = request.META.get("QUERY_STRING", "")
    links = []
    for language in LANGUAGES:
        path = translate_url(request.path, language.code)
        links.append(
            {
                "code": language.code,
                "lang": language.tag,
                "name": language.name,
                "path": path,
                "href": f"{path}?{query}" if query else path,
                "url": base + path,
                "is_current": language.code == get_language(),
                "is_default": language.code == settings.LANGUAGE_CODE,
            }
        )
    return links
