"""Search over everything that is public, in both languages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from datasets.models import Figure, Indicator, Region, Source
from policies.document_numbers import official_forms
from policies.models import PilotZone, Policy
from swot.models import Analysis, Claim, Correction, Entry, Recommendation
from swot.prose import plain_text

from .base.counting import Total
from .base.foreign import marked_html
from .base.languages import CHINESE, ENGLISH, reading_order
from .base.search_index.finding import find
from .base.search_index.folding import split_terms
from .base.search_index.near import near_terms
from .base.search_text import excerpt, has_word, mark_words
from .models import Page
from .named_values import ValueWords, find_values, value_rows

MIN_LENGTH = 2
SHOWN = 5
SUGGESTED_OF_KIND, MOST_SUGGESTED = 3, 8
PER_PAGE = 25
# How many characters of a text are quoted: a Chinese one is two letters wide.
QUOTED = {CHINESE.tag: 80, ENGLISH.tag: 160}


@dataclass(frozen=True)
class Kind:
    """One kind of result: its public rows, its title and the texts to quote from.

    `about` returns the object whose title and texts a result shows; `find` finds
    results for a kind that is not in the search index.
    """

    code: str
    label: str
    rows: Callable
    title: str
    texts: tuple[str, ...] = ()
    has_code: bool = True
    about: Callable = lambda row: row
    find: Callable | None = None
    url: Callable = lambda row: row.get_absolute_url()


@dataclass(frozen=True)
class Hit:
    """A result as the page shows it; `title` and `quote` are HTML with marks.

    `name` is the title as it is.
    """

    url: str
    code: str
    name: str
    title: str
    title_lang: str
    quote: str = ""
    quote_lang: str = ""
    is_asked_by_code: bool = False


@dataclass(frozen=True)
class Group:
    """Results of one kind: the first of them, and how many there are."""

    code: str
    label: str
    total: Total
    hits: list[Hit] = field(default_factory=list)

    @property
    def is_numbered(self):
        """Whether its codes are those of the study, by which readers know its parts."""
        return self.code in ("entries", "recommendations")

    @property
    def has_more(self):
        return self.total > len(self.hits)


def parts_of(model):
    """Returns the public entries or recommendations, with what their addresses need."""
    return lambda: model.objects.published().select_related("analysis")


def zones():
    """The public pilot zones with their places."""
    return PilotZone.objects.published().select_related("region__parent")


# In the order of a page of results: the study, its numbers, then what stands behind.
KINDS = (
    Kind(
        "analyses",
        _("SWOT analyses"),
        Analysis.objects.published,
        "title",
        ("abstract", "keywords"),
        has_code=False,
    ),
    Kind("entries", _("SWOT entries"), parts_of(Entry), "title", ("body",)),
    Kind(
        "recommendations",
        _("Recommendations"),
        parts_of(Recommendation),
        "title",
        ("body",),
    ),
    Kind("claims", _("Claims"), Claim.objects.published, "statement", ("remark",)),
    Kind(
        "figures",
        _("Figures"),
        Figure.objects.published,
        "title",
        ("subtitle", "note"),
        has_code=False,
    ),
    Kind(
        "values",
        _("Values"),
        value_rows,
        "title",
        about=ValueWords,
        url=lambda row: row.indicator.get_absolute_url(),
        find=find_values,
    ),
    Kind(
        "indicators",
        _("Indicators"),
        Indicator.objects.published,
        "title",
        ("definition",),
    ),
    Kind("policies", _("Policies"), Policy.objects.published, "title", ("summary",)),
    Kind(
        "zones",
        _("Pilot zones"),
        zones,
        "name",
        has_code=False,
        about=lambda zone: zone.region,
    ),
    Kind("regions", _("Regions"), Region.objects.published, "name"),
    Kind(
        "sources",
        _("Sources"),
        Source.objects.published,
        "title",
        ("publisher", "citation"),
    ),
    Kind(
        "corrections",
        _("Corrections"),
        Correction.objects.published,
        "title",
        ("reason",),
        has_code=False,
    ),
    Kind(
        "pages",
        _("Pages"),
        Page.objects.published,
        "title",
        ("body",),
        has_code=False,
    ),
)


def search(text, kind="", page="1"):
    """The context of the search page for `text`.

    Without `kind`, the first few results of every kind; with the code of a kind, its
    results page by page. One query finds them, and one per kind reads what is shown. If
    nothing is found, English words one letter away are searched and named in `near`.
    Raises Http404 for an unknown kind or page.
    """
    query = " ".join(text.split())[:100]
    words = split_terms(official_forms(text))
    context = {"query": query, "groups": [], "total": 0, "page": None, "problem": ""}
    if not query:
        return context
    if sum(map(len, words)) < MIN_LENGTH:
        problem = gettext("Enter at least two letters, digits or Chinese characters.")
        return context | {"problem": problem}
    if kind:
        return context | one_kind(kind, page, words)
    groups = first_hits(words)
    near = [] if groups else near_terms(indexed_rows(), words)
    if near and (groups := first_hits(near)):
        context["near"] = " ".join(near)
    return context | {
        "groups": groups,
        "total": Total(
            sum(group.total for group in groups),
            any(group.total.is_capped for group in groups),
        ),
    }


def first_hits(words):
    """The kinds that have results, with the first results and their total."""
    return [
        group_of(kind, matches, matches.keys[:SHOWN], words)
        for kind, matches in find_kinds(words).items()
        if matches.keys
    ]


@cache
def public_rows(kind):
    """The public rows of a kind: the same query, which is written as SQL only once."""
    return kind.rows()


def indexed_rows():
    """The public rows of the kinds that are in the search index."""
    return [public_rows(kind) for kind in KINDS if kind.find is None]


def find_kinds(words, **how):
    """The hits of each kind; `how` are keyword arguments of `find`."""
    by_model = find(indexed_rows(), words, **how)
    most = {"most": how["most"]} if "most" in how else {}
    return {
        kind: kind.find(words, **most)
        if kind.find
        else by_model[public_rows(kind).model]
        for kind in KINDS
    }


def suggest(text):
    """A few results with all the words of `text` in their titles, while a reader
    types."""
    words = split_terms(official_forms(text))
    if sum(map(len, words)) < MIN_LENGTH:
        return []
    suggested = []
    for kind, matches in find_kinds(
        words, most=SUGGESTED_OF_KIND, in_title=True
    ).items():
        keys = matches.keys[: MOST_SUGGESTED - len(suggested)]
        suggested += group_of(kind, matches, keys, words).hits if keys else []
    return suggested


def group_of(kind, matches, keys, words):
    """The results of a kind with these keys, and the total."""
    rows = public_rows(kind).in_bulk(keys)
    hits = [hit(kind, rows[key], words) for key in keys if key in rows]
    return Group(
        kind.code, kind.label, Total(len(matches.keys), matches.has_more), hits
    )


def one_kind(code, number, words):
    """A page of one kind's results, as far as they are counted."""
    kind = next((kind for kind in KINDS if kind.code == code), None)
    if kind is None:
        raise Http404(gettext("There is no such kind of result."))
    rows = public_rows(kind)
    matches = kind.find(words) if kind.find else find([rows], words)[rows.model]
    try:
        page = Paginator(matches.keys, PER_PAGE).page(number or "1")
    except InvalidPage as error:
        raise Http404(gettext("There is no such page.")) from error
    group = group_of(kind, matches, list(page.object_list), words)
    return {"groups": [group], "total": group.total, "page": page, "kind": code}


