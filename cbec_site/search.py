"""Search over everything that is public, in both languages."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.paginator import InvalidPage, Paginator
from django.db.models import Case, Count, Value, When, Window
from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from datasets.models import Figure, Indicator, Region, Source
from policies.models import Policy
from swot.models import Analysis, Claim, Correction, Entry, Recommendation
from swot.prose import plain_text

from .base.languages import reading_order
from .base.search_text import (
    all_words_match,
    excerpt,
    has_word,
    mark_words,
    split_words,
)
from .base.tables import page_of
from .models import Page

MIN_LENGTH = 2
SHOWN = 5
PER_PAGE = 25


class KeysFirstPaginator(Paginator):
    def page(self, number):
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        rows = page_of(self.object_list, slice(start, start + self.per_page))
        return self._get_page(rows, number, self)


@dataclass(frozen=True)
class Kind:
    """One kind of result: its public rows, its title and the texts to quote from."""

    code: str
    label: str
    rows: Callable
    title: str
    texts: tuple[str, ...] = ()
    order: tuple[str, ...] = ("code",)
    has_code: bool = True

    def found(self, text):
        """Public rows that hold `text`, those with all of it in the title first."""
        in_title = all_words_match(text, (f"{self.title}_zh_hans", f"{self.title}_en"))
        place = Case(When(in_title, then=Value(0)), default=Value(1))
        return self.rows().search(text).order_by(place, *self.order)


@dataclass(frozen=True)
class Hit:
    """A result as the page shows it; `title` and `quote` are HTML with marks."""

    url: str
    code: str
    title: str
    title_lang: str
    quote: str = ""
    quote_lang: str = ""


@dataclass(frozen=True)
class Group:
    """Results of one kind: the first of them, and how many there are."""

    code: str
    label: str
    total: int
    hits: list[Hit] = field(default_factory=list)

    @property
    def has_more(self):
        return self.total > len(self.hits)


def parts_of(model):
    """Gives the public entries or recommendations, with what their address needs."""
    return lambda: model.objects.published().select_related("analysis")


KINDS = (
    Kind(
        "analyses",
        _("SWOT analyses"),
        Analysis.objects.published,
        "title",
        ("abstract", "keywords"),
        ("slug",),
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
    Kind("policies", _("Policies"), Policy.objects.published, "title", ("summary",)),
    Kind(
        "indicators",
        _("Indicators"),
        Indicator.objects.published,
        "title",
        ("definition",),
    ),
    Kind(
        "figures",
        _("Figures"),
        Figure.objects.published,
        "title",
        ("subtitle", "note"),
        ("number",),
        has_code=False,
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
        ("-corrected_on",),
        has_code=False,
    ),
    Kind(
        "pages",
        _("Pages"),
        Page.objects.published,
        "title",
        ("body",),
        ("slug",),
        has_code=False,
    ),
)


def search(text, kind="", page="1"):
    """What the search page shows for `text`, as a context.

    Without `kind` all kinds, the first few of each, with at most two queries a kind;
    with the code of one, that kind page by page. Raises Http404 for another kind or
    page.
    """
    query = " ".join(text.split())[:100]
    words = split_words(text)
    context = {"query": query, "groups": [], "total": 0, "page": None, "problem": ""}
    if not query:
        return context
    if sum(map(len, words)) < MIN_LENGTH:
        problem = gettext("Give at least two letters, digits or characters.")
        return context | {"problem": problem}
    if kind:
        return context | one_kind(kind, page, text, words)
    groups = [first_hits(kind, text, words) for kind in KINDS]
    return context | {
        "groups": [group for group in groups if group.total],
        "total": sum(group.total for group in groups),
    }


def first_hits(kind, text, words):
    """The first results of a kind and the number of all."""
    totals = kind.found(text).annotate(total=Window(Count("*")))
    first = dict(totals.values_list("pk", "total")[:SHOWN])
    rows = kind.rows().in_bulk(list(first))
    hits = [hit(kind, rows[key], words) for key in first]
    return Group(kind.code, kind.label, max(first.values(), default=0), hits)


def one_kind(code, number, text, words):
    """A page of the results of one kind."""
    kind = next((kind for kind in KINDS if kind.code == code), None)
    if kind is None:
        raise Http404(gettext("There is no such kind of result."))
    try:
        page = KeysFirstPaginator(kind.found(text), PER_PAGE).page(number or "1")
    except InvalidPage as error:
        raise Http404(gettext("There is no such page.")) from error
    hits = [hit(kind, row, words) for row in page.object_list]
    total = page.paginator.count
    group = Group(kind.code, kind.label, total, hits)
    return {"groups": [group], "total": total, "page": page, "kind": code}


def hit(kind, row, words):
    """A row as a result, with a quotation from the first text that has a word."""
    title, title_lang = own_text(row, kind.title)
    quote, quote_lang = quotation(kind, row, words)
    return Hit(
        url=row.get_absolute_url(),
        code=row.code if kind.has_code else "",
        title=mark_words(title, words),
        title_lang=title_lang,
        quote=mark_words(excerpt(quote, words), words) if quote else "",
        quote_lang=quote_lang,
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
