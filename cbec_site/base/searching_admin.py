"""The search of the admin's lists and of the fields that link to a row."""

import re

from django.db.models import Case, Q, When
from django.utils.text import smart_split, unescape_string_literal

from .languages import LANGUAGES
from .search_index.finding import titled
from .translated import translated_fields

# The most words in a search. Each is a condition, and SQLite takes a thousand of them.
MOST_WORDS = 20


def has_too_many_words(text: str) -> bool:
    """Whether a search has more words than are looked for, repeated ones included."""
    return len(list(smart_split(text))) > MOST_WORDS


def words_of(text: str) -> list[str]:
    """The words of a search, each once; a quoted phrase is one word."""
    words = [
        unescape_string_literal(word) if re.fullmatch(r"(['\"]).*\1", word) else word
        for word in smart_split(text)
    ]
    return list(dict.fromkeys(words))


class SearchingAdmin:
    """Searches `search_fields` and the titles in both languages for every word."""

    def get_search_fields(self, request):
        fields = translated_fields(self.model)[:1]
        both = [
            f"{field}_{language.column}" for field in fields for language in LANGUAGES
        ]
        return [*self.search_fields, *both]

    def get_search_results(self, request, queryset, search_term):
        """The rows with every word; those offered to complete a field begin with exact
        matches."""
        rows, is_doubled = self._rows_found(request, queryset, search_term)
        term = search_term.strip()
        own = [name for name in self.get_search_fields(request) if "__" not in name]
        if not term or not own or "field_name" not in request.GET:
            return rows, is_doubled
        exact, begins = Q(), Q()
        for name in own:
            exact |= Q(**{f"{name}__iexact": term})
            begins |= Q(**{f"{name}__istartswith": term})
        rank = Case(When(exact, then=0), When(begins, then=1), default=2)
        return rows.alias(rank=rank).order_by("rank", *own), is_doubled

    def _rows_found(self, request, queryset, search_term):
        """By the index of titles where there is one: it spares reading every title."""
        searched = getattr(self.model, "searched", None)
        if searched is None:
            return super().get_search_results(request, queryset, search_term)
        fields = self.get_search_fields(request)
        for word in words_of(search_term):
            keys = titled(self.model, word)
            found = Q() if keys is None else Q(pk__in=keys)
            for name in fields:
                if keys is None or name not in searched.titles:
                    found |= Q(**{f"{name}__icontains": word})
            queryset = queryset.filter(found)
        return queryset, False