def hit(kind, row, words):
    """A row as a result, with a quotation from the first text that has a word."""
    thing = kind.about(row)
    title, title_lang = own_text(thing, kind.title)
    code = row.code if kind.has_code else ""
    quote, quote_lang = quotation(kind, thing, words)
    return Hit(
        url=kind.url(row),
        code=code,
        name=title,
        title=mark_words(title, words),
        title_lang=title_lang,
        quote=marked_html(
            mark_words(excerpt(quote, words, QUOTED[quote_lang]), words), quote_lang
        )
        if quote
        else "",
        quote_lang=quote_lang,
        # Codes stand where a reader names one.
        is_asked_by_code=bool(code) and set(split_terms(code)) <= set(words),
    )


def own_text(row, name):
    """A text in the reader's language, else in the other: (text, language tag)."""
    for language in reading_order():
        if value := getattr(row, f"{name}_{language.column}"):
            return value, language.tag
    return "", ""


def quotation(kind, row, words):
    """The text that shows why a row was found: (text, language tag)."""
    first = ("", "")
    own, _other = reading_order()
    for language in reading_order():
        for name in (*kind.texts, kind.title):
            value = plain_text(getattr(row, f"{name}_{language.column}"))
            if not value:
                continue
            is_title = name == kind.title
            if has_word(value, words) and not (is_title and language == own):
                return value, language.tag
            if not first[0] and not is_title:
                first = (value, language.tag)
    return first
