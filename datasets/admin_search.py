"""Finds values by words, for the admin's list and for fields that link to one."""

import re

from django.db.models import F, Q, QuerySet, Value

from cbec_site.base.languages import LANGUAGES
from cbec_site.base.searching_admin import MOST_WORDS, words_of

from .models import Indicator, Observation, Region

# No period has five digits in a row; codes of places have six.
PERIOD = re.compile(r"(?=.*\d)(?!.*\d{5})[\d/QHPMWYD-]+", re.IGNORECASE)


def with_words(values: QuerySet, text: str) -> QuerySet:
    """The values that match every word by code, period, indicator or region.

    Indicators, regions and codes are few and are searched first, in one query. With a
    join, each name would be read once for every value that has it. Values of names are
    few among all: the newest come first without following the order of all keys, which
    PostgreSQL would otherwise do until it has found enough.
    """
    words = words_of(text)
    if not words:
        return values
    if len(words) > MOST_WORDS:
        return values.none()
    for word, keys in zip(words, _named_by(words), strict=True):
        named = Q(pk__in=keys["value"])
        named |= Q(indicator__in=keys["indicator"]) | Q(region__in=keys["region"])
        if PERIOD.fullmatch(word):
            named |= Q(period__icontains=word)
        values = values.filter(named)
    is_newest_first = set(values.query.order_by) == {"-pk"}
    if is_newest_first and not any(map(PERIOD.fullmatch, words)):
        values = values.order_by((F("pk") + 0).desc())
    return values


def _named_by(words):
    """For each word the keys of what has it in a name or code, by kind; one query in
    all."""
    parts = [
        (number, kind, rows)
        for number, word in enumerate(words)
        for kind, rows in _rows_named(word)
    ]
    first, *others = [
        rows.annotate(part=Value(part)).values_list("part", "pk")
        for part, (_number, _kind, rows) in enumerate(parts)
    ]
    keys = [{"value": [], "indicator": [], "region": []} for _word in words]
    for part, key in first.union(*others, all=True):
        number, kind, _rows = parts[part]
        keys[number][kind].append(key)
    return keys


def _rows_named(word):
    coded = Observation.objects.order_by().with_code()
    yield "value", coded.filter(code__icontains=word)
    in_code = Q(code__icontains=word)
    yield "indicator", Indicator.objects.order_by().filter(in_code | _in("title", word))
    yield "region", Region.objects.order_by().filter(_in("name", word))


def _in(field, word):
    """The condition that a text contains the word in one of the languages."""
    condition = Q()
    for language in LANGUAGES:
        condition |= Q(**{f"{field}_{language.column}__icontains": word})
    return condition
