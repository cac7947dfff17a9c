"""Finds acts by words, best match first; the only module that defines relevance.

Tiers, from the best: the code or the number as a whole, the title as a whole, its
beginning, every word in the title, every word in the summary, the rest (words in
several places, or in the text of the act).
"""

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.safestring import SafeString

from cbec_site.base.languages import LANGUAGES
from cbec_site.base.search_index.finding import find
from cbec_site.base.search_index.folding import split_terms
from cbec_site.base.search_text import (
    all_words_match,
    excerpt,
    has_word,
    mark_words,
    split_words,
)
from policies.document_numbers import parse_number

TITLES = ("title_zh_hans", "title_en")
SUMMARIES = ("summary_zh_hans", "summary_en")
TEXTS = ("text_zh_hans", "text_en")


def rank(queryset, text: str):
    """Annotate `relevance`, higher for a better match; 0 for all if there are no
    words."""
    words = split_words(text)
    if not words:
        return queryset.annotate(relevance=Value(0, output_field=IntegerField()))
    plain = text.strip()
    whole = Q(code__iexact=plain)
    if number := parse_number(text):
        whole |= Q(document_number=str(number), is_number_confirmed=True)
    tiers = [
        whole,
        _any(TITLES, "iexact", plain),
        _any(TITLES, "istartswith", plain),
        all_words_match(text, TITLES),
        all_words_match(text, SUMMARIES),
    ]
    cases = [
        When(tier, then=Value(len(tiers) - place)) for place, tier in enumerate(tiers)
    ]
    return queryset.annotate(
        relevance=Case(*cases, default=Value(0), output_field=IntegerField())
    )


def first_hits(queryset, text: str, most: int) -> list[int]:
    """The keys of the first `most` acts with these words: those with them in the title,
    then the newest.

    In a large library a common word is in most acts; only this many are ranked.
    """
    terms = split_terms(queryset.as_searched(text))
    return find([queryset], terms, most)[queryset.model].keys


def _any(fields, lookup, text):
    condition = Q()
    for name in fields:
        condition |= Q(**{f"{name}__{lookup}": text})
    return condition


def matched_passage(policy, words: list[str], language: str) -> SafeString | str:
    """An excerpt with the words marked, in the reader's language if they occur in it.

    "" if all of them are in the title, which the list shows anyway.
    """
    titles = " ".join(getattr(policy, name) or "" for name in TITLES)
    outside = [word for word in words if not has_word(titles, [word])]
    if not outside:
        return ""
    languages = sorted(LANGUAGES, key=lambda known: known.code != language)
    for field in ("summary", "text"):
        for known in languages:
            text = getattr(policy, f"{field}_{known.column}") or ""
            if has_word(text, outside):
                return mark_words(excerpt(text, outside), words)
    return ""
