"""Which addresses of the site a bake contains, and the names of their files."""

import re
from dataclasses import dataclass
from posixpath import relpath
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

# Pages that need a server, or are for machines that find the site by its address.
LEFT_OUT = {
    "admin",
    "card",
    "choose-language",
    "draft-preview",
    "robots",
    "sitemap",
    "sitemap-section",
    "swot:report",
    "swot:report-thanks",
}
# Other orders and lengths of a list, what was typed, and states of one moment.
NOT_FOLLOWED = {"sort", "per_page", "q", "about", "on"}
# An indicator drawn as an index has two parameters; other kept pages have one.
COMPARISONS = {"datasets:comparison", "datasets:comparison-file"}
ENDINGS = {
    "application/atom+xml": ".xml",
    "application/json": ".json",
    "application/geo+json": ".json",
    "text/csv": ".csv",
    "text/plain": ".txt",
}
HTML = "text/html"
_UNSAFE = re.compile(rb"[^A-Za-z0-9_.,-]")


@dataclass(frozen=True)
class Kind:
    """What a page shows: the name of its route, its language, its file extension."""

    route: str
    language: str
    ending: str


def kind_of(address: str) -> Kind | None:
    """What an address of the site (path and query) shows; None if no bake contains
    it."""
    parts = urlsplit(address)
    path = unquote(parts.path)
    language = get_language_from_path(path)
    try:
        with override(language or settings.LANGUAGE_CODE):
            match = resolve(path)
    except Resolver404:
        return None
    names = {match.view_name, match.url_name, *match.namespaces}
    if names & LEFT_OUT or not match.view_name:
        return None
    is_whole = bool(match.kwargs) or match.view_name.endswith("-csv")
    if match.view_name.startswith("api:") and not is_whole:
        # JSON lists come in pages that need a server; CSV files are complete.
        return None
    if not is_followed(match.view_name, parts.query):
        return None
    return Kind(match.view_name, language or "", match.kwargs.get("ending", ""))


def is_followed(route: str, query: str) -> bool:
    """Whether a list with these parameters is one of the kept pages."""
    names = [name for name, _value in parse_qsl(query, keep_blank_values=True)]
    if NOT_FOLLOWED & set(names):
        return False
    if not route.startswith("api:"):
        names = [name for name in names if name != "page"]
        return len(names) <= (2 if route in COMPARISONS else 1)
    return not names or (route.endswith("-csv") and len(names) == 1)


def normal(address: str, base: str = "/") -> str:
    """An address in the form used for look-ups: joined to `base`, parameters sorted."""
    parts = urlsplit(urljoin(base, address))
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    # The first page of a list is the list.
    pairs = sorted(pair for pair in pairs if pair != ("page", "1"))
    query = urlencode(pairs)
    return f"{parts.path}?{query}" if query else parts.path


def file_of(address: str, content_type: str) -> str:
    """The file name for a normalised address, safe on Windows and in file stores."""
    parts = urlsplit(address)
    content_type = content_type.partition(";")[0].strip()
    folder, _, name = unquote(parts.path).lstrip("/").rpartition("/")
    ending = ".html" if content_type == HTML else ENDINGS.get(content_type, "")
    stem = name.removesuffix(ending) if ending else name
    if not name:
        stem = "index"
    elif not ending:
        stem, dot, last = name.rpartition(".")
        stem, ending = (stem, dot + last) if dot else (name, "")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    words = [stem, *(f"{key}-{value}" for key, value in pairs)]
    folders = [part for part in folder.split("/") if part]
    return "/".join([*map(_safe, folders), "--".join(map(_safe, words)) + ending])


def _safe(word: str) -> str:
    return _UNSAFE.sub(lambda mark: b"~%02x" % mark[0][0], word.encode()).decode()


def link_between(here: str, there: str) -> str:
    """The relative link to the file `there` from a page in the file `here`."""
    folder = here.rpartition("/")[0] or "."
    return quote(relpath(there, folder))


def internal(link: str, site: str) -> str | None:
    """A link without the address of the site; None when it leads elsewhere."""
    if link.startswith(f"{site}/"):
        return link[len(site) :]
    if link == site:
        return "/"
    parts = urlsplit(link)
    return None if parts.scheme or parts.netloc else link
